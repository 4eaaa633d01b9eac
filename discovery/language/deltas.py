"""What training has added to the weights of the encoder, kept in four bits a weight."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_LEVELS, _SCALES, _WHOLE = ".levels", ".scales", ".whole"
_MOST = 7
"""Four bits hold the levels -7 to 7."""

_REACHES = (0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
"""Shares of a row's largest change that its highest level may stand for; the best one is taken."""


@dataclass(frozen=True, eq=False)
class Delta:
    """What is added to the layers of the encoder, as it is stored.

    Args:
        tensors: For a matrix two entries under its name in the layers: ``NAME.levels``, (rows, columns / 2)
            bytes of two levels each, and ``NAME.scales``, (rows,) what one level is worth. For a
            vector one, ``NAME.whole``. Empty where nothing was learnt.

    Source: Liu et al. 2024, "BitDelta: Your Fine-Tune May Only Be Worth One Bit".
    """

    tensors: Mapping[str, NDArray[Any]]

    @cached_property
    def name(self) -> str:
        """A short name made from the content."""
        digest = hashlib.sha256()
        for key in sorted(self.tensors):
            digest.update(key.encode() + np.ascontiguousarray(self.tensors[key]).tobytes())
        return digest.hexdigest()[:8]

    def changes(self) -> Iterator[tuple[str, Matrix]]:
        """Yield the name of each weight in the layers, and what is added to it."""
        for key in sorted(self.tensors):
            if key.endswith(_WHOLE):
                yield key.removesuffix(_WHOLE), self.tensors[key].astype(np.float32)
            elif key.endswith(_LEVELS):
                name = key.removesuffix(_LEVELS)
                yield name, widen(self.tensors[key], self.tensors[name + _SCALES])


def delta_of(changes: Mapping[str, Matrix]) -> Delta:
    """Round changes to what is stored.

    Args:
        changes: What is added to each weight, by its name; matrices with an even number of columns.
    """
    tensors: dict[str, NDArray[Any]] = {}
    for name, change in changes.items():
        if change.ndim == 2:
            tensors[name + _LEVELS], tensors[name + _SCALES] = narrow(change)
        else:
            tensors[name + _WHOLE] = change.astype(np.float16)
    return Delta(tensors)


def narrow(matrix: Matrix) -> tuple[Bytes, NDArray[np.float16]]:
    """Round every row of a matrix to fifteen evenly spaced levels, two to a byte.

    Args:
        matrix: (r, c) numbers, c even.

    Returns:
        (r, c / 2) bytes and (r,) the worth of one level of each row.
    """
    largest = np.abs(matrix).max(axis=1)
    best = np.full(len(matrix), np.inf)
    levels, scales = np.zeros(matrix.shape, dtype=np.int8), np.zeros(len(matrix), dtype=np.float16)
    for reach in _REACHES:
        worth = (largest * reach / _MOST).astype(np.float16)
        tried = _levels(matrix, worth)
        lost = ((tried * worth.astype(np.float32)[:, None] - matrix) ** 2).sum(axis=1)
        better = lost < best
        best[better], scales[better], levels[better] = lost[better], worth[better], tried[better]
    shifted = (levels + _MOST).astype(np.uint8)
    packed: Bytes = shifted[:, ::2] | np.left_shift(shifted[:, 1::2], 4, dtype=np.uint8)
    return packed, scales


def widen(levels: Bytes, scales: NDArray[np.float16]) -> Matrix:
    """Undo :func:`narrow`.

    >>> widen(*narrow(np.array([[7, -7, 0, 1.0]], dtype=np.float32))).tolist()
    [[7.0, -7.0, 0.0, 1.0]]
    """
    both = np.stack([levels & 15, levels >> 4], axis=2).reshape(len(levels), -1)
    return (both.astype(np.float32) - _MOST) * scales.astype(np.float32)[:, None]


def _levels(matrix: Matrix, worth: NDArray[np.float16]) -> NDArray[np.int8]:
    step = np.maximum(worth.astype(np.float32), np.finfo(np.float32).tiny)[:, None]
    return np.clip(np.rint(matrix / step), -_MOST, _MOST).astype(np.int8)
