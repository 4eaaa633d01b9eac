"""Pieces that several sections are built from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from discovery.briefs.evidence import Evidence, Shown
from discovery.briefs.model import Bullets, Inline, Paragraph, Table, line, say, strong
from discovery.briefs.wording import FACETS, capital, count, value_words
from discovery.records import Claim, Facet


def nothing(what: str, ask: str = "") -> Paragraph:
    """Say plainly that there is no evidence, and what would bring it."""
    return say(f"No evidence: {what}.", f" {ask}" if ask else "")


def support(evidence: Evidence, claims: Sequence[Claim]) -> str:
    """Say how many claims of how many employers stand behind a sentence."""
    if not claims:
        return "no claims"
    number = count(len(claims), "claim")
    return number if evidence.single else f"{evidence.of(evidence.voices(claims))}, {number}"


def facet_rows(evidence: Evidence, claims: Sequence[Claim]) -> list[tuple[Facet, int, int]]:
    """Facets of these claims with employers and claims, the most spread first."""
    order = list(Facet)
    groups: dict[Facet, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.facet, []).append(claim)
    rows = [(facet, evidence.voices(group), len(group)) for facet, group in groups.items()]
    return sorted(rows, key=lambda row: (-row[1], -row[2], order.index(row[0])))


def facet_table(evidence: Evidence, claims: Sequence[Claim], key: str, caption: str) -> Table:
    """Table of facets with employers and claims."""
    rows = tuple(
        (capital(FACETS[facet]), evidence.cell(employers), f"{claims_}")
        for facet, employers, claims_ in facet_rows(evidence, claims)
    )
    return Table(key, caption, ("About", "Employers", "Claims"), rows, (5, 2, 2), (1, 2))


def value_rows(evidence: Evidence, claims: Sequence[Claim], kind: str) -> list[tuple[str, list[str], int]]:
    """Values of one kind, such as channels, with the employers who name them and the claims."""
    employers: dict[str, set[str]] = {}
    claims_with: Counter[str] = Counter()
    for claim in claims:
        for normal in {value_words(value) for value in claim.values if value.kind == kind}:
            employers.setdefault(normal, set()).add(claim.employer)
            claims_with[normal] += 1
    rows = [
        (evidence.door.text(normal), evidence.named(ids), claims_with[normal])
        for normal, ids in employers.items()
    ]
    return sorted(rows, key=lambda row: (-len(row[1]), -row[2], row[0]))


def bullets(items: Sequence[tuple[Inline, ...] | str]) -> Bullets:
    """Make a list from lines or plain strings."""
    return Bullets(tuple(line(item) if isinstance(item, str) else item for item in items))


def led(lead: str, rest: str) -> tuple[Inline, ...]:
    """Make a line that opens with an emphasised lead."""
    return line(strong(lead), rest)


def numbers(shown: Sequence[Shown], most: int = 8) -> str:
    """List the numbers of mismatches, shortened where there are many."""
    labels = sorted((each.label for each in shown), key=lambda label: int(label[1:]))
    return ", ".join(labels[:most]) + (f" and {len(labels) - most} more" if len(labels) > most else "")


def employers_of(evidence: Evidence, shown: Sequence[Shown]) -> int:
    """How many employers these mismatches belong to."""
    return evidence.voices([each.mismatch for each in shown])
