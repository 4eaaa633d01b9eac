"""Do topics help to tell mismatches? `python -m benchmarks.mismatch_topics training --vectors vectors.npz`.

Adds to the features of each pair what the hiring themes say of it: whether both quotes lie in the
same theme, and how often their themes come up on the stated and on the actual side of that
employer. Also tries least probabilities for each side. Five folds grouped by interview, pair models
and thresholds learned on the other interviews; prints one Markdown row an attempt. `--most N` takes
the first N interviews only, to see that it runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from benchmarks.mismatch_attempts import Kept, held_out
from discovery.annotated import load_folder
from discovery.language import MiniLM, cached
from discovery.mismatches import load_catalogue
from discovery.mismatches.features import Heads
from discovery.mismatches.fitting import fit_platt
from discovery.mismatches.model import sigmoid
from discovery.mismatches.pairs import Floats
from discovery.mismatches.training import (
    Lesson,
    PairTable,
    choose_threshold,
    deal_folds,
    out_of_fold_scores,
    out_of_fold_sides,
    out_of_fold_tables,
    prepare,
)
from discovery.records import Stance
from discovery.topics.anchors import hiring_themes

STATED = (Stance.NEED, Stance.REQUIREMENT, Stance.CHALLENGE)
ACTUAL = (Stance.PRACTICE, Stance.EXCEPTION, Stance.RATIONALE)
SHARPNESS = 20.0
"""How sharply cosines become shares of themes."""

SAME, RATIO, SHARES = (0, 1), (2, 3), (4, 5)
FLOORS = (0.02, 0.05, 0.1)
CLAIM_FLOORS = (0.2, 0.3, 0.4)


@dataclass(frozen=True)
class Bench:
    """Interviews with their pairs and side scores, none judged by a model that has seen it."""

    lessons: Sequence[Lesson]
    folds: NDArray[np.int64]
    tables: Sequence[PairTable]
    heads: Sequence[Heads]

    def row(
        self, name: str, tables: Sequence[PairTable], keep: Callable[[int], NDArray[np.bool_]] | None = None
    ) -> None:
        """Fit pair models to these tables and print precision, recall, F1 and recall at 10."""
        raw = out_of_fold_scores(tables, self.folds)
        labels = np.concatenate([table.labels for table in tables])
        platt = fit_platt(np.concatenate(raw), labels)
        scores = [sigmoid(platt[0] * own + platt[1]) for own in raw]
        threshold, figures = choose_threshold(self.lessons, tables, scores)
        if keep is not None:
            scores = [np.where(keep(number), own, 0).astype(np.float32) for number, own in enumerate(scores)]
        cell = held_out(self.lessons, tables, scores, threshold, [True] * len(tables))
        precision = average_precision_score(labels, np.concatenate(scores))
        print(f"| {name} | {cell} | {precision:.3f} | {figures['f1']:.3f} |", flush=True)


def main() -> None:
    """Prepare, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("training", type=Path)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--most", type=int)
    options = parser.parse_args()
    store = Kept(options.vectors)
    encoder, catalogue = cached(MiniLM(), store), load_catalogue()
    interviews = load_folder(options.training / "interviews")[: options.most]
    lessons = [prepare(one, encoder, catalogue.keys) for one in interviews]
    extra = [prepare(one, encoder, catalogue.keys) for one in load_folder(options.training / "passages")]
    store.save()
    folds = deal_folds(lessons, 0)
    sides = out_of_fold_sides(lessons, extra, folds)
    tables = out_of_fold_tables(lessons, sides, folds, catalogue)
    heads = [
        sides[fold].heads(lesson.talk, len(catalogue.keys))
        for lesson, fold in zip(lessons, folds, strict=True)
    ]
    print_rows(Bench(lessons, folds, tables, heads))


def print_rows(bench: Bench) -> None:
    """One row an attempt."""
    print("| attempt | F1 / recall at 10 | average precision | F1 before a floor |")
    print("| --- | --- | --- | --- |")
    bench.row("no topics (what is shipped)", bench.tables)
    for part, what in ((0, "sentence"), (2, "turn")):
        added = [theme_features(bench, number, part) for number in range(len(bench.tables))]
        for name, columns in (
            ("both quotes in one theme", SAME),
            ("theme asked for more than acted on", RATIO),
            ("share of each quote's theme on its side", SHARES),
            ("all of these", SAME + RATIO + SHARES),
        ):
            more = [
                replace(table, features=np.hstack([table.features, own[:, columns]]))
                for table, own in zip(bench.tables, added, strict=True)
            ]
            bench.row(f"{name}, theme of the {what}", more)
    for least in FLOORS:
        keep = partial(sides_over, bench, least)
        bench.row(f"each side at least {least}", bench.tables, keep)
    for least in CLAIM_FLOORS:
        keep = partial(claims_over, bench, least)
        bench.row(f"each quote a claim by at least {least}", bench.tables, keep)


def theme_features(bench: Bench, number: int, part: int) -> Floats:
    """(p, 6) what themes say of each pair of one interview."""
    talk, heads = bench.lessons[number].talk, bench.heads[number]
    likeness = talk.part(part) @ hiring_themes().vectors.T
    shares = np.exp(SHARPNESS * likeness)
    shares /= shares.sum(axis=1, keepdims=True)
    stances = list(Stance)
    logs = []
    for side in (STATED, ACTUAL):
        weight = heads.stance[:, [stances.index(stance) for stance in side]].sum(axis=1)
        mass = (shares * weight[:, None]).sum(axis=0) + 0.5
        logs.append(np.log(mass / mass.sum()))
    top = likeness.argmax(axis=1)
    _, stated, actual = bench.tables[number].pairs.T
    more = logs[0] - logs[1]
    columns = [
        top[stated] == top[actual],
        (shares[stated] * shares[actual]).sum(axis=1),
        more[top[stated]],
        more[top[actual]],
        logs[0][top[stated]],
        logs[1][top[actual]],
    ]
    return np.column_stack(columns).astype(np.float32)


def sides_over(bench: Bench, least: float, number: int) -> NDArray[np.bool_]:
    """Tell which pairs have both sides at least this likely."""
    kind, stated, actual = bench.tables[number].pairs.T
    heads = bench.heads[number]
    return (heads.stated[stated, kind] >= least) & (heads.actual[actual, kind] >= least)


def claims_over(bench: Bench, least: float, number: int) -> NDArray[np.bool_]:
    """Tell which pairs stand on two units that are claims by at least this much."""
    _, stated, actual = bench.tables[number].pairs.T
    claim = bench.heads[number].stance.sum(axis=1)
    return (claim[stated] >= least) & (claim[actual] >= least)


if __name__ == "__main__":
    main()
