"""How far two coders of claims agree: ``python -m benchmarks.agreement [FOLDER]``.

Interviews of ``training/interviews`` that were coded a second time, blind, have the second coder's
claims in ``training/second_coding``. Prints, by interview and in all, the F1 of detection, stance
and facet by unit, as ``discovery evaluate`` defines it, with the first coder as the reference; the
share of claims on which both agree on stance and on facet; and Krippendorff's alpha for claim or not.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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


def coded_twice(path: Path, interviews: Path) -> Codes:
    """Line up both coders' labels of one interview.

    Raises:
        AnnotationError: A quote of the second coder is not where the file says.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    first = load_source(interviews / data["transcript"])
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


def main() -> None:
    """Print one row an interview, and one for all."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    coded = {
        path.stem: coded_twice(path, folder.parent / "interviews") for path in sorted(folder.glob("*.json"))
    }
    if not coded:
        sys.exit(f"no second coding in {folder}")
    names = ("claimed", "stance", "facet")
    coded["all"] = Codes(
        *(np.concatenate([getattr(c, name) for c in coded.values()], axis=1) for name in names)
    )
    rows = {name: figures(codes) for name, codes in coded.items()}
    print("| interview | " + " | ".join(rows["all"]) + " |")
    print("| --- |" + " --- |" * len(rows["all"]))
    for name, row in rows.items():
        cells = (str(value) if isinstance(value, int) else f"{value:.2f}" for value in row.values())
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
