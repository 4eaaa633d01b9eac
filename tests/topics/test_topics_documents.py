from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from discovery.records import Exchange, Role, Turn
from discovery.topics import choose_documents

LONG = " ".join(f"We hired person number {n} last spring and trained them well." for n in range(30))


def turn(number: int, text: str, role: Role | None = Role.EMPLOYER) -> Turn:
    return Turn("a.vtt", number, "Ann", text, role)


def test_only_employer_answers_of_some_length_are_chosen() -> None:
    words = "We look for people who have run a shift on their own before today"
    turns = [
        turn(0, words, Role.INTERVIEWER),
        turn(1, words),
        turn(2, "Yes."),
        turn(3, words),
        turn(4, words, None),
    ]
    exchanges = [Exchange("a.vtt", 0, (0,), (1, 2))]
    spans = choose_documents(turns, exchanges, employer="x")
    assert [(span.turn, span.quote) for span in spans] == [(1, words)]
    assert [span.turn for span in choose_documents(turns, [], employer="x")] == [1, 3]


def test_a_long_answer_is_cut_into_windows_at_sentence_ends() -> None:
    spans = choose_documents([turn(0, LONG)], [], employer="x")
    assert len(spans) >= 3
    assert all(span.quote.endswith(".") and span.quote.startswith("We") for span in spans)
    assert all(12 <= len(span.quote.split()) <= 110 for span in spans)
    assert " ".join(span.quote for span in spans) == LONG


def test_nothing_to_choose() -> None:
    assert choose_documents([], [], employer="x") == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(alphabet="ab .?!é😀", max_size=300), max_size=5), st.integers(1, 15), st.integers(16, 40)
)
def test_every_document_is_a_verbatim_piece_of_one_turn(texts: list[str], least: int, most: int) -> None:
    turns = [turn(number, " ".join(text.split())) for number, text in enumerate(texts)]
    spans = choose_documents(turns, [], employer="x", least=least, most=most)
    for span in spans:
        assert turns[span.turn].text[span.start : span.end] == span.quote
        assert len(span.quote.split()) >= least
    for before, after in itertools.pairwise(spans):
        assert before.turn < after.turn or before.end <= after.start
