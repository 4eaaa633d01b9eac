"""What comes back when the topics are drawn again from resampled texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]

CAME_BACK = 0.5
"""A topic has come back when it shares at least half of its texts (Jaccard) with a refitted one."""

HOLDS = 0.75
"""A topic holds when it comes back in at least this share of refits."""


@dataclass(frozen=True, slots=True)
class Stability:
    """How far topics survive a second look.

    Args:
        agreement: Mean adjusted Rand index between the topics and refits on bootstrap samples,
            over the texts of each sample, "no topic" counted as a group of its own; None
            without refits.
        interval: 2.5 and 97.5 percentile of that index over refits; None without refits.
        seeds: Mean adjusted Rand index over other seeds on the same texts; None without refits.
        returns: For each topic the share of refits in which it came back.
        overlap: For each topic its mean best Jaccard overlap with a refitted topic.
        refits: Number of bootstrap refits.
    """

    agreement: float | None = None
    interval: tuple[float, float] | None = None
    seeds: float | None = None
    returns: tuple[float, ...] = ()
    overlap: tuple[float, ...] = ()
    refits: int = 0


def measure_stability(
    labels: Labels, refit: Callable[[NDArray[np.int64], int], Labels], refits: int, seed: int
) -> Stability:
    """Draw the topics again from bootstrap samples and count what comes back.

    Args:
        labels: Array (n,), the topics under test.
        refit: Draws topics from the texts with these indices, with this seed.
        refits: Number of bootstrap samples; other seeds are tried on a quarter as many.
        seed: Seed of the samples.

    Returns:
        The measures; a topic too rare to be in any sample has come back in none.

    Source: Hennig 2007, "Cluster-wise assessment of cluster stability"; Hubert & Arabie 1985
        for the adjusted Rand index.
    """
    if not refits or labels.max(initial=-1) < 0:
        return Stability()
    from sklearn.metrics import adjusted_rand_score

    rng = np.random.default_rng([seed, 7])
    agreements, overlaps = [], []
    for number in range(refits):
        sample = np.sort(rng.integers(0, len(labels), len(labels)))
        texts, first = np.unique(sample, return_index=True)
        again = refit(sample, seed + 1 + number)[first]
        agreements.append(float(adjusted_rand_score(labels[texts], again)))
        overlaps.append(_best_overlaps(labels[texts], again, int(labels.max()) + 1))
    everything = np.arange(len(labels))
    reseeded = [
        float(adjusted_rand_score(labels, refit(everything, seed + 1001 + number)))
        for number in range(max(1, refits // 4))
    ]
    best = np.array(overlaps)
    low, high = np.quantile(agreements, [0.025, 0.975])
    return Stability(
        agreement=float(np.mean(agreements)),
        interval=(float(low), float(high)),
        seeds=float(np.mean(reseeded)),
        returns=tuple(float(share) for share in (best >= CAME_BACK).mean(axis=0)),
        overlap=tuple(float(mean) for mean in best.mean(axis=0)),
        refits=refits,
    )


def bearing(stability: Stability, texts: int, spread: float) -> str:
    """Say in one or two plain sentences how much a corpus can bear.

    Args:
        stability: What came back.
        texts: Number of texts.
        spread: Share of texts without a topic.
    """
    topics = len(stability.returns)
    if stability.agreement is None:
        return f"{texts} texts; how far the topics would come back has not been measured."
    held = sum(share >= HOLDS for share in stability.returns)
    verdict = (
        "the corpus bears these topics"
        if stability.agreement >= 0.75
        else "the corpus bears a rough sketch of its themes, not shares to the percent"
        if stability.agreement >= 0.5
        else "the corpus bears no firm topics: read them as prompts for reading, not as findings"
    )
    return (
        f"{held} of {topics} topics came back in at least {HOLDS:.0%} of {stability.refits} refits on "
        f"resampled texts (agreement {stability.agreement:.2f}), so {verdict}; "
        f"{spread:.0%} of {texts} texts fit no topic."
    )


def _best_overlaps(labels: Labels, again: Labels, topics: int) -> list[float]:
    """For each topic its best Jaccard overlap with a topic of the refit, over the texts both saw."""
    table = np.zeros((topics + 1, int(again.max(initial=-1)) + 2))
    np.add.at(table, (labels + 1, again + 1), 1)
    sizes, sizes_again = table.sum(axis=1), table.sum(axis=0)
    union = sizes[1:, None] + sizes_again[None, 1:] - table[1:, 1:]
    jaccard = np.divide(table[1:, 1:], union, out=np.zeros_like(union), where=union > 0)
    return [float(row.max(initial=0.0)) for row in jaccard]
