"""What the encoder is given to learn from: answers, and labels of their units for several tasks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.language.answers import Answer

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to learn about units.

    Args:
        name: What it is called.
        classes: Number of classes; 1 for a plain yes or no.
        labels: (n,) class of each unit, -1 where it does not count.
        weight: How much it counts beside the other tasks.
    """

    name: str
    classes: int
    labels: Ints
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one training learns from.

    Args:
        answers: What was asked and answered; n units in all.
        tasks: What to learn about each unit.
    """

    answers: tuple[Answer, ...]
    tasks: tuple[Task, ...]
