"""How long claims and mismatches take: ``python -m benchmarks.claims_speed [FOLDER]``.

Puts annotated interviews one behind another until there are 9,000 words, and prints processor
seconds, the median of three runs, of the bare encoding of the employer's units by the same encoder,
of the whole claims step, of its reading of the answers alone, and of what the mismatch step adds to
it, all measured in this run, with their ratios to the bare encoding.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from discovery.annotated import load_folder
from discovery.claims import extract_claims
from discovery.claims.context import settings_of
from discovery.claims.model import shipped_model
from discovery.exchanges import pair_exchanges
from discovery.language import AnswerEncoder, MiniLM, cached, split_units
from discovery.language.answers import Vectors
from discovery.mismatches import detect_mismatches
from discovery.records import Role, Turn

WORDS, RUNS = 9_000, 3


class Memory:
    """A vector cache that forgets with the run."""

    def __init__(self) -> None:
        self.known: dict[str, Vectors] = {}

    def get_vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors already known."""
        return {key: self.known[key] for key in keys if key in self.known}

    def put_vectors(self, vectors: dict[str, Vectors]) -> None:
        """Keep vectors."""
        self.known.update(vectors)


def long_interview(folder: Path) -> list[Turn]:
    """Turns of several interviews, numbered as if they were one."""
    turns: list[Turn] = []
    for interview in load_folder(folder):
        turns += interview.turns
        if sum(len(turn.text.split()) for turn in turns) >= WORDS:
            break
    return [replace(turn, source="long", number=number) for number, turn in enumerate(turns)]


def seconds(action: Callable[[AnswerEncoder], object], before: Callable[[AnswerEncoder], object]) -> float:
    """Median processor seconds of an action with a fresh cache, ``before`` done beforehand."""
    taken: list[float] = []
    for _ in range(RUNS):
        encoder = cached(MiniLM(), Memory())
        before(encoder)
        start = time.process_time()
        action(encoder)
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main() -> None:
    """Print the table."""
    turns = long_interview(Path(sys.argv[1] if len(sys.argv) > 1 else "training/interviews"))
    exchanges = pair_exchanges(turns)
    units = [unit.span.quote for unit in split_units(turns) if unit.role is Role.EMPLOYER]

    def claims(encoder: AnswerEncoder) -> list[object]:
        return list(extract_claims(turns, exchanges, employer="long", encoder=encoder).claims)

    def reading(encoder: AnswerEncoder) -> object:
        return shipped_model().read(settings_of(turns, exchanges), encoder)

    def mismatches(encoder: AnswerEncoder) -> object:
        found = extract_claims(turns, exchanges, employer="long", encoder=encoder)
        return detect_mismatches(
            turns,
            found.claims,
            employer="long",
            exchanges=exchanges,
            outside=found.outside,
            encoder=encoder,
        )

    def nothing(encoder: AnswerEncoder) -> object:
        return encoder.name

    mismatches(MiniLM())  # loads every model, so that loading is not measured
    bare = seconds(lambda _: np.asarray(MiniLM().encode(units)), nothing)
    step = seconds(claims, nothing)
    rows = {
        "bare encoding of the units": bare,
        "claims step": step,
        "of it reading the answers": seconds(reading, nothing),
        "added by the mismatch step": seconds(mismatches, nothing) - step,
    }
    words = sum(len(turn.text.split()) for turn in turns)
    print(f"{words:,} words, {len(units)} units of the employer")
    print("| part | processor seconds | times bare |")
    print("| --- | --- | --- |")
    for name, taken in rows.items():
        print(f"| {name} | {taken:.2f} | {taken / bare:.2f} |")


if __name__ == "__main__":
    main()
