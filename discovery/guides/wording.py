"""The fixed words of a guide: consent, how to use it, boxes to fill in."""

from __future__ import annotations

CONSENT = (
    "Thank you for your time. We talk with employers to design a programme that fits how you really hire "
    "and develop people; we have nothing to sell you today.",
    "With your agreement we record this talk to write it down. The recording stays within our team and is "
    "deleted once the transcript has been checked.",
    "In anything that leaves the team, names of people and firms are replaced. You can skip any question, "
    "stop at any time, and take back what you said until the report is finished.",
)
"""What is read out before the recorder is switched on."""

CONSENT_BOXES = (
    "agrees to take part",
    "agrees to the recording",
    "may be quoted in their own words, without a name",
    "wants to see quotes before they are used",
    "may be counted and summed up, but not quoted",
)

COVER_BOXES = (
    ("Employer", "Sector and size"),
    ("Person and role", "Their part in hiring"),
    ("Date and place", "Start and end"),
    ("Interviewer", "Note taker"),
    ("Recording and transcript file", "Interview number"),
)
"""Pairs of boxes on the cover, side by side."""

HOW_TO_USE = (
    "Ask the question in bold, then wait. Silence is work in progress.",
    "Use a probe only when the answer stays general. Ask for the last real case.",
    "Note their exact words; put your own thoughts on the last page.",
    "Leave out what has been answered already. Listening is four fifths of the job.",
)

IMPRESSIONS = (
    ("What surprised me", 3),
    ("Whom and what they say they want", 3),
    ("What they really do", 3),
    ("Where the two seem to part, and what may explain it", 3),
    ("Words and names for things that they used", 2),
    ("Documents and people they offered", 2),
    ("What I would ask another way next time", 2),
)
"""Boxes of the last page with their height in lines."""

IMPRESSIONS_NOTE = "Fill this in within an hour, on your own, before you talk about the interview."

WELCOME = "Welcome, consent, recorder on"
GOODBYE = "Thanks, and what comes next"


def clock(minutes: float) -> str:
    """Write minutes from the start as a clock.

    >>> clock(7), clock(62.5)
    ('0:07', '1:02')
    """
    hours, rest = divmod(int(minutes), 60)
    return f"{hours}:{rest:02d}"


def length(minutes: float) -> str:
    """Write a number of minutes.

    >>> length(1), length(4.5)
    ('1 minute', '4.5 minutes')
    """
    return f"{minutes:g} minute{'' if minutes == 1 else 's'}"
