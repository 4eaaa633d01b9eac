"""How many groups the texts support when no theme says so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

_DIMENSIONS = 20
_TRIED = (2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 22, 26, 30, 40, 50)
_REFITS = 4
_SAMPLE = 3000


@dataclass(frozen=True, slots=True)
class Count:
    """A number of groups and what spoke for it.

    Args:
        groups: The number chosen.
        shared: Information two refits share, in nats, by number of groups tried.
        reason: The choice in one plain sentence.
    """

    groups: int
    shared: dict[int, float]
    reason: str


def choose_count(points: Matrix, smallest: int, seed: int) -> Count:
    """Choose the number of groups about which independent refits tell each other most.

    Few large groups come back reliably but say little; many small ones say much but do not
    come back. The information that groupings of two resamples share about the same texts,
    less what chance would give, weighs both.

    Args:
        points: Array (n, m), unit-length rows.
        smallest: Fewest texts a group may hold.
        seed: Seed of resamples and groupings.

    Returns:
        The number of groups, at most half as many as would fill up at ``smallest`` texts each.

    Source: Buhmann 2010, "Information theoretic model validation for clustering"; chance term
        after Vinh, Epps & Bailey 2010.
    """
    most = min(_TRIED[-1], len(points) // (2 * smallest))
    tried = [groups for groups in _TRIED if groups <= most]
    distinct = len(np.unique(points.round(6), axis=0)) if len(points) <= _SAMPLE else len(points)
    if not tried or distinct < 4:
        return Count(1, {}, f"{len(points)} texts, {distinct} of them distinct, bear one topic at most")
    rng = np.random.default_rng(seed)
    if len(points) > _SAMPLE:
        points = points[np.sort(rng.choice(len(points), _SAMPLE, replace=False))]
    halves = [rng.integers(0, len(points), len(points)) for _ in range(_REFITS)]
    reduced = principal_components(points)
    shared = {groups: _shared_information(reduced, halves, groups, seed) for groups in tried}
    best = max(tried, key=lambda groups: (round(shared[groups], 6), -groups))
    reason = (
        f"{best} topics: of {tried[0]} to {tried[-1]} tried, refits on resampled texts share most with this many "
        f"({shared[best]:.2f} nats)"
    )
    return Count(best, shared, reason)


def free_labels(points: Matrix, groups: int, seed: int) -> Labels:
    """Group texts by k-means on their principal components.

    Args:
        points: Array (n, m), unit-length rows.
        groups: Number of groups; fewer come back when there are fewer distinct texts.
        seed: Seed of the starting centres.

    Returns:
        Array (n,) of groups from 0, each with at least one text.
    """
    reduced = principal_components(points)
    if groups < 2 or len(points) < 2:
        return np.zeros(len(points), dtype=np.int64)
    centres = _kmeans(reduced, groups, seed, starts=10)
    labels = _nearest(reduced, centres)
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def principal_components(points: Matrix) -> Matrix:
    """Project texts on their leading principal components, signs fixed: array (n, d), d at most 20."""
    centred = points - points.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    leading = vectors[:, ::-1][:, : min(_DIMENSIONS, points.shape[1])]
    signs = np.sign(leading[np.abs(leading).argmax(axis=0), np.arange(leading.shape[1])])
    return np.asarray(centred @ (leading * signs), dtype=np.float64)


def _shared_information(reduced: Matrix, halves: list[NDArray[np.int64]], groups: int, seed: int) -> float:
    """Average over pairs of refits: mutual information on all texts less its expectation by chance."""
    from sklearn.metrics import mutual_info_score
    from sklearn.metrics.cluster import contingency_matrix, expected_mutual_information

    labels = [_nearest(reduced, _kmeans(reduced[half], groups, seed, starts=2)) for half in halves]
    values = []
    for left, right in zip(labels[::2], labels[1::2], strict=True):
        table = contingency_matrix(left, right, sparse=True).astype(np.int64)
        values.append(mutual_info_score(left, right) - expected_mutual_information(table, len(left)))
    return float(np.mean(values))


def _kmeans(reduced: Matrix, groups: int, seed: int, starts: int) -> Matrix:
    """Fit k-means centres; large corpora are fitted on a sample so that time stays bounded."""
    import warnings

    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    if len(reduced) > 2 * _SAMPLE:
        rows = np.sort(np.random.default_rng(seed).choice(len(reduced), 2 * _SAMPLE, replace=False))
        reduced = reduced[rows]
    model = KMeans(min(groups, len(reduced)), n_init=starts, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", ConvergenceWarning
        )  # fewer distinct texts than groups: handled by callers
        return np.asarray(model.fit(reduced).cluster_centers_, dtype=np.float64)


def _nearest(points: Matrix, centres: Matrix) -> Labels:
    distance = (centres**2).sum(axis=1) - 2 * points @ centres.T
    return np.asarray(distance.argmin(axis=1), dtype=np.int64)
