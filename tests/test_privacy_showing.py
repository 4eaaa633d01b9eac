"""The way from a shown text back to the original is exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.privacy import Pseudonyms
from discovery.privacy.showing import show
from discovery.records import Employer, Role, Speaker, Turn

NAMES = Pseudonyms.for_study(
    [Employer("a", "Acme Ltd", "Employer Alder"), Employer("b", "Beta")],
    [Speaker("Ann Lund", Role.INTERVIEWER), Speaker("Bob O'Neil-Smith", Role.EMPLOYER), Speaker("Chloé")],
)
PIECES = st.sampled_from(
    [
        *(
            "Ann",
            "Ann Lund",
            "Ms. Lund's",
            "Bob",
            "O'Neil-Smith",
            "Chloé",
            "Acme",
            "acme ltd",
            "Beta",
            "Person 1",
        ),
        *("bob@acme.com", "www.acme.com", "+44 20 7946 0958", "12 Acme Road", "[e-mail]", "ann@", "dot com"),
        *("we", "hire", "“grown-ups”", "é", "annual", "🙂"),
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map(" ".join)


@given(TEXTS)
def test_what_is_not_swapped_is_the_same_on_both_sides(text):
    shown = show(text, NAMES)
    here = there = 0
    for swap in shown.swaps:
        assert text[here : swap.start] == shown.text[there : swap.new_start]
        assert swap.start < swap.end
        here, there = swap.end, swap.new_end
    assert text[here:] == shown.text[there:]


@given(TEXTS, st.data())
def test_a_stretch_goes_back_to_the_words_it_stands_for(text, data):
    shown = show(text, NAMES)
    start = data.draw(st.integers(0, len(shown.text) - 1))
    end = data.draw(st.integers(start + 1, len(shown.text)))
    first, last = shown.locate(start, end)
    assert 0 <= first < last <= len(text)
    again = shown.place(first, last)
    assert again[0] <= start < end <= again[1]
    inside = [swap for swap in shown.swaps if swap.new_start < end and start < swap.new_end]
    if not inside:
        assert text[first:last] == shown.text[start:end]
        assert again == (start, end)


@given(TEXTS)
def test_the_whole_goes_back_to_the_whole(text):
    shown = show(text, NAMES)
    assert shown.locate(0, len(shown.text)) == (0, len(text))
    assert shown.place(0, len(text)) == (0, len(shown.text))


@pytest.mark.parametrize(
    ("text", "quote", "original"),
    [
        ("Ask Ann about it.", "Interviewer 1", "Ann"),
        ("Ask Ann about it.", "viewer 1 about", "Ann about"),
        ("Ask Ann about it.", "Ask Inter", "Ask Ann"),
        ("Write to bob@acme.com, says Bob.", "[e-mail], says Person 1", "bob@acme.com, says Bob"),
        ("At Acme Ltd we hire.", "we hire", "we hire"),
    ],
)
def test_a_border_inside_a_pseudonym_takes_the_whole_name(text, quote, original):
    shown = show(text, NAMES)
    at = shown.text.index(quote)
    turn = Turn("a", 0, "Bob", text)
    assert turn.span(*shown.locate(at, at + len(quote))).quote == original
