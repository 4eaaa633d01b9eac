"""The parts of a session, in the order in which an interviewer walks through them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phase:
    """One part of a session: its key, its title for people, and what it is there for."""

    key: str
    title: str
    purpose: str


PHASES = (
    Phase(
        "context", "The setting and the problem", "Hear what the business is up against, in its own words."
    ),
    Phase(
        "success",
        "Success imagined",
        "Learn what a solved problem would look like before any solution is named.",
    ),
    Phase(
        "tried",
        "What was tried, and who else is hit",
        "Find out what has already been paid for, and how far it carries.",
    ),
    Phase("talent", "Whom they need", "Get from job titles to the people, and to how the need has changed."),
    Phase("channels", "Where they look", "Follow real hires back to where they came from."),
    Phase(
        "requirements",
        "What they ask for",
        "Learn which conditions hold, which bend, and what each one tells them.",
    ),
    Phase(
        "screening",
        "How they choose",
        "Walk through a real decision, from the first filter to the last word.",
    ),
    Phase("pace", "Time, cost and offer", "Measure how long it takes, what it costs, and whom it loses."),
    Phase(
        "joining",
        "What makes hires succeed",
        "Tell apart what got people hired from what made them stay and do well.",
    ),
    Phase("mobility", "Moves inside", "See who moves up or across, and what stands in the way."),
    Phase("last-mile", "The last mile", "Size the gap between a good candidate and a productive colleague."),
    Phase(
        "learning",
        "Learning at work",
        "Compare what they say about learning with what gets time, money and backing.",
    ),
    Phase(
        "partnership",
        "Working together",
        "Learn what they would bring to a programme, and what would stop them.",
    ),
    Phase(
        "validation",
        "Checking what was built",
        "Test an outline against their last real case, without selling it.",
    ),
    Phase("closing", "Before you leave", "Leave room for what nobody asked, and agree on the next step."),
)
"""Every phase, in order."""

PHASE_KEYS = tuple(phase.key for phase in PHASES)

ROLES = {
    "hiring-manager": "Hiring manager",
    "hr": "HR and recruiting",
    "executive": "Executive",
    "recent-hire": "Recent hire",
}
"""Respondents a question can be meant for, with their names for people."""

MISMATCH_TYPES = (
    "need-vs-channel",
    "proxy-requirement",
    "posted-vs-hired",
    "need-vs-screen",
    "ready-vs-trainable",
    "growth-vs-mobility",
    "reach-vs-channel",
    "shortage-vs-investment",
    "learning-vs-format",
    "urgency-vs-process",
    "level-vs-offer",
)
"""Types of the annotation guide, which a question can help to bring to light."""


def phase_of(key: str) -> Phase:
    """Return the phase of this key.

    >>> phase_of("pace").title
    'Time, cost and offer'
    """
    return PHASES[PHASE_KEYS.index(key)]
