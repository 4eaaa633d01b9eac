"""Fixtures shared by all tests: an encoder without weights, and the folders of the checkout."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from discovery.language.adapting import Adaptation, fit_heads
from discovery.language.answers import Answer
from discovery.language.deltas import Delta
from discovery.language.lessons import Lesson

ROOT = Path(__file__).resolve().parents[1]


class HashEncoder:
    """Bag-of-words vectors by hashing: shared words make texts similar, no weights needed."""

    name = "hash/1"
    dimensions = 64

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"[a-z]+", text.lower()):
                digest = hashlib.sha256(word.encode()).digest()
                row[digest[0] % self.dimensions] += 1 if digest[1] % 2 else -1
            row /= np.linalg.norm(row) or 1.0
        return rows

    def encode_answers(self, answers: Sequence[Answer], delta: Delta) -> list[NDArray[np.float32]]:
        """The vector of the unit beside that of the question."""
        found = []
        for answer in answers:
            own = self.encode(answer.units)
            found.append(np.hstack([own, np.repeat(self.encode([answer.question]), len(own), axis=0)]))
        return found

    def adapt(self, lessons: Sequence[Lesson], seed: int) -> list[Adaptation]:
        """Nothing is added to these vectors; the heads alone learn."""
        nothing = Delta({})
        learnt = []
        for lesson in lessons:
            vectors = np.vstack(self.encode_answers(lesson.answers, nothing)) * 10
            weights, bias = fit_heads(vectors, lesson.tasks, seed=seed)
            learnt.append(Adaptation(nothing, weights * 10, bias))
        return learnt


@pytest.fixture(scope="session")
def encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def gold_folder() -> Path:
    return ROOT / "tests" / "gold"


@pytest.fixture(scope="session")
def training_folder() -> Path:
    return ROOT / "training" / "interviews"
