"""What is found in employer talk, with its evidence: claims and their scheme, topics, and mismatches."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from discovery.records.decisions import Status
from discovery.records.talk import Span


class Stance(StrEnum):
    """What an employer does by saying a claim (annotation guide, section 1)."""

    NEED = "need"
    REQUIREMENT = "requirement"
    PRACTICE = "practice"
    EXCEPTION = "exception"
    RATIONALE = "rationale"
    CHALLENGE = "challenge"
    SUCCESS = "success"


class Facet(StrEnum):
    """What a claim is about (annotation guide, section 1)."""

    LEVEL = "level"
    EXPERIENCE = "experience"
    SECTOR = "sector"
    CREDENTIAL = "credential"
    SKILL = "skill"
    CHANNEL = "channel"
    SCREENING = "screening"
    TRAINING = "training"
    MOBILITY = "mobility"
    REACH = "reach"
    SPEED = "speed"
    OFFER = "offer"


class Guard(StrEnum):
    """Why words that sound like a claim may not count as one."""

    HYPOTHETICAL = "hypothetical"
    PAST = "past"
    SOMEONE_ELSE = "someone-else"
    DENIED = "denied"
    JOKE = "joke"
    OTHER_ROLE = "other-role"
    PLAN = "plan"


STATED_STANCES = frozenset({Stance.NEED, Stance.REQUIREMENT, Stance.CHALLENGE, Stance.SUCCESS})
"""Stances that can stand on the stated side of a mismatch."""

ACTUAL_STANCES = frozenset({Stance.PRACTICE, Stance.EXCEPTION, Stance.RATIONALE, Stance.SUCCESS})
"""Stances that can stand on the actual side of a mismatch."""


@dataclass(frozen=True, slots=True)
class Value:
    """A measurable detail of a claim.

    Args:
        kind: ``level``, ``years``, ``channel``, ``credential``, ``duration``, ``share``,
            ``money`` or ``format``.
        normal: The normalised value, such as ``senior``, ``5``, ``co-op`` or ``6/9``.
        text: The words it was read from.
    """

    kind: str
    normal: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the employer side says about how it hires or develops people.

    ``score`` is the calibrated probability that a careful coder would mark it;
    ``model`` names the model and rule versions that found it, ``readers`` everyone who found it
    (empty where only the package's own models were asked). A claim with guards is kept, marked,
    and never counted as evidence.
    """

    span: Span
    employer: str
    speaker: str
    stance: Stance
    facet: Facet
    score: float
    values: tuple[Value, ...] = ()
    guards: tuple[Guard, ...] = ()
    model: str = ""
    readers: tuple[str, ...] = ()

    @property
    def value(self) -> str | None:
        """All values in one line (``kind=normal; ...``), None when there is none."""
        return "; ".join(f"{v.kind}={v.normal}" for v in self.values) or None


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the study: its label, its leading words, and how stable it is (0 to 1)."""

    number: int
    label: str
    words: tuple[str, ...]
    size: int
    stability: float | None = None


@dataclass(frozen=True, slots=True)
class TopicDocument:
    """A stretch of employer talk and the topic it belongs to (-1: none)."""

    span: Span
    employer: str
    topic: int


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two claims of one employer that pull against each other, with evidence for both.

    Args:
        type: Key of the mismatch type in the catalogue.
        employer: Employer id.
        stated: What the employer says it wants, requires or suffers from.
        actual: What the employer does, makes exceptions for or gives as the reason.
        score: Calibrated probability that a careful coder would mark the pair, 0 to 1.
        why: One or two plain sentences made from the parts of this pair.
        status: Where it stands in review.
        against: What would speak against it.
        probe: The neutral question to ask next.
        further: More evidence for either side.
        model: Model and rule versions that found it.
        readers: Everyone who found it; empty where only the package's own models were asked.
    """

    type: str
    employer: str
    stated: Span
    actual: Span
    score: float
    why: str
    status: Status = Status.PROPOSED
    against: str = ""
    probe: str = ""
    further: tuple[Span, ...] = ()
    model: str = ""
    readers: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """A key that stays the same as long as type and both quotes do."""
        parts = (self.type, self.stated.source, self.stated.quote, self.actual.source, self.actual.quote)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
