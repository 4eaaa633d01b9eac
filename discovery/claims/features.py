"""What the heads look at: vectors of a unit and its setting, and cues in its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from discovery.claims.context import Setting
from discovery.claims.cues import cue_vector
from discovery.language import Encoder
from discovery.language.encoder import Vectors

FEATURES = "unit+question+neighbours+cues/1"
"""Name and version of the columns, kept in the manifest: other columns need other weights."""

_QUESTION, _BEFORE, _BEFORE_THAT, _AFTER = 0.35, 0.5, 0.3, 0.3


def feature_matrix(settings: Sequence[Setting], encoder: Encoder) -> Vectors:
    """Turn n settings into an (n, 5m + c) matrix: m values a vector, c cues.

    Units and questions are encoded once each, without duplicates and sorted by length, so
    that the work is little more than the bare encoding of the units.

    Args:
        settings: Units in their settings; ``before`` and ``after`` are positions in this list.
        encoder: Gives the vectors.
    """
    texts = [setting.unit.span.quote for setting in settings]
    questions = [setting.question for setting in settings]
    known = _encode_once([*texts, *questions], encoder)
    empty = np.zeros(encoder.dimensions, dtype=np.float32)
    own = _stack([known[text] for text in texts], encoder.dimensions)
    asked = _stack([known.get(question, empty) for question in questions], encoder.dimensions)
    nearest = [setting.before[0] if setting.before else None for setting in settings]
    further = [setting.before[1] if len(setting.before) > 1 else None for setting in settings]
    after = [setting.after for setting in settings]
    cues = np.array([cue_vector(setting) for setting in settings], dtype=np.float32)
    blocks = (
        own,
        asked * np.float32(_QUESTION),
        _pick(own, nearest) * np.float32(_BEFORE),
        _pick(own, further) * np.float32(_BEFORE_THAT),
        _pick(own, after) * np.float32(_AFTER),
    )
    scale = np.float32(np.sqrt(encoder.dimensions))
    return np.hstack([*(block * scale for block in blocks), cues.reshape(len(settings), -1)])


def _encode_once(texts: Iterable[str], encoder: Encoder) -> dict[str, NDArray[np.float32]]:
    distinct = sorted({text for text in texts if text}, key=lambda text: (len(text), text))
    return dict(zip(distinct, encoder.encode(distinct), strict=True))


def _stack(rows: Sequence[NDArray[np.float32]], dimensions: int) -> Vectors:
    return np.stack(rows) if rows else np.zeros((0, dimensions), dtype=np.float32)


def _pick(vectors: Vectors, positions: Sequence[int | None]) -> Vectors:
    """Rows by position, zeros where there is none."""
    picked = np.zeros((len(positions), vectors.shape[1]), dtype=np.float32)
    for row, position in zip(picked, positions, strict=True):
        if position is not None:
            row[:] = vectors[position]
    return picked
