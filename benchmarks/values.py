"""How well the values of claims are read: ``python -m benchmarks.values [--errors] [--speed]``.

`benchmarks/values.jsonl` holds 400 claims drawn at random from the training interviews, spread over the
facets, with the values that a reader wrote down for each quote before any rule was run on it. The rules were
written while looking at the 200 of `develop`; the 100 of `held-out` were labelled before, by the author of
the rules, and measured on; the 100 of `fresh` were drawn and labelled when the rules stood. A value is right
when kind and normal form are those of the reader. The interval of F1 is a bootstrap over quotes.
With ``--speed`` the time that reading the values of 1,000 units takes is printed too.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from discovery.annotated import load_source
from discovery.claims.values import values_of, values_version
from discovery.language import split_units
from discovery.records import Role

ROOT = Path(__file__).resolve().parents[1]
QUOTES = Path(__file__).with_suffix(".jsonl")
INTERVIEWS = ROOT / "training" / "interviews"
PARTS = ("develop", "held-out", "fresh")
KINDS = ("level", "years", "channel", "credential", "duration", "share", "money", "format")
_ROUNDS = 1000
_UNITS = 1000

Counts = tuple[int, int, int]
"""Values rightly found, wrongly found and missed."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim's quote and the values that a careful reader writes down for it."""

    part: str
    quote: str
    values: frozenset[str]


def load(path: Path = QUOTES) -> list[Labelled]:
    """Read the labelled quotes."""
    rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
    return [Labelled(row["part"], row["quote"], frozenset(row["values"])) for row in rows]


def read(text: str) -> frozenset[str]:
    """Read values by the rules, in the form of the labels."""
    return frozenset(f"{value.kind}={value.normal}" for value in values_of(text))


def counted(wanted: frozenset[str], found: frozenset[str], kind: str = "") -> Counts:
    """Compare one quote's values, those of one kind only when it is given."""
    wanted, found = (frozenset(v for v in values if v.startswith(kind)) for values in (wanted, found))
    return len(found & wanted), len(found - wanted), len(wanted - found)


def total(counts: Sequence[Counts]) -> Counts:
    """Add up counts."""
    return sum(c[0] for c in counts), sum(c[1] for c in counts), sum(c[2] for c in counts)


def figures(counts: Counts) -> tuple[float, float, float]:
    """Return precision, recall and F1; nan where nothing was found or nothing was there."""
    right, wrong, missed = counts
    return (
        right / (right + wrong) if right + wrong else float("nan"),
        right / (right + missed) if right + missed else float("nan"),
        2 * right / (2 * right + wrong + missed) if right + wrong + missed else float("nan"),
    )


def interval(counts: Sequence[Counts], rounds: int = _ROUNDS) -> tuple[float, float]:
    """Bound F1 by a bootstrap over quotes, 95 %."""
    chance = random.Random(0)
    drawn = sorted(figures(total(chance.choices(counts, k=len(counts))))[2] for _ in range(rounds))
    return drawn[int(0.025 * rounds)], drawn[int(0.975 * rounds)]


def report(part: str, labelled: Sequence[Labelled], *, errors: bool) -> None:
    """Print one part, a row a kind, and the quotes misread when asked for."""
    pairs = [(row, read(row.quote)) for row in labelled if row.part == part]
    print(f"\n{part}: {len(pairs)} quotes")
    print(f"{'kind':<12}{'n':>5}{'precision':>11}{'recall':>8}{'F1':>7}")
    for kind in (*KINDS, ""):
        counts = [counted(row.values, found, kind) for row, found in pairs]
        right, wrong, missed = total(counts)
        precision, recall, f1 = figures((right, wrong, missed))
        bounds = "" if kind else "  ({:.2f} to {:.2f})".format(*interval(counts))
        print(f"{kind or 'all':<12}{right + missed:>5}{precision:>11.3f}{recall:>8.3f}{f1:>7.3f}{bounds}")
    for row, found in pairs if errors else ():
        if found != row.values:
            extra, missing = sorted(found - row.values), sorted(row.values - found)
            print(f"  too much {extra}, missed {missing}: {row.quote}")


def units(most: int = _UNITS) -> list[str]:
    """Take the first units of employers in the training interviews, by file name."""
    texts: list[str] = []
    for path in sorted(INTERVIEWS.glob("*.json")):
        turns = [turn for turn in load_source(path).turns if turn.role is Role.EMPLOYER]
        texts += [unit.span.quote for unit in split_units(turns)]
        if len(texts) >= most:
            break
    return texts[:most]


def seconds(job: Callable[[str], object], texts: Sequence[str], rounds: int = 5) -> float:
    """Time a job over all texts, of the processor: the median of several rounds, after one to warm up."""
    for text in texts:
        job(text)
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        for text in texts:
            job(text)
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def main() -> None:
    """Measure each part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, help="only this part")
    parser.add_argument("--errors", action="store_true", help="list the quotes that were misread")
    parser.add_argument("--speed", action="store_true", help="time the rules too")
    given = parser.parse_args()
    labelled = load()
    print(values_version())
    for part in [given.part] if given.part else PARTS:
        report(part, labelled, errors=given.errors)
    if given.speed:
        texts = units()
        print(f"\n{len(texts)} units: {seconds(values_of, texts):.3f} s")


if __name__ == "__main__":
    main()
