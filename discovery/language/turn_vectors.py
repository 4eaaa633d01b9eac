"""Vectors of whole turns, made from those of their units, so that nothing is read twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from discovery.language.encoder import Encoder
from discovery.records import Turn, Unit

Vectors = NDArray[np.float32]


def turn_directions(turns: Sequence[Turn], units: Sequence[Unit], vectors: Vectors) -> Vectors:
    """Give each of n turns the mean direction of its units, longer ones counting more.

    Args:
        turns: Turns of one or several transcripts, each with its own source and number.
        units: What they were split into.
        vectors: (u, m) a row a unit.

    Returns:
        (n, m) rows of unit length; zero where nothing is said.
    """
    place = {(turn.source, turn.number): row for row, turn in enumerate(turns)}
    sums = np.zeros((len(turns), vectors.shape[1]), dtype=np.float32)
    if units:
        rows = np.array([place[unit.span.source, unit.span.turn] for unit in units])
        words = np.array([len(unit.span.quote.split()) for unit in units], dtype=np.float32)
        np.add.at(sums, rows, vectors * words[:, None])
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def encode_units(units: Sequence[Unit], encoder: Encoder) -> Vectors:
    """Give n units their (n, m) vectors, each different text read once."""
    quotes = [unit.span.quote for unit in units]
    different = sorted(set(quotes))
    if not different:
        return np.zeros((0, encoder.dimensions), dtype=np.float32)
    known = dict(zip(different, encoder.encode(different), strict=True))
    return np.stack([known[quote] for quote in quotes])
