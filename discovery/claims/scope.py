"""Which answers are about hiring and developing people at all: small talk and other subjects hold no claims.

One answer says too little, so the talk around it is judged: the mean of what is said near it is held
against the direction that leads from other talk to talk that holds claims. The vectors are those from
which claims are read, so that nothing is read twice; what varies from sentence to sentence of hiring
talk anyway is made small before, else it drowns what sets other talk apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.claims.context import Setting

Vectors = NDArray[np.float32]
Place = tuple[str, int]
"""Transcript and turn number."""

_AROUND = 600
"""Words of the employer before a turn, and after it, that are heard with it."""

_LONGEST = 80
"""Words of a turn that count: one long answer must not speak for all around it."""

_LEAST_HEARD = 480
"""Words around a turn that a judgement needs."""

_LOST = 0.001
"""Share of the turns with claims that may fall outside, in interviews that have not been learned from."""

_LEFT = 0.05
"""Share of the turns of other talk that may fall inside, where the bound can be chosen at all."""

_RIDGE = 0.1
"""Share of the mean variance that every direction is given, so that rare ones are not blown up."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What tells hiring talk from other talk.

    Args:
        whitening: (m, m) what makes the sentences of hiring talk vary alike in every direction.
        direction: (m,) from other talk to hiring talk, whitened.
        least: Least cosine of the talk around a turn.
    """

    whitening: Vectors
    direction: Vectors
    least: float

    def outside(self, settings: Sequence[Setting], vectors: Vectors) -> frozenset[Place]:
        """Find the answers that are part of talk about something else.

        Args:
            settings: Units of the employer, in the order of speech.
            vectors: (n, 2 m) what the adapted encoder makes of them.

        Returns:
            Transcript and number of each turn outside. Where there is too little talk to judge, none is.
        """
        found: set[Place] = set()
        for talk in _talks(settings, vectors):
            likeness, judged = talk.likeness(talk.sums @ self.whitening, self.direction)
            found |= {(talk.source, int(n)) for n in talk.numbers[judged & (likeness < self.least)]}
        return frozenset(found)


def learn_scope(settings: Sequence[Setting], vectors: Vectors, claimed: NDArray[Any]) -> Scope:
    """Learn what tells hiring talk from other talk.

    The bound is taken from talks that the direction has not been learned from, one by one: at most a
    few turns with claims may fall below it, and where other talk lies lower still, half the gap is left.

    Args:
        settings: Units of the employers in annotated interviews, two interviews at least, and of talk
            about something else, which holds no claim at all; of the latter there may be none.
        vectors: (n, 2 m) what the adapted encoder makes of them.
        claimed: (n,) whether a unit holds a claim. With too little talk around every claim, nothing is bound.
    """
    marked = {_place(setting) for setting, one in zip(settings, claimed, strict=True) if one}
    hiring = {source for source, _ in marked}
    inside = np.array([setting.unit.span.source in hiring for setting in settings])
    whitening = _whitening(_own(vectors)[inside])
    talks = [(talk, talk.sums @ whitening) for talk in _talks(settings, vectors)]
    wholes = _directions(np.stack([sums.sum(axis=0) for _, sums in talks]))
    about = np.array([talk.source in hiring for talk, _ in talks])
    likeness: dict[bool, list[float]] = {True: [], False: []}
    for (talk, sums), direction, own in zip(talks, _apart(wholes, about), about, strict=True):
        cosines, judged = talk.likeness(sums, direction)
        counts = [not own or (talk.source, int(number)) in marked for number in talk.numbers]
        likeness[bool(own)] += cosines[judged & counts].tolist()
    return Scope(whitening, _direction(wholes, about), _bound(likeness[True], likeness[False]))


def _bound(hiring: Sequence[float], other: Sequence[float]) -> float:
    """The least likeness, rounded down; -1 where nothing is known."""
    if not hiring:
        return -1.0
    least = float(np.quantile(hiring, _LOST))
    most = float(np.quantile(other, 1 - _LEFT)) if other else least
    return math.floor((least + min(least, most)) / 2 * 1e4) / 1e4


def _direction(wholes: Vectors, about: NDArray[np.bool_]) -> Vectors:
    """The direction from other talk, where there is any, to hiring talk."""
    other = wholes[~about].mean(axis=0) if not about.all() else 0
    return _directions(wholes[about].mean(axis=0) - other)


def _apart(wholes: Vectors, about: NDArray[np.bool_]) -> list[Vectors]:
    """For each of k talks the direction that the others show."""
    rows = np.arange(len(wholes))
    return [_direction(wholes[rows != row], about[rows != row]) for row in rows]


@dataclass(frozen=True, slots=True)
class _Talk:
    """What the employer says in one transcript, turn by turn.

    Args:
        source: The transcript.
        numbers: (t,) number of each turn, rising.
        sums: (t, m) sum of the vectors of its units, each counted by its words.
        words: (t,) words of each turn that count.
    """

    source: str
    numbers: NDArray[np.int64]
    sums: Vectors
    words: NDArray[np.int64]

    def likeness(self, sums: Vectors, direction: Vectors) -> tuple[Vectors, NDArray[np.bool_]]:
        """Hold the talk before, around and after each turn against a direction; the likeliest counts.

        So the first words of an interview are not lost to the small talk before them.

        Args:
            sums: (t, m) what is said in each turn, whitened.
            direction: (m,) from other talk to hiring talk.

        Returns:
            (t,) cosines, and whether enough is said there to judge by them.
        """
        ends = np.cumsum(self.words)
        middle, turn = ends - self.words / 2, np.arange(len(ends))
        first = np.searchsorted(middle, middle - _AROUND)
        last = np.searchsorted(middle, middle + _AROUND, side="right")
        running = np.vstack([np.zeros((1, sums.shape[1])), np.cumsum(sums, axis=0, dtype=np.float64)])
        spoken = np.concatenate([[0], ends])
        best = np.full(len(ends), -1.0, dtype=np.float32)
        judged = np.zeros(len(ends), dtype=bool)
        for start, end in ((first, turn + 1), (first, last), (turn, last)):
            enough = spoken[end] - spoken[start] >= _LEAST_HEARD
            cosines = _directions(running[end] - running[start]) @ direction
            best = np.where(enough, np.maximum(best, cosines), best)
            judged |= enough
        return best, judged


def _talks(settings: Sequence[Setting], vectors: Vectors) -> Iterator[_Talk]:
    units, own = [setting.unit for setting in settings], _own(vectors)
    sizes = np.array([len(unit.span.quote.split()) for unit in units], dtype=np.int64)
    sources = np.array([unit.span.source for unit in units])
    turns = np.array([unit.span.turn for unit in units], dtype=np.int64)
    for source in dict.fromkeys(sources.tolist()):
        rows = np.flatnonzero(sources == source)
        numbers, place = np.unique(turns[rows], return_inverse=True)
        words = np.maximum(np.bincount(place, weights=sizes[rows]).astype(np.int64), 1)
        counted = np.minimum(words, _LONGEST)
        sums = np.zeros((len(numbers), own.shape[1]), dtype=np.float32)
        np.add.at(sums, place, own[rows] * sizes[rows, None])
        yield _Talk(source, numbers, sums * (counted / words)[:, None].astype(np.float32), counted)


def _place(setting: Setting) -> Place:
    return setting.unit.span.source, setting.unit.span.turn


def _own(vectors: Vectors) -> Vectors:
    """The half of each vector that is the unit's own; the other is its passage's."""
    return vectors[:, : vectors.shape[1] // 2]


def _whitening(rows: Vectors) -> Vectors:
    """Find the (m, m) matrix after which n rows vary alike in every direction, rounded as it is stored."""
    spread = np.cov(rows, rowvar=False).astype(np.float64)
    spread += _RIDGE * np.trace(spread) / len(spread) * np.eye(len(spread))
    sizes, axes = np.linalg.eigh(spread)
    return np.asarray((axes / np.sqrt(sizes)) @ axes.T, dtype=np.float16).astype(np.float32)


def _directions(sums: NDArray[Any]) -> Vectors:
    """Bring sums of vectors to unit length; nothing said stays zero."""
    lengths = np.maximum(np.linalg.norm(sums, axis=-1, keepdims=True), 1e-9)
    return np.asarray(sums / lengths, dtype=np.float32)
