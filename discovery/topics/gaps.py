"""Topics that one employer asks for and never acts on, and the reverse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from discovery.records import Claim, Span, Topic, TopicDocument
from discovery.topics.placing import ACTUAL, STATED, Placed, place_claims

WANTED, UNASKED = "wanted, not acted on", "acted on, not asked for"

_LEAST = 3
"""A topic counts as asked for (or acted on) from this many claims on."""

_SELDOM = 0.05
"""Most chance of such a gap if sides and topics had nothing to do with each other."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic that one employer asks for and does not act on, or the reverse.

    Args:
        employer: Employer id.
        topic: Number of the topic.
        label: Its label.
        stated: Claims on the stated side.
        actual: Claims on the actual side.
        direction: ``wanted, not acted on`` or ``acted on, not asked for``.
        evidence: The claims' quotes.
        chance: How likely all of them would be on one side if the employer's claims were dealt to
            topics at random, 0 to 1.
    """

    employer: str
    topic: int
    label: str
    stated: int
    actual: int
    direction: str
    evidence: tuple[Span, ...]
    chance: float


@dataclass(frozen=True, slots=True)
class TopicGaps:
    """The gaps of all employers, the plainest first."""

    gaps: tuple[Gap, ...]


def topic_gaps(
    documents: Sequence[TopicDocument], claims: Sequence[Claim], topics: Sequence[Topic]
) -> TopicGaps:
    """Find topics that an employer asks for and never acts on, and the reverse.

    Args:
        documents: Documents with their topics.
        claims: Claims of the same interviews.
        topics: The topics.
    """
    labels = {topic.number: topic.label for topic in topics}
    return TopicGaps(gaps_of(place_claims(documents, claims, labels)[0], labels))


def gaps_of(placed: Sequence[Placed], labels: Mapping[int, str]) -> tuple[Gap, ...]:
    """List topics an employer asks for and never acts on, and the reverse.

    Employers say more about what they do than about what they want, so a topic without a stated
    claim is common by chance; only what chance would seldom give is listed.

    Source: Fisher 1935, "The logic of inductive inference" (exact test, one side).
    """
    said = Counter((item.claim.employer, item.side) for item in placed)
    cells: dict[tuple[str, int], list[Placed]] = {}
    for item in placed:
        cells.setdefault((item.claim.employer, item.topic), []).append(item)
    gaps = []
    for (employer, topic), items in sorted(cells.items()):
        stated = sum(item.side == STATED for item in items)
        actual = len(items) - stated
        if len(items) >= _LEAST and 0 in (stated, actual):
            direction = WANTED if stated else UNASKED
            own, other = said[employer, STATED], said[employer, ACTUAL]
            chance = comb(own if stated else other, len(items)) / comb(own + other, len(items))
            evidence = tuple(sorted(item.claim.span for item in items))
            if chance <= _SELDOM:
                gaps.append(
                    Gap(employer, topic, labels[topic], stated, actual, direction, evidence, round(chance, 4))
                )
    return tuple(sorted(gaps, key=lambda gap: (-max(gap.stated, gap.actual), gap.employer, gap.topic)))
