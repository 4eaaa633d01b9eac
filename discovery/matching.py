"""Which bank question an interviewer's words ask: learned from wordings that people have labelled.

A bank question is written; an interviewer says "so who's it you're after". For each bank
question that labelled wordings ask, two figures count: how close its own text is in meaning, and
what a kernel ridge regression over the wordings (meaning and word pairs) says. For any other,
such as a team's own, only the likeness of its text counts. Logistic models turn the figures into
the probability that a careful reader would call both the same question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from discovery.language.encoder import Encoder
from discovery.language.words import words
from discovery.records import Question

WEIGHTS = Path(__file__).with_name("matching.json")
"""Coefficients and threshold, written by ``python -m benchmarks.matching --learn``."""

WORDINGS = Path(__file__).with_name("wordings.json")
"""Asked questions with the bank questions they stand for, written by the same command."""

Scores = NDArray[np.float64]

_RIDGE = 1.0
_VECTOR_WEIGHT = 0.7
_FILLERS = re.compile(r"\b(?:um+|uh+|er|erm|like|you know|sort of|i guess|i mean)\b[, ]*", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"^(?:(?:so|and|but|okay|ok|right|mm|hm+|well|now|yeah|then|also|great|sure|fair enough|i see|ah|oh|just)"
    r"\b[\s,.]*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as somebody asked it, and the ids of the bank questions it asks (empty: none)."""

    asked: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """Coefficients, and the least probability that counts as a match.

    Args:
        intercept: Log-odds where all figures are 0, for questions with labelled wordings.
        own: Weight of the closeness of the question's own text.
        learned: Weight of what the regression over the wordings says.
        new_intercept: Likewise for questions that no labelled wording asks.
        new_likeness: Weight of the likeness of such a question's text.
        threshold: Least probability of a match.
    """

    intercept: float
    own: float
    learned: float
    new_intercept: float
    new_likeness: float
    threshold: float


@cache
def load_weights() -> Weights:
    """Load the coefficients that come with the package."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Weights(**{name: float(data[name]) for name in Weights.__slots__})


@cache
def load_wordings() -> tuple[Wording, ...]:
    """Load the labelled wordings that come with the package."""
    data = json.loads(WORDINGS.read_text(encoding="utf-8"))
    return tuple(Wording(asked, tuple(questions)) for asked, questions in data["wordings"])


class Matcher:
    """Compares asked questions with one bank.

    Args:
        questions: The bank, m questions.
        encoder: Compares meaning.
        wordings: Labelled wordings; those of questions that are not in the bank count as off guide.
    """

    def __init__(self, questions: Sequence[Question], encoder: Encoder, wordings: Sequence[Wording]) -> None:
        texts = [spoken_core(question.text) for question in questions]
        known = texts + [spoken_core(wording.asked) for wording in wordings]
        vectors = encoder.encode(known).astype(np.float64)
        # Questions all lie in one corner of the space; without their mean only the differences count.
        self._bank_mean = vectors[: len(texts)].mean(axis=0)
        self._asked_mean = vectors[len(texts) :].mean(axis=0) if wordings else self._bank_mean
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._pairs = TfidfVectorizer(
            tokenizer=words, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True
        )
        self._known_pairs = self._pairs.fit_transform(known)
        self._known = np.vstack(
            [
                _centred(vectors[: len(texts)], self._bank_mean),
                _centred(vectors[len(texts) :], self._asked_mean),
            ]
        )
        self._bank = self._known[: len(texts)]
        self._texts, self._vectors = [_compared(text) for text in texts], vectors[: len(texts)]
        labelled = {key for wording in wordings for key in wording.questions}
        self.is_new = np.array([question.id not in labelled for question in questions])
        gram = self._known @ self._known.T + (self._known_pairs @ self._known_pairs.T).toarray()
        self._dual = np.linalg.solve(gram + _RIDGE * np.eye(len(known)), _targets(questions, wordings))

    def compare(self, asked: Sequence[str], encoder: Encoder) -> Scores:
        """Compare n asked questions with the bank.

        Args:
            asked: The asking words.
            encoder: The encoder the matcher was made with, or another of the same name.

        Returns:
            An (n, m, 3) array: closeness to the bank question's own text (-1 to 1), what the
            regression over the wordings says (about 0 to 1), and likeness of vectors and words (0 to 1).
        """
        cores = [spoken_core(text) for text in asked]
        plain = encoder.encode(cores).astype(np.float64)
        vectors = _centred(plain, self._asked_mean)
        kernel = vectors @ self._known.T + (self._pairs.transform(cores) @ self._known_pairs.T).toarray()
        alike = process.cdist([_compared(core) for core in cores], self._texts, scorer=fuzz.token_sort_ratio)
        likeness = (
            _VECTOR_WEIGHT * np.clip(plain @ self._vectors.T, 0, 1) + (1 - _VECTOR_WEIGHT) * alike / 100
        )
        return np.stack([vectors @ self._bank.T, kernel @ self._dual, likeness], axis=-1)

    def probabilities(self, asked: Sequence[str], encoder: Encoder, weights: Weights) -> Scores:
        """Give the (n, m) probabilities, 0 to 1, that each asks the same as each bank question."""
        return probabilities(self.compare(asked, encoder), self.is_new, weights)


def probabilities(figures: Scores, is_new: NDArray[np.bool_], weights: Weights) -> Scores:
    """Turn the (n, m, 3) figures of :meth:`Matcher.compare` into (n, m) probabilities.

    Args:
        figures: The figures.
        is_new: Which of the m questions no labelled wording asks.
        weights: The coefficients.
    """
    known = weights.intercept + weights.own * figures[..., 0] + weights.learned * figures[..., 1]
    new = weights.new_intercept + weights.new_likeness * figures[..., 2]
    return np.asarray(1 / (1 + np.exp(-np.where(is_new, new, known))), dtype=np.float64)


_PREPARED: dict[tuple[str, tuple[Question, ...]], Matcher] = {}


def matcher_for(questions: Sequence[Question], encoder: Encoder) -> Matcher:
    """Prepare a bank once for all interviews of a run."""
    key = (encoder.name, tuple(questions))
    if key not in _PREPARED:
        _PREPARED.clear()
        _PREPARED[key] = Matcher(questions, encoder, load_wordings())
    return _PREPARED[key]


def spoken_core(text: str) -> str:
    """Take away what speakers say before they ask.

    >>> spoken_core("Okay, so, um, where do you look?")
    'where do you look?'
    """
    core = _FILLERS.sub("", text).strip()
    return _LEAD_IN.sub("", core).strip() or text


def _targets(questions: Sequence[Question], wordings: Sequence[Wording]) -> Scores:
    """One row a known wording, the bank's own first; 1 where it asks the column's question."""
    places = {question.id: place for place, question in enumerate(questions)}
    targets = np.zeros((len(questions) + len(wordings), len(questions)))
    targets[: len(questions)] = np.eye(len(questions))
    for row, wording in enumerate(wordings, start=len(questions)):
        for key in wording.questions:
            if key in places:
                targets[row, places[key]] = 1.0
    return targets


def _compared(text: str) -> str:
    return " ".join(words(text))


def _centred(vectors: Scores, mean: Scores) -> Scores:
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float64)
