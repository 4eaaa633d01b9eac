"""Step one: what an employer said, unit by unit with its context, and which two could form a pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.language import Encoder, encode_units, split_units, turn_directions
from discovery.mismatches.wording import Rows, word_rows
from discovery.records import Role, Turn, Unit

Floats = NDArray[np.float32]
Pairs = NDArray[np.int64]

_NONE = -1
_GAP = 100
"""Places left free between two transcripts, so that their turns are never neighbours."""

PER_SIDE = 6
"""Turns kept on each side of each type: 36 pairs a type, however long the talk."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Everything one employer said: n units, each with the question before it and its turn.

    Args:
        units: Units of the employer's turns, in order.
        turns: Text of the turn each unit is from.
        questions: What the interviewer said last before that turn; empty where nothing.
        places: (n,) position of the turn, counted over all transcripts.
        shares: (n,) position within its transcript, 0 to 1.
        vectors: (n, 3 m) vectors of unit, question and turn side by side.
        words: Sparse (n, w) counts of the words of unit, turn and question.
    """

    units: tuple[Unit, ...]
    turns: tuple[str, ...]
    questions: tuple[str, ...]
    places: NDArray[np.int64]
    shares: Floats
    vectors: Floats
    words: Rows

    def part(self, number: int) -> Floats:
        """Return the (n, m) vectors of the units (0), questions (1) or turns (2)."""
        width = self.vectors.shape[1] // 3
        return self.vectors[:, number * width : (number + 1) * width]


def gather_talk(turns: Sequence[Turn], encoder: Encoder) -> Talk:
    """Cut an employer's turns into units and give each its vectors.

    Args:
        turns: Turns with roles, of one or several transcripts of one employer.
        encoder: Turns texts into vectors.
    """
    ordered = sorted((turn for turn in turns if turn.role), key=lambda turn: (turn.source, turn.number))
    context = _context(ordered)
    spoken = split_units(ordered)
    read = encode_units(spoken, encoder)
    own = [row for row, unit in enumerate(spoken) if unit.role is Role.EMPLOYER]
    units = tuple(spoken[row] for row in own)
    keys = [(unit.span.source, unit.span.turn) for unit in units]
    texts = tuple(context[key].turn for key in keys)
    questions = tuple(context[key].question for key in keys)
    quotes = [unit.span.quote for unit in units]
    nothing = np.zeros((1, encoder.dimensions), dtype=np.float32)
    said = np.vstack([turn_directions(ordered, spoken, read), nothing])
    asked = np.array([context[key].asked for key in keys], dtype=np.int64)
    rows = np.array([context[key].row for key in keys], dtype=np.int64)
    vectors = np.hstack([read[own], said[asked], said[rows]])
    places = np.array([context[key].place for key in keys], dtype=np.int64)
    shares = np.array([context[key].share for key in keys], dtype=np.float32)
    words = word_rows(quotes, texts, questions)
    return Talk(units, texts, questions, places, shares, vectors, words)


def candidate_pairs(sides: Floats, kinds: int, places: NDArray[np.int64], per_side: int = PER_SIDE) -> Pairs:
    """Pair the likeliest turns of each side of each type, each by its likeliest unit; never all with all.

    Args:
        sides: (n, 2 k) probabilities: stated sides of the k types, then their actual sides.
        kinds: Number of types k.
        places: (n,) turn of each unit.
        per_side: Turns kept on each side.

    Returns:
        (p, 3) rows of type number, stated unit, actual unit; at most k * per_side ** 2 rows.
    """
    best = [_likeliest(sides[:, column], places, per_side) for column in range(2 * kinds)]
    rows = [
        (kind, stated, actual)
        for kind in range(kinds)
        for stated in best[kind]
        for actual in best[kinds + kind]
        if stated != actual
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _likeliest(scores: Floats, places: NDArray[np.int64], count: int) -> list[int]:
    """The best unit of each of the best turns, best first."""
    order = np.argsort(-scores, kind="stable")
    _, first = np.unique(places[order], return_index=True)
    return [int(order[n]) for n in np.sort(first)[:count]]


@dataclass(frozen=True, slots=True)
class _Context:
    """A turn, its row, the question before it, and that question's row (-1 for none)."""

    turn: str
    row: int
    question: str
    asked: int
    place: int
    share: float


def _context(turns: Sequence[Turn]) -> dict[tuple[str, int], _Context]:
    """What surrounds each employer turn; a question never reaches across transcripts."""
    last = {turn.source: turn.number for turn in turns}
    found: dict[tuple[str, int], _Context] = {}
    question, asked, source, gap = "", _NONE, "", 0
    for row, turn in enumerate(turns):
        if turn.source != source:
            question, asked, source, gap = "", _NONE, turn.source, gap + _GAP
        if turn.role is Role.INTERVIEWER:
            question, asked = turn.text, row
        else:
            share = turn.number / max(last[source], 1)
            found[turn.source, turn.number] = _Context(turn.text, row, question, asked, row + gap, share)
    return found
