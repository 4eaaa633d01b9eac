from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.claims.spans import LONGEST_QUOTE, claim_bounds


def cut(text: str) -> str:
    start, end = claim_bounds(text)
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So, well, we train them here.", "we train them here."),
        ("I mean, we hire from the college, you know.", "we hire from the college"),
        ("Yeah so we look for patience", "we look for patience"),
        ("Now is a bad time for us.", "Now is a bad time for us."),
        ("Yeah, no.", "Yeah, no."),
        ("Right people are rare here.", "Right people are rare here."),
    ],
)
def test_lead_ins_and_fillers_are_left_out(text, expected) -> None:
    assert cut(text) == expected


def test_a_long_unit_is_cut_to_the_clauses_that_speak_of_hiring() -> None:
    small_talk = "it rained, " * 30
    found = cut(small_talk + "because we hire everybody through the college, and we train them for six weeks")
    assert "we hire everybody through the college" in found
    assert len(found.split()) <= LONGEST_QUOTE


def test_a_unit_of_two_thousand_words_without_a_mark_is_cut_to_forty() -> None:
    assert len(cut("word " * 2000).split()) == LONGEST_QUOTE


@given(st.text(alphabet="so we,. hire-—’é", min_size=1, max_size=300))
def test_bounds_lie_inside_and_are_not_empty(text) -> None:
    start, end = claim_bounds(text)
    assert 0 <= start <= end <= len(text)
    assert not text.strip() or end > start
    assert len(text[start:end].split()) <= LONGEST_QUOTE
