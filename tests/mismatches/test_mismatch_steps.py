"""The steps of detection one by one: talk, pairs, features, ranking, matching."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.language import split_units
from discovery.mismatches.catalogue import load_catalogue
from discovery.mismatches.evidence import LONGEST, cut_quote
from discovery.mismatches.features import feature_names, pair_features
from discovery.mismatches.matching import matches, near, tally
from discovery.mismatches.pairs import candidate_pairs, gather_talk
from discovery.mismatches.ranking import rank_pairs, report_pairs
from discovery.mismatches.training import allowed, deal_folds, prepare
from discovery.records import Role, Span, Turn, Unit


def turns_of(*texts, source="a.vtt"):
    roles = (Role.INTERVIEWER, Role.EMPLOYER)
    return [Turn(source, n, "AB"[n % 2], text, roles[n % 2]) for n, text in enumerate(texts)]


def talk_of(encoder, answers=8):
    texts = [part for n in range(answers) for part in (f"Question {n}?", f"Answer {n} here. More {n} there.")]
    return gather_talk(turns_of(*texts), encoder)


def test_a_unit_keeps_its_question_and_its_turn(encoder):
    talk = gather_talk(turns_of("Who?", "We do. They do.", "Where?", "Here."), encoder)
    assert [unit.span.quote for unit in talk.units] == ["We do.", "They do.", "Here."]
    assert talk.questions == ("Who?", "Who?", "Where?")
    assert talk.turns[1] == "We do. They do."
    assert talk.vectors.shape == (3, 3 * encoder.dimensions)
    assert np.allclose(talk.part(1), encoder.encode(["Who?", "Who?", "Where?"]))


def test_a_question_never_reaches_into_another_interview(encoder):
    first = turns_of("Who?", "We do.")
    second = [Turn("b.vtt", 0, "B", "I came early.", Role.EMPLOYER)]
    talk = gather_talk([*second, *first], encoder)
    assert talk.questions == ("Who?", "")
    assert talk.places[1] - talk.places[0] > 60
    assert not talk.part(1)[1].any()


def test_pairs_are_bounded_and_take_one_unit_a_turn(encoder):
    talk = talk_of(encoder, answers=40)
    sides = np.random.default_rng(1).random((len(talk.units), 6)).astype(np.float32)
    pairs = candidate_pairs(sides, 3, talk.places, per_side=4)
    assert len(pairs) <= 3 * 16
    for kind in range(3):
        own = pairs[pairs[:, 0] == kind]
        stated = {int(unit) for unit in own[:, 1]}
        assert len({int(talk.places[unit]) for unit in stated}) == len(stated) == 4
        best = int(np.argmax(sides[:, kind]))
        assert best in stated
    assert (pairs[:, 1] != pairs[:, 2]).all()


def test_features_have_names_and_no_holes(interviews, model, encoder):
    catalogue = load_catalogue()
    talk = prepare(interviews[0], encoder, catalogue.keys).talk
    heads = model.side.heads(talk, 11)
    pairs = candidate_pairs(np.hstack([heads.stated, heads.actual]), 11, talk.places)
    features = pair_features(talk, heads, pairs, *allowed(catalogue))
    names = feature_names(catalogue.keys)
    assert features.shape == (len(pairs), len(names))
    assert len(set(names)) == len(names)
    assert np.isfinite(features).all()
    same = features[:, names.index("same_turn")]
    assert (same == (talk.places[pairs[:, 1]] == talk.places[pairs[:, 2]])).all()


def test_ranking_merges_restatements_and_discounts_the_rest(encoder):
    talk = talk_of(encoder)  # units 2n and 2n + 1 stand in turn 2n + 1
    pairs = np.array([[0, 0, 4], [0, 1, 5], [0, 0, 8], [0, 10, 14], [1, 0, 4]])
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5], dtype=np.float32)
    ranked = rank_pairs(talk, pairs, scores)
    assert ranked[0] == (0, 0, 4, pytest.approx(0.9))
    assert (0, 1, 5) not in [pair[:3] for pair in ranked]
    kept = {pair[:3]: pair[3] for pair in ranked}
    assert kept[1, 0, 4] == pytest.approx(0.5)
    assert kept[0, 10, 14] < 0.6
    assert kept[0, 0, 8] < 0.7 * kept[0, 10, 14] / 0.6
    assert [pair[3] for pair in ranked] == sorted((pair[3] for pair in ranked), reverse=True)


def test_a_type_is_reported_twice_only_with_other_evidence(encoder):
    talk = talk_of(encoder)
    ranked = [(0, 0, 4, 0.9), (0, 0, 8, 0.8), (0, 10, 14, 0.7), (1, 0, 4, 0.6), (2, 2, 6, 0.1)]
    assert report_pairs(talk, ranked, 0.5) == [ranked[0], ranked[2], ranked[3]]


@given(st.lists(st.sampled_from(["we", "so", "well", "hire", "people,", "then"]), min_size=1, max_size=130))
def test_quotes_are_exact_and_never_long(words):
    turn = Turn("a.vtt", 3, "B", " ".join(words), Role.EMPLOYER)
    for unit in split_units([turn]):
        quote = cut_quote(unit)
        assert turn.text[quote.start : quote.end] == quote.quote
        assert 0 < len(quote.quote.split()) <= LONGEST


def test_openings_are_left_out_of_quotes():
    text = "Well, you know, we hire from the college."
    turn = Turn("a.vtt", 1, "B", text, Role.EMPLOYER)
    assert cut_quote(Unit(turn.span(0, len(text)), 0)).quote == "we hire from the college."
    short = Turn("a.vtt", 1, "B", "Yeah, we do.", Role.EMPLOYER)
    assert cut_quote(Unit(short.span(0, 12), 0)).quote == "Yeah, we do."


@pytest.mark.parametrize(
    ("turn", "quote", "expected"),
    [
        (5, "nothing alike", True),
        (6, "nothing alike", True),
        (7, "nothing alike", False),
        (20, "He said we hire people from the College, always", True),
        (20, "we hire people from another place", False),
    ],
)
def test_near_is_within_a_turn_or_five_words_in_a_row(turn, quote, expected):
    mark = Span("a.vtt", 5, 0, 34, "so we hire people from the college")
    assert near(Span("a.vtt", turn, 0, len(quote), quote), mark) is expected


def test_tally_counts_each_mark_once(interviews, encoder):
    kinds = load_catalogue().keys
    lesson = prepare(interviews[0], encoder, kinds)
    units = lesson.talk.units
    rows = []
    for mark in interviews[0].mismatches:
        stated = next(n for n, u in enumerate(units) if u.span.overlaps(mark.stated))
        actual = next(n for n, u in enumerate(units) if u.span.overlaps(mark.actual))
        assert matches(units[stated].span, units[actual].span, mark)
        rows += [(kinds.index(mark.type), stated, actual, 0.9), (kinds.index(mark.type), stated, actual, 0.8)]
    figures = tally([interviews[0]], [lesson.talk], [rows], kinds)
    assert figures == {"precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3, abs=1e-4)}


def test_labels_are_open_where_no_claim_is_marked(interviews, encoder):
    kinds = load_catalogue().keys
    bare = type(interviews[0])(
        interviews[0].source, "Acme", "trade", interviews[0].turns, (), interviews[0].mismatches, ()
    )
    labels = prepare(bare, encoder, kinds).labels
    assert np.isnan(labels[:, 22:41]).all()
    assert np.nansum(labels[:, :22]) == 2 * len(bare.mismatches)


def test_folds_are_even_and_fixed(interviews, encoder):
    lessons = [prepare(interview, encoder, load_catalogue().keys) for interview in interviews]
    folds = deal_folds(lessons, 0)
    assert np.bincount(folds).tolist() == [4, 4, 4, 4, 4]
    assert (folds == deal_folds(lessons, 0)).all()
