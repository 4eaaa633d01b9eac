"""What a coder marks in an interview: codes on spans, and whole annotations to learn from or measure on."""

from __future__ import annotations

from dataclasses import dataclass, field

from discovery.records.findings import Claim, Guard, Mismatch
from discovery.records.talk import Span, Turn


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the study's codebook."""

    name: str
    definition: str = ""
    parent: str | None = None
    color: str | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """A code put on a span by a coder."""

    span: Span
    code: str
    coder: str
    at: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Decoy:
    """A place that tempts to report a mismatch of ``tempting`` type, and why it is none."""

    span: Span
    tempting: str
    why: str


@dataclass(frozen=True, slots=True)
class GuardedWords:
    """Words that a coder takes for no claim of the firm's present practice, and why."""

    span: Span
    guard: Guard


@dataclass(frozen=True, slots=True)
class AnnotatedInterview:
    """An interview a careful coder has marked, to learn from or to measure on.

    Args:
        source: Transcript file name, or the name of the annotation where there is none.
        employer: Display name of the employer.
        sector: Its sector.
        turns: Canonical turns with roles.
        claims: Marked claims; their score is 1 and their model is ``annotation``.
        mismatches: Marked mismatches; ``why`` is the coder's note.
        decoys: Tempting places that are no mismatch.
        guards: Words that sound like a claim and are held back by a guard; empty where nobody looked.
    """

    source: str
    employer: str
    sector: str
    turns: tuple[Turn, ...]
    claims: tuple[Claim, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    decoys: tuple[Decoy, ...] = field(default=())
    guards: tuple[GuardedWords, ...] = field(default=())
