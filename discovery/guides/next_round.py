"""The next conversation with the same employer: open gaps, what seems not to fit, and the programme idea."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from discovery.errors import BankError
from discovery.guides.coverage import Asked, Coverage
from discovery.guides.guide import GOODBYE_MINUTES, WELCOME_MINUTES, Guide, arrange
from discovery.guides.lint import lint_questions
from discovery.guides.phases import PHASE_KEYS
from discovery.records import Facet, Mismatch, Question, Status

_FOLLOW_UPS = Path(__file__).with_name("follow_ups.toml")
_OPENING, _CLOSING = "validation-read-back", "closing-not-asked"
_VALIDATION = ("validation-profile", "validation-outline", "validation-missing")
_MINUTES = 4.0
_AVOID = ("Saying that two answers do not fit: ask for the case, and listen",)
_MOST_FOLLOW_UPS_SHARE = 0.6


def next_round(
    questions: Sequence[Question],
    mismatches: Sequence[Mismatch],
    coverage: Coverage,
    *,
    employer: str,
    minutes: float = 45,
) -> Guide:
    """Make the guide for the next conversation with an employer.

    Args:
        questions: The question bank.
        mismatches: This employer's mismatches; rejected ones are left out, the surest come first.
        coverage: What was asked in this employer's interviews.
        employer: What the cover calls the employer.
        minutes: Length of the conversation, welcome and goodbye included.

    Returns:
        A guide that reads back, asks a neutral question for each open mismatch type while time allows,
        fills gaps by facet, and checks the programme idea. All of it passes the package's own checks.

    Raises:
        BankError: There is not even time for reading back, one question and the end (``guide.budget``).
    """
    by_id = {question.id: question for question in questions}
    fixed = [by_id[key] for key in (_OPENING, _CLOSING) if key in by_id]
    time = minutes - WELCOME_MINUTES - GOODBYE_MINUTES - sum(question.minutes for question in fixed)
    if time < _MINUTES:
        least = minutes - time + _MINUTES
        reason = "reading back, one question and the end take longer"
        raise BankError("guide.budget", minutes=f"{minutes:g}", reason=reason, least=f"{least:g}")
    open_types = _follow_ups(mismatches)
    room = max(1, int(time * _MOST_FOLLOW_UPS_SHARE // _MINUTES))
    chosen = open_types[:room]
    for question in (
        *_gaps(questions, coverage, chosen),
        *(by_id[key] for key in _VALIDATION if key in by_id),
    ):
        if question not in chosen and question.minutes <= time - sum(each.minutes for each in chosen):
            chosen.append(question)
    chosen = [*fixed[:1], *sorted(chosen, key=lambda each: PHASE_KEYS.index(each.phase)), *fixed[1:]]
    about = f"{len(open_types)} open points from the talks so far."
    return Guide(f"Next conversation: {employer}", minutes, arrange(chosen), about=about)


@cache
def _sets() -> dict[str, dict[str, Any]]:
    sets: dict[str, dict[str, Any]] = tomllib.loads(_FOLLOW_UPS.read_text(encoding="utf-8"))
    return sets


def _follow_ups(mismatches: Sequence[Mismatch]) -> list[Question]:
    """One question a type, the surest mismatch of the type leading; its own probe comes along if clean."""
    ranked = sorted(
        (each for each in mismatches if each.status is not Status.REJECTED),
        key=lambda each: (-each.score, each.type, each.anchor),
    )
    first: dict[str, Mismatch] = {}
    for mismatch in ranked:
        first.setdefault(mismatch.type, mismatch)
    made = []
    for kind, mismatch in first.items():
        question = _asked_about(kind, mismatch)
        if question is not None:
            made.append(question)
    return made


def _asked_about(kind: str, mismatch: Mismatch) -> Question | None:
    own = mismatch.probe.strip()
    clean = bool(own) and not lint_questions([own])[0].findings
    words = _sets().get(kind)
    if words is None:
        fallback = ("Tell me about the last time that came up.", "What happened before that?")
        return _question(kind, own, "talent", fallback, ("What explains both sides",)) if clean else None
    probes = tuple(words["probes"])
    if clean and own not in (words["text"], *probes):
        probes = (*probes, own)
    return _question(kind, words["text"], words["phase"], probes, tuple(words["listen_for"]))


def _question(
    kind: str, text: str, phase: str, probes: tuple[str, ...], listen_for: tuple[str, ...]
) -> Question:
    return Question(
        f"next-{kind}",
        text,
        phase,
        exposes=(kind,),
        probes=probes,
        listen_for=listen_for,
        avoid=_AVOID,
        minutes=_MINUTES,
        source="an open mismatch of the study",
    )


def _gaps(questions: Sequence[Question], coverage: Coverage, chosen: Sequence[Question]) -> list[Question]:
    """For each thin facet the first question of the bank that is mainly about it and was never asked."""
    skipped = {
        question.id
        for question, cells in zip(coverage.questions, coverage.cells, strict=True)
        if all(cell is Asked.SKIPPED for cell in cells)
    }
    found: list[Question] = []
    for thin in coverage.thin(share=1.0):
        fitting = [
            question for question in questions if question.id in skipped and _mainly(question, thin.facet)
        ]
        if fitting and fitting[0] not in found and fitting[0] not in chosen:
            found.append(replace(fitting[0]))
    return found


def _mainly(question: Question, facet: Facet) -> bool:
    return (
        question.facets[:1] == (facet,)
        and question.phase != "validation"
        and "recent-hire" not in question.roles
    )
