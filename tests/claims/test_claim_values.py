from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.claims.numbers import number
from discovery.claims.values import values_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We ask for five to seven years of experience.", "years=5-7"),
        ("Three years' experience, no less.", "years=3"),
        ("At least 10+ years in the trade", "years=10"),
        ("Six of nine don't have it.", "share=6/9"),
        ("Nine out of ten say the same.", "share=9/10"),
        ("Half of the team came that way.", "share=1/2"),
        ("About two thirds of our people stay.", "share=2/3"),
        ("Only fifteen percent pass.", "share=15%"),
        ("It takes six weeks.", "duration=6 weeks"),
        ("They sit there for a month.", "duration=1 months"),
        ("Two or three months and they're fine.", "duration=2-3 months"),
        ("We pay $24 an hour.", "money=$24 an hour"),
        ("It's forty thousand pounds a year.", "money=£40000 a year"),
        ("Each one costs six grand.", "money=6000"),
        ("We take two co-op students.", "channel=co-op"),
        ("Mostly referrals.", "channel=referral"),
        ("It goes to a headhunter.", "channel=headhunter"),
        ("They need a bachelor's.", "credential=degree"),
        ("You want somebody senior.", "level=senior"),
        ("They get a binder.", "format=manual"),
        ("They shadow someone.", "format=on-the-job"),
    ],
)
def test_a_value_is_read_and_normalised(text, expected) -> None:
    assert expected in [f"{value.kind}={value.normal}" for value in values_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "We hire people who listen.",
        "It leads nowhere special.",
        "She is misleading us.",
        "Seven of the days were wet.",
    ],
)
def test_nothing_is_read_where_nothing_is_said(text) -> None:
    assert [v for v in values_of(text) if v.kind in {"years", "share", "money", "credential", "level"}] == []


def test_values_come_in_the_order_of_the_words_and_once_each() -> None:
    found = values_of("A degree, five years, and a degree again.")
    assert [value.kind for value in found] == ["credential", "years"]


@given(st.text(max_size=200))
def test_the_words_of_a_value_are_verbatim(text) -> None:
    assert all(value.text and value.text in text for value in values_of(text))


@given(st.integers(min_value=0, max_value=999_999))
def test_digits_are_read_as_they_stand(value) -> None:
    assert number(f"{value:,}") == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("three hundred and twenty", 320), ("ninety-five thousand", 95_000), ("two million", 2_000_000),
        ("85k", 85_000), ("a dozen", 12), ("half a", 0.5), ("lots", None),
    ],
)  # fmt: skip
def test_number_words(text, expected) -> None:
    assert number(text) == expected
