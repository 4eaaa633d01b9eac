"""Where stated needs and actual practice part, and requirements that stand in for competencies."""

from __future__ import annotations

from collections import Counter

from discovery.briefs.evidence import Evidence, Shown
from discovery.briefs.model import Block, Heading, Paragraph, Reference, Section, Table, line, say, strong
from discovery.briefs.sections.shared import employers_of, nothing, support
from discovery.briefs.wording import (
    FACETS,
    STATUSES,
    capital,
    confidence,
    count,
    share,
    type_words,
)
from discovery.records import Facet, Stance, Status

SHORT = 14
"""Mismatches up to which all are told in full."""

FULL = 2
"""Mismatches of a type told in full where there are more."""


def mismatches(evidence: Evidence) -> Section:
    """Each mismatch with both quotes, why it is one, how sure that is and its state of review."""
    if not evidence.mismatches:
        return Section("mismatches", "Where the two part", (_none(evidence),))
    voices = employers_of(evidence, evidence.mismatches)
    groups = evidence.by_type()
    blocks: list[Block] = [
        say(
            "A mismatch is a pair of claims of the same employer, one about what is wanted and one "
            "about what is "
            f"done, that pull against each other. {capital(share(voices, evidence.total))} show at "
            "least one (",
            Reference("table:types"),
            ").",
        ),
        _type_table(evidence, groups),
    ]
    for key, group in groups.items():
        blocks += _group(evidence, key, group)
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
                f"{employers_of(evidence, group)} of {evidence.total}",
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
    blocks: list[Block] = [
        Heading(evidence.title_of(key)),
        say(
            f"{words.meaning} {capital(share(employers_of(evidence, group), evidence.total))}, "
            f"{count(len(group), 'mismatch', 'mismatches')}."
        ),
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
            blocks.append(say(strong("Why they part. "), evidence.door.text(found.why)))
    else:
        blocks.append(
            say("This employer may be counted and not quoted; the words on both sides are held back.")
        )
    blocks.append(
        Paragraph(
            line(
                strong("Confidence: "),
                f"{confidence(found.score)}. ",
                strong("Status: "),
                f"{STATUSES[found.status]}.",
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
        state = f"{confidence(found.score)}; {found.status}"
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
    blocks: list[Block] = []
    if proxies:
        blocks.append(
            say(
                f"At {share(employers_of(evidence, proxies), evidence.total)} a requirement is "
                "explained by something "
                "else that it is taken to show. A programme can build and show that competency directly (",
                Reference("table:proxies"),
                ").",
            )
        )
        blocks.append(_proxy_table(evidence, proxies))
    else:
        blocks.append(
            nothing(
                "no requirement was explained as standing in for a competency",
                "Ask what a required degree, number of years or background tells them about a person.",
            )
        )
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
        blocks.append(say(f"{capital(support(evidence, reasons))} give a reason for a rule or a habit."))
        blocks += evidence.quotes(reasons, 4)
    return Section("requirements", "Requirements that stand in for competencies", tuple(blocks))


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
