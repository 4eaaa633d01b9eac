"""The last mile: which gaps a course, an apprenticeship or learning in the flow of work could close."""

from __future__ import annotations

import re

from discovery.briefs.evidence import Evidence, Shown
from discovery.briefs.model import Block, Heading, Reference, Table, lead_in
from discovery.briefs.sections.shared import employers_of, nothing, numbers, support
from discovery.briefs.wording import capital, count
from discovery.records import Claim, Facet, Stance

COURSE_WEEKS = 14.0
"""A gap said to close within this many weeks is within reach of a 2-3-month course."""

APPRENTICE_WEEKS = 110.0
"""A gap said to close within this many weeks is within reach of an apprenticeship of one to two years."""

_WEEKS = {
    "minute": 1 / 2400,
    "hour": 1 / 40,
    "day": 0.2,
    "fortnight": 2.0,
    "week": 1.0,
    "month": 4.35,
    "quarter": 13.0,
    "year": 52.0,
}
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?:\s*(?:-|–|to|/|\.\.)\s*(\d+(?:\.\d+)?))?")
_ISO = re.compile(r"^P(\d+(?:\.\d+)?)([DWMY])$", re.IGNORECASE)
_SHORT_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}
_FLOW = re.compile(
    r"on.the.job|shadow|mentor|buddy|coach|in.flow|short unit|micro|moment of need|pair", re.IGNORECASE
)


def weeks(duration: str) -> float | None:
    """Read a normalised duration as weeks; the longer end of a range counts.

    >>> weeks("8 weeks"), weeks("2-3 months"), weeks("P1Y"), weeks("a while")
    (8.0, 13.05, 52.0, None)
    """
    iso = _ISO.match(duration.strip())
    if iso:
        return float(iso.group(1)) * _WEEKS[_SHORT_UNITS[iso.group(2).lower()]]
    number = _NUMBER.search(duration)
    unit = next((unit for unit in _WEEKS if unit in duration.lower()), None)
    if unit is None:
        return None
    most = float(number.group(2) or number.group(1)) if number else 1.0
    return round(most * _WEEKS[unit], 2)


def routes(evidence: Evidence) -> list[Block]:
    """Three routes with what speaks for each, in one table and with quotes."""
    blocks: list[Block] = [Heading("The last mile")]
    training = evidence.pick((), (Facet.TRAINING,))
    groups = evidence.by_type()
    rows = [
        _course(evidence, training, groups.get("ready-vs-trainable", [])),
        _apprenticeship(evidence, training),
        _flow(evidence, training, groups),
    ]
    rows = [row for row in rows if row]
    gaps = _gap_table(evidence)
    if not rows:
        blocks.append(
            nothing(
                "no employer said how long a gap takes to close or how people are trained",
                "Ask what a new hire cannot do yet, who teaches it, and how long that takes.",
            )
        )
        return blocks + ([gaps] if gaps else [])
    blocks.append(
        lead_in(
            "A candidate who meets most of a profile can learn the rest in one of three ways. The "
            "table counts what "
            "speaks for each (",
            Reference("table:lastmile"),
            ").",
        )
    )
    header = ("Route", "What speaks for it", "Claims", "Mismatches")
    blocks.append(
        Table("table:lastmile", "Three ways to close the last mile", header, tuple(rows), (3.4, 6, 3.4, 2.4))
    )
    if gaps:
        blocks.append(gaps)
    return blocks + list(evidence.quotes(training, 3))


def _timed(claims: list[Claim], least: float, most: float) -> list[Claim]:
    found = []
    for claim in claims:
        spans = [weeks(value.normal) for value in claim.values if value.kind == "duration"]
        spans += [weeks(f"{value.normal} years") for value in claim.values if value.kind == "years"]
        if any(span is not None and least < span <= most for span in spans):
            found.append(claim)
    return found


def _course(evidence: Evidence, training: list[Claim], mismatches: list[Shown]) -> tuple[str, ...]:
    timed = _timed(training, 0, COURSE_WEEKS)
    if not timed and not mismatches:
        return ()
    reasons = []
    if timed:
        reasons.append("Training or onboarding is said to take up to three months")
    if mismatches:
        reasons.append("the gap is said to close on the job although people are wanted ready")
    return (
        "A 2–3-month course",
        capital("; ".join(reasons)),
        support(evidence, timed),
        _found(evidence, mismatches),
    )


def _apprenticeship(evidence: Evidence, training: list[Claim]) -> tuple[str, ...]:
    timed = _timed(training, COURSE_WEEKS, APPRENTICE_WEEKS)
    named = [
        claim
        for claim in evidence.claims
        if any(v.kind in ("channel", "format") and "apprentic" in v.normal for v in claim.values)
        and claim not in timed
    ]
    if not timed and not named:
        return ()
    reasons = []
    if timed:
        reasons.append("Training is said to take from over three months to two years")
    if named:
        reasons.append("apprenticeships are spoken of")
    return ("An apprenticeship", capital("; ".join(reasons)), support(evidence, timed + named), "none")


def _flow(evidence: Evidence, training: list[Claim], groups: dict[str, list[Shown]]) -> tuple[str, ...]:
    found = groups.get("learning-vs-format", []) + groups.get("shortage-vs-investment", [])
    beside = [
        claim
        for claim in training
        if _FLOW.search(claim.span.quote) or any(_FLOW.search(value.normal) for value in claim.values)
    ]
    if not found and not beside:
        return ()
    reasons = []
    if beside:
        reasons.append("People are said to learn beside others or during the work")
    if groups.get("learning-vs-format"):
        reasons.append("learning is wanted at the moment of need and offered in long formats")
    if groups.get("shortage-vs-investment"):
        reasons.append("a scarce skill has no time or budget for courses")
    return (
        "Learning in the flow of work",
        capital("; ".join(reasons)),
        support(evidence, beside),
        _found(evidence, found),
    )


def _found(evidence: Evidence, shown: list[Shown]) -> str:
    if not shown:
        return "none"
    return f"{numbers(shown, 4)} ({evidence.of(employers_of(evidence, shown))})"


def _gap_table(evidence: Evidence) -> Table | None:
    """Gaps that employers name, with how many also say that people learn it."""
    if evidence.only_employer:
        return None
    rows = []
    for facet, gap in (
        (Facet.SKILL, "A skill that candidates lack"),
        (Facet.LEVEL, "Maturity or seniority"),
        (Facet.EXPERIENCE, "Years of experience"),
        (Facet.SECTOR, "Knowledge of the industry"),
        (Facet.CREDENTIAL, "A degree or certificate"),
    ):
        wanted = evidence.pick((Stance.NEED, Stance.REQUIREMENT, Stance.CHALLENGE), (facet,))
        if not wanted:
            continue
        ids = {claim.employer for claim in wanted}
        teach = [
            claim
            for claim in evidence.pick((Stance.PRACTICE, Stance.EXCEPTION), (Facet.TRAINING,))
            if claim.employer in ids
        ]
        waive = evidence.pick((Stance.EXCEPTION,), (facet,))
        rows.append(
            (
                gap,
                f"{support(evidence, wanted)}",
                f"{evidence.voices(teach)} of these {len(ids)}" if teach else f"none of these {len(ids)}",
                f"{count(len({claim.employer for claim in waive}), 'employer')}",
            )
        )
    if not rows:
        return None
    header = ("Gap", "Asked for by", "Train new people", "Hired without it")
    return Table("table:gaps", "Gaps that employers name", header, tuple(rows), (3.6, 4.4, 2.8, 2.6))
