"""Compare ways to find mismatches: same interviews, same folds, same measure.

    python benchmarks/mismatch_attempts.py training tests/gold --vectors vectors.npz

Prints one Markdown row an attempt: F1 and recall at 10 in a five-fold cross-validation
grouped by interview (plain and indirect speakers apart), and on each set of the gold
interviews. Thresholds are always chosen on the training interviews. ``--curve`` prints the
learning curve instead. Claims and their guards take no part, so that only the models differ.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from discovery.annotated import load_folder
from discovery.evaluation.gold import read_gold
from discovery.evaluation.mismatches import score_mismatches
from discovery.language import Encoder, MiniLM, cached
from discovery.mismatches import detect_mismatches, load_catalogue
from discovery.mismatches.features import feature_names
from discovery.mismatches.fitting import fit_pairs, fit_platt
from discovery.mismatches.matching import tally
from discovery.mismatches.model import MismatchModel, PairModel, SideModel, sigmoid
from discovery.mismatches.pairs import Floats
from discovery.mismatches.ranking import rank_pairs, report_pairs
from discovery.mismatches.training import (
    Lesson,
    PairTable,
    choose_threshold,
    deal_folds,
    fit_lessons,
    out_of_fold_scores,
    out_of_fold_sides,
    out_of_fold_tables,
    prepare,
)
from discovery.records import AnnotatedInterview

PLAIN = ("t1", "t2", "t5", "t6", "t9")
LINEAR, NETWORKS, VECTORS, WORDS, ALL = (1, 0, 0), (0, 1, 0), (0.4, 0.6, 0), (0, 0, 1), (0.15, 0.25, 0.6)


@dataclass(frozen=True)
class Attempt:
    """One way to do it: how sides are scored, whether pairs are learned, whether passages help."""

    name: str
    shares: tuple[float, float, float]
    learned_pairs: bool = True
    passages: bool = False


ATTEMPTS = (
    Attempt(
        "logistic regression over vectors, best sides multiplied (the floor)", LINEAR, learned_pairs=False
    ),
    Attempt("the same, pairs scored by a model", LINEAR),
    Attempt("networks with a shared hidden layer, pair model", NETWORKS),
    Attempt("both, pair model", VECTORS),
    Attempt("words and word pairs alone, pair model", WORDS),
    Attempt("vectors and words, best sides multiplied", ALL, learned_pairs=False),
    Attempt("vectors and words, pair model", ALL),
    Attempt("the same, words learned from passages too (what is shipped)", ALL, passages=True),
)


@dataclass(frozen=True)
class Sides:
    """Side models fitted once: one a fold, and one to everything."""

    folds: NDArray[np.int64]
    held_out: list[SideModel]
    whole: SideModel

    @classmethod
    def fit(cls, lessons: Sequence[Lesson], extra: Sequence[Lesson]) -> Sides:
        """Fit them all."""
        folds = deal_folds(lessons, 0)
        return cls(folds, out_of_fold_sides(lessons, extra, folds), fit_lessons(lessons, extra, 0, None))

    def weigh(self, shares: tuple[float, float, float]) -> Sides:
        """Let their parts count otherwise."""
        weights = np.array(shares, dtype=np.float32)
        return Sides(
            self.folds,
            [replace(s, shares=weights) for s in self.held_out],
            replace(self.whole, shares=weights),
        )


class Kept:
    """Vectors kept in one file between runs."""

    def __init__(self, path: Path | None) -> None:
        """Open the file where there is one."""
        self._path = path
        self._known: dict[str, NDArray[np.float32]] = {}
        if path and path.is_file():
            with np.load(path) as file:
                self._known = dict(zip(file["keys"].tolist(), file["rows"], strict=True))

    def get_vectors(self, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return what is known."""
        return {key: self._known[key] for key in keys if key in self._known}

    def put_vectors(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        """Keep more."""
        self._known.update(vectors)

    def save(self) -> None:
        """Write the file."""
        if self._path and self._known:
            np.savez(self._path, keys=np.array(list(self._known)), rows=np.stack(list(self._known.values())))


def main() -> None:
    """Parse, prepare, and print the table or the curve."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("training", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--only", type=int, nargs="*", help="numbers of attempts, from 0")
    options = parser.parse_args()
    store = Kept(options.vectors)
    encoder = cached(MiniLM(), store)
    keys = load_catalogue().keys
    lessons = [prepare(one, encoder, keys) for one in load_folder(options.training / "interviews")]
    extra = [prepare(one, encoder, keys) for one in load_folder(options.training / "passages")]
    gold = read_gold(options.gold).interviews
    store.save()
    if options.curve:
        print_curve(lessons, extra, gold, encoder)
    else:
        chosen = ATTEMPTS if options.only is None else [ATTEMPTS[number] for number in options.only]
        print_attempts(chosen, lessons, extra, gold, encoder)
    store.save()


def print_attempts(
    attempts: Sequence[Attempt],
    lessons: Sequence[Lesson],
    extra: Sequence[Lesson],
    gold: Sequence[AnnotatedInterview],
    encoder: Encoder,
) -> None:
    """One row an attempt: F1 / recall at 10."""
    letters = sorted({interview.source[0] for interview in gold})
    print("| attempt | all | plain | indirect |", *(f"`{letter}` |" for letter in letters), "decoys |")
    print("| --- | --- | --- | --- |", *("--- |" for _ in letters), "--- |")
    fitted = {
        passages: Sides.fit(lessons, extra if passages else [])
        for passages in sorted({attempt.passages for attempt in attempts})
    }
    for attempt in attempts:
        sides = fitted[attempt.passages].weigh(attempt.shares)
        model, cells = cross_validate(lessons, sides, attempt.learned_pairs, encoder.name)
        figures = on_gold(model, gold, encoder)
        cells += [cell(figures["sets"][letter]) for letter in letters]
        print(
            f"| {attempt.name} |",
            *(f"{one} |" for one in cells),
            f"{figures['all']['decoy_rate']:.2f} |",
            flush=True,
        )


def print_curve(
    lessons: Sequence[Lesson], extra: Sequence[Lesson], gold: Sequence[AnnotatedInterview], encoder: Encoder
) -> None:
    """Gold figures with ever more training interviews, chosen evenly over the files."""
    letters = sorted({interview.source[0] for interview in gold})
    print("| interviews |", *(f"`{letter}` |" for letter in letters))
    print("| --- |", *("--- |" for _ in letters))
    for size in (20, 40, 60, 80, len(lessons)):
        chosen = [lessons[n] for n in np.linspace(0, len(lessons) - 1, size).round().astype(int)]
        model, _ = cross_validate(chosen, Sides.fit(chosen, extra), True, encoder.name)
        sets = on_gold(model, gold, encoder)["sets"]
        print(f"| {size} |", *(f"{cell(sets[letter])} |" for letter in letters), flush=True)


def cross_validate(
    lessons: Sequence[Lesson], sides: Sides, learned: bool, encoder: str
) -> tuple[MismatchModel, list[str]]:
    """Train one attempt; return its model and its cross-validated figures: all, plain, indirect."""
    catalogue = load_catalogue()
    folds = sides.folds
    tables = out_of_fold_tables(lessons, sides.held_out, folds, catalogue)
    product = product_model(len(tables[0].features[0]), feature_names(catalogue.keys).index("sum"))
    raw = out_of_fold_scores(tables, folds) if learned else [product.raw(table.features) for table in tables]
    labels = np.concatenate([table.labels for table in tables])
    features = np.concatenate([table.features for table in tables])
    platt = fit_platt(np.concatenate(raw), labels)
    scores = [sigmoid(platt[0] * own + platt[1]) for own in raw]
    threshold, _ = choose_threshold(lessons, tables, scores)
    pair = replace(fit_pairs(features, labels) if learned else product, platt=platt)
    model = MismatchModel(sides.whole, pair, catalogue.keys, threshold, encoder)
    plain = [lesson.interview.source.startswith(PLAIN) for lesson in lessons]
    groups = ([True] * len(lessons), plain, [not one for one in plain])
    return model, [held_out(lessons, tables, scores, threshold, group) for group in groups]


def product_model(width: int, column: int) -> PairModel:
    """A pair model that only adds the log odds of both sides."""
    weights = np.zeros(width, dtype=np.float32)
    weights[column] = 1
    ones = np.full(width, 1e3, dtype=np.float32)
    return PairModel(
        np.zeros_like(ones), ones, 1e3 * weights, np.zeros(1, np.float32), np.array([1, 0], np.float32)
    )


def held_out(
    lessons: Sequence[Lesson],
    tables: Sequence[PairTable],
    scores: Sequence[Floats],
    threshold: float,
    group: Sequence[bool],
) -> str:
    """F1 / recall at 10 over the interviews of a group, each scored without having been seen."""
    own = [one for one in zip(lessons, tables, scores, group, strict=True) if one[3]]
    interviews, talks = [one[0].interview for one in own], [one[0].talk for one in own]
    ranked = [rank_pairs(lesson.talk, table.pairs, score) for lesson, table, score, _ in own]
    shown = [report_pairs(talk, pairs, threshold) for talk, pairs in zip(talks, ranked, strict=True)]
    keys = load_catalogue().keys
    f1 = tally(interviews, talks, shown, keys)["f1"]
    return f"{f1:.2f} / {tally(interviews, talks, [pairs[:10] for pairs in ranked], keys)['recall']:.2f}"


def on_gold(model: MismatchModel, gold: Sequence[AnnotatedInterview], encoder: Encoder) -> dict[str, dict]:
    """Figures on the gold interviews."""
    found = {
        one.source: detect_mismatches(one.turns, (), employer=one.employer, encoder=encoder, model=model)
        for one in gold
    }
    return score_mismatches(
        {name: one.mismatches for name, one in found.items()},
        gold,
        candidates={name: one.candidates for name, one in found.items()},
        resamples=0,
    )


def cell(figures: dict) -> str:
    """F1 / recall at 10."""
    return f"{figures['f1'] or 0:.2f} / {figures['recall_at_10'] or 0:.2f}"


if __name__ == "__main__":
    main()
