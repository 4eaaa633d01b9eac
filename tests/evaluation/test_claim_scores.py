from __future__ import annotations

from dataclasses import replace

import pytest

from discovery.evaluation.claims import score_claims
from discovery.evaluation.claims_baseline import frozen_baseline
from discovery.records import AnnotatedInterview, Claim, Decoy, Facet, Guard, Role, Stance, Turn

TEXT = "We want patience. We hire from the college. They leave. We used to ask for more."


def interview(name: str) -> AnnotatedInterview:
    turn = Turn(name, 0, "Bo", TEXT, Role.EMPLOYER)
    claims = (
        claim(turn, "We want patience.", Stance.NEED, Facet.SKILL),
        claim(turn, "We hire from the college.", Stance.PRACTICE, Facet.CHANNEL),
    )
    decoy = Decoy(turn.find("We used to ask for more."), "posted-vs-hired", "resolved")
    return AnnotatedInterview(name, "E", "s", (turn,), claims, (), (decoy,))


def claim(turn: Turn, quote: str, stance: Stance, facet: Facet, score: float = 1.0) -> Claim:
    span = turn.find(quote)
    assert span is not None
    return Claim(span, "E", "Bo", stance, facet, score)


def test_perfect_claims_score_one() -> None:
    gold = [interview("d1"), interview("g1")]
    figures = score_claims({i.source: i.claims for i in gold}, gold)
    assert list(figures["sets"]) == ["d", "g"]
    for part in (figures["all"], *figures["sets"].values()):
        assert part["detection"]["f1"] == part["stance"]["micro_f1"] == part["facet"]["macro_f1"] == 1
    assert figures["all"]["units"] == 8
    assert figures["all"]["ece"] == 0
    assert figures["all"]["detection"]["f1_interval"] == (1, 1)
    assert figures["sets"]["d"]["detection"]["f1_interval"] is None


def test_figures_by_hand() -> None:
    gold = interview("d1")
    [turn] = gold.turns
    found = [
        claim(turn, "We want patience.", Stance.NEED, Facet.LEVEL, 0.9),
        claim(turn, "They leave.", Stance.CHALLENGE, Facet.MOBILITY, 0.4),
    ]
    figures = score_claims({"d1": found}, [gold])["all"]
    assert (figures["gold"], figures["predicted"]) == (2, 2)
    assert figures["detection"]["precision"] == figures["detection"]["recall"] == 0.5
    assert figures["stance"]["micro_f1"] == 0.5
    assert figures["facet"]["micro_f1"] == 0
    assert figures["stance"]["macro_f1"] == 0.5
    assert figures["facet"]["confusion"]["skill"] == {"level": 1}
    assert figures["facet"]["per"]["channel"] == {"gold": 1, "precision": None, "recall": 0.0, "f1": 0.0}
    assert figures["ece"] == pytest.approx((0.1 + 0.4) / 2)


def test_guarded_claims_do_not_count() -> None:
    gold = interview("d1")
    [turn] = gold.turns
    tempting = claim(turn, "We used to ask for more.", Stance.REQUIREMENT, Facet.CREDENTIAL)
    taken = score_claims({"d1": [tempting]}, [gold])["all"]
    guarded = score_claims({"d1": [replace(tempting, guards=(Guard.PAST,))]}, [gold])["all"]
    assert (taken["predicted"], guarded["predicted"]) == (1, 0)
    assert taken["decoys"] == {"places": 1, "claimed": 1, "guarded": 0}
    assert guarded["decoys"] == {"places": 1, "claimed": 0, "guarded": 1}


def test_a_piece_of_the_unit_is_enough_but_a_word_of_a_long_quote_is_not() -> None:
    gold = interview("d1")
    [turn] = gold.turns
    piece = claim(turn, "hire from the college", Stance.PRACTICE, Facet.CHANNEL)
    assert score_claims({"d1": [piece]}, [gold])["all"]["detection"]["precision"] == 1
    spill = claim(turn, "patience. We hire from the college.", Stance.PRACTICE, Facet.CHANNEL)
    figures = score_claims({"d1": [spill]}, [gold])["all"]
    assert figures["predicted"] == 2  # half of "We want patience." and all of the next


def test_nothing_predicted_is_undefined_precision_not_zero() -> None:
    figures = score_claims({}, [interview("d1")])["all"]
    assert figures["detection"] == {"precision": None, "recall": 0.0, "f1": 0.0, "f1_interval": None}
    assert figures["ece"] is None


def test_intervals_are_the_same_for_the_same_seed_and_hold_the_figure() -> None:
    gold = [interview(f"d{n}") for n in range(6)]
    found = {i.source: i.claims[: n % 3] for n, i in enumerate(gold)}
    once, twice = score_claims(found, gold, seed=3), score_claims(found, gold, seed=3)
    assert once == twice
    low, high = once["all"]["detection"]["f1_interval"]
    assert low < once["all"]["detection"]["f1"] < high


def test_the_baseline_finds_claims_like_those_it_learnt_from(encoder) -> None:
    gold = [interview(f"d{n}") for n in range(6)]
    found = frozen_baseline(gold, gold[:1], encoder)
    assert score_claims(found, gold[:1])["all"]["detection"]["recall"] == 1
