"""How far two coders of claims agree.

    python -m benchmarks.agreement
    python -m benchmarks.agreement tests/gold/second_coding --first tests/gold

Interviews of ``training/interviews`` that were coded a second time, blind, have the second coder's
claims in ``training/second_coding``; those of ``training/unseen`` and ``tests/gold`` have them in a folder
``second_coding`` there.
Prints, by interview, by set and in all, the F1 of detection, stance and facet by unit, as ``discovery
evaluate`` defines it, with the first coder as the reference; the share of claims on which both agree
on stance and on facet; and Krippendorff's alpha for claim or not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.claims_attempts import load_gold_folder
from discovery.annotated import load_source, tidy
from discovery.claims.training import training_rows
from discovery.errors import AnnotationError
from discovery.records import AnnotatedInterview, Claim, Facet, Stance

FOLDER = Path("training/second_coding")


@dataclass(frozen=True, slots=True)
class Codes:
    """Two coders' labels of n units, (2, n) each: claim or not, stance, facet (-1 for no claim)."""

    claimed: NDArray[np.int64]
    stance: NDArray[np.int64]
    facet: NDArray[np.int64]


def first_codings(folder: Path) -> Callable[[str], AnnotatedInterview]:
    """Find what the first coder marked in a transcript, among interviews in source form or gold ones."""
    if any(folder.glob("*.gold.json")):
        return {interview.source: interview for interview in load_gold_folder(folder)}.__getitem__
    return lambda transcript: load_source(folder / transcript)


def coded_twice(path: Path, first_coding: Callable[[str], AnnotatedInterview]) -> Codes:
    """Line up both coders' labels of one interview.

    Raises:
        AnnotationError: A quote of the second coder is not where the file says.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    first = first_coding(data["transcript"])
    claims: list[Claim] = []
    for number, mark in enumerate(data["claims"]):
        span = first.turns[mark["turn"]].find(tidy(mark["quote"]))
        if span is None:
            fault = f"claim {number}: the quote is not in turn {mark['turn']}"
            raise AnnotationError("annotation.invalid", source=path.name, faults=fault)
        speaker = first.turns[span.turn].speaker
        claims.append(Claim(span, first.employer, speaker, Stance(mark["stance"]), Facet(mark["facet"]), 1.0))
    return _line_up(first, replace(first, claims=tuple(claims)))


def _line_up(first: AnnotatedInterview, second: AnnotatedInterview) -> Codes:
    targets = [training_rows([one])[1] for one in (first, second)]
    return Codes(*(np.stack([getattr(t, name) for t in targets]) for name in ("claimed", "stance", "facet")))


def figures(codes: Codes) -> dict[str, float]:
    """F1 of detection, stance and facet, agreement on labels of shared claims, and alpha."""
    first, second = codes.claimed == 1
    both, every = first & second, max(1, int(first.sum() + second.sum()))
    stance, facet = both & (codes.stance[0] == codes.stance[1]), both & (codes.facet[0] == codes.facet[1])
    return {
        "units": len(first),
        "first": int(first.sum()),
        "second": int(second.sum()),
        "detection": 2 * int(both.sum()) / every,
        "stance": 2 * int(stance.sum()) / every,
        "facet": 2 * int(facet.sum()) / every,
        "same stance": int(stance.sum()) / max(1, int(both.sum())),
        "same facet": int(facet.sum()) / max(1, int(both.sum())),
        "alpha": alpha(codes.claimed),
    }


def alpha(labels: NDArray[np.int64]) -> float:
    """Krippendorff's alpha for two coders, nominal labels, nothing missing; labels are (2, n).

    Source: Krippendorff 2011, "Computing Krippendorff's alpha-reliability".

    >>> round(alpha(np.array([[1, 1, 0, 0], [1, 0, 0, 0]])), 3)
    0.533
    """
    values, counts = np.unique(labels, return_counts=True)
    total = labels.size
    expected = 1 - float((counts * (counts - 1)).sum()) / (total * (total - 1))
    observed = float((labels[0] != labels[1]).mean())
    return 1.0 if len(values) < 2 else 1 - observed / expected


def joined(coded: Sequence[Codes]) -> Codes:
    """Put the units of several interviews one behind the other."""
    names = ("claimed", "stance", "facet")
    return Codes(*(np.concatenate([getattr(codes, name) for codes in coded], axis=1) for name in names))


def main() -> None:
    """Print one row an interview, one a set, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER, help="the second coder's claims")
    parser.add_argument("--first", type=Path, default=Path("training/interviews"), help="the first coder's")
    options = parser.parse_args()
    first = first_codings(options.first)
    coded = {path.stem: coded_twice(path, first) for path in sorted(options.folder.glob("*.json"))}
    if not coded:
        sys.exit(f"no second coding in {options.folder}")
    sets = {name[0]: [codes for other, codes in coded.items() if other[0] == name[0]] for name in coded}
    coded |= {f"all `{name}`": joined(own) for name, own in sets.items()}
    coded["all"] = joined([codes for own in sets.values() for codes in own])
    rows = {name: figures(codes) for name, codes in coded.items()}
    print("| interview | " + " | ".join(rows["all"]) + " |")
    print("| --- |" + " --- |" * len(rows["all"]))
    for name, row in rows.items():
        cells = (str(value) if isinstance(value, int) else f"{value:.2f}" for value in row.values())
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
