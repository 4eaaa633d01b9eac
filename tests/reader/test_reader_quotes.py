"""Placing a quote in its turn."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from discovery.privacy import Pseudonyms
from discovery.privacy.showing import show
from discovery.reader.packets import ShownTurn
from discovery.reader.quotes import LONGEST, fold, place_quote
from discovery.records import Role, Speaker, Turn

NAMES = Pseudonyms.for_study([], [Speaker("Carla Moss")])


def shown(text: str) -> ShownTurn:
    return ShownTurn(Turn("a.vtt", 4, "Bob", text, Role.EMPLOYER), "Person 1", show(text, NAMES))


TURN = shown(
    "Well, we’ve never hired “grown-ups” – Carla Moss was one of five who didn’t stay. We hire, we do."
)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("we’ve never hired “grown-ups”", "we’ve never hired “grown-ups”"),
        ('we\'ve never hired "grown-ups" - Person 1 was', "we’ve never hired “grown-ups” – Carla Moss was"),
        ("WE'VE NEVER HIRED", "we’ve never hired"),
        ('"never hired..."', "never hired"),
        ("  never   hired\n", "never hired"),
        ("Carla Moss was one of five", "Carla Moss was one of five"),
        ("Person 1 was one of five", "Carla Moss was one of five"),
    ],
)
def test_the_same_words_are_found_whatever_the_marks(quote, words):
    found = place_quote(quote, TURN, threshold=90)
    assert (found.span.quote, found.score, found.reason) == (words, 100.0, "")


def test_words_that_are_nearly_the_same_are_placed_with_their_likeness():
    found = place_quote("Carla Moss, she was one of five who didn't stay", TURN, threshold=85)
    assert 85 <= found.score < 100
    assert found.span.quote in TURN.original.text
    assert "one of five who didn’t stay" in found.span.quote
    assert place_quote("Carla Moss, she was one of five who didn't stay", TURN, threshold=99).span is None


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("", "quote.empty"),
        (" … ", "quote.empty"),
        ("x" * 3001, "quote.too-long"),
        ("They pay everybody in potatoes", "quote.not-in-turn"),
        ("one of nine who didn’t stay", "quote.altered"),
        ("Person 1 was one of five who did not stay here, ever, never", "quote.not-in-turn"),
        ("we’ve ever hired “grown-ups” – Person 1 was one of five who didn’t stay", "quote.altered"),
        ("ell, we’ve never hire", "quote.not-in-turn"),
    ],
)
def test_words_that_do_not_stand_there_are_told_apart(quote, reason):
    found = place_quote(quote, TURN, threshold=90)
    if reason == "quote.not-in-turn" and quote.startswith("ell"):
        assert found.span.quote == "Well, we’ve never hired"
    else:
        assert (found.span, found.reason) == (None, reason)


def test_words_said_twice_are_placed_first_and_noted():
    found = place_quote("we do.", shown("So we do. And we do."), threshold=90)
    assert (found.span.start, found.repeated) == (3, True)


def test_a_short_word_is_not_found_inside_a_longer_one():
    found = place_quote("hire", shown("We rehire, then hire."), threshold=90)
    assert (found.span.start, found.repeated) == (16, False)


def test_a_quote_of_more_than_forty_words_is_cut():
    text = " ".join(f"w{n}" for n in range(60))
    found = place_quote(text, shown(text), threshold=90)
    assert found.cut
    assert len(found.span.quote.split()) == LONGEST
    assert text.startswith(found.span.quote)


@given(
    st.lists(
        st.sampled_from(["we", "hire", "Carla", "people", "“x”", "don’t", "5", "–"]), min_size=1, max_size=30
    ),
    st.data(),
)
def test_any_stretch_of_whole_words_is_found_where_the_words_are(words, data):
    turn = shown(" ".join(words))
    pieces = turn.shown.text.split(" ")
    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first + 1, len(pieces)))
    quote = " ".join(pieces[first:last])
    assume(any(letter.isalnum() for letter in quote))
    found = place_quote(quote, turn, threshold=90)
    assert found.score == 100
    assert found.span.quote == turn.original.text[found.span.start : found.span.end]
    back = turn.shown.place(found.span.start, found.span.end)
    assert fold(quote).strip(' "-') in fold(turn.shown.text[slice(*back)])


@given(st.text(max_size=60), st.text(max_size=120))
def test_no_text_breaks_the_search_and_what_is_found_stands_there(quote, text):
    turn = shown(" ".join(text.split()) or "x")
    found = place_quote(quote, turn, threshold=80)
    if found.span is not None:
        assert turn.original.text[found.span.start : found.span.end] == found.span.quote
    else:
        assert found.reason
