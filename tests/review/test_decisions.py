from __future__ import annotations

from dataclasses import replace

import pytest

from discovery.records import Mismatch, Review, Span, Status, Turn
from discovery.review import apply_reviews

TURNS = [Turn("a.vtt", 1, "Ann", "We want leaders here."), Turn("a.vtt", 3, "Ann", "We hire students only.")]
STATED = TURNS[0].span(0, 15)
ACTUAL = TURNS[1].span(0, 16)
MISMATCH = Mismatch("need-vs-channel", "acme", STATED, ACTUAL, 0.9, "why")


def decide(mismatch: Mismatch, status: Status, coder: str = "Ann") -> Review:
    return Review(
        mismatch.anchor, mismatch.type, mismatch.stated, mismatch.actual, status, coder,
        "2026-01-01T10:00:00", employer="acme", why=mismatch.why, score=mismatch.score,
    )  # fmt: skip


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.REJECTED, Status.UNSURE])
def test_a_decision_finds_its_mismatch(status):
    reviewed = apply_reviews([MISMATCH], [decide(MISMATCH, status)], TURNS)
    assert reviewed.mismatches == (replace(MISMATCH, status=status),)
    assert reviewed.notices == ()


def test_without_a_decision_a_mismatch_stays_proposed():
    assert apply_reviews([MISMATCH], []).mismatches == (MISMATCH,)


def test_the_latest_decision_of_a_coder_counts():
    reviews = [decide(MISMATCH, Status.ACCEPTED), decide(MISMATCH, Status.REJECTED)]
    assert apply_reviews([MISMATCH], reviews).mismatches[0].status is Status.REJECTED


def test_coders_who_disagree_leave_it_unsure():
    reviews = [decide(MISMATCH, Status.ACCEPTED, "Ann"), decide(MISMATCH, Status.REJECTED, "Bo")]
    assert apply_reviews([MISMATCH], reviews).mismatches[0].status is Status.UNSURE


def test_a_decision_follows_a_quote_that_moved():
    moved = replace(MISMATCH, stated=TURNS[0].span(3, 21))
    reviewed = apply_reviews([moved], [decide(MISMATCH, Status.ACCEPTED)], TURNS)
    assert reviewed.mismatches == (replace(moved, status=Status.ACCEPTED),)
    assert [(notice.kind, notice.count) for notice in reviewed.notices] == [("guessed", 1)]


def test_a_decision_does_not_jump_to_another_type():
    other = replace(MISMATCH, type="reach-vs-channel")
    reviewed = apply_reviews([other], [decide(MISMATCH, Status.REJECTED)], TURNS)
    assert reviewed.mismatches == (other,)


def test_an_accepted_mismatch_outlives_the_run_that_proposed_it():
    reviewed = apply_reviews([], [decide(MISMATCH, Status.ACCEPTED)], TURNS)
    (kept,) = reviewed.mismatches
    assert (kept.stated, kept.actual, kept.status) == (STATED, ACTUAL, Status.ACCEPTED)
    assert kept.model == "review by Ann"


def test_a_rejected_mismatch_is_not_brought_back():
    assert apply_reviews([], [decide(MISMATCH, Status.REJECTED)], TURNS).mismatches == ()


def test_a_decision_whose_quote_is_gone_is_counted_not_shown():
    gone = replace(MISMATCH, stated=Span("a.vtt", 1, 0, 4, "gone"))
    reviewed = apply_reviews([], [decide(gone, Status.ACCEPTED)], TURNS)
    assert reviewed.mismatches == ()
    assert [(notice.kind, notice.count) for notice in reviewed.notices] == [("dropped", 1)]
