"""Who a brief is for, and what that audience may see."""

from __future__ import annotations

from dataclasses import dataclass

from discovery.errors import BriefError
from discovery.records import Status


@dataclass(frozen=True, slots=True)
class Audience:
    """What one audience is shown.

    Args:
        key: ``internal``, ``employer`` or ``public``.
        marking: What the page header says.
        files: Show transcript file names; interviews are numbered otherwise.
        places: Show turn and time of quotes.
        rows: Show one row an employer; totals only otherwise.
        workings: Show notices, models and coverage of single interviews.
        statuses: Mismatches shown when nothing else is asked for.
    """

    key: str
    marking: str
    files: bool
    places: bool
    rows: bool
    workings: bool
    statuses: frozenset[Status]


_OPEN = frozenset({Status.ACCEPTED, Status.PROPOSED, Status.UNSURE})

AUDIENCES = {
    "internal": Audience("internal", "Internal: for the study team", True, True, True, True, _OPEN),
    "employer": Audience("employer", "For the employers of this study", False, True, True, False, _OPEN),
    "public": Audience("public", "For publication", False, False, False, False, frozenset({Status.ACCEPTED})),
}
"""The audiences by key."""


def choose_audience(key: str) -> Audience:
    """Look an audience up.

    Raises:
        BriefError: There is none of that name (``brief.audience``).
    """
    if key not in AUDIENCES:
        raise BriefError("brief.audience", audience=key, known=", ".join(AUDIENCES))
    return AUDIENCES[key]


def choose_statuses(status: Status | str | None, audience: Audience) -> frozenset[Status]:
    """Decide which mismatches are shown: those of ``status``, or what the audience gets by default.

    Raises:
        BriefError: There is no such status (``brief.status``).
    """
    if status is None:
        return audience.statuses
    try:
        return frozenset({Status(status)})
    except ValueError as unknown:
        known = ", ".join(Status)
        raise BriefError("brief.status", status=str(status), known=known) from unknown
