"""What employers need, and how they recruit: claims, topics and quotes."""

from __future__ import annotations

from collections import Counter

from discovery.briefs.evidence import Evidence
from discovery.briefs.figures import claims_chart, sides_chart
from discovery.briefs.model import Block, Figure, Heading, Reference, Section, Table, lead_in, say
from discovery.briefs.sections.shared import facet_rows, facet_table, nothing, support, value_rows
from discovery.briefs.wording import FACETS, capital, count, listed, value_words
from discovery.records import Facet, Stance

NEEDS = (Stance.NEED, Stance.REQUIREMENT, Stance.CHALLENGE)
"""Stances of the section on needs."""

PRACTICE = (Stance.PRACTICE, Stance.EXCEPTION)
"""Stances of the section on practice."""

ENOUGH = 10
"""Claims on each side from which their shares are drawn."""

FACETS_ON_SHEET = 3
"""The same on a sheet for one employer."""

FACETS_QUOTED = 5
"""Facets that get quotes of their own."""


def _claims_figure(evidence: Evidence) -> list[Block]:
    counts = Counter((claim.facet, claim.stance) for claim in evidence.claims)
    if len(counts) < 2 or evidence.only_employer:
        return []
    drawn = claims_chart(counts)
    return [Figure("figure:claims", "Claims by what they are about and by stance", drawn.alt, drawn.png)]


def _sides_figure(evidence: Evidence) -> list[Block]:
    """Shares only where both sides are large enough for a share to say something."""
    stated = Counter(claim.facet for claim in evidence.pick(NEEDS))
    actual = Counter(claim.facet for claim in evidence.pick((*PRACTICE, Stance.RATIONALE)))
    if evidence.only_employer or min(sum(stated.values()), sum(actual.values())) < ENOUGH:
        return []
    drawn = sides_chart(stated, actual)
    caption = "What is talked about on the stated side and on the actual side"
    return [Figure("figure:sides", caption, drawn.alt, drawn.png)]


def needs(evidence: Evidence) -> Section:
    """Whom and what employers say they want, require, and find hard."""
    claims = evidence.pick(NEEDS)
    blocks: list[Block] = []
    if claims:
        parts = [f"{count(len(evidence.pick((stance,))), str(stance))}" for stance in NEEDS]
        blocks.append(
            lead_in(
                f"{capital(evidence.of(evidence.voices(claims)))} said what they want, require or "
                f"find hard ({listed(parts)}; ",
                Reference("table:needs"),
                ").",
            )
        )
        blocks.append(facet_table(evidence, claims, "table:needs", "Needs, requirements and challenges"))
        blocks += _claims_figure(evidence)
        blocks += _quoted(evidence, NEEDS)
    else:
        blocks.append(nothing("no claim about a need, a requirement or a challenge was found"))
    worked = evidence.pick((Stance.SUCCESS,))
    if worked:
        blocks += [
            Heading("What makes hires work out"),
            say(f"{capital(support(evidence, worked))}."),
            *evidence.quotes(worked, 3),
        ]
    blocks += _topics(evidence)
    return Section("needs", "What employers need", tuple(blocks))


def practice(evidence: Evidence) -> Section:
    """What employers say they really do to find, choose, pay, train and promote people."""
    claims = evidence.pick(PRACTICE)
    if not claims:
        blocks: list[Block] = [nothing("no claim about a practice or an exception was found")]
        return Section("practice", "How they recruit", tuple(blocks))
    done, broken = evidence.pick((Stance.PRACTICE,)), evidence.pick((Stance.EXCEPTION,))
    blocks = [
        lead_in(
            f"{capital(evidence.of(evidence.voices(claims)))} said what they do "
            f"({count(len(done), 'practice')}) or when they did otherwise "
            f"({count(len(broken), 'exception')}; ",
            Reference("table:practice"),
            ").",
        ),
        facet_table(evidence, claims, "table:practice", "Practices and exceptions"),
        *_sides_figure(evidence),
    ]
    channels = value_rows(evidence, evidence.pick((Stance.PRACTICE,)), "channel")
    if channels:
        blocks.append(channel_table(evidence, channels, "table:channels"))
    blocks += _quoted(evidence, PRACTICE)
    return Section("practice", "How they recruit", tuple(blocks))


def channel_table(evidence: Evidence, channels: list[tuple[str, list[str], int]], key: str) -> Table:
    """Channels with how many employers name them."""
    rows = tuple((capital(name), evidence.cell(len(who)), f"{claims}") for name, who, claims in channels[:12])
    rest = f"; {len(channels) - 12} rarer ones left out" if len(channels) > 12 else ""
    header = ("Channel", "Employers", "Claims")
    return Table(key, f"Channels named in practices{rest}", header, rows, (5, 2, 2), (1, 2))


def _quoted(evidence: Evidence, stances: tuple[Stance, ...]) -> list[Block]:
    blocks: list[Block] = []
    rows = facet_rows(evidence, evidence.pick(stances))
    most = FACETS_ON_SHEET if evidence.only_employer else FACETS_QUOTED
    for facet, _, _ in rows[:most]:
        claims = evidence.pick(stances, (facet,))
        quotes = evidence.quotes(claims, 2)
        words = (f"{capital(support(evidence, claims))}.", _details(evidence, stances, facet))
        blocks += [Heading(capital(FACETS[facet])), lead_in(*words) if quotes else say(*words), *quotes]
        if not quotes:
            blocks.append(say("None of these employers may be quoted."))
    if len(rows) > most:
        rest = [
            FACETS[facet] if evidence.single else f"{FACETS[facet]} ({evidence.of(voices)})"
            for facet, voices, _ in rows[most:]
        ]
        blocks.append(say(f"Less often: {listed(rest)}."))
    return blocks


def _details(evidence: Evidence, stances: tuple[Stance, ...], facet: Facet) -> str:
    values: Counter[str] = Counter()
    for claim in evidence.pick(stances, (facet,)):
        values.update({value_words(value) for value in claim.values})
    several = {normal: number for normal, number in values.items() if number > 1}
    top = sorted(several.items(), key=lambda item: (-item[1], item[0]))[:4]
    named = [f"{evidence.door.text(normal)} ({count(number, 'claim')})" for normal, number in top]
    return f" Named most: {listed(named)}." if named else ""


def _topics(evidence: Evidence) -> list[Block]:
    topics = [topic for topic in evidence.material.topics if topic.number >= 0]
    if not topics or evidence.only_employer:
        return []
    size = Counter(document.topic for document in evidence.documents)
    rows = []
    for topic in sorted(topics, key=lambda each: (-(size[each.number] or each.size), each.number)):
        voices = evidence.voices([each for each in evidence.documents if each.topic == topic.number])
        stable = "not measured" if topic.stability is None else f"{topic.stability:.2f}"
        words = ", ".join(evidence.door.text(word) for word in topic.words[:6])
        passages = size[topic.number] if evidence.documents else topic.size
        if not passages:
            continue
        employers = evidence.cell(voices) if evidence.documents else "not known"
        rows.append((evidence.door.text(topic.label), words, f"{passages}", employers, stable))
    blocks: list[Block] = [
        Heading("What the talk is about"),
        lead_in(
            "Topics are groups of passages with like wording, held in place by themes of hiring talk (",
            Reference("table:topics"),
            "). Stability says how alike the grouping comes out when it is repeated, from 0 to 1.",
        ),
        Table(
            "table:topics",
            "Topics of the interviews",
            ("Topic", "Leading words", "Passages", "Employers", "Stability"),
            tuple(rows[:15]),
            (4, 6, 1.8, 2, 1.8),
            (2, 3, 4),
        ),
    ]
    none = size[-1]
    if none:
        blocks.append(say(f"{capital(count(none, 'passage'))} of {len(evidence.documents):,} fit no topic."))
    return blocks + _divergence(evidence)


def _divergence(evidence: Evidence) -> list[Block]:
    rows = sorted(
        evidence.material.divergence, key=lambda row: (-abs(row.stated_share - row.actual_share), row.label)
    )
    if not rows:
        return []
    cells = []
    for row in rows[:10]:
        bounds = (
            "" if row.low is None or row.high is None else f"{100 * row.low:+.0f} to {100 * row.high:+.0f}"
        )
        cells.append(
            (
                evidence.door.text(row.label),
                f"{row.stated} ({row.stated_share:.0%})",
                f"{row.actual} ({row.actual_share:.0%})",
                bounds or "not given",
            )
        )
    header = ("Topic", "Stated side", "Actual side", "Difference, points")
    caption = "Topics on the stated side and on the actual side (passages and share of the side)"
    return [Table("table:divergence", caption, header, tuple(cells), (5, 2.5, 2.5, 3), (1, 2, 3))]
