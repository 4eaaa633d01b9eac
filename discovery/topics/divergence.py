"""Stated against actual: which topics employers ask for, and which they act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from discovery.records import Claim, Notice, Topic, TopicDocument
from discovery.topics.gaps import Gap, gaps_of
from discovery.topics.intervals import Tested, difference_interval, divergence_test
from discovery.topics.placing import Placed, place_claims, side_counts
from discovery.topics.shares import topic_shares

if TYPE_CHECKING:
    import pandas as pd

FEWEST_CLAIMS = 15
"""With fewer claims on a side its topic shares say nothing."""


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


@dataclass(frozen=True)
class Divergence:
    """How far the topics of the stated side are from those of the actual side.

    Args:
        rows: One row a topic, by number.
        distance: Jensen-Shannon divergence of the two sides' topic shares as counted, in bits, 0
            (alike) to 1 (nothing in common); None with too little text.
        expected: What chance alone gives on average, a bias of every such count; None likewise.
        corrected: Distance less expected: what the sides differ by; None likewise.
        interval: 95 % bootstrap interval of corrected, interviews resampled; None likewise.
        by_chance: What distance would be, in 95 of 100 cases at most, if sides did not differ; None likewise.
        verdict: The finding in one plain sentence, ``too little text to say`` included.
        gaps: Topics asked for and not acted on by an employer, and the reverse.
        shares: Topic shares of documents by employer, sector and side: columns ``by``,
            ``group``, ``topic``, ``label``, ``count``, ``total``, ``share``, ``low``, ``high``
            (95 % Wilson interval).
        notices: Claims that could not be placed, with counts.
    """

    rows: tuple[SideTopic, ...]
    distance: float | None
    expected: float | None
    corrected: float | None
    interval: tuple[float, float] | None
    by_chance: float | None
    verdict: str
    gaps: tuple[Gap, ...]
    shares: pd.DataFrame
    notices: tuple[Notice, ...]


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
    placed, notices = place_claims(documents, claims, labels)
    counts = side_counts(placed, sorted(labels))
    sources = sorted({item.claim.span.source for item in placed})
    by_source = _counts_by_source(placed, sources, sorted(labels))
    enough = bool(counts.size) and counts.sum(axis=1).min() >= FEWEST_CLAIMS and len(sources) >= 2
    found = divergence_test(by_source, seed, resamples) if enough else None
    rows = _rows(counts, labels, by_source if enough else None, seed, resamples)
    return Divergence(
        rows=rows,
        distance=found.distance if found else None,
        expected=found.expected if found else None,
        corrected=found.corrected if found else None,
        interval=found.interval if found else None,
        by_chance=found.by_chance if found else None,
        verdict=say_divergence(
            found, _basis(counts, f"{len(sources)} interview(s)"), f"{FEWEST_CLAIMS} a side in two interviews"
        ),
        gaps=gaps_of(placed, labels),
        shares=topic_shares(documents, [(item.side, item.topic) for item in placed], labels, sectors or {}),
        notices=notices,
    )


def _counts_by_source(
    placed: Sequence[Placed], sources: Sequence[str], topics: Sequence[int]
) -> NDArray[np.int64]:
    """Count claims interview by interview: array (interviews, 2, topics), stated first."""
    counts = np.zeros((len(sources), 2, len(topics)), dtype=np.int64)
    for at, source in enumerate(sources):
        counts[at] = side_counts([item for item in placed if item.claim.span.source == source], topics)
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


def _basis(counts: NDArray[np.int64], where: str) -> str:
    stated, actual = counts.sum(axis=1).tolist() if counts.size else (0, 0)
    return f"{stated} stated and {actual} actual claims in {where}"


def say_divergence(found: Tested | None, basis: str, least: str) -> str:
    """Say in one sentence what was found, no more than the text bears.

    Args:
        found: The tested divergence; None with too little text.
        basis: What it rests on.
        least: How much would be enough.
    """
    if found is None:
        return f"Too little text to say: {basis}, where {least} are the least."
    if found.distance <= found.by_chance:
        return (
            f"Stated and actual side talk of the same topics as far as {basis} can tell "
            f"(divergence {found.distance:.2f}, by chance up to {found.by_chance:.2f})."
        )
    low, high = found.interval
    return (
        f"Stated and actual side talk of different topics: divergence {found.corrected:.2f} beyond the "
        f"{found.expected:.2f} that chance alone gives (95 % interval {low:.2f} to {high:.2f}; {basis})."
    )
