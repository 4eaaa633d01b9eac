"""How sure a share, a difference of shares or a divergence is."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_Z = 1.959963984540054


class Tested(NamedTuple):
    """A divergence with its 95 % interval and what chance alone would give at most."""

    distance: float
    interval: tuple[float, float]
    by_chance: float


def wilson(count: int, total: int) -> tuple[float, float]:
    """Give the 95 % interval of a share.

    Args:
        count: Cases that count.
        total: All cases.

    Returns:
        Lower and upper end, 0 to 1; (0, 1) without any case.

    Source: Wilson 1927.

    >>> [round(end, 3) for end in wilson(5, 10)]
    [0.237, 0.763]
    """
    if total == 0:
        return 0.0, 1.0
    share, z2 = count / total, _Z * _Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return max(0.0, middle - half), min(1.0, middle + half)


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


def divergence_test(by_source: NDArray[np.int64], seed: int, resamples: int) -> Tested:
    """Test the divergence of two sides, interviews resampled as wholes.

    Claims of one interview are not independent, so the bootstrap draws interviews; chance is
    what remains when the claims of each interview are dealt to the sides at random.

    Args:
        by_source: Array (interviews, 2, topics) of counts, stated first.
        seed: Seed of resamples and permutations.
        resamples: How many of each.

    Returns:
        Divergence, interval, and the 95th percentile under chance.
    """
    rng = np.random.default_rng([seed, 11])
    distance = jensen_shannon(*by_source.sum(axis=0).astype(float))
    drawn = []
    for _ in range(resamples):
        sample = by_source[rng.integers(0, len(by_source), len(by_source))].sum(axis=0).astype(float)
        if sample.sum(axis=1).min() > 0:
            drawn.append(jensen_shannon(*sample))
    chance = [_shuffled(by_source, rng) for _ in range(resamples)]
    low, high = np.quantile(drawn or [distance], [0.025, 0.975])
    return Tested(distance, (float(low), float(high)), float(np.quantile(chance, 0.95)))


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
