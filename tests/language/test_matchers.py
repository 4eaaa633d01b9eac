from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.language.matchers import Hit, TokenPatterns, longest


def _found(line: str, text: str, **settings) -> list[str]:
    return [text[hit.start : hit.end] for hit in TokenPatterns({"a": [line]}, **settings).find(text)]


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        ("co - op", "The Co-op, mostly.", ["Co-op"]),
        ("job|jobs board", "a job board, the jobs board, the jobs", ["job board", "jobs board"]),
        ("a? grown - up", "A grown-up.", ["A grown-up", "grown-up"]),
        ("don't know", "We don’t know.", ["don’t know"]),
        ("@pay well", "They pay well, they play well.", ["pay well"]),
        ("@pay|earn well", "They earn well, they play well.", ["earn well"]),
        ("half _ staff", "half the staff, half staff", ["half the staff"]),
        ("if ...2 would", "if he would, if. he would, if one two three would", ["if he would"]),
        ("not !a|the one", "not the one, not this one", ["not this one"]),
        ("stop !|?|. we|they", "stop ! they", ["stop ! they"]),
        ("in|at|on|by ...1 @pay", "on top pay", ["on top pay"]),
    ],
)
def test_a_line_finds_its_words(line, text, expected) -> None:
    assert _found(line, text, classes={"pay": ["pay"]}) == expected


def test_an_opening_line_stands_first_in_its_sentence_but_for_openers() -> None:
    text = "But we did. We said we did. And so we did, yes."
    assert TokenPatterns({"a": ["^ we did"]}, openers=["but", "and", "so"]).find(text) == [
        Hit("a", 4, 10, ("we", "did")),
        Hit("a", 35, 41, ("we", "did")),
    ]


def test_digits_are_cut_from_what_is_glued_to_them() -> None:
    assert _found("6 wks", "about 6wks") == ["6wks"]
    assert _found("5 – 7 yrs", "5–7 yrs") == ["5–7 yrs"]
    assert _found("3 - year", "a 3-year degree") == ["3-year"]


def test_joined_tokens_count_as_one() -> None:
    patterns = TokenPatterns(
        {"a": ["@pair then"]}, {"pair": lambda word: word == "two - three"}, joined=lambda words: [(0, 3)]
    )
    assert [hit.words for hit in patterns.find("Two - three then two")] == [("two - three", "then")]


def test_many_sets_of_words_are_all_found() -> None:
    names = [f"{letter}{number}" for letter in "abcdefgh" for number in range(6)]
    lines = {name: [f"@any {name}x|{name}y|{name}z"] for name in names}
    patterns = TokenPatterns(lines, {"any": ["the"]})
    assert [hit.label for hit in patterns.find(" ".join(f"the {name}z" for name in names))] == names


@pytest.mark.parametrize("line", ["", "^", "@unknown"])
def test_a_line_without_tokens_or_with_an_unknown_class_is_refused(line) -> None:
    with pytest.raises(ValueError, match=r"empty pattern|unknown class"):
        TokenPatterns({"a": [line]})


def test_of_overlapping_hits_the_longest_of_a_group_stays() -> None:
    hits = [Hit("a", 0, 4, ()), Hit("b", 2, 9, ()), Hit("c", 9, 12, ()), Hit("d", 9, 12, ())]
    assert [hit.label for hit in longest(hits)] == ["b", "c"]
    assert [hit.label for hit in longest(hits, group=lambda hit: hit.label)] == ["a", "b", "c", "d"]


@given(st.text(max_size=80))
def test_no_text_is_too_odd(patterns, text) -> None:
    for hit in patterns.find(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.words


@pytest.fixture(scope="module")
def patterns() -> TokenPatterns:
    return TokenPatterns({"a": ["_ ...3 @word", "a|the? b"]}, {"word": str.isalpha})
