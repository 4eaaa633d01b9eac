"""Who interviews and who answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from discovery.errors import RolesError
from discovery.language.words import words
from discovery.records import Notice, NoticeKind, Question, Role, Speaker, Transcript
from discovery.transcripts.role_model import Likelihood, weigh
from discovery.transcripts.signs import SIGNS

_LEAST_CONFIDENCE = 0.75
_LEAST_SHARE = 0.08
_GIVEN_WORDS = {
    "label": ("is labelled as interviewing", "is labelled as answering"),
    "observing": ("takes notes or listens in", ""),
    "bank": ("asks questions of the bank", ""),
}


def assign_roles(
    transcript: Transcript, *, interviewers: Sequence[str] = (), questions: Sequence[Question] = ()
) -> Transcript:
    """Tell who interviews and who answers, from how they talk or from the names given.

    Args:
        transcript: What a reader gave.
        interviewers: Names of the interviewers, in any case and order ("Lund, Ann" is "Ann Lund"); a part
            of the name will do where only one speaker has it. Everyone else then answers. Names
            that do not speak here are counted in a notice, as long as one does.
        questions: The question bank; who asks its questions interviews.

    Returns:
        The transcript with roles in its turns, roles with confidence (0 to 1) and basis in
        its speakers, and a notice where roles were guessed.

    Raises:
        RolesError: There is one voice only, it is not clear who interviews, or no named
            interviewer speaks here.
    """
    if interviewers:
        speakers, notices = _named(transcript, interviewers)
    else:
        speakers, notices = _guessed(transcript, questions)
    roles = {speaker.name: speaker.role for speaker in speakers}
    return replace(
        transcript,
        turns=tuple(replace(turn, role=roles[turn.speaker]) for turn in transcript.turns),
        speakers=tuple(speakers),
        report=replace(transcript.report, notices=(*transcript.report.notices, *notices)),
    )


def _named(transcript: Transcript, interviewers: Sequence[str]) -> tuple[list[Speaker], list[Notice]]:
    """Take the roles from the names given."""
    found = [_speaker_called(name, transcript.speakers) for name in interviewers]
    names = {name for name in found if name is not None}
    listed = ", ".join(speaker.name for speaker in transcript.speakers)
    if not names:
        raise RolesError(
            "roles.no-such-speaker", source=transcript.source, names=", ".join(interviewers), speakers=listed
        )
    if len(names) == len(transcript.speakers):
        raise RolesError("roles.nobody-answers", source=transcript.source, speakers=listed)
    absent = found.count(None)
    notices = (
        [_notice(NoticeKind.DROPPED, "named interviewers who do not speak here", absent)] if absent else []
    )
    return [
        Speaker(one.name, Role.INTERVIEWER, 1.0, "named as interviewer")
        if one.name in names
        else Speaker(one.name, Role.EMPLOYER, 1.0, "not named as interviewer")
        for one in transcript.speakers
    ], notices


def _speaker_called(name: str, speakers: Sequence[Speaker]) -> str | None:
    """The one speaker with this name, or the only one whose name has all of its parts."""
    wanted = frozenset(words(name))
    same = [one.name for one in speakers if frozenset(words(one.name)) == wanted]
    near = [one.name for one in speakers if wanted and wanted <= frozenset(words(one.name))]
    return next((found[0] for found in (same, near) if len(found) == 1), None)


def _guessed(transcript: Transcript, questions: Sequence[Question]) -> tuple[list[Speaker], list[Notice]]:
    """Take the roles from how the speakers talk."""
    weighed = weigh(transcript.turns, questions)
    total = sum(one.words for one in weighed) or 1
    main = [one for one in weighed if one.words >= _LEAST_SHARE * total]
    unclear = len(weighed) < 2 or any(_confidence(one) < _LEAST_CONFIDENCE for one in main)
    if unclear or {_role(one) for one in weighed} != set(Role):
        listed = ", ".join(one.speaker for one in weighed)
        raise RolesError("roles.unknown", source=transcript.source, speakers=listed)
    speakers = [Speaker(one.speaker, _role(one), round(_confidence(one), 3), _basis(one)) for one in weighed]
    unsure = sum(_confidence(one) < _LEAST_CONFIDENCE for one in weighed)
    notices = [_notice(NoticeKind.GUESSED, "roles told from how the speakers talk", len(speakers))]
    if unsure:
        notices.append(_notice(NoticeKind.GUESSED, "roles of speakers who say little, unsure", unsure))
    return speakers, notices


def _role(one: Likelihood) -> Role:
    return Role.INTERVIEWER if one.interviewer >= 0.5 else Role.EMPLOYER


def _confidence(one: Likelihood) -> float:
    return max(one.interviewer, 1 - one.interviewer)


def _basis(one: Likelihood) -> str:
    """The three strongest signs for the role, in plain words."""
    interviews = _role(one) is Role.INTERVIEWER
    for_role = [sign for sign, part in one.evidence if part != 0 and (part > 0) == interviews]
    said = [{**SIGNS, **_GIVEN_WORDS}[sign][0 if interviews else 1] for sign in for_role[:3]]
    return "; ".join(said) or "the other speakers fit the other side better"


def _notice(kind: NoticeKind, what: str, count: int) -> Notice:
    return Notice("roles", kind, what, count=count)
