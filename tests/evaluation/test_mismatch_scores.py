"""The figures agree with the scoring rules of the annotation guide, restated here on their own."""

from __future__ import annotations

import random
import re

import pytest

from discovery.evaluation.mismatches import near, score_mismatches
from discovery.records import AnnotatedInterview, Decoy, Mismatch, Role, Turn

WORDS = [
    "we",
    "want",
    "people",
    "who",
    "stay",
    "calm",
    "and",
    "we",
    "hire",
    "students",
    "from",
    "the",
    "college",
    "down",
    "the",
    "road",
    "every",
    "year",
]
TYPES = ("need-vs-channel", "posted-vs-hired", "reach-vs-channel")


def talk(source, seed, turns=12):
    dice = random.Random(seed)
    return [
        Turn(
            source,
            n,
            "Ann",
            " ".join(dice.choices(WORDS, k=14)),
            Role.EMPLOYER if n % 2 else Role.INTERVIEWER,
        )
        for n in range(turns)
    ]


def some_mismatches(turns, dice, most):
    made = []
    for _ in range(dice.randint(0, most)):
        stated, actual = dice.choice(turns), dice.choice(turns)
        made.append(
            Mismatch(
                dice.choice(TYPES), "acme", stated.span(0, dice.randint(12, 50)), actual.span(5, 40),
                round(dice.random(), 6), "",
            )
        )  # fmt: skip
    return made


def restated(predicted, interviews, top=None):  # noqa: C901
    """The rules of section 4, step by step, over plain values."""

    def words(text):
        return re.findall(r"[a-z0-9']+", text.lower())

    def overlap(a, b):
        a, b = words(a), words(b)
        n = min(5, len(a), len(b))
        return n >= 3 and any(
            a[i : i + n] == b[j : j + n]
            for i in range(len(a))
            for j in range(len(b) - n + 1)
            if len(a[i : i + n]) == n
        )

    def close(p, g):
        return abs(p.turn - g.turn) <= 1 or overlap(p.quote, g.quote)

    hits = evidence = said = marked = decoys = taken = 0
    for interview in interviews:
        mine = sorted(predicted[interview.source], key=lambda m: -m.score)[:top]
        said += len(mine)
        marked += len(interview.mismatches)
        for typed in (True, False):
            used, found = set(), set()
            for m in mine:
                for n, g in enumerate(interview.mismatches):
                    fits = close(m.stated, g.stated) and close(m.actual, g.actual)
                    if n not in used and fits and (m.type == g.type or not typed):
                        used.add(n)
                        found.add(id(m))
                        break
            if typed:
                hits += len(used)
                right = found
            else:
                evidence += len(used)
        for decoy in interview.decoys:
            decoys += 1
            taken += any(
                id(m) not in right
                and m.type == decoy.tempting
                and (close(m.stated, decoy.span) or close(m.actual, decoy.span))
                for m in mine
            )
    return hits, evidence, said, marked, decoys, taken


@pytest.mark.parametrize("seed", range(25))
def test_figures_agree_with_the_rules_on_random_predictions(seed):
    dice = random.Random(seed)
    interviews, predicted = [], {}
    for number in range(4):
        turns = talk(f"d{number}.vtt", seed * 10 + number)
        decoys = [Decoy(dice.choice(turns).span(0, 20), dice.choice(TYPES), "") for _ in range(3)]
        gold = tuple(some_mismatches(turns, dice, 4))
        interviews.append(
            AnnotatedInterview(turns[0].source, "acme", "x", tuple(turns), (), gold, tuple(decoys))
        )
        predicted[turns[0].source] = some_mismatches(turns, dice, 16)
    figures = score_mismatches(predicted, interviews, resamples=0)["all"]
    hits, evidence, said, marked, decoys, taken = restated(predicted, interviews)
    assert (figures["hits"], figures["predicted"], figures["gold"]) == (hits, said, marked)
    assert (figures["decoys"], figures["decoys_taken"]) == (decoys, taken)
    if said + marked:
        assert figures["f1"] == pytest.approx(2 * hits / (said + marked), abs=1e-4)
        assert figures["evidence_f1"] == pytest.approx(2 * evidence / (said + marked), abs=1e-4)
    if marked:
        first = restated(predicted, interviews, top=10)
        assert figures["recall_at_10"] == pytest.approx(first[0] / marked, abs=1e-4)


def interview(mismatches=(), decoys=()):
    turns = tuple(talk("g1.vtt", 3))
    return AnnotatedInterview("g1.vtt", "acme", "x", turns, (), tuple(mismatches), tuple(decoys)), turns


def test_what_is_marked_and_reported_is_perfect():
    _, turns = interview()
    pair = Mismatch("posted-vs-hired", "acme", turns[1].span(0, 20), turns[7].span(0, 20), 0.9, "")
    gold, _ = interview([pair])
    figures = score_mismatches({"g1.vtt": [pair]}, [gold])
    assert (figures["all"]["f1"], figures["all"]["recall_at_10"]) == (1.0, 1.0)
    assert figures["all"]["false_alarms"] is None
    assert figures["types"]["posted-vs-hired"]["f1"] == 1.0
    assert list(figures["sets"]) == ["g"]


def test_a_report_on_talk_without_mismatches_is_a_false_alarm():
    gold, turns = interview()
    pair = Mismatch("posted-vs-hired", "acme", turns[1].span(0, 20), turns[7].span(0, 20), 0.9, "")
    figures = score_mismatches({"g1.vtt": [pair]}, [gold])["all"]
    assert figures["false_alarms"] == pytest.approx(10_000 / (12 * 14), abs=1e-3)
    assert figures["precision"] == 0.0
    assert figures["recall"] is None


def test_a_marked_mismatch_is_matched_once():
    _, turns = interview()
    pair = Mismatch("posted-vs-hired", "acme", turns[1].span(0, 20), turns[7].span(0, 20), 0.9, "")
    twin = Mismatch("posted-vs-hired", "acme", turns[1].span(0, 22), turns[7].span(0, 20), 0.8, "")
    gold, _ = interview([pair])
    figures = score_mismatches({"g1.vtt": [pair, twin]}, [gold])["all"]
    assert (figures["hits"], figures["precision"]) == (1, 0.5)


def test_near_means_one_turn_or_five_words_in_a_row():
    turn = Turn("a", 1, "Ann", "one two three four five six")
    far = Turn("a", 9, "Ann", "zero one two three four five")
    assert near(turn.span(0, 3), Turn("a", 2, "Ann", "else").span(0, 4))
    assert near(turn.span(0, 27), far.span(0, 28))
    assert not near(turn.span(0, 18), far.span(14, 28))


def test_types_stand_by_set_with_intervals():
    interviews, predicted = [], {}
    for number, letter in enumerate("ggee"):
        turns = talk(f"{letter}{number}.vtt", number)
        pair = Mismatch("posted-vs-hired", "acme", turns[1].span(0, 20), turns[7].span(0, 20), 0.9, "")
        interviews.append(AnnotatedInterview(turns[0].source, "acme", "x", tuple(turns), (), (pair,), ()))
        predicted[turns[0].source] = [pair] if letter == "g" else []
    figures = score_mismatches(predicted, interviews, resamples=200)
    plain, indirect = (figures["types_by_set"][letter]["posted-vs-hired"] for letter in "ge")
    assert (plain["f1"], plain["f1_interval"], plain["hits"]) == (1.0, (1.0, 1.0), 2)
    assert (indirect["recall"], indirect["precision"], indirect["precision_interval"]) == (0.0, None, None)
    every = figures["types"]["posted-vs-hired"]
    assert every["recall"] == 0.5
    assert every["recall_interval"] == (0.0, 1.0)
    assert figures["all"]["decoy_rate_interval"] is None
    assert figures["all"]["f1_interval"] == every["f1_interval"]
