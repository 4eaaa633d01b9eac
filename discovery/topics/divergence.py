"""Stated against actual: which topics employers ask for, and which they act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from discovery.records import (
    ACTUAL_STANCES,
    STATED_STANCES,
    Claim,
    Notice,
    NoticeKind,
    Span,
    Topic,
    TopicDocument,
)
from discovery.topics.intervals import difference_interval, divergence_test
from discovery.topics.shares import topic_shares

if TYPE_CHECKING:
    import pandas as pd

STATED, ACTUAL = "stated", "actual"

FEWEST_CLAIMS = 15
"""With fewer claims on a side its topic shares say nothing."""

_WANTED = 3
"""A topic counts as asked for (or acted on) from this many claims on."""


@dataclass(frozen=True, slots=True)
class SideTopic:
    """One topic on the stated side and on the actual side.

    Args:
        topic: Number of the topic.
        label: Its label.
        stated: Claims on the stated side.
        actual: Claims on the actual side.
        stated_share: Their share of all stated claims with a topic, 0 to 1.
        actual_share: Their share of all actual claims with a topic, 0 to 1.
        low: Lower end of the 95 % interval of the difference, stated less actual; None where
            there is too little text.
        high: Upper end likewise.
    """

    topic: int
    label: str
    stated: int
    actual: int
    stated_share: float
    actual_share: float
    low: float | None = None
    high: float | None = None


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
    """

    employer: str
    topic: int
    label: str
    stated: int
    actual: int
    direction: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True)
class Divergence:
    """How far the topics of the stated side are from those of the actual side.

    Args:
        rows: One row a topic, by number.
        distance: Jensen-Shannon divergence of the two sides' topic shares, in bits, 0 (alike)
            to 1 (nothing in common); None with too little text.
        interval: 95 % bootstrap interval of it, interviews resampled; None likewise.
        by_chance: What it would be, in 95 of 100 cases at most, if sides did not differ; None likewise.
        verdict: The finding in one plain sentence, ``too little text to say`` included.
        gaps: Topics asked for and not acted on by an employer, and the reverse.
        shares: Topic shares of documents by employer, sector and side: columns ``by``,
            ``group``, ``topic``, ``label``, ``count``, ``total``, ``share``, ``low``, ``high``
            (95 % Wilson interval).
        notices: Claims that could not be placed, with counts.
    """

    rows: tuple[SideTopic, ...]
    distance: float | None
    interval: tuple[float, float] | None
    by_chance: float | None
    verdict: str
    gaps: tuple[Gap, ...]
    shares: pd.DataFrame
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """One claim on one side, in one topic."""

    claim: Claim
    topic: int
    side: str


def topic_divergence(
    documents: Sequence[TopicDocument],
    claims: Sequence[Claim],
    topics: Sequence[Topic],
    *,
    sectors: Mapping[str, str] | None = None,
    seed: int = 0,
    resamples: int = 1000,
) -> Divergence:
    """Compare what employers ask for with what they do, topic by topic.

    A claim belongs to the topic of the document it lies in. Claims with guards are not
    evidence and do not count; a ``success`` claim can stand on either side and counts on neither.

    Args:
        documents: Documents with their topics.
        claims: Claims of the same interviews.
        topics: The topics.
        sectors: Sector by employer id.
        seed: Seed of the resamples.
        resamples: Bootstrap resamples and permutations.

    Returns:
        Shares, distance, gaps, and how sure they are.

    Source: Lin 1991 (Jensen-Shannon divergence); Wilson 1927 (interval of a share).
    """
    labels = {topic.number: topic.label for topic in topics}
    placed, notices = _place(documents, claims, labels)
    counts = _side_counts(placed, sorted(labels))
    sources = sorted({item.claim.span.source for item in placed})
    by_source = _counts_by_source(placed, sources, sorted(labels))
    enough = bool(counts.size) and counts.sum(axis=1).min() >= FEWEST_CLAIMS and len(sources) >= 2
    found = divergence_test(by_source, seed, resamples) if enough else None
    rows = _rows(counts, labels, by_source if enough else None, seed, resamples)
    return Divergence(
        rows=rows,
        distance=found.distance if found else None,
        interval=found.interval if found else None,
        by_chance=found.by_chance if found else None,
        verdict=_verdict(
            counts, len(sources), found.distance if found else None, found.by_chance if found else None
        ),
        gaps=_gaps(placed, labels),
        shares=topic_shares(documents, [(item.side, item.topic) for item in placed], labels, sectors or {}),
        notices=notices,
    )


def _place(
    documents: Sequence[TopicDocument], claims: Sequence[Claim], labels: Mapping[int, str]
) -> tuple[list[_Placed], tuple[Notice, ...]]:
    """Put each claim on its side and into the topic of the document it lies in."""
    by_turn: dict[tuple[str, int], list[TopicDocument]] = {}
    for document in documents:
        by_turn.setdefault((document.span.source, document.span.turn), []).append(document)
    placed, outside, without = [], 0, 0
    for claim in claims:
        side = _side(claim)
        if side is None:
            continue
        here = [
            d for d in by_turn.get((claim.span.source, claim.span.turn), []) if d.span.overlaps(claim.span)
        ]
        if not here:
            outside += 1
        else:
            topic = max(here, key=lambda d: (_shared(d.span, claim.span), -d.span.start)).topic
            without += topic not in labels
            placed += [_Placed(claim, topic, side)] if topic in labels else []
    counts = [
        ("claims outside every document, not counted", outside),
        ("claims in documents of no topic", without),
    ]
    return placed, tuple(Notice("topics", NoticeKind.DROPPED, what, count=n) for what, n in counts if n)


def _side(claim: Claim) -> str | None:
    """Tell the side of a claim; None where it is no evidence or could stand on both."""
    stated, actual = claim.stance in STATED_STANCES, claim.stance in ACTUAL_STANCES
    if claim.guards or stated == actual:
        return None
    return STATED if stated else ACTUAL


def _shared(left: Span, right: Span) -> int:
    return min(left.end, right.end) - max(left.start, right.start)


def _side_counts(placed: Sequence[_Placed], topics: Sequence[int]) -> NDArray[np.int64]:
    """Count claims: array (2, topics), stated first."""
    counts = np.zeros((2, len(topics)), dtype=np.int64)
    place = {topic: at for at, topic in enumerate(topics)}
    for item in placed:
        counts[int(item.side == ACTUAL), place[item.topic]] += 1
    return counts


def _counts_by_source(
    placed: Sequence[_Placed], sources: Sequence[str], topics: Sequence[int]
) -> NDArray[np.int64]:
    """Count claims interview by interview: array (interviews, 2, topics), stated first."""
    counts = np.zeros((len(sources), 2, len(topics)), dtype=np.int64)
    for at, source in enumerate(sources):
        counts[at] = _side_counts([item for item in placed if item.claim.span.source == source], topics)
    return counts


def _rows(
    counts: NDArray[np.int64],
    labels: Mapping[int, str],
    by_source: NDArray[np.int64] | None,
    seed: int,
    resamples: int,
) -> tuple[SideTopic, ...]:
    """Make one row a topic, with the interval of the difference where there is enough text."""
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    bounds = None if by_source is None else difference_interval(by_source, seed, resamples)
    rows = []
    for at, topic in enumerate(sorted(labels)):
        low, high = (None, None) if bounds is None else (float(bounds[0, at]), float(bounds[1, at]))
        stated, actual = int(counts[0, at]), int(counts[1, at])
        stated_share, actual_share = float(shares[0, at]), float(shares[1, at])
        rows.append(SideTopic(topic, labels[topic], stated, actual, stated_share, actual_share, low, high))
    return tuple(rows)


def _verdict(counts: NDArray[np.int64], sources: int, distance: float | None, by_chance: float | None) -> str:
    """Say what was found in one sentence, no more than the text bears."""
    stated, actual = counts.sum(axis=1).tolist() if counts.size else (0, 0)
    basis = f"{stated} stated and {actual} actual claims in {sources} interview(s)"
    if distance is None or by_chance is None:
        return (
            f"Too little text to say: {basis}, where {FEWEST_CLAIMS} a side in two interviews are the least."
        )
    if distance <= by_chance:
        return (
            f"Stated and actual side talk of the same topics as far as {basis} can tell "
            f"(divergence {distance:.2f}, by chance up to {by_chance:.2f})."
        )
    return (
        f"Stated and actual side talk of different topics: divergence {distance:.2f}, where chance "
        f"gives up to {by_chance:.2f} ({basis})."
    )


def _gaps(placed: Sequence[_Placed], labels: Mapping[int, str]) -> tuple[Gap, ...]:
    """List topics an employer asks for and never acts on, and the reverse."""
    cells: dict[tuple[str, int], list[_Placed]] = {}
    for item in placed:
        cells.setdefault((item.claim.employer, item.topic), []).append(item)
    gaps = []
    for (employer, topic), items in sorted(cells.items()):
        stated = sum(item.side == STATED for item in items)
        actual = len(items) - stated
        if len(items) >= _WANTED and 0 in (stated, actual):
            direction = "wanted, not acted on" if stated else "acted on, not asked for"
            evidence = tuple(sorted(item.claim.span for item in items))
            gaps.append(Gap(employer, topic, labels[topic], stated, actual, direction, evidence))
    return tuple(sorted(gaps, key=lambda gap: (-max(gap.stated, gap.actual), gap.employer, gap.topic)))
