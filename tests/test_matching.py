"""Matching asked questions with a bank: the arithmetic, the labels, and the figures they give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.matching import (
    MEASURE,
    SECOND,
    TUNE,
    Guess,
    Labelled,
    agreement,
    attach,
    figures,
    load_labels,
    main,
    read_turns,
    wordings,
)
from discovery.guides import load_banks
from discovery.matching import Matcher, Wording, load_weights, load_wordings, spoken_core
from discovery.records import Question

BANK = (
    Question("hard", "Which role is the hardest to fill right now?", "talent"),
    Question("where", "Where do the people you hire come from?", "channels"),
)
IDS = {question.id for question in load_banks()}


def _best(matcher, asked, encoder):
    return BANK[int(matcher.probabilities([asked], encoder, load_weights()).argmax())].id


def test_a_labelled_wording_teaches_words_that_the_bank_does_not_have(encoder):
    asked = "what seats stay empty longest"
    taught = Matcher(BANK, encoder, [Wording(asked, ("hard",)), Wording("who runs the canteen", ())])
    chances = taught.probabilities([asked, "who runs the canteen"], encoder, load_weights())
    untaught = Matcher(BANK, encoder, ()).probabilities([asked], encoder, load_weights())
    assert chances[0, 0] > load_weights().threshold > untaught[0].max()
    assert chances[0, 0] > 2 * chances[0, 1]
    assert chances[1].max() < load_weights().threshold


def test_only_questions_without_wordings_are_new(encoder):
    matcher = Matcher(BANK, encoder, [Wording("what seats stay empty", ("hard", "not-in-this-bank"))])
    assert matcher.is_new.tolist() == [False, True]


def test_a_new_question_is_found_by_its_own_words(encoder):
    matcher = Matcher(BANK, encoder, [Wording("what seats stay empty longest", ("hard",))])
    assert _best(matcher, "So, um, the people you hire, where do they come from?", encoder) == "where"


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_probabilities_are_probabilities_for_any_words(asked):
    from tests.conftest import HashEncoder

    chances = Matcher(BANK, HashEncoder(), ()).probabilities(asked, HashEncoder(), load_weights())
    assert chances.shape == (len(asked), len(BANK))
    assert np.isfinite(chances).all()
    assert ((chances >= 0) & (chances <= 1)).all()


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Okay, so, um, where do you look?", "where do you look?"),
        ("Andrew, where do you look?", "Andrew, where do you look?"),
        ("So.", "So."),
        ("", ""),
    ],
)
def test_lead_ins_and_fillers_are_taken_away_but_never_everything(text, core):
    assert spoken_core(text) == core


def test_figures_count_what_they_say():
    labels = [
        Labelled("a", 0, "x", frozenset({"hard", "where"})),
        Labelled("a", 1, "x", frozenset({"where"})),
        Labelled("a", 2, "x", frozenset({"hard"})),
        Labelled("a", 3, "x", frozenset()),
        Labelled("a", 4, "x", frozenset()),
    ]
    guesses = [Guess("hard", "hard"), Guess("hard", "hard"), Guess("hard", None)]
    guesses += [Guess("hard", "hard"), Guess("hard", None)]
    assert figures(labels, guesses) == {
        "exchanges": 5,
        "on guide": 3,
        "matched": 3,
        "precision": 0.333,
        "recall": 0.333,
        "F1": 0.333,
        "on/off guide": 0.6,
        "precision at 1": 0.667,
    }


def test_agreement_counts_only_what_both_have_labelled():
    one = [Labelled("a", turn, "x", frozenset(keys)) for turn, keys in enumerate([("hard",), ("hard",), ()])]
    two = [Labelled("a", 0, "x", frozenset({"hard", "where"})), Labelled("a", 1, "x", frozenset({"where"}))]
    two += [Labelled("a", 2, "x", frozenset({"hard"})), Labelled("b", 0, "x", frozenset())]
    assert agreement(one, two) == {
        "questions": 3,
        "on/off guide": 0.667,
        "both on guide": 2,
        "a question in common": 0.5,
    }


@pytest.mark.parametrize("path", [TUNE, MEASURE, SECOND], ids=["tune", "measure", "second"])
def test_labels_name_questions_of_the_bank_and_no_exchange_twice(path):
    rows = load_labels(path)
    assert {key for _, _, right in rows for key in right} <= IDS
    assert len({(name, turn) for name, turn, _ in rows}) == len(rows)


def test_measured_interviews_teach_nothing():
    taught = {name for name, _, _ in load_labels(TUNE)}
    measured = {name for path in (MEASURE, SECOND) for name, _, _ in load_labels(path)}
    assert not taught & measured
    assert {read_turns(name)[0].parent.name for name in taught} == {"interviews"}
    assert {read_turns(name)[0].parent.name for name in measured} == {"gold", "transcripts"}


def test_the_shipped_wordings_are_the_training_labels():
    assert tuple(wordings(attach(load_labels(TUNE), ()))) == load_wordings()


@pytest.mark.model
def test_matching_is_as_good_as_the_note_says():
    shown = main(())
    for kind in ("sample study", "gold interviews"):
        assert shown[kind]["precision"] >= 0.70
        assert shown[kind]["recall"] >= 0.55
        assert shown[kind]["precision at 1"] >= 0.64
