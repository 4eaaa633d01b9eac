"""Roles: who interviews and who answers, in plain, rough and adversarial conversations."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from discovery.annotated import load_folder, load_source
from discovery.errors import RolesError
from discovery.records import NoticeKind, Question, ReadReport, Role, Speaker, Transcript, Turn
from discovery.transcripts import assign_roles, read_transcript
from discovery.transcripts.role_model import train_roles, weigh
from discovery.transcripts.signs import SIGNS, measure

ASKS, TELLS = Role.INTERVIEWER, Role.EMPLOYER


def _transcript(*said: tuple[str, str], source: str = "a.vtt") -> Transcript:
    turns = tuple(Turn(source, number, speaker, text) for number, (speaker, text) in enumerate(said))
    speakers = tuple(Speaker(name) for name in dict.fromkeys(speaker for speaker, _ in said))
    return Transcript(source, "plain", turns, speakers, ReadReport(source, "plain", 1.0, ""))


def _roles(transcript: Transcript) -> dict[str, Role | None]:
    return {speaker.name: speaker.role for speaker in transcript.speakers}


PLAIN = (
    ("Ann", "Thanks for making the time. Tell me a bit about what you run here."),
    ("Bo", "I'm the head of operations. We make sheaths and wires, three hundred of us, two shifts."),
    ("Ann", "And what's the hardest job to fill?"),
    ("Bo", "Quality engineers. We have had a chair empty since February and I sit in it myself most days."),
    ("Ann", "Where have you looked?"),
    ("Bo", "Mostly the two colleges, and our own people bring their friends. That's about it, to be honest."),
    ("Ann", "Thank you, that was great."),
    ("Bo", "Any time."),
)


def test_a_plain_interview():
    assigned = assign_roles(_transcript(*PLAIN))
    assert _roles(assigned) == {"Ann": ASKS, "Bo": TELLS}
    assert [turn.role for turn in assigned.turns] == [ASKS, TELLS] * 4
    assert all(0.75 <= speaker.confidence <= 1 for speaker in assigned.speakers)
    assert assigned.report.notices[-1].kind is NoticeKind.GUESSED
    assert assigned.report.notices[-1].count == 2


def test_the_basis_is_plain_and_holds_no_word_of_the_interview():
    said = [("Ann", text) if speaker == "Ann" else ("Bo", f"{text} Xylograph.") for speaker, text in PLAIN]
    known = {words for pair in SIGNS.values() for words in pair}
    for speaker in assign_roles(_transcript(*said)).speakers:
        assert speaker.basis
        assert set(speaker.basis.split("; ")) <= known


def test_no_training_interview_is_told_wrong_and_hardly_any_is_asked_about(training_folder):
    unclear = []
    interviews = load_folder(training_folder)
    for interview in interviews:
        wanted = {turn.speaker: turn.role for turn in interview.turns}
        bare = _transcript(*((turn.speaker, turn.text) for turn in interview.turns))
        try:
            assert _roles(assign_roles(bare)) == wanted, interview.source
        except RolesError:
            unclear.append(interview.source)
    assert len(unclear) <= len(interviews) // 100, unclear


def test_all_gold_interviews_are_told_right(gold_folder):
    paths = sorted(gold_folder.glob("*.gold.json"))
    assert len(paths) == 24
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        assigned = assign_roles(read_transcript(path.parent / gold["transcript"]))
        assert _roles(assigned) == {name: Role(role) for name, role in gold["speakers"].items()}, path.name


def _as_machines_write(text: str) -> str:
    return re.sub(r"[^\w\s'’]", "", text).lower()


@pytest.mark.parametrize("turns", [16, 30, None])
def test_small_letters_and_no_question_marks(training_folder, turns):
    for path in sorted(training_folder.glob("t1*.json")):
        said = load_source(path).turns[:turns]
        wanted = {turn.speaker: turn.role for turn in said}
        rough = _transcript(*((turn.speaker, _as_machines_write(turn.text)) for turn in said))
        assert _roles(assign_roles(rough)) == wanted, path.name


def test_unnamed_voices(training_folder):
    for path in sorted(training_folder.glob("t2*.json")):
        interview = load_source(path)
        labels = {
            name: f"SPEAKER_{n:02}"
            for n, name in enumerate(dict.fromkeys(t.speaker for t in interview.turns))
        }
        bare = _transcript(*((labels[turn.speaker], turn.text) for turn in interview.turns))
        wanted = {labels[turn.speaker]: turn.role for turn in interview.turns}
        assert _roles(assign_roles(bare)) == wanted, path.name


def test_an_employer_who_asks_back_a_lot():
    said = []
    for speaker, text in PLAIN * 3:
        said.append(
            (speaker, f"{text} Does that make sense? Is that what you're after?" if speaker == "Bo" else text)
        )
    assert _roles(assign_roles(_transcript(*said))) == {"Ann": ASKS, "Bo": TELLS}


def test_a_long_winded_interviewer():
    preamble = (
        "I was at a conference last week, and somebody there said that the whole field is changing, which "
        "I had heard before, of course, and it made me think of your firm, because you've been at it for so "
        "long. So "
    )
    said = [(speaker, preamble + text if speaker == "Ann" else text) for speaker, text in PLAIN * 2]
    assert _roles(assign_roles(_transcript(*said))) == {"Ann": ASKS, "Bo": TELLS}


def test_the_employer_opens():
    said = [("Bo", "Come in, come in, we're in the back room today. Do you want coffee?"), *PLAIN]
    assert _roles(assign_roles(_transcript(*said))) == {"Ann": ASKS, "Bo": TELLS}


def test_a_panel_with_two_interviewers():
    said = [
        ("Ann", "Could you each say who you are?"),
        ("Bo", "I'm the plant manager. We run three lines here and I look after all of them."),
        ("Cy", "HR. I came from the hospital, and we hire about forty people a year between us."),
        ("Eve", "And what do you look for in those forty people?"),
        ("Cy", "Somebody who shows up, really. Our last ten came from the agency and we kept six of them."),
        ("Ann", "How did you choose the six?"),
        ("Bo", "We watched them for a month. My supervisors know by then, they write it down for me."),
        ("Eve", "What do they write down?"),
        ("Bo", "Whether they ask. We don't mind what they know, our machines are all different anyway."),
        ("Ann", "Does HR see those notes?"),
        ("Cy", "We don't, no. I would like to. Our own form has a box for it that nobody fills in."),
        ("Eve", "Could you show us one?"),
        ("Cy", "I can send one. We keep them in the cabinet with the boots."),
    ]  # fmt: skip
    assert _roles(assign_roles(_transcript(*said))) == {"Ann": ASKS, "Bo": TELLS, "Cy": TELLS, "Eve": ASKS}


def test_a_silent_note_taker_is_on_the_interviewers_side():
    said = [*PLAIN[:2], ("Dee", "Don't mind me, I'm just taking notes."), *PLAIN[2:]]
    assert _roles(assign_roles(_transcript(*said))) == {"Ann": ASKS, "Bo": TELLS, "Dee": ASKS}


def test_a_voice_of_few_words_does_not_stop_the_rest():
    said = [*PLAIN, *PLAIN, ("Dee", "Right.")]
    assigned = assign_roles(_transcript(*said))
    assert _roles(assigned)["Ann"] is ASKS
    assert _roles(assigned)["Bo"] is TELLS
    assert {speaker.name: speaker.confidence for speaker in assigned.speakers}["Dee"] < 1


@pytest.mark.parametrize(
    ("asker", "answerer"), [("Q", "A"), ("Interviewer", "Participant 4"), ("Moderator", "Bo")]
)
def test_labels_tell(asker, answerer):
    said = [(asker, "Yes."), (answerer, "No."), (asker, "Maybe."), (answerer, "So so.")]
    assert _roles(assign_roles(_transcript(*said))) == {asker: ASKS, answerer: TELLS}


def test_bank_questions_tell():
    question = Question(
        "q", "The hardest role to fill", "talent", probes=("The oldest vacancy", "The last leaver")
    )
    said = [("B", "Hello."), ("C", "Hello.")]
    for text in (question.text, *question.probes):
        said += [("B", f"Now, {text.lower()}, what is that?"), ("C", "That one, as it happens.")]
    without = {one.speaker: one.interviewer for one in weigh(_transcript(*said).turns)}
    with_bank = {one.speaker: one.interviewer for one in weigh(_transcript(*said).turns, [question])}
    assert with_bank["B"] >= without["B"] > 0.5


@pytest.mark.parametrize(
    "said",
    [
        (("Ann", "We hire welders. Who else? Nobody."),),
        (("Ann", "Hello."), ("Bo", "Hello.")),
        (
            ("Ann", "We hire welders, mostly."),
            ("Bo", "We hire painters, mostly."),
            ("Ann", "Right."),
            ("Bo", "Yes."),
        ),
        (),
    ],
)
def test_it_says_when_it_cannot_tell(said):
    with pytest.raises(RolesError) as caught:
        assign_roles(_transcript(*said))
    assert caught.value.code == "roles.unknown"
    assert "--interviewer" in str(caught.value)
    assert "welders" not in str(caught.value)


@pytest.mark.parametrize("name", ["Ann Lund", "ann lund", "Lund, Ann", "LUND", "Ann"])
def test_named_interviewers(name):
    transcript = _transcript(
        ("Bo Ek", "What do you do?"), ("Ann Lund", "We make bikes."), ("Cy Dahl", "And boats.")
    )
    assigned = assign_roles(transcript, interviewers=[name])
    assert _roles(assigned) == {"Bo Ek": TELLS, "Ann Lund": ASKS, "Cy Dahl": TELLS}
    assert {speaker.confidence for speaker in assigned.speakers} == {1.0}
    assert assigned.report.notices == ()


def test_a_named_interviewer_who_is_not_there_is_counted():
    assigned = assign_roles(_transcript(*PLAIN), interviewers=["Ann", "Zoe"])
    assert [(notice.kind, notice.count) for notice in assigned.report.notices] == [(NoticeKind.DROPPED, 1)]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["Zoe"], "roles.no-such-speaker"),
        (["Ann", "Bo"], "roles.nobody-answers"),
        ([" "], "roles.no-such-speaker"),
    ],
)
def test_names_that_cannot_be(names, code):
    with pytest.raises(RolesError) as caught:
        assign_roles(_transcript(*PLAIN), interviewers=names)
    assert caught.value.code == code
    assert "Ann, Bo" in str(caught.value)


def test_a_name_two_speakers_share_is_none():
    transcript = _transcript(("Ann Lund", "Hi?"), ("Ann Berg", "Hi."))
    with pytest.raises(RolesError):
        assign_roles(transcript, interviewers=["Ann"])


def test_signs_are_shares():
    for one in measure(_transcript(*PLAIN).turns):
        assert set(one.signs) == set(SIGNS)
        assert all(-1 <= value <= 1 for value in one.signs.values())


def test_the_weights_can_be_learned_again(training_folder, tmp_path: Path):
    interviews = [load_source(path) for path in sorted(training_folder.glob("t0*.json"))]
    first = train_roles(interviews, tmp_path)
    assert json.loads((tmp_path / "roles.json").read_text(encoding="utf-8")) == first
    assert train_roles([replace(one) for one in interviews], tmp_path) == first
    assert all(weight > 0 for weight in first["weights"].values())
