"""What people decide about findings, anchored to the words decided on rather than to a run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from discovery.records.talk import Span


class Status(StrEnum):
    """Where a mismatch stands in review; only a person moves it from proposed."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision about a mismatch, anchored to its evidence rather than to a run.

    ``employer``, ``why`` and ``score`` are what the mismatch showed when it was decided on, so
    that an accepted one can be shown even where a later run no longer finds it.
    """

    anchor: str
    type: str
    stated: Span
    actual: Span
    status: Status
    coder: str
    at: str
    memo: str = ""
    employer: str = ""
    why: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class TopicEdit:
    """A person's decision about topics, anchored to the texts they held rather than to a run.

    Args:
        kind: ``rename``, ``merge`` or ``split``.
        members: Keys of texts: one group a topic for ``rename`` (one) and ``merge`` (two or
            more), one group a new part for ``split``.
        labels: The name given (``rename``, ``merge``), or one name a part (``split``).
        coder: Who decided.
        at: When, as an ISO 8601 time.
        memo: Why.
    """

    kind: str
    members: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    coder: str
    at: str
    memo: str = ""
