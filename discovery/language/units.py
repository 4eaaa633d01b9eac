"""Turns into units: sentences or clauses, with their offsets."""

from __future__ import annotations

from collections.abc import Iterable

from discovery.language.sentences import (
    LONGEST_UNIT,
    Bounds,
    clauses,
    count_words,
    join_wordless,
    sentences,
)
from discovery.language.speech import is_unpunctuated, segments
from discovery.records import Turn, Unit


def split_units(turns: Iterable[Turn]) -> list[Unit]:
    """Split turns into units, in order, numbered from 0 within each transcript.

    Punctuated text is cut into sentences, long ones at clause marks; unpunctuated machine
    speech at the likeliest places between words, helped by the pauses between cues.

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
    text = turn.text
    if is_unpunctuated(text):
        return join_wordless(text, segments(text, (0, len(text)), turn.cues))
    pieces = [clause for sentence in sentences(text) for clause in clauses(text, sentence)]
    return [part for piece in pieces for part in _cut_where_needed(turn, piece)]


def _cut_where_needed(turn: Turn, piece: Bounds) -> list[Bounds]:
    """Cut a stretch without any mark in a text that is punctuated elsewhere."""
    if count_words(turn.text[slice(*piece)]) <= LONGEST_UNIT:
        return [piece]
    return segments(turn.text, piece, turn.cues)
