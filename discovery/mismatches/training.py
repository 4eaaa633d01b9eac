"""Training: from annotated interviews to weights, without an interview judging itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import vstack

from discovery.language import Encoder
from discovery.mismatches.catalogue import Catalogue, load_catalogue
from discovery.mismatches.features import feature_names, pair_features
from discovery.mismatches.fitting import Settings, Units, fit_pairs, fit_platt, fit_sides
from discovery.mismatches.matching import matches, tally
from discovery.mismatches.model import MismatchModel, SideModel, sigmoid
from discovery.mismatches.pairs import Floats, Pairs, Talk, candidate_pairs, gather_talk
from discovery.mismatches.ranking import rank_pairs, report_pairs
from discovery.records import AnnotatedInterview, Facet, Span, Stance

FOLDS = 5
_HAIR = 0.01


@dataclass(frozen=True, slots=True)
class Lesson:
    """One annotated interview made ready: its talk, the labels of its units, its marks."""

    interview: AnnotatedInterview
    talk: Talk
    labels: Floats


@dataclass(frozen=True, slots=True)
class PairTable:
    """Candidate pairs of one interview with features and labels."""

    pairs: Pairs
    features: Floats
    labels: Floats


def train_mismatches(
    interviews: Sequence[AnnotatedInterview],
    encoder: Encoder,
    folder: Path,
    *,
    seed: int = 0,
    passages: Sequence[AnnotatedInterview] = (),
    settings: Settings | None = None,
) -> dict[str, Any]:
    """Learn from annotated interviews and write weights and manifest.

    The pair model learns from side scores given by models that have not seen the interview;
    calibration and threshold come from pair scores made in the same way.

    Args:
        interviews: Annotated interviews, at least :data:`FOLDS`.
        encoder: Encoder the weights will belong to.
        folder: Where to write them.
        seed: Start of the random numbers.
        passages: Short stretches marked for mismatches only. The words of the side model are
            learned from them too; nothing is measured on them.
        settings: How to fit the side model.

    Returns:
        The manifest; ``metrics`` holds the figures found in cross-validation.
    """
    catalogue = load_catalogue()
    lessons = [prepare(interview, encoder, catalogue.keys) for interview in interviews]
    extra = [prepare(passage, encoder, catalogue.keys) for passage in passages]
    folds = deal_folds(lessons, seed)
    sides = out_of_fold_sides(lessons, extra, folds, seed=seed, settings=settings)
    tables = out_of_fold_tables(lessons, sides, folds, catalogue)
    raw = out_of_fold_scores(tables, folds)
    platt = fit_platt(np.concatenate(raw), _stack(tables, "labels"))
    pair = replace(fit_pairs(_stack(tables, "features"), _stack(tables, "labels")), platt=platt)
    scores = [sigmoid(platt[0] * own + platt[1]) for own in raw]
    threshold, metrics = choose_threshold(lessons, tables, scores)
    side = fit_lessons(lessons, extra, seed, settings)
    facts = {
        "seed": seed,
        "interviews": len(lessons),
        "passages": len(extra),
        "data": _data_hash([*interviews, *passages]),
        "licence": "MIT",
        "features": list(feature_names(catalogue.keys)),
        "metrics": metrics,
    }
    return MismatchModel(side, pair, catalogue.keys, threshold, encoder.name, facts).save(folder)


def prepare(interview: AnnotatedInterview, encoder: Encoder, kinds: Sequence[str]) -> Lesson:
    """Cut an annotated interview into units and label them for every head of the side model.

    Labels of stance and facet are NaN where an annotation marks no claim at all.
    """
    talk = gather_talk(interview.turns, encoder)
    k, stances, facets = len(kinds), list(Stance), list(Facet)
    labels = np.zeros((len(talk.units), 2 * k + len(stances) + len(facets) + 1), dtype=np.float32)
    for mismatch in interview.mismatches:
        if mismatch.type in kinds:
            column = kinds.index(mismatch.type)
            labels[_covered(talk, mismatch.stated), column] = 1
            labels[_covered(talk, mismatch.actual), k + column] = 1
    for claim in interview.claims:
        rows = _covered(talk, claim.span)
        labels[rows, 2 * k + stances.index(claim.stance)] = 1
        labels[rows, 2 * k + len(stances) + facets.index(claim.facet)] = 1
    for decoy in interview.decoys:
        labels[_covered(talk, decoy.span), -1] = 1
    if not interview.claims:
        labels[:, 2 * k : -1] = np.nan
    return Lesson(interview, talk, labels)


def deal_folds(lessons: Sequence[Lesson], seed: int, folds: int = FOLDS) -> NDArray[np.int64]:
    """Give each interview a fold, (n,), so that folds hold like numbers of mismatches."""
    random = np.random.default_rng(seed)
    order = sorted(
        range(len(lessons)), key=lambda n: (-len(lessons[n].interview.mismatches), random.random())
    )
    dealt = np.zeros(len(lessons), dtype=np.int64)
    for place, number in enumerate(order):
        dealt[number] = place % folds
    return dealt


def pair_table(lesson: Lesson, side: SideModel, catalogue: Catalogue) -> PairTable:
    """Make the candidate pairs of one interview, with features and labels."""
    kinds = catalogue.keys
    heads = side.heads(lesson.talk, len(kinds))
    pairs = candidate_pairs(np.hstack([heads.stated, heads.actual]), len(kinds), lesson.talk.places)
    features = pair_features(lesson.talk, heads, pairs, *allowed(catalogue))
    units = lesson.talk.units
    marked = lesson.interview.mismatches
    labels = [
        float(any(kinds[k] == m.type and matches(units[s].span, units[a].span, m) for m in marked))
        for k, s, a in pairs
    ]
    return PairTable(pairs, features, np.array(labels, dtype=np.float32))


def allowed(catalogue: Catalogue) -> tuple[Floats, Floats]:
    """Ones where a side of a type may have a stance, (2, k, 7), or a facet, (2, k, 12)."""
    sides = ([kind.stated for kind in catalogue.types], [kind.actual for kind in catalogue.types])
    stances = [[[stance in side.stances for stance in Stance] for side in row] for row in sides]
    facets = [[[facet in side.facets for facet in Facet] for side in row] for row in sides]
    return np.array(stances, dtype=np.float32), np.array(facets, dtype=np.float32)


def choose_threshold(
    lessons: Sequence[Lesson], tables: Sequence[PairTable], scores: Sequence[Floats]
) -> tuple[float, dict[str, float]]:
    """Choose the highest score whose F1 is within a hair of the best, so that what is shown is mostly right.

    Args:
        lessons: Interviews that the scores have not seen.
        tables: Their pairs.
        scores: The pairs' scores.

    Returns:
        The threshold, and precision, recall, F1 and recall at 10 there.
    """
    kinds = load_catalogue().keys
    interviews, talks = [lesson.interview for lesson in lessons], [lesson.talk for lesson in lessons]
    ranked = [
        rank_pairs(talk, table.pairs, own) for talk, table, own in zip(talks, tables, scores, strict=True)
    ]
    tried: list[tuple[float, dict[str, float]]] = []
    for threshold in np.arange(0.05, 0.95, 0.01):
        shown = [report_pairs(talk, own, float(threshold)) for talk, own in zip(talks, ranked, strict=True)]
        tried.append((round(float(threshold), 2), tally(interviews, talks, shown, kinds)))
    best = max(figures["f1"] for _, figures in tried)
    threshold, figures = [one for one in tried if one[1]["f1"] >= best - _HAIR][-1]
    at_ten = tally(interviews, talks, [own[:10] for own in ranked], kinds)["recall"]
    return threshold, {**figures, "recall_at_10": at_ten}


def out_of_fold_sides(
    lessons: Sequence[Lesson],
    extra: Sequence[Lesson],
    folds: NDArray[np.int64],
    *,
    seed: int = 0,
    settings: Settings | None = None,
) -> list[SideModel]:
    """Fit one side model a fold, to the interviews outside it."""
    seen = [
        [lesson for lesson, own in zip(lessons, folds, strict=True) if own != fold] for fold in range(FOLDS)
    ]
    return [fit_lessons(outside, extra, seed, settings) for outside in seen]


def out_of_fold_tables(
    lessons: Sequence[Lesson], sides: Sequence[SideModel], folds: NDArray[np.int64], catalogue: Catalogue
) -> list[PairTable]:
    """Make each interview's pairs with the side model that has not seen it."""
    return [pair_table(lesson, sides[fold], catalogue) for lesson, fold in zip(lessons, folds, strict=True)]


def out_of_fold_scores(tables: Sequence[PairTable], folds: NDArray[np.int64]) -> list[Floats]:
    """Score each interview's pairs with a pair model that has not seen it."""
    raw: dict[int, Floats] = {}
    for fold in range(FOLDS):
        seen = [table for table, own in zip(tables, folds, strict=True) if own != fold]
        model = fit_pairs(_stack(seen, "features"), _stack(seen, "labels"))
        for number in np.flatnonzero(folds == fold).tolist():
            raw[number] = model.raw(tables[number].features)
    return [raw[number] for number in range(len(tables))]


def fit_lessons(
    lessons: Sequence[Lesson], extra: Sequence[Lesson], seed: int, settings: Settings | None
) -> SideModel:
    """Fit the side model to interviews, its words to passages too."""
    every = [*lessons, *extra]
    units = Units(
        np.vstack([lesson.talk.vectors for lesson in lessons]),
        np.vstack([lesson.labels for lesson in lessons]),
        vstack([lesson.talk.words for lesson in every], format="csr"),
        np.vstack([lesson.labels for lesson in every]),
    )
    return fit_sides(units, seed=seed, settings=settings)


def _stack(tables: Sequence[PairTable], name: str) -> Floats:
    return np.concatenate([getattr(table, name) for table in tables])


def _covered(talk: Talk, span: Span) -> list[int]:
    """Units that share at least half of themselves, or half of the span, with it."""
    return [number for number, unit in enumerate(talk.units) if unit.span.shares_half(span)]


def _data_hash(interviews: Sequence[AnnotatedInterview]) -> str:
    """Name the training data by its content."""
    digest = hashlib.sha256()
    for interview in sorted(interviews, key=lambda i: i.source):
        digest.update(
            repr((interview.turns, interview.claims, interview.mismatches, interview.decoys)).encode()
        )
    return digest.hexdigest()
