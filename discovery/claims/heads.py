"""What is asked of every unit: is it a claim, with which stance, on which facet, held back by which guard."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from discovery.language.lessons import Task
from discovery.records import Facet, Guard, Stance

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

STANCES: tuple[Stance, ...] = tuple(Stance)
FACETS: tuple[Facet, ...] = tuple(Facet)
GUARDS: tuple[Guard, ...] = tuple(guard for guard in Guard if guard is not Guard.OTHER_ROLE)
"""Guards that are learnt. Words on another role are claims all the same; a rule marks them."""

UNKNOWN = -1
_TINY = np.float32(1e-6)
_LABEL_WEIGHT, _GUARD_WEIGHT = 0.7, 0.3
_ENDS = np.cumsum([1, len(STANCES), len(FACETS), 1 + len(GUARDS)])


@dataclass(frozen=True, slots=True)
class Targets:
    """What a coder marked, one entry a unit.

    Args:
        claimed: (n,) 1 where the unit holds a claim, else 0.
        stance: (n,) index into :data:`STANCES`, -1 where there is no claim.
        facet: (n,) index into :data:`FACETS`, -1 where there is no claim.
        guard: (n,) 0 where there is no guard, else one more than the index into :data:`GUARDS`; -1
            where nobody has looked for guards.
    """

    claimed: Ints
    stance: Ints
    facet: Ints
    guard: Ints

    def at(self, rows: Ints) -> Targets:
        """The same for some rows only."""
        return Targets(*(getattr(self, part.name)[rows] for part in fields(self)))

    def tasks(self) -> tuple[Task, ...]:
        """Name what is to be learnt, in the order of the outputs that :func:`scores_of` reads."""
        return (
            Task("claim", 1, self.claimed),
            Task("stance", len(STANCES), self.stance, _LABEL_WEIGHT),
            Task("facet", len(FACETS), self.facet, _LABEL_WEIGHT),
            Task("guard", 1 + len(GUARDS), self.guard, _GUARD_WEIGHT),
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of n units.

    Args:
        margin: (n,) log-odds that the unit is a claim, not yet calibrated.
        stance: (n, 7) probability of each stance, given that it is one.
        facet: (n, 12) probability of each facet, given that it is one.
    """

    margin: Floats
    stance: Floats
    facet: Floats

    def at(self, rows: Ints) -> Scores:
        """The same for some rows only."""
        return Scores(self.margin[rows], self.stance[rows], self.facet[rows])


def scores_of(outputs: Floats) -> tuple[Scores, Floats]:
    """Read (n, 27) raw outputs: what they say of claims, and (n, 7) chances of no guard and of each."""
    claim, stance, facet, guard = np.split(outputs, _ENDS[:-1], axis=1)
    return Scores(claim[:, 0], softmax(stance), softmax(facet)), softmax(guard)


def blend(one: Scores, other: Scores, share: float = 0.5) -> Scores:
    """Let two models decide together: mean log-odds, geometric mean of the chances.

    Args:
        one: The first model's scores.
        other: The second's.
        share: How much the second counts, 0 to 1.
    """

    def both(left: Floats, right: Floats) -> Floats:
        return softmax((1 - share) * np.log(left + _TINY) + share * np.log(right + _TINY))

    return Scores(
        np.asarray((1 - share) * one.margin + share * other.margin, dtype=np.float32),
        both(one.stance, other.stance),
        both(one.facet, other.facet),
    )


def softmax(rows: Floats) -> Floats:
    """Turn each row into probabilities that add up to 1."""
    shifted = np.exp(rows - rows.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
