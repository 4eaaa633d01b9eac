"""Vectors into groups of texts: held by anchors where there are some, free where there are none."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from discovery.topics.anchors import Anchors
from discovery.topics.counting import Count, choose_count, free_labels
from discovery.topics.settings import TopicSettings

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

_OTHER_TOPIC = 0.95
"""A text fits its topic if it is closer to it than this share of texts is to foreign topics."""

_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Grouping:
    """Texts in groups, numbered by size, then by first text.

    Args:
        labels: Array (n,), the group of each text, -1 where it fits nowhere.
        fits: Array (n,), cosine of each text to the centre of its nearest group.
        centres: Array (k, m), unit-length rows, in the space with ``mean`` taken out.
        mean: Array (m,), the mean text.
        least_fit: Cosine under which a text counts as fitting nowhere.
        themes: Name of the theme that anchors each group; empty for a free group.
        method: How the groups were made, for the record.
        reasons: Why this way, in plain sentences.
        dissolved: Names of themes or numbers of groups too small to stand, with their texts moved.
        count: How the number of free groups was chosen; None where anchors decide.
    """

    labels: Labels
    fits: Matrix
    centres: Matrix
    mean: Matrix
    least_fit: float
    themes: tuple[str, ...]
    method: str
    reasons: tuple[str, ...] = ()
    dissolved: int = 0
    count: Count | None = None


def group_texts(
    vectors: NDArray[np.float32],
    anchors: Anchors | None,
    settings: TopicSettings,
    seed: int,
    count: int | None = None,
) -> Grouping:
    """Put texts into groups.

    Args:
        vectors: Array (n, m), one row a text, n at least 1.
        anchors: Themes that hold groups in place, or None for free groups.
        settings: Settings of the fit.
        seed: Seed of the free grouping; anchored groups use no chance at all.
        count: Number of free groups if it is already known, as in a refit.

    Returns:
        The groups; fewer than asked for where the texts do not fill them.

    Source: k-means on the sphere (Dhillon & Modha 2001) with fixed prior centres, after the
        seeded k-means of Basu, Banerjee & Mooney 2002.
    """
    mean = vectors.mean(axis=0, dtype=np.float64)
    points = _unit(vectors - mean)
    smallest = settings.smallest_for(len(points))
    if anchors is not None and len(anchors):
        held = _held_groups(points, anchors, settings, smallest)
    else:
        held = _free_groups(points, settings, smallest, seed, count)
    return _numbered(_set_outliers(points, replace(held, mean=mean), settings, smallest))


def _held_groups(points: Matrix, anchors: Anchors, settings: TopicSettings, smallest: int) -> Grouping:
    """Let anchors draw the texts, and the texts draw the anchors; give up groups too small to stand."""
    prior = (
        _unit(anchors.vectors - anchors.vectors.mean(axis=0)) if len(anchors) > 2 else _unit(anchors.vectors)
    )
    weight = settings.anchor_weight * len(points) / len(anchors)
    active = np.arange(len(anchors))
    while True:
        labels, centres = _settle(points, prior[active], weight)
        sizes = np.bincount(labels, minlength=len(active))
        if sizes.min() >= smallest or len(active) == 1:
            break
        active = np.delete(active, int(sizes.argmin()))
    dissolved = len(anchors) - len(active)
    reasons = [f"held by {len(anchors)} {anchors.origin}, anchor weight {settings.anchor_weight:g}"]
    if dissolved:
        reasons.append(f"{dissolved} theme(s) drew fewer than {smallest} texts and make no topic here")
    return Grouping(
        labels=labels, fits=points[:, 0], centres=centres, mean=points[0], least_fit=-1.0,
        themes=tuple(anchors.names[row] for row in active),
        method="anchored spherical k-means", reasons=tuple(reasons), dissolved=dissolved,
    )  # fmt: skip


def _settle(points: Matrix, prior: Matrix, weight: float) -> tuple[Labels, Matrix]:
    """Move centres and texts until nothing changes: no chance is involved."""
    centres, labels = prior, np.full(len(points), -1, dtype=np.int64)
    for _ in range(_ROUNDS):
        nearest = (points @ centres.T).argmax(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        centres = _unit(_sums(points, labels, len(prior)) + weight * prior)
    return labels, centres


def _free_groups(
    points: Matrix, settings: TopicSettings, smallest: int, seed: int, count: int | None
) -> Grouping:
    """Group texts by themselves, as many groups as the texts support."""
    chosen = None
    if count is None and settings.topics is None:
        chosen = choose_count(points, smallest, seed)
    groups = count or settings.topics or (chosen.groups if chosen else 1)
    labels = free_labels(points, groups, seed)
    labels, dissolved = _without_small(points, labels, smallest)
    number = int(labels.max()) + 1
    reasons = [chosen.reason] if chosen else [f"{groups} topics were asked for"]
    if dissolved:
        reasons.append(
            f"{dissolved} group(s) held fewer than {smallest} texts and were joined to the next closest"
        )
    return Grouping(
        labels=labels, fits=points[:, 0], centres=_unit(_sums(points, labels, number)), mean=points[0],
        least_fit=-1.0, themes=("",) * number, method="k-means on principal components",
        reasons=tuple(reasons), dissolved=dissolved, count=chosen,
    )  # fmt: skip


def _without_small(points: Matrix, labels: Labels, smallest: int) -> tuple[Labels, int]:
    """Hand the texts of groups that are too small to the closest group that is not."""
    sizes = np.bincount(labels)
    kept = np.flatnonzero(sizes >= smallest)
    if not len(kept):
        return np.zeros_like(labels), int((sizes > 0).sum()) - 1
    centres = _unit(_sums(points, labels, len(sizes)))[kept]
    place = np.full(len(sizes), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    moved = (points @ centres.T).argmax(axis=1)
    return np.where(place[labels] >= 0, place[labels], moved), int(((sizes > 0) & (sizes < smallest)).sum())


def _set_outliers(points: Matrix, held: Grouping, settings: TopicSettings, smallest: int) -> Grouping:
    """Leave without a topic what is no closer to its own topic than foreign texts are."""
    similarity = points @ held.centres.T
    rows = np.arange(len(points))
    own = similarity[rows, held.labels]
    if len(held.centres) < 2 or settings.outliers == 0:
        return replace(held, fits=own)
    foreign = similarity.copy()
    foreign[rows, held.labels] = np.nan
    least = float(np.nanquantile(foreign, _OTHER_TOPIC))
    most = int(settings.outliers * len(points))
    weakest = np.argsort(own, kind="stable")[:most]
    out = np.zeros(len(points), dtype=bool)
    out[weakest] = own[weakest] < least
    sizes = np.bincount(held.labels[~out], minlength=len(held.centres))
    out &= sizes[held.labels] >= min(smallest, 2)
    return replace(held, labels=np.where(out, -1, held.labels), fits=own, least_fit=least)


def _numbered(held: Grouping) -> Grouping:
    """Number groups by size, largest first, ties by their first text; drop empty ones."""
    sizes = np.bincount(held.labels[held.labels >= 0], minlength=len(held.centres))
    first = [int(np.argmax(held.labels == group)) for group in range(len(held.centres))]
    order = [g for g in sorted(range(len(sizes)), key=lambda g: (-sizes[g], first[g])) if sizes[g]]
    place = np.full(len(sizes) + 1, -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    return replace(
        held,
        labels=place[held.labels],
        centres=held.centres[order],
        themes=tuple(held.themes[group] for group in order),
    )


def _sums(points: Matrix, labels: Labels, groups: int) -> Matrix:
    """Add up the rows of each group: array (groups, m)."""
    from scipy.sparse import csr_array

    members = csr_array((np.ones(len(labels)), (labels, np.arange(len(labels)))), shape=(groups, len(labels)))
    return np.asarray(members @ points)


def _unit(rows: NDArray[np.floating]) -> Matrix:
    """Bring rows to unit length; rows of zeros stay as they are."""
    rows = np.asarray(rows, dtype=np.float64)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 1e-9, lengths, 1.0)
