"""Counts over employers: who shows what, with intervals, words for small numbers, and groups."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.mismatches import count_mismatches
from discovery.mismatches.prevalence import say_count
from discovery.records import Employer, Mismatch, Span, Status
from discovery.statistics import wilson_interval

SPAN = Span("a.vtt", 1, 0, 2, "we")
EMPLOYERS = [
    Employer("a", "A", sector="retail", size="small"),
    Employer("b", "B", sector="retail"),
    Employer("c", "C", sector="health"),
]


def shows(employer, kind, status=Status.PROPOSED):
    return Mismatch(kind, employer, SPAN, SPAN, 0.9, "", status)


def test_employers_count_once_and_rejected_findings_do_not():
    found = [
        shows("a", "x"),
        shows("a", "x"),
        shows("b", "x"),
        shows("b", "y"),
        shows("c", "y", Status.REJECTED),
    ]
    result = count_mismatches(found, EMPLOYERS, ["y", "x", "z"])
    assert [(c.type, c.shown, c.of, c.employers) for c in result.types] == [
        ("x", 2, 3, ("a", "b")),
        ("y", 1, 3, ("b",)),
        ("z", 0, 3, ()),
    ]
    assert result.types[0].wording == "two of three employers"
    assert result.together == {("y", "x"): 1}


def test_groups_are_those_filled_in():
    result = count_mismatches([shows("a", "x")], EMPLOYERS, ["x"])
    assert set(result.groups) == {("sector", "health"), ("sector", "retail"), ("size", "small")}
    assert result.groups["sector", "retail"][0].wording == "one of two employers"
    assert result.groups["sector", "health"][0].shown == 0


def test_an_employer_that_is_not_described_counts_too():
    result = count_mismatches([shows("new", "x")], EMPLOYERS[:1], ["x"])
    assert (result.types[0].shown, result.types[0].of) == (1, 2)


@pytest.mark.parametrize(
    ("shown", "of", "words"),
    [
        (0, 0, "no employer was looked at"),
        (1, 1, "the only employer"),
        (12, 19, "12 of 19 employers"),
        (5, 20, "5 of 20 employers (25 %; between 11 % and 47 %)"),
    ],
)
def test_small_numbers_get_no_percentages(shown, of, words):
    assert say_count(shown, of) == words


@given(st.integers(0, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share(counts):
    shown, of = counts
    low, high = wilson_interval(shown, of)
    assert 0 <= low <= high <= 1
    if of:
        assert low - 1e-9 <= shown / of <= high + 1e-9


def test_the_order_of_findings_does_not_matter():
    found = [shows("b", "y"), shows("a", "x"), shows("b", "x")]
    other = [replace(m) for m in reversed(found)]
    assert count_mismatches(found, EMPLOYERS, ["x", "y"]) == count_mismatches(
        other, EMPLOYERS[::-1], ["x", "y"]
    )
