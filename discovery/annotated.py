"""Annotated interviews: what a careful coder marked, to train on and to measure against.

Two shapes are read (annotation guide, section 3): the source form, which carries its own
turns and may mark guards too, and the gold form, ``NAME.gold.json`` beside a transcript file.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from discovery.errors import AnnotationError
from discovery.records import (
    AnnotatedInterview,
    Claim,
    Decoy,
    Facet,
    Guard,
    GuardedWords,
    Mismatch,
    Role,
    Span,
    Stance,
    Turn,
)


def load_source(path: Path) -> AnnotatedInterview:
    """Read one annotation in source form, turns included.

    Args:
        path: A .json file with ``employer, sector, speakers, turns, claims, mismatches, decoys``.

    Raises:
        AnnotationError: The file is not valid; all faults are named at once.
    """
    data = _load(path)
    turns = tuple(
        Turn(path.name, number, speaker, tidy(text), Role(data["speakers"][speaker]))
        for number, (speaker, text) in enumerate(data["turns"])
    )
    return _interview(path, path.name, data, turns)


def load_gold(path: Path, turns: Sequence[Turn]) -> AnnotatedInterview:
    """Read one ``NAME.gold.json`` against the turns read from its transcript.

    Args:
        path: The gold file.
        turns: Turns of the transcript it annotates, as a reader gave them.

    Raises:
        AnnotationError: The file is not valid, or a quote is not where it says.
    """
    data = _load(path)
    return _interview(path, data["transcript"], data, tuple(turns))


def load_folder(folder: Path) -> list[AnnotatedInterview]:
    """Read every annotation in source form in a folder, by file name.

    Raises:
        AnnotationError: There is none, or one of them is not valid.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise AnnotationError("annotation.none", folder=folder.name)
    return [load_source(path) for path in paths]


def tidy(text: str) -> str:
    r"""Bring text to the form all offsets refer to: NFC and single-spaced.

    >>> tidy("we  hire\n people ")
    'we hire people'
    """
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def _load(path: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise AnnotationError(
            "annotation.invalid", source=path.name, faults=f"not readable as JSON ({type(problem).__name__})"
        ) from problem
    needed = ("employer", "sector", "speakers", "turns", "claims", "mismatches", "decoys")
    missing = [key for key in needed if not isinstance(data, dict) or key not in data]
    if missing:
        raise AnnotationError("annotation.invalid", source=path.name, faults=f"missing {', '.join(missing)}")
    return data


def _interview(
    path: Path, source: str, data: Mapping[str, Any], turns: tuple[Turn, ...]
) -> AnnotatedInterview:
    faults: list[str] = []

    def span(place: Mapping[str, Any], where: str) -> Span:
        number, quote = int(place["turn"]), tidy(place["quote"])
        found = turns[number].find(quote) if 0 <= number < len(turns) else None
        if found is None:
            faults.append(f"{where}: the quote is not in turn {number}")
            return Span(source, 0, 0, 1, "?")
        return found

    claims = tuple(
        _claim(data["employer"], turns, c, span(c, f"claim {n}")) for n, c in enumerate(data["claims"])
    )
    mismatches = tuple(
        _mismatch(data["employer"], m, span(m["stated"], f"stated {n}"), span(m["actual"], f"actual {n}"))
        for n, m in enumerate(data["mismatches"])
    )
    decoys = tuple(
        Decoy(span(d, f"decoy {n}"), d["tempting"], d["why"]) for n, d in enumerate(data["decoys"])
    )
    guards = tuple(
        GuardedWords(span(g, f"guard {n}"), Guard(g["guard"])) for n, g in enumerate(data.get("guards", ()))
    )
    if faults:
        raise AnnotationError("annotation.invalid", source=path.name, faults="; ".join(faults))
    return AnnotatedInterview(
        source, data["employer"], data["sector"], turns, claims, mismatches, decoys, guards
    )


def _claim(employer: str, turns: Sequence[Turn], place: Mapping[str, Any], span: Span) -> Claim:
    stance, facet = Stance(place["stance"]), Facet(place["facet"])
    speaker = turns[span.turn].speaker if span.turn < len(turns) else ""
    return Claim(span, employer, speaker, stance, facet, 1.0, model="annotation")


def _mismatch(employer: str, pair: Mapping[str, Any], stated: Span, actual: Span) -> Mismatch:
    return Mismatch(pair["type"], employer, stated, actual, 1.0, pair.get("note", ""), model="annotation")
