"""Turns into units: sentences or clauses, with their offsets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import spacy
from spacy.language import Language

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
        for start, end in _sentences(turn.text):
            number = counts.get(turn.source, 0)
            counts[turn.source] = number + 1
            units.append(Unit(turn.span(start, end), number, turn.speaker, turn.role))
    return units


def _sentences(text: str) -> list[tuple[int, int]]:
    bounds = []
    for sentence in _pipeline()(text).sents:
        piece = sentence.text.rstrip()
        if piece:
            bounds.append((sentence.start_char, sentence.start_char + len(piece)))
    return bounds


@cache
def _pipeline() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp
