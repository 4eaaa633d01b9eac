"""Training of the claim model on annotated interviews, by one command and with a fixed seed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.claims.calibration import best_threshold, calibration_error, fit_platt
from discovery.claims.context import Setting, settings_of
from discovery.claims.cues import cues_version
from discovery.claims.features import FEATURES, feature_matrix
from discovery.claims.heads import FACETS, STANCES, Scores, Targets, blend, fit_network, score
from discovery.claims.model import ClaimModel
from discovery.claims.wording import WORDING, Document, documents_of, fit_word_head
from discovery.language import Encoder
from discovery.language.encoder import Vectors
from discovery.records import AnnotatedInterview, Claim, Exchange, Unit

VERSION = "2"
_FOLDS, _NETWORKS = 5, 4
_LEAST_SHARE = 0.5


def train_claims(
    interviews: Sequence[AnnotatedInterview],
    encoder: Encoder,
    folder: Path,
    *,
    seed: int = 0,
    exchanges: Sequence[Exchange] = (),
) -> dict[str, Any]:
    """Train the claim model and write its weights and manifest.

    Args:
        interviews: At least two annotated interviews; none of them may be one to measure on.
        encoder: Gives the vectors; the model works with this encoder only.
        folder: Where the two files go.
        seed: Fixes the start of every network and the order of the batches.
        exchanges: Who asked what in these interviews; without them the last interviewer turn counts.

    Returns:
        The manifest, with the metrics of a cross-validation grouped by interview.
    """
    settings, targets, groups = training_rows(interviews, exchanges)
    features = feature_matrix(settings, encoder)
    documents = documents_of(settings)
    unseen = cross_validate(features, documents, targets, groups, seed)
    platt = fit_platt(unseen.margin, targets.claimed)
    probability = platt.probability(unseen.margin)
    threshold = best_threshold(probability, targets.claimed)
    networks = tuple(fit_network(features, targets, seed + number) for number in range(_NETWORKS))
    manifest = {
        "version": VERSION,
        "licence": "MIT",
        "encoder": encoder.name,
        "features": FEATURES,
        "cues": cues_version(),
        "wording": WORDING,
        "seed": seed,
        "data": _data_card(interviews, targets),
        "metrics": _metrics(unseen, probability, threshold, targets),
    }
    words = fit_word_head(documents, targets)
    return ClaimModel(networks, words, platt, threshold, manifest).save(folder)


def training_rows(
    interviews: Sequence[AnnotatedInterview], exchanges: Sequence[Exchange] = ()
) -> tuple[list[Setting], Targets, NDArray[np.int64]]:
    """Line up every employer unit with what the coder marked.

    Returns:
        The settings, what was marked, and (n,) the number of each unit's interview.
    """
    settings: list[Setting] = []
    marked: list[Claim | None] = []
    groups: list[int] = []
    for number, interview in enumerate(interviews):
        own = settings_of(interview.turns, [e for e in exchanges if e.source == interview.source])
        shift = len(settings)
        settings += [_shifted(setting, shift) for setting in own]
        marked += [claim_of(setting.unit, interview.claims) for setting in own]
        groups += [number] * len(own)
    targets = Targets(
        np.array([claim is not None for claim in marked], dtype=np.int64),
        np.array([STANCES.index(c.stance) if c else -1 for c in marked], dtype=np.int64),
        np.array([FACETS.index(c.facet) if c else -1 for c in marked], dtype=np.int64),
    )
    return settings, targets, np.array(groups, dtype=np.int64)


def claim_of(unit: Unit, claims: Sequence[Claim]) -> Claim | None:
    """Find the marked claim a unit holds: the two share half of the unit or half of the claim.

    Where several do, the one with the longest common stretch counts.
    """
    best: tuple[int, Claim] | None = None
    for claim in claims:
        if not unit.span.overlaps(claim.span):
            continue
        common = min(unit.span.end, claim.span.end) - max(unit.span.start, claim.span.start)
        enough = common >= _LEAST_SHARE * min(len(unit.span.quote), len(claim.span.quote))
        if enough and (best is None or common > best[0]):
            best = (common, claim)
    return best[1] if best else None


def cross_validate(
    features: Vectors,
    documents: Sequence[Document],
    targets: Targets,
    groups: NDArray[np.int64],
    seed: int,
) -> Scores:
    """Score every unit by a network and a word head that have not seen its interview."""
    folds = min(_FOLDS, len(set(groups.tolist())))
    order = np.random.default_rng(seed).permutation(int(groups.max()) + 1)
    fold_of = order[groups] % folds
    parts: list[tuple[NDArray[np.int64], Scores]] = []
    for fold in range(folds):
        learn, hold = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        own = targets.at(learn)
        network = fit_network(features[learn], own, seed)
        words = fit_word_head([documents[row] for row in learn.tolist()], own)
        unseen = words.score([documents[row] for row in hold.tolist()])
        parts.append((hold, blend(score([network], features[hold]), unseen)))
    back = np.argsort(np.concatenate([rows for rows, _ in parts]))
    return Scores(
        *(
            np.concatenate([getattr(s, name) for _, s in parts])[back]
            for name in ("margin", "stance", "facet")
        )
    )


def _shifted(setting: Setting, shift: int) -> Setting:
    after = None if setting.after is None else setting.after + shift
    before = tuple(position + shift for position in setting.before)
    return Setting(setting.unit, setting.question, before, after, setting.place)


def _metrics(
    scores: Scores, probability: NDArray[np.floating], threshold: float, targets: Targets
) -> dict[str, float]:
    found, claimed = probability >= threshold, targets.claimed == 1
    every = max(1, int(found.sum() + claimed.sum()))
    stance = found & claimed & (scores.stance.argmax(axis=1) == targets.stance)
    facet = found & claimed & (scores.facet.argmax(axis=1) == targets.facet)
    figures = {
        "detection_f1": 2 * (found & claimed).sum() / every,
        "stance_micro_f1": 2 * stance.sum() / every,
        "facet_micro_f1": 2 * facet.sum() / every,
        "ece": calibration_error(probability, targets.claimed),
    }
    return {name: round(float(value), 3) for name, value in figures.items()}


def _data_card(interviews: Sequence[AnnotatedInterview], targets: Targets) -> dict[str, Any]:
    return {
        "interviews": len(interviews),
        "units": len(targets.claimed),
        "claimed_units": int(targets.claimed.sum()),
        "sha256": _data_hash(interviews),
    }


def _data_hash(interviews: Sequence[AnnotatedInterview]) -> str:
    """One hash over all words and marks, so that a manifest names its data."""
    digest = hashlib.sha256()
    for interview in sorted(interviews, key=lambda i: i.source):
        words = ((turn.speaker, turn.text) for turn in interview.turns)
        marks = ((c.span.quote, f"{c.stance}/{c.facet}") for c in interview.claims)
        for pair in chain(words, marks):
            digest.update("\x1f".join(pair).encode())
    return digest.hexdigest()
