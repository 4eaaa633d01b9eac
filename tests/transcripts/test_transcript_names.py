from __future__ import annotations

import pytest

from discovery.transcripts.names import Likeness, accept_names, bracketed_names, likeness, split_label

NAMES = (
    "Dana", "Dana Whitlock", "DANA WHITLOCK", "Ginsberg, Corey", "Dr. Ann O'Neil", "Ana María de la Cruz",
    "R. Osei", "Jean-Luc Picard", "Zoë", "Łukasz Żak", "SPEAKER_00", "spk_0", "Speaker 1", "Interviewer", "Q",
    "A", "P3", "Hiring Manager", "Unknown Speaker", "iPhone (3)", "Kit 🦊", "14155550100", "Ann (she/her)",
    "An Nguyen", "So Yeon", "Will", "Mark", "May", "Interviewer 2", "Panelist (HR)", "دانا", "田中",
    "Ivan Петров", "Sam | Acme",
)  # fmt: skip
NOT_NAMES = (
    "the thing is", "The thing is", "So", "Listen", "Note", "Well", "For example", "10", "3", "http", "https",
    "We hire. Mike", "what I mean is", "Date", "Duration", "Participants", "", "Really? Ann", "He said", "is",
    "x = 3", "Here is the list of what we really want", "am", "as", "in short", "My point is this", "--",
    "In other words", "Bottom line", "Number one, and this matters", "To be fair",
)  # fmt: skip


@pytest.mark.parametrize("label", NAMES)
def test_names_are_like_names(label: str) -> None:
    assert likeness(label) > Likeness.NO


@pytest.mark.parametrize("label", NOT_NAMES)
def test_openings_of_sentences_are_not(label: str) -> None:
    assert likeness(label) is Likeness.NO


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Dana: we hire", "Dana"),
        ("Dana:we hire", "Dana"),
        ("Dana : we hire", "Dana"),
        ("  \u200fDana: we hire", "Dana"),
        ("Dana:", "Dana"),
        ("田中：はい", "田中"),
        ("10:30 Meeting: Monday", None),
        ("https://example.org: a page", None),
        ("John 3:16 says so", None),
        ("C:\\yard", None),
        (": nothing", None),
        ("no colon at all", None),
        ("a colon comes much later in this line, far beyond any name that a person has: there", None),
    ],
)
def test_labels_are_cut_at_the_first_colon(line: str, label: str | None) -> None:
    pair = split_label(line)
    assert (pair[0] if pair else None) == label


def test_frequency_and_ordinary_words_decide() -> None:
    text = "we have a budget and the budget is small"
    counts = {"Mike": 12, "Budget": 1, "jsmith": 5, "kim": 2, "Sky": 1, "Speaker 2": 1}
    names, once = accept_names(counts, text)
    assert names == {"Mike", "jsmith", "Sky", "Speaker 2"}
    assert once == 1


def test_another_spelling_of_a_known_name_is_a_name() -> None:
    assert accept_names({"JANE DOE": 4, "jane doe": 1}, "")[0] == {"JANE DOE", "jane doe"}


def test_sounds_in_brackets_are_no_names() -> None:
    labels = ["Dana Bettinger", "Laughter", "Laughter", "Phone Ringing", "Tom", "Tom", "Once", "we agree"]
    assert bracketed_names(labels) == {"Dana Bettinger", "Tom"}
