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
        ("A couple of years is plenty.", "years=2"),
        ("Four or five years.", "years=4-5"),
        ("Fifteen, twenty years in the trade.", "years=15-20"),
        ("Eighteen months and they move on.", "duration=18 months"),
        ("It takes a year and a half.", "years=1.5"),
        ("A week or two beside somebody.", "duration=1-2 weeks"),
        ("They need half an hour.", "duration=0.5 hours"),
        ("They go after a fortnight.", "duration=2 weeks"),
        ("I want somebody with a decade in it.", "years=10"),
        ("It came to a hundred and sixty-one days.", "duration=161 days"),
        ("About 6wks.", "duration=6 weeks"),
        ("Six out of nine stayed.", "share=6/9"),
        ("Nine in ten stay.", "share=9/10"),
        ("Fourteen women out of thirty-six.", "share=14/36"),
        ("Of the seventeen, I make it five.", "share=5/17"),
        ("Four of the six put down the same two words.", "share=4/6"),
        ("I lose five or six of the twenty-two.", "share=5-6/22"),
        ("Half our drivers came that way.", "share=1/2"),
        ("Between twenty and thirty per cent, so 20 to 30 per cent.", "share=20-30%"),
        ("It's forty grand.", "money=40000"),
        ("They're on forty-six thousand, which is fair.", "money=46000"),
        ("It's twenty-six an hour.", "money=26 an hour"),
        ("It's twenty-four fifty an hour.", "money=24.5 an hour"),
        ("It's three-eighty a day.", "money=380 a day"),
        ("Fifty-one dollars and eighty cents.", "money=$51.8"),
        ("It's €45.000 a year.", "money=€45000 a year"),
        ("We use a labour hire firm.", "channel=agency"),
        ("They have to hold the red seal.", "credential=apprenticeship"),
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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("That was ten years ago.", "years"),
        ("She's twenty-two years old.", "years"),
        ("Three days a week on site.", "duration"),
        ("One day I'll ask.", "duration"),
        ("It's forty people a year.", "money"),
        ("There are sixty million customers up there.", "money"),
        ("Every one of the nine is still here.", "share"),
        ("Seventy out of ten.", "share"),
        ("The hiring manager reads it.", "level"),
        ("Nobody writes a ticket, of course.", "credential"),
        ("Nobody writes a ticket, of course.", "format"),
        ("Fair enough, they are not in fair shape.", "channel"),
    ],
)
def test_what_only_looks_like_a_value_is_none(text, kind) -> None:
    assert [value.normal for value in values_of(text) if value.kind == kind] == []


def test_the_words_of_a_value_are_those_it_was_read_from() -> None:
    (value,) = values_of("We’d like Five to Seven years.")
    assert (value.kind, value.normal, value.text) == ("years", "5-7", "Five to Seven years")


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "a",
                    "of",
                    "the",
                    "half",
                    "to",
                    "or",
                    "and",
                    ",",
                    "-",
                    ".",
                    "$",
                    "%",
                    "an",
                    "hour",
                    "year",
                    "years",
                ),
                *(
                    "week",
                    "per",
                    "out",
                    "last",
                    "in",
                    "two",
                    "fifty",
                    "0",
                    "1,200",
                    "9" * 400,
                    "thousand",
                    "million",
                ),
                *(
                    "k",
                    "grand",
                    "point",
                    "dozen",
                    "hundred",
                    "couple",
                    "pounds",
                    "pay",
                    "’",
                    "co-op",
                    "degree",
                ),
            ]
        ),
        max_size=14,
    )
)
def test_any_order_of_number_words_is_read_without_a_fault(words) -> None:
    text = " ".join(words)
    for value in values_of(text):
        assert value.text in text
        assert value.kind
        assert value.normal


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
        ("85k", 85_000), ("a dozen", 12), ("half a", 0.5), ("lots", None), ("two and a half", 2.5),
        ("a hundred and sixty-one", 161), ("nought point five", 0.5), ("5,00,000", 500_000),
        ("45.000", 45_000), ("half a million", 500_000), ("three hundred thousand and five", 300_005),
        ("twenty twenty", None),
    ],
)  # fmt: skip
def test_number_words(text, expected) -> None:
    assert number(text) == expected
