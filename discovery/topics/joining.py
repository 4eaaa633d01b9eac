"""New interviews and old topics: join them without renumbering, or renumber a new run to match."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from discovery.errors import ModelError
from discovery.records import Notice, NoticeKind
from discovery.topics.result import COLUMNS, TopicResult

_SAME = 0.5
"""Least share of an old topic's texts that a new topic must hold to take over its number."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Later texts put to topics that were there before.

    Args:
        assignments: One topic number a text, -1 where it fits none.
        fits: Cosine of each text to the centre of its nearest topic.
        outlier_share: Share of the new texts that fit no topic, 0 to 1.
        advice: Whether the old topics still serve, in plain words.
        notices: What was left without a topic, with counts.
    """

    assignments: tuple[int, ...]
    fits: tuple[float, ...]
    outlier_share: float
    advice: str
    notices: tuple[Notice, ...]


def assign_to_topics(previous: TopicResult, vectors: NDArray[np.float32]) -> Joined:
    """Put new texts to the topics of an earlier fit; nothing old is renumbered or moved.

    Args:
        previous: The earlier fit, as drawn. After people's decisions, assign first and apply
            the decisions to the texts of both.
        vectors: Array (n, m), one row a new text, from the same encoder.

    Returns:
        A topic for each new text, and whether it is time to draw the topics anew.

    Raises:
        ModelError: The vectors have another length than those of the earlier fit.
    """
    rows = np.asarray(vectors, dtype=np.float64)
    if not len(previous.centres) or not len(rows):
        return _joined([-1] * len(rows), [0.0] * len(rows), previous)
    if rows.ndim != 2 or rows.shape[1] != len(previous.mean):
        given = rows.shape[1] if rows.ndim == 2 else 0
        raise ModelError("model.dimensions", given=given, expected=len(previous.mean))
    points = rows - previous.mean
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    similarity = (points / np.where(lengths > 1e-9, lengths, 1.0)) @ previous.centres.T
    unused = np.setdiff1d(np.arange(len(previous.centres)), previous.topics["topic"].to_numpy(dtype=int))
    similarity[:, unused] = -np.inf
    nearest, fits = similarity.argmax(axis=1), similarity.max(axis=1)
    assignments = np.where(fits < previous.least_fit, -1, nearest)
    return _joined(assignments.tolist(), fits.tolist(), previous)


def keep_numbers(result: TopicResult, previous: TopicResult) -> TopicResult:
    """Give the topics of a new run the numbers they had before, as far as they are the same.

    Args:
        result: Topics drawn anew, on old and new texts.
        previous: Topics as they were.

    Returns:
        The new topics under their old numbers; topics not seen before follow after the highest
        number ever used.
    """
    counts = _shared_texts(result, previous)
    sizes = {topic: list(previous.assignments).count(topic) for topic in set(previous.assignments)}
    numbers: dict[int, int] = {}
    for (new, old), shared in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if new not in numbers and old not in numbers.values() and shared >= _SAME * sizes[old]:
            numbers[new] = old
    unused = max([-1, *previous.topics["topic"].tolist()]) + 1
    for new in result.topics["topic"].tolist():
        if new not in numbers:
            numbers[new], unused = unused, unused + 1
    return _renumbered(result, numbers)


def _renumbered(result: TopicResult, numbers: dict[int, int]) -> TopicResult:
    """Write topics under other numbers; centres stay in the order of the fit only if numbers do."""
    order = sorted(numbers, key=lambda new: numbers[new])
    table = result.topics.set_index("topic").loc[order].reset_index()
    table["topic"] = [numbers[new] for new in order]
    centres = np.full((max(numbers.values(), default=-1) + 1, result.centres.shape[1]), 0.0)
    for new, number in numbers.items():
        centres[number] = result.centres[new]
    return replace(
        result,
        assignments=tuple(numbers.get(topic, -1) for topic in result.assignments),
        topics=table[list(COLUMNS)],
        centres=centres,
    )


def _shared_texts(result: TopicResult, previous: TopicResult) -> dict[tuple[int, int], int]:
    """Count the texts that each new topic shares with each old one, by content."""
    old = {key: topic for key, topic in zip(previous.keys, previous.assignments, strict=True) if topic >= 0}
    counts: dict[tuple[int, int], int] = {}
    for key, new in zip(result.keys, result.assignments, strict=True):
        if new >= 0 and key in old:
            counts[new, old[key]] = counts.get((new, old[key]), 0) + 1
    return counts


def _joined(assignments: list[int], fits: list[float], previous: TopicResult) -> Joined:
    out = sum(topic < 0 for topic in assignments)
    share = out / len(assignments) if assignments else 0.0
    if not len(previous.centres):
        advice = "there are no earlier topics to join: draw topics from all texts"
    elif out >= 5 and share > 2 * previous.outlier_share + 0.05:
        advice = (
            f"{share:.0%} of the new texts fit no topic, against {previous.outlier_share:.0%} before: "
            "draw topics anew from all texts"
        )
    else:
        advice = "the earlier topics still serve"
    notices = (Notice("topics", NoticeKind.DROPPED, "new texts that fit no topic", count=out),) if out else ()
    return Joined(tuple(assignments), tuple(fits), share, advice, notices)
