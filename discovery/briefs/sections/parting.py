"""Where stated needs and actual practice part, and requirements that stand in for competencies."""

from __future__ import annotations

from collections import Counter

from discovery.briefs.evidence import Evidence, Shown
from discovery.briefs.model import (
    Block,
    Heading,
    Paragraph,
    Reference,
    Section,
    Table,
    lead_in,
    line,
    say,
    strong,
)
from discovery.briefs.sections.parting_figures import flow, matrix
from discovery.briefs.sections.readers import found_by
from discovery.briefs.sections.shared import employers_of, nothing, support
from discovery.briefs.sections.topic_gaps import topic_gaps
from discovery.briefs.wording import (
    FACETS,
    STATUSES,
    capital,
    confidence,
    count,
    type_words,
)
from discovery.records import Facet, Stance, Status

SHORT = 30
"""Mismatches up to which all are told in full."""

FULL = 3
"""Mismatches of a type told in full where there are more."""


def mismatches(evidence: Evidence) -> Section:
    """Each mismatch with both quotes, why it is one, how sure that is and its state of review."""
    if not evidence.mismatches:
        return Section("mismatches", "Where the two part", (_none(evidence), *topic_gaps(evidence)))
    voices = employers_of(evidence, evidence.mismatches)
    groups = evidence.by_type()
    blocks: list[Block] = [
        lead_in(
            "A mismatch is a pair of claims of the same employer, one about what is wanted and one "
            "about what is "
            f"done, that pull against each other. There is at least one at {evidence.of(voices)} (",
            Reference("table:types"),
            ").",
        ),
        _type_table(evidence, groups),
        *matrix(evidence, groups),
        *flow(evidence),
    ]
    for key, group in groups.items():
        blocks += _group(evidence, key, group)
    blocks += topic_gaps(evidence)
    return Section("mismatches", "Where the two part", tuple(blocks))


def _none(evidence: Evidence) -> Paragraph:
    hidden = len(evidence.all_mismatches)
    if not hidden:
        return nothing("no mismatch was found", "Where needs and practice agree, that is a finding too.")
    return nothing(
        f"none of {count(hidden, 'mismatch', 'mismatches')} has the status asked for",
        "Review them first, or ask for another status.",
    )


def _type_table(evidence: Evidence, groups: dict[str, list[Shown]]) -> Table:
    rows = []
    for key, group in groups.items():
        states = Counter(each.mismatch.status for each in group)
        rows.append(
            (
                evidence.title_of(key),
                evidence.cell(employers_of(evidence, group)),
                f"{len(group)}",
                f"{states[Status.ACCEPTED]}",
                f"{states[Status.PROPOSED]}",
                f"{states[Status.UNSURE]}",
            )
        )
    header = ("Mismatch", "Employers", "Found", "Accepted", "Proposed", "Open")
    return Table(
        "table:types",
        "Mismatches by type and state of review",
        header,
        tuple(rows),
        (6, 2, 1.6, 2, 2, 1.5),
        (1, 2, 3, 4, 5),
    )


def told(evidence: Evidence, group: list[Shown]) -> list[Shown]:
    """The mismatches of one type that the body tells in full."""
    return group if len(evidence.mismatches) <= SHORT else group[:FULL]


def _group(evidence: Evidence, key: str, group: list[Shown]) -> list[Block]:
    words = type_words(key)
    voices = "" if evidence.single else f"{capital(evidence.of(employers_of(evidence, group)))}, "
    blocks: list[Block] = [
        Heading(evidence.title_of(key)),
        lead_in(f"{words.meaning} {voices}{count(len(group), 'mismatch', 'mismatches')}."),
    ]
    full = told(evidence, group)
    for shown in full:
        blocks += _one(evidence, shown)
    if len(group) > len(full):
        rest = len(group) - len(full)
        blocks.append(
            say(
                f"{capital(count(rest, 'more', 'more'))} of this type: see ",
                Reference("further", "the full brief"),
                ".",
            )
        )
    return blocks


def _one(evidence: Evidence, shown: Shown) -> list[Block]:
    found = shown.mismatch
    blocks: list[Block] = [Heading(f"{shown.label}  {evidence.label(found.employer)}", 3)]
    stated = evidence.quote(found.stated, found.employer, "stated")
    actual = evidence.quote(found.actual, found.employer, "actual")
    if stated and actual:
        blocks += [stated, actual]
        if found.why:
            blocks.append(
                lead_in(strong("Why they part. "), capital(evidence.door.text(found.why).rstrip(".")) + ".")
            )
    else:
        blocks.append(
            lead_in("This employer may be counted and not quoted; the words on both sides are held back.")
        )
    readers = found_by(evidence, found)
    said_by = (" ", strong("Found by: "), f"{readers}.") if readers else ()
    blocks.append(
        Paragraph(
            line(
                strong("Confidence: "),
                f"{confidence(found.score)}. ",
                strong("Status: "),
                f"{STATUSES[found.status]}.",
                *said_by,
            )
        )
    )
    return blocks


def further(evidence: Evidence) -> Section | None:
    """The mismatches that the body only counts, as a table; None where there are none."""
    rest = [
        each for group in evidence.by_type().values() for each in group if each not in told(evidence, group)
    ]
    if not rest:
        return None
    rows = []
    for shown in rest:
        found = shown.mismatch
        sides = [evidence.quote(found.stated, found.employer), evidence.quote(found.actual, found.employer)]
        words = [
            f"“{each.text}” ({each.place})"
            if each and each.place
            else f"“{each.text}”"
            if each
            else "held back"
            for each in sides
        ]
        readers = found_by(evidence, found)
        state = f"{confidence(found.score)}; {found.status}" + (f"; found by {readers}" if readers else "")
        rows.append(
            (shown.label, evidence.label(found.employer), evidence.title_of(found.type), *words, state)
        )
    header = ("No", "Employer", "Type", "Stated", "Actual", "Confidence, status")
    table = Table("table:further", "Further mismatches", header, tuple(rows), (1, 2, 2.6, 4.2, 4.2, 2))
    return Section("further", "Further mismatches", (table,), appendix=True)


def requirements(evidence: Evidence) -> Section:
    """Requirements that stand in for competencies, and the competencies behind them."""
    proxies = evidence.by_type().get("proxy-requirement", [])
    facets = (Facet.CREDENTIAL, Facet.EXPERIENCE, Facet.SECTOR)
    reasons = evidence.pick((Stance.RATIONALE,))
    blocks = _proxies(evidence, proxies)
    rows = [
        (facet, evidence.pick((Stance.REQUIREMENT,), (facet,)), evidence.pick((Stance.RATIONALE,), (facet,)))
        for facet in facets
    ]
    cells = tuple(
        (capital(FACETS[facet]), support(evidence, asked), support(evidence, why))
        for facet, asked, why in rows
        if asked or why
    )
    if cells:
        blocks.append(Heading("Requirements of this kind, and the reasons given"))
        blocks.append(
            Table(
                "table:standins",
                "Requirements that can stand in for something",
                ("About", "Required by", "Explained by"),
                cells,
                (4, 4, 4),
            )
        )
    if reasons:
        blocks.append(Heading("What the requirements are taken to show"))
        blocks.append(say(f"Reasons given for a rule or a habit: {support(evidence, reasons)}."))
        blocks += evidence.quotes(reasons, 4)
    return Section("requirements", "Requirements that stand in for competencies", tuple(blocks))


def _proxies(evidence: Evidence, proxies: list[Shown]) -> list[Block]:
    """Requirements explained by something else that they are taken to show."""
    if not proxies:
        return [
            nothing(
                "no mismatch shown here explains a requirement by a competency",
                "Ask what a required degree, number of years or background tells them about a person.",
            )
        ]
    opening = lead_in(
        f"At {evidence.of(employers_of(evidence, proxies))} a requirement is explained by something "
        "else that it is taken to show. A programme can build and show that competency directly (",
        Reference("table:proxies"),
        ").",
    )
    return [opening, _proxy_table(evidence, proxies)]


def _proxy_table(evidence: Evidence, proxies: list[Shown]) -> Table:
    rows = []
    for shown in proxies[:12]:
        found = shown.mismatch
        sides = [evidence.quote(found.stated, found.employer), evidence.quote(found.actual, found.employer)]
        words = [f"“{each.text}”" if each else "held back" for each in sides]
        rows.append((f"{shown.label} {evidence.label(found.employer)}", *words, confidence(found.score)))
    rest = f" (the {len(proxies) - 12} others are in the appendix)" if len(proxies) > 12 else ""
    header = ("Mismatch", "What is required", "What it is taken to show", "Confidence")
    return Table(
        "table:proxies", f"Stand-ins and what is behind them{rest}", header, tuple(rows), (2.4, 5, 5, 2)
    )
