"""The brief's fixed words: honest numbers, confidence in words, and what each mismatch type means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from discovery.records import Facet, Stance, Status, Value


class TypeWords(NamedTuple):
    """What a brief says about one mismatch type.

    Args:
        title: Heading of the type.
        meaning: What both sides say, in one sentence.
        offer: What a programme can offer to employers where it occurs.
        change: What such an employer would have to change.
    """

    title: str
    meaning: str
    offer: str
    change: str


TYPES: dict[str, TypeWords] = {
    "need-vs-channel": TypeWords(
        "The people wanted are not where employers look",
        "A level or kind of person is wanted, and recruiting happens where such people are not.",
        "Vetted candidates at the wanted level, met outside the usual channels",
        "Recruit where people of the wanted level are, or hire below it and build them up",
    ),
    "proxy-requirement": TypeWords(
        "A requirement stands in for a competency",
        "A credential, years or a sector background is asked for because it is an easy sign of "
        "something else.",
        "Assessed evidence of the competency behind the requirement",
        "Ask for the competency, test it, and take the stand-in out of the posting",
    ),
    "posted-vs-hired": TypeWords(
        "What is required is not what is hired",
        "A requirement is stated, and people are hired without it.",
        "Candidates who match what is really hired for, and help with rewriting the posting",
        "Post only the requirements that are held to",
    ),
    "need-vs-screen": TypeWords(
        "The screen misses what is wanted",
        "Certain qualities are wanted, and selection looks at something else.",
        "Candidates shown by work samples on the quality that the screen leaves out",
        "Add one step that looks at the wanted quality, and let programme candidates past the filter",
    ),
    "ready-vs-trainable": TypeWords(
        "Ready from day one, and trained anyway",
        "People are wanted ready from day one, and the gap closes on the job within weeks or months.",
        "A last-mile course on what new hires are taught anyway",
        "Hire for most of the profile and leave the rest to the last mile",
    ),
    "growth-vs-mobility": TypeWords(
        "People leave for growth, and roles are filled from outside",
        "Loyalty or experience is wanted, and there is no path for people already inside.",
        "A learning route for people already inside, beside the one for newcomers",
        "Open roles to people inside first, with a route that leads to them",
    ),
    "reach-vs-channel": TypeWords(
        "A wider pool is wanted, the same network is used",
        "A wider or more diverse pool is wanted, and recruiting stays in the same narrow network.",
        "Access to pools that the present network does not reach",
        "Add one channel outside referrals and the usual schools",
    ),
    "shortage-vs-investment": TypeWords(
        "A scarce skill, and no investment in it",
        "A skill is called critically short, and there is no time, budget or backing to train for it.",
        "A ready course in the scarce skill, with its cost shared among partners",
        "Give time or budget to learn the scarce skill, before or beside hiring for it",
    ),
    "learning-vs-format": TypeWords(
        "Learning is wanted at the moment of need, courses are long",
        "Learning should be quick and on the job, and what is offered is long or rare.",
        "Short units and support at the moment of need, in the flow of work",
        "Replace part of the long courses by short units during work",
    ),
    "urgency-vs-process": TypeWords(
        "Roles are urgent, the process is slow",
        "Roles must be filled fast or candidates are lost, and the way to an offer is long.",
        "A cohort that is ready on a known date, met on one hiring day",
        "Cut steps or approvals for programme candidates",
    ),
    "level-vs-offer": TypeWords(
        "Scarce people are wanted, the offer does not reach them",
        "Senior or scarce people are wanted, and pay, contract or place of work is below what they take.",
        "Candidates for whom the offer is a step up",
        "Raise the offer, or lower the level and build people up",
    ),
}
"""Mismatch types of the annotation guide, in its order."""

FACETS: dict[Facet, str] = {
    Facet.LEVEL: "seniority and maturity",
    Facet.EXPERIENCE: "years of experience",
    Facet.SECTOR: "industry background",
    Facet.CREDENTIAL: "degrees and certificates",
    Facet.SKILL: "skills",
    Facet.CHANNEL: "recruiting channels",
    Facet.SCREENING: "screening and selection",
    Facet.TRAINING: "training and onboarding",
    Facet.MOBILITY: "promotion and internal moves",
    Facet.REACH: "diversity and untapped pools",
    Facet.SPEED: "time to fill",
    Facet.OFFER: "pay, contract and place of work",
}
"""How the brief names the facets."""

STANCES: dict[Stance, str] = {
    Stance.NEED: "need",
    Stance.REQUIREMENT: "requirement",
    Stance.PRACTICE: "practice",
    Stance.EXCEPTION: "exception",
    Stance.RATIONALE: "rationale",
    Stance.CHALLENGE: "challenge",
    Stance.SUCCESS: "success",
}
"""How the brief names the stances."""

STATUSES: dict[Status, str] = {
    Status.ACCEPTED: "accepted by a reviewer",
    Status.PROPOSED: "proposed, not yet reviewed",
    Status.UNSURE: "reviewed, left open",
    Status.REJECTED: "rejected by a reviewer",
}
"""How the brief names the state of review."""


STATES: dict[Status, str] = {
    Status.ACCEPTED: "accepted",
    Status.PROPOSED: "proposed",
    Status.UNSURE: "left open",
    Status.REJECTED: "rejected",
}
"""The same in one word, for tables and legends."""


def type_words(key: str, names: dict[str, str] | None = None) -> TypeWords:
    """Give the words for a mismatch type, also for one that a study has added.

    >>> type_words("travel-vs-base").title
    'Travel vs base'
    """
    known = TYPES.get(key)
    if known:
        return known
    title = (names or {}).get(key) or key.replace("-", " ").capitalize()
    return TypeWords(title, "A type that this study has added to the catalogue.", "", "")


def value_words(value: Value) -> str:
    """Say a value so that a reader knows what it measures.

    >>> value_words(Value("years", "5-7", "")), value_words(Value("share", "6/9", ""))
    ('5-7 years', '6 of 9')
    """
    if value.kind == "years":
        return "1 year" if value.normal == "1" else f"{value.normal} years"
    if value.kind == "duration" and value.normal.startswith("1 "):
        return value.normal.removesuffix("s")
    if value.kind == "share":
        return value.normal.replace("/", " of ")
    if value.kind == "level":
        return f"{value.normal} level"
    return _SPOKEN.get(
        value.normal, value.normal.replace("-", " ") if value.kind != "duration" else value.normal
    )


_SPOKEN = {"co-op": "co-op", "e-learning": "e-learning", "walk-in": "walk-ins", "job-centre": "job centre"}


def count(number: int, noun: str, plural: str = "") -> str:
    """Say a number with its noun.

    >>> count(1, "claim"), count(3, "mismatch", "mismatches"), count(0, "claim")
    ('1 claim', '3 mismatches', 'no claims')
    """
    words = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {words}" if number else f"no {words}"


def share(number: int, total: int, noun: str = "employer") -> str:
    """Say a share honestly, with its base; never a percentage of a few.

    >>> share(2, 8), share(8, 8), share(0, 8), share(1, 1)
    ('2 of 8 employers', 'all 8 employers', 'none of 8 employers', 'the one employer')
    """
    if total == 1:
        return f"the one {noun}" if number else f"not the one {noun}"
    if not number:
        return f"none of {total} {noun}s"
    return f"all {total} {noun}s" if number == total else f"{number} of {total} {noun}s"


def confidence(score: float) -> str:
    """Say a calibrated score in words and as a number.

    >>> confidence(0.91), confidence(0.42)
    ('very likely (0.91)', 'uncertain (0.42)')
    """
    steps = ((0.85, "very likely"), (0.7, "likely"), (0.5, "more likely than not"), (0.0, "uncertain"))
    word = next((word for least, word in steps if score >= least), "uncertain")
    return f"{word} ({score:.2f})"


def clock(seconds: float | None) -> str:
    """Write a time in the recording, empty where there is none.

    >>> clock(75.4), clock(3725), clock(None)
    ('1:15', '1:02:05', '')
    """
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def listed(words: Iterable[str], *, most: int = 0) -> str:
    """Join words as a reader would say them; after ``most`` the rest is counted.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d"], most=2)
    ('a, b and c', 'a, b and 2 more')
    """
    every = list(words)
    if most and len(every) > most:
        every = [*every[:most], f"{len(every) - most} more"]
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} and {every[-1]}"


def capital(text: str) -> str:
    """Write the first letter large and leave the rest alone.

    >>> capital("all 8 employers")
    'All 8 employers'
    """
    return text[:1].upper() + text[1:]
