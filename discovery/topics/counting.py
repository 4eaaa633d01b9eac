"""How many groups the texts support when no theme says so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

_DIMENSIONS = 20
_TRIED = (2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 22, 26, 30, 40, 50)
_REFITS = 6
_SAMPLE = 3000
_ENOUGH_FOR_FOUR = 100
"""From this many texts on, two or three groups are not tried: they come back but say nothing."""

_FIRM, _SKETCH, _AS_GOOD = 0.75, 0.5, 0.05


@dataclass(frozen=True, slots=True)
class Count:
    """A number of groups and what spoke for it.

    Args:
        groups: The number chosen.
        refits: By number of groups tried: agreement of two refits (adjusted Rand index) and
            the information they share, in nats.
        reason: The choice in one plain sentence.
    """

    groups: int
    refits: dict[int, tuple[float, float]]
    reason: str


def choose_count(points: Matrix, smallest: int, seed: int) -> Count:
    """Choose the number of groups that says most among those that come back.

    Groupings of two resamples are compared on all texts: how well they agree (adjusted Rand
    index), and how much one tells about the other (mutual information, less what chance would
    give). Few large groups agree but say little. Among the numbers that agree to 0.75, else
    to 0.5, the one that says most is taken; failing both, the smallest of those that agree best.

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
    least = 4 if len(points) >= _ENOUGH_FOR_FOUR else 2
    tried = [groups for groups in _TRIED if min(least, most) <= groups <= most]
    distinct = len(np.unique(points.round(6), axis=0)) if len(points) <= _SAMPLE else len(points)
    if not tried or distinct < 4:
        return Count(1, {}, f"{len(points)} texts, {distinct} of them distinct, bear one topic at most")
    rng = np.random.default_rng(seed)
    if len(points) > _SAMPLE:
        points = points[np.sort(rng.choice(len(points), _SAMPLE, replace=False))]
    halves = [rng.integers(0, len(points), len(points)) for _ in range(_REFITS)]
    reduced = principal_components(points)
    refits = {groups: _compare_refits(reduced, halves, groups, seed) for groups in tried}
    best, why = _best_count(refits)
    return Count(best, refits, f"{best} topics out of {tried[0]} to {tried[-1]} tried: {why}")


def _best_count(refits: dict[int, tuple[float, float]]) -> tuple[int, str]:
    """Choose among counts whose refits agree well enough the one that says most."""
    for floor in (_FIRM, _SKETCH):
        firm = {groups: shared for groups, (agreement, shared) in refits.items() if agreement >= floor}
        if firm:
            best = max(firm, key=lambda groups: (round(firm[groups], 6), -groups))
            agreement, shared = refits[best]
            return best, (
                f"of those whose refits agree to {floor:g} or more it says most "
                f"(agreement {agreement:.2f}, {shared:.2f} nats shared)"
            )
    closest = max(agreement for agreement, _ in refits.values())
    best = min(groups for groups, (agreement, _) in refits.items() if agreement >= closest - _AS_GOOD)
    return best, (
        f"no number reaches an agreement of {_SKETCH:g}; this is the smallest that comes about as close as "
        f"any ({refits[best][0]:.2f})"
    )


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


def _compare_refits(
    reduced: Matrix, halves: list[NDArray[np.int64]], groups: int, seed: int
) -> tuple[float, float]:
    """Average over pairs of refits: adjusted Rand index, and mutual information less chance."""
    from sklearn.metrics import adjusted_rand_score, mutual_info_score
    from sklearn.metrics.cluster import contingency_matrix, expected_mutual_information

    labels = [_nearest(reduced, _kmeans(reduced[half], groups, seed, starts=3)) for half in halves]
    agreements, shared = [], []
    for left, right in zip(labels[::2], labels[1::2], strict=True):
        table = contingency_matrix(left, right, sparse=True).astype(np.int64)
        agreements.append(adjusted_rand_score(left, right))
        shared.append(mutual_info_score(left, right) - expected_mutual_information(table, len(left)))
    return float(np.mean(agreements)), float(np.mean(shared))


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
