"""How sure a share, a difference of shares or a divergence is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Tested(NamedTuple):
    """A divergence, what chance alone gives, and what is left of it.

    Args:
        distance: Divergence as counted; counts of few claims make it too large.
        expected: What it is on average where the sides do not differ.
        by_chance: What it is then in 95 of 100 cases at most.
        corrected: Distance less expected, 0 at least.
        interval: 95 % bootstrap interval of corrected.
    """

    distance: float
    expected: float
    by_chance: float
    corrected: float
    interval: tuple[float, float]


def jensen_shannon(left: NDArray[np.floating], right: NDArray[np.floating]) -> float:
    """Measure how far two distributions are apart, in bits: 0 alike, 1 nothing in common.

    Args:
        left: Array (k,) of counts or shares, not all 0.
        right: Likewise.

    Source: Lin 1991, "Divergence measures based on the Shannon entropy".

    >>> jensen_shannon(np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    1.0
    """
    p, q = left / left.sum(), right / right.sum()
    middle = (p + q) / 2
    return max(0.0, (_relative_entropy(p, middle) + _relative_entropy(q, middle)) / 2)


def divergence_test(
    by_cluster: NDArray[np.int64], seed: int, resamples: int, *, dealt_together: bool = False
) -> Tested:
    """Test the divergence of two sides, clusters of claims resampled as wholes.

    Claims of one interview (or of one answer) are not independent, so the bootstrap draws such
    clusters. A divergence of counts is never below 0 and grows as counts get fewer, and a
    resample holds fewer different claims still. So what remains when claims are dealt to the
    sides at random is taken off, and from the interval what resampling adds besides. Where the
    sides do differ that is a little too much: the corrected figure errs on the low side.

    Args:
        by_cluster: Array (clusters, 2, topics) of counts, stated first.
        seed: Seed of resamples and permutations.
        resamples: How many of each.
        dealt_together: Deal the claims of all clusters as one heap; otherwise within each cluster,
            so that what differs between clusters does not count.

    Returns:
        The divergence with and without what chance gives, and its interval.

    Source: Miller 1955, "Note on the bias of information estimates"; Efron & Tibshirani 1993.
    """
    rng = np.random.default_rng([seed, 11])
    distance = jensen_shannon(*by_cluster.sum(axis=0).astype(float))
    drawn = []
    for _ in range(resamples):
        sample = by_cluster[rng.integers(0, len(by_cluster), len(by_cluster))].sum(axis=0).astype(float)
        if sample.sum(axis=1).min() > 0:
            drawn.append(jensen_shannon(*sample))
    heaps = by_cluster.sum(axis=0, keepdims=True) if dealt_together else by_cluster
    chance = [_shuffled(heaps, rng) for _ in range(resamples)]
    expected, drawn = float(np.mean(chance)), drawn or [distance]
    ends = np.quantile(drawn, [0.025, 0.975]) - (np.mean(drawn) - distance) - expected
    low, high = np.clip(ends, 0, 1)
    return Tested(
        distance,
        expected,
        float(np.quantile(chance, 0.95)),
        max(0.0, distance - expected),
        (float(low), float(high)),
    )


def difference_interval(by_source: NDArray[np.int64], seed: int, resamples: int) -> NDArray[np.float64]:
    """Bootstrap the difference of topic shares between sides, interviews resampled as wholes.

    Args:
        by_source: Array (interviews, 2, topics) of counts, stated first.
        seed: Seed of the resamples.
        resamples: How many.

    Returns:
        Array (2, topics): lower and upper end of the 95 % interval of stated less actual share.
    """
    rng = np.random.default_rng([seed, 13])
    differences = []
    for _ in range(resamples):
        sample = by_source[rng.integers(0, len(by_source), len(by_source))].sum(axis=0)
        shares = sample / np.maximum(sample.sum(axis=1, keepdims=True), 1)
        differences.append(shares[0] - shares[1])
    return np.asarray(np.quantile(np.array(differences), [0.025, 0.975], axis=0), dtype=np.float64)


def _shuffled(by_source: NDArray[np.int64], rng: np.random.Generator) -> float:
    """Deal each interview's claims to the sides at random, as many to each as there were."""
    dealt = np.zeros(by_source.shape[1:])
    for counts in by_source:
        together = counts.sum(axis=0)
        if together.sum():
            stated = rng.multivariate_hypergeometric(together, int(counts[0].sum()))
            dealt += np.stack([stated, together - stated])
    return jensen_shannon(*dealt)


def _relative_entropy(p: NDArray[np.floating], q: NDArray[np.floating]) -> float:
    seen = p > 0
    return float((p[seen] * np.log2(p[seen] / q[seen])).sum())
