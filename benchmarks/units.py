"""How usable the units are: ``python -m benchmarks.units [FOLDER]``.

Prints, for annotated interviews in source form, how many marked quotes lie inside one unit and
how well the best unit fits a quote, on punctuated text, on the same text with punctuation and
capitals taken away, and on interviews written by machines; and how well cuts in the text without
punctuation meet the sentence starts that were taken away (precision, recall, F1), with weights
learned from other interviews than those measured.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from discovery.annotated import load_folder
from discovery.language import speech, split_units
from discovery.language.sentences import Bounds
from discovery.language.speech import is_unpunctuated, plain_tokens
from discovery.language.speech_training import learn_speech, without_punctuation
from discovery.records import AnnotatedInterview, Turn

_FOLDS = 4


def measure_units(interviews: Sequence[AnnotatedInterview]) -> dict[str, object]:
    """Measure units on quotes and sentence starts, machine speech with weights learned elsewhere.

    Args:
        interviews: Annotated interviews, sorted.

    Returns:
        Shares and counts by kind of text.
    """
    began = time.perf_counter()
    units = sum(len(split_units(interview.turns)) for interview in interviews)
    seconds = time.perf_counter() - began
    quotes: dict[str, list[tuple[bool, float]]] = {"punctuated": [], "stripped": [], "machine": []}
    hits = cuts = starts = 0
    for fold in range(_FOLDS):
        held_out = interviews[fold::_FOLDS]
        others = [one for place, one in enumerate(interviews) if place % _FOLDS != fold]
        with _weights(learn_speech(others)):
            for interview in held_out:
                for kind, found in _quotes(interview):
                    quotes[kind].append(found)
                for wanted, made in _starts(interview.turns):
                    hits, cuts, starts = hits + len(wanted & made), cuts + len(made), starts + len(wanted)
    return {
        "interviews": len(interviews),
        "units": units,
        "seconds": round(seconds, 2),
        "quotes": {kind: _summary(found) for kind, found in quotes.items()},
        "sentence starts": {
            "precision": round(hits / cuts, 3),
            "recall": round(hits / starts, 3),
            "f1": round(2 * hits / (cuts + starts), 3),
            "starts": starts,
        },
    }


def _quotes(interview: AnnotatedInterview) -> Iterator[tuple[str, tuple[bool, float]]]:
    for claim in interview.claims:
        turn, span = interview.turns[claim.span.turn], claim.span
        machine = is_unpunctuated(turn.text)
        yield "machine" if machine else "punctuated", _fit(_units(turn), (span.start, span.end))
        before, quote = " ".join(_plain(turn.text[: span.start])), " ".join(_plain(span.quote))
        written, _ = without_punctuation(turn.text)
        start = written.find(quote, max(0, len(before) - 5))
        if not machine and quote and start >= 0 and is_unpunctuated(written):
            stripped = _units(replace(turn, text=written, cues=()))
            yield "stripped", _fit(stripped, (start, start + len(quote)))


def _starts(turns: Iterable[Turn]) -> Iterator[tuple[set[int], set[int]]]:
    for turn in turns:
        written, wanted = without_punctuation(turn.text)
        if not is_unpunctuated(turn.text) and is_unpunctuated(written):
            yield wanted, {start for start, _ in _units(replace(turn, text=written, cues=()))} - {0}


def _units(turn: Turn) -> list[Bounds]:
    return [(unit.span.start, unit.span.end) for unit in split_units([turn])]


def _plain(text: str) -> list[str]:
    return [token for token in plain_tokens(text) if token]


def _fit(units: Sequence[Bounds], quote: Bounds) -> tuple[bool, float]:
    """Whether a quote lies inside one unit, and its overlap with the best one (0 to 1)."""
    inside = any(start <= quote[0] and quote[1] <= end for start, end in units)
    overlaps = [
        max(0, min(end, quote[1]) - max(start, quote[0])) / (max(end, quote[1]) - min(start, quote[0]))
        for start, end in units
    ]
    return inside, max(overlaps, default=0.0)


def _summary(found: Sequence[tuple[bool, float]]) -> dict[str, float]:
    size = len(found) or 1
    return {
        "quotes": len(found),
        "inside one unit": round(sum(inside for inside, _ in found) / size, 3),
        "overlap with the best unit": round(sum(overlap for _, overlap in found) / size, 3),
    }


@contextmanager
def _weights(learned: dict[str, object]) -> Iterator[None]:
    """Use other weights for machine speech for a while."""
    shipped = speech._model
    speech._model = lambda: learned  # type: ignore[assignment]
    try:
        yield
    finally:
        speech._model = shipped


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("training/interviews")
    sys.stdout.write(json.dumps(measure_units(load_folder(folder)), indent=2) + "\n")
