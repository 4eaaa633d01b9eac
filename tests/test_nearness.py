"""When two findings are the same: section 4 of the annotation guide."""

from __future__ import annotations

import pytest

from discovery.nearness import match_mismatches, near, same_evidence, same_mismatch
from discovery.records import Mismatch, Span


def span(turn, quote="we hire from the college fair", source="a.vtt"):
    return Span(source, turn, 0, len(quote), quote)


def pair(kind, stated, actual, score=0.5):
    return Mismatch(kind, "acme", span(stated, "x1 x2"), span(actual, "y1 y2"), score, "")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (span(4), span(5, "no"), True),
        (span(4), span(6, "no"), False),
        (span(4), span(4, "no", "b.vtt"), False),
        (span(1, "so we hire from the college"), span(30, "We hire from the college, mostly"), True),
        (span(1, "we hire from the town"), span(30, "we hire from the college"), False),
        (span(1, "it’s the fair"), span(30, "well it's the fair"), True),
        (span(1, "the fair"), span(30, "the fair"), False),
    ],
)
def test_evidence_is_near_within_a_turn_or_by_five_words_in_a_row(one, other, expected):
    assert near(one, other) is near(other, one) is expected


def test_a_match_needs_the_type_and_both_sides():
    assert same_mismatch(pair("a", 1, 9), pair("a", 2, 8))
    assert not same_mismatch(pair("a", 1, 9), pair("b", 1, 9))
    assert same_evidence(pair("a", 1, 9), pair("b", 1, 9))
    assert not same_evidence(pair("a", 1, 9), pair("a", 1, 5))


def test_each_is_matched_at_most_once_best_score_first():
    marked = [pair("a", 1, 9)]
    low, high = pair("a", 1, 9, 0.2), pair("a", 2, 9, 0.9)
    assert match_mismatches([low, high], marked) == [(high, marked[0])]
    assert match_mismatches([], marked) == match_mismatches([low], []) == []
