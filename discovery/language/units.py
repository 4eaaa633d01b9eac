"""Turns into units: sentences or clauses, with their offsets."""

from __future__ import annotations

from collections.abc import Iterable

from discovery.language.sentences import Bounds, clauses, sentences
from discovery.records import Turn, Unit


def split_units(turns: Iterable[Turn]) -> list[Unit]:
    """Split turns into units, in order, numbered from 0 within each transcript.

    Args:
        turns: Turns of one or several transcripts.

    Returns:
        Units whose spans do not overlap and leave out only white space between them.
    """
    units: list[Unit] = []
    counts: dict[str, int] = {}
    for turn in turns:
        for start, end in _bounds(turn):
            number = counts.get(turn.source, 0)
            counts[turn.source] = number + 1
            units.append(Unit(turn.span(start, end), number, turn.speaker, turn.role))
    return units


def _bounds(turn: Turn) -> list[Bounds]:
    return [clause for sentence in sentences(turn.text) for clause in clauses(turn.text, sentence)]
