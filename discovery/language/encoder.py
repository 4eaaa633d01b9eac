"""Text to vectors: MiniLM from the installed package, offline, checked, cached by content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from discovery.language.adapting import Adaptation, adapt_each
from discovery.language.answers import Answer, Vectors, encode_answers
from discovery.language.deltas import Delta
from discovery.language.lessons import Lesson
from discovery.language.weights import checked_model_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


_BATCH = 16
"""Texts read at once. Texts of unlike length are filled up to the longest, which in larger batches costs more
than it saves: with 64, the turns of an interview take twice the time."""


class Encoder(Protocol):
    """Anything that turns texts into vectors of one fixed length."""

    @property
    def name(self) -> str:
        """Name and version, stored with every result."""

    @property
    def dimensions(self) -> int:
        """Length m of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Turn n texts into an (n, m) array of unit-length rows."""


class AnswerEncoder(Encoder, Protocol):
    """An encoder that can also read whole answers, and learn to read them better."""

    def encode_answers(self, answers: Sequence[Answer], delta: Delta) -> list[Vectors]:
        """Give every unit of every answer a vector that knows its setting: one array an answer."""

    def adapt(self, lessons: Sequence[Lesson], seed: int) -> list[Adaptation]:
        """Learn from each lesson by itself what to add to the encoder, and heads that read its vectors."""


class VectorCache(Protocol):
    """Where vectors are kept between runs, by content key."""

    def get_vectors(self, keys: Sequence[str]) -> Mapping[str, Vectors]:
        """Return the vectors already known, by key; unknown keys are absent."""

    def put_vectors(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep vectors by key."""


class MiniLM:
    """all-MiniLM-L6-v2, loaded from the installed package on first use, never from a hub.

    Source: Wang et al. 2020, "MiniLM"; Reimers & Gurevych 2019, "Sentence-BERT".
    """

    name = "all-MiniLM-L6-v2/53aa5117"
    dimensions = 384

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Turn n texts into an (n, 384) array of unit-length rows; the same text gives the same row.

        Args:
            texts: Texts of any length; words past the 256th token are not seen.

        Raises:
            ModelError: The weights are missing or are not the published ones.
        """
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = _load().encode(
            list(texts),
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    def encode_answers(self, answers: Sequence[Answer], delta: Delta) -> list[Vectors]:
        """Give every unit of every answer a vector of 768 that knows its setting.

        Raises:
            ModelError: The weights are missing or are not the published ones.
        """
        return encode_answers(answers, delta)

    def adapt(self, lessons: Sequence[Lesson], seed: int) -> list[Adaptation]:
        """Learn from each lesson by itself what to add to the encoder, and heads that read its vectors.

        Raises:
            ModelError: The weights are missing or are not the published ones.
        """
        return adapt_each(lessons, seed)


def cached(encoder: AnswerEncoder, store: VectorCache) -> AnswerEncoder:
    """Wrap an encoder so that what was already read is looked up instead of read again."""
    return _CachedEncoder(encoder, store)


class _CachedEncoder:
    """An encoder that asks its cache first and encodes each new text once."""

    def __init__(self, encoder: AnswerEncoder, store: VectorCache) -> None:
        self._encoder = encoder
        self._store = store

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        keys = [_key(self.name, text) for text in texts]
        known = dict(self._store.get_vectors(_unique(keys)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            fresh = dict(zip(missing, self._encoder.encode(list(missing.values())), strict=True))
            self._store.put_vectors(fresh)
            known.update(fresh)
        if not keys:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([known[key] for key in keys])

    def encode_answers(self, answers: Sequence[Answer], delta: Delta) -> list[Vectors]:
        keys = [_answer_keys(f"{self.name}+{delta.name}", answer) for answer in answers]
        known = dict(self._store.get_vectors(_unique(key for own in keys for key in own)))
        missing = {
            tuple(own): answer
            for own, answer in zip(keys, answers, strict=True)
            if any(key not in known for key in own)
        }
        found = self._encoder.encode_answers(list(missing.values()), delta) if missing else []
        fresh = {
            key: row
            for own, rows in zip(missing, found, strict=True)
            for key, row in zip(own, rows, strict=True)
        }
        self._store.put_vectors(fresh)
        known.update(fresh)
        return [np.stack([known[key] for key in own]) for own in keys]

    def adapt(self, lessons: Sequence[Lesson], seed: int) -> list[Adaptation]:
        return self._encoder.adapt(lessons, seed)


def _key(encoder: str, text: str) -> str:
    return hashlib.sha256(f"{encoder}\x1f{text}".encode()).hexdigest()


def _answer_keys(encoder: str, answer: Answer) -> list[str]:
    """One key a unit; the same unit in another setting has another."""
    setting = "\x1e".join((answer.question, *answer.units))
    return [_key(encoder, f"{number}\x1f{setting}") for number in range(len(answer.units))]


def _unique(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))


@cache
def _load() -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as loading

    loading.disable_progress_bar()  # type: ignore[no-untyped-call]  # the run shows its own progress
    try:
        return SentenceTransformer(str(checked_model_folder()), device="cpu", local_files_only=True)
    finally:
        loading.enable_progress_bar()  # type: ignore[no-untyped-call]
