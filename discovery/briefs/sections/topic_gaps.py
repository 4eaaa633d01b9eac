"""Topics asked for and never acted on, employer by employer, and how far the two sides part."""

from __future__ import annotations

from collections import Counter

from discovery.briefs.evidence import Evidence
from discovery.briefs.material import EmployerTopics
from discovery.briefs.model import Block, Heading, Reference, Table, lead_in, say
from discovery.briefs.wording import capital, listed

_MOST = 3
"""Topics named in a cell."""


def topic_gaps(evidence: Evidence) -> list[Block]:
    """For each employer, how far its topics part and which are wanted and never acted on."""
    known = {one.employer: one for one in evidence.material.employer_topics}
    rows = [known[each.id] for each in evidence.employers if each.id in known]
    if not any(one.stated + one.actual for one in rows):
        return []
    blocks: list[Block] = [Heading("Topics asked for and not acted on")]
    if not evidence.audience.rows:
        return [*blocks, *_totals(evidence, rows)]
    blocks.append(
        lead_in(
            "Beside single mismatches: how far what an employer asks for and what it does lie in different "
            "topics (",
            Reference("table:topicgaps"),
            "). Divergence runs from 0 (the same topics) to 1 (none in common); what chance alone gives is "
            "taken off. A topic is named where at least three claims lie on one side, none on the other, and "
            "chance would seldom (1 in 20) deal them so.",
        )
    )
    table = Table(
        "table:topicgaps",
        "Topics of the stated and of the actual side, by employer",
        (
            "Employer",
            "Claims, stated : actual",
            "Divergence",
            "Asked for, not acted on",
            "Acted on, not asked for",
        ),
        tuple(_row(evidence, one) for one in rows),
        (2.4, 2.2, 3.2, 3.3, 3.3),
    )
    return [*blocks, table]


def _row(evidence: Evidence, one: EmployerTopics) -> tuple[str, ...]:
    return (
        evidence.label(one.employer),
        f"{one.stated} : {one.actual}",
        _divergence(one),
        _named(evidence, one.wanted),
        _named(evidence, one.unasked),
    )


def _divergence(one: EmployerTopics) -> str:
    if one.divergence is None or one.interval is None:
        return "too little text to say"
    low, high = one.interval
    words = "" if one.differ else "; no more than chance"
    return f"{one.divergence:.2f} ({low:.2f} to {high:.2f}){words}"


def _named(evidence: Evidence, topics: tuple[tuple[str, int], ...]) -> str:
    labels = [f"{evidence.door.text(_theme(label))} ({claims})" for label, claims in topics]
    return capital(listed(labels, most=_MOST)) or "none"


def _theme(label: str) -> str:
    """Name a topic by its theme alone; its words stand in the table of topics."""
    return label.split(":")[0]


def _totals(evidence: Evidence, rows: list[EmployerTopics]) -> list[Block]:
    """The same without rows of single employers."""
    blocks: list[Block] = []
    sides = ((one.wanted for one in rows), "asked for and not acted on"), (
        (one.unasked for one in rows), "acted on and not asked for",
    )  # fmt: skip
    for topics, words in sides:
        spread = Counter(label for own in topics for label, _ in own)
        top = sorted(spread.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
        if top:
            named = [f"{evidence.door.text(_theme(label))} ({evidence.of(number)})" for label, number in top]
            blocks.append(say(f"Most often {words}: {listed(named)}."))
    return blocks or [say("No topic is asked for by an employer that never acts on it, nor the reverse.")]
