"""Units: sentences and clauses with their offsets, in punctuated text and in machine speech."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.annotated import load_source, tidy
from discovery.language import split_units
from discovery.language.sentences import LONGEST_UNIT, count_words
from discovery.language.speech import LONGEST_SEGMENT, is_unpunctuated
from discovery.language.speech_training import learn_speech, without_punctuation
from discovery.records import Cue, Role, Turn


def _cut(text: str, cues: tuple[Cue, ...] = ()) -> list[str]:
    return [unit.span.quote for unit in split_units([Turn("a.vtt", 0, "Bo", text, Role.EMPLOYER, cues=cues)])]


@pytest.mark.parametrize(
    "sentences",
    [
        ["See Dr. Lund at 3.5 p.m. on Monday.", "We met e.g. in the U.S. and Canada."],
        ["That was in the U.S.", "We left.", "Plan B.", "Then go."],
        ["No. 5 is ours.", "No.", "We don't."],
        ["J. R. Smith said so.", "I met Mr. Ng vs. Mrs. Ito."],
        ['He said "No way."', "Then “What is it?” he said.", "“We can’t.” [laughs] Right?!", "Yes."],
        ["Yes... well, no.", "Hm…", "Then we did... I think.", "We hire...", "They leave."],
        ["Pens, cups, etc. and so on.", "She has a Ph.D.", "He has a Ph.D. student."],
        ["Acme Inc. is big.", "It pays 3.50, not 4.", "We sold it to Acme Inc.", "They pay."],
        ["We hire.", "[laughs] No, really.", "And then [crosstalk] they go. [inaudible]"],
    ],
)
def test_sentences_of_punctuated_text(sentences):
    assert _cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("", []),
        ("...", ["..."]),
        ("[laughs]", ["[laughs]"]),
        ("Yes. [laughs]", ["Yes. [laughs]"]),
        ("?!", ["?!"]),
    ],
)
def test_text_with_hardly_a_word(text, units):
    assert _cut(text) == units


def test_a_very_long_sentence_is_cut_at_clause_marks():
    text = (
        "We go to the college in May with the whole crew and a trailer full of old engines to take apart, "
        "and we let everybody have a go at one for ten minutes, but the ones who come back after lunch and "
        "ask for a second engine are the ones whose names I write down; nobody else gets a call from me."
    )
    units = _cut(text)
    assert " ".join(units) == text
    assert len(units) > 1
    assert all(6 <= count_words(unit) <= LONGEST_UNIT for unit in units)
    assert units[-1] == "nobody else gets a call from me."


def test_units_are_numbered_within_each_transcript_and_carry_the_speaker():
    turns = [
        Turn("a.vtt", 0, "Ann", "Who? Where?", Role.INTERVIEWER),
        Turn("b.vtt", 0, "Cy", "Hm.", Role.EMPLOYER),
        Turn("a.vtt", 1, "Bo", "Here.", Role.EMPLOYER),
    ]
    units = split_units(turns)
    assert [(u.span.source, u.span.turn, u.number, u.speaker, u.role) for u in units] == [
        ("a.vtt", 0, 0, "Ann", Role.INTERVIEWER),
        ("a.vtt", 0, 1, "Ann", Role.INTERVIEWER),
        ("b.vtt", 0, 0, "Cy", Role.EMPLOYER),
        ("a.vtt", 1, 2, "Bo", Role.EMPLOYER),
    ]


def test_machine_speech_is_cut_before_discourse_markers():
    units = _cut(
        "yeah so we make cargo bikes for plumbers and florists and there's a guy who sharpens knives off one "
        "of them so what i really need is somebody who has run a workshop because i don't have the time to "
        "teach anybody"
    )
    assert len(units) > 2
    assert any(unit.startswith("so what i really need") for unit in units)
    assert not any(unit.endswith((" the", " a", " of", " and")) for unit in units)


def test_a_pause_between_cues_cuts_machine_speech():
    before, after = (
        "we put the ad on the board at the college",
        "welders mostly and a painter or two in the spring",
    )
    text = f"{before} {after}"
    at = len(before) + 1

    def cues(pause: float) -> tuple[Cue, ...]:
        return (Cue(0, at - 1, 0.0, 4.0, 1), Cue(at, len(text), 4.0 + pause, 9.0 + pause, 2))

    assert _cut(text, cues(2.0)) == [before, after]
    assert before not in _cut(text, cues(0.05))


def test_cues_do_not_change_the_units_of_punctuated_text():
    text = "We put the ad on the board at the college. Welders, mostly, and a painter or two in the spring."
    cues = (Cue(0, 20, 0.0, 4.0, 1), Cue(21, len(text), 9.0, 12.0, 2))
    assert _cut(text, cues) == _cut(text)


def test_a_line_of_endless_words_stays_usable_and_quick():
    text = " ".join(f"word{number}" for number in range(20_000))
    began = time.perf_counter()
    units = _cut(text)
    assert time.perf_counter() - began < 10
    assert " ".join(units) == text
    assert all(len(unit.split()) <= LONGEST_SEGMENT for unit in units)


_PIECES = st.sampled_from(
    [
        "we hire",
        "Dr.",
        "and then",
        "[laughs]",
        "so",
        "“No.”",
        "?",
        "...",
        "3.5",
        "é ü",
        "🙂",
        "U.S.",
        "—",
        ",",
        "but",
        "!",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=80).map(" ".join)))
def test_units_cover_the_text_but_for_white_space(text):
    text = tidy(text)
    units = split_units([Turn("a", 0, "Bo", text)])
    at = 0
    for unit in units:
        assert text[unit.span.start : unit.span.end] == unit.span.quote
        assert unit.span.quote == unit.span.quote.strip()
        assert unit.span.start >= at
        assert not text[at : unit.span.start].strip()
        at = unit.span.end
    assert not text[at:].strip()


def test_training_interviews_give_the_same_units_twice_and_quickly(training_folder):
    interviews = [load_source(path) for path in sorted(training_folder.glob("*.json"))[:40]]
    began = time.perf_counter()
    units = [split_units(interview.turns) for interview in interviews]
    assert time.perf_counter() - began < 5
    assert units == [split_units(interview.turns) for interview in interviews]


def test_most_marked_claims_lie_inside_one_unit(training_folder):
    inside = {True: 0, False: 0}
    total = {True: 0, False: 0}
    for path in sorted(training_folder.glob("t*.json")):
        interview = load_source(path)
        units = split_units(interview.turns)
        for claim in interview.claims:
            machine = is_unpunctuated(interview.turns[claim.span.turn].text)
            own = [unit.span for unit in units if unit.span.turn == claim.span.turn]
            total[machine] += 1
            inside[machine] += any(s.start <= claim.span.start and claim.span.end <= s.end for s in own)
    assert inside[False] / total[False] > 0.9
    assert inside[True] / total[True] > 0.5


def test_taking_punctuation_away_keeps_the_words_and_the_sentence_starts():
    text = "We hire 12 people. Then, “Dr. Lund” calls -- twice!"
    written, starts = without_punctuation(text)
    assert written == "we hire # people then dr lund calls twice"
    assert [written[start:] for start in sorted(starts)] == ["then dr lund calls twice"]


def test_what_is_learned_does_not_depend_on_the_run(training_folder):
    interviews = [load_source(path) for path in sorted(training_folder.glob("t00*.json"))]
    learned = learn_speech(interviews)
    assert learned == learn_speech(interviews)
    assert 0 < learned["ends"] < learned["gaps"]
    assert learned["weights"]["<the"] < 0 < learned["weights"][">so"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so um we hire people and then they leave us for the city", True),
        ("So, we hire people, and then they leave us for the city.", False),
        ("yes we do", False),
        ("", False),
    ],
)
def test_what_counts_as_unpunctuated(text, expected):
    assert is_unpunctuated(text) is expected


def test_no_unit_of_punctuated_training_text_spans_two_sentences(training_folder):
    interview = load_source(training_folder / "t004_football.json")
    for unit in split_units(interview.turns):
        inner = unit.span.quote[:-1]
        assert re.search(r"[a-z]{3}[.?!] (?:We|They|It|The) [a-z]", inner) is None
