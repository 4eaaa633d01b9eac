"""The baseline every claim model is measured against: logistic regression on bare vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from discovery.claims.calibration import best_threshold
from discovery.claims.context import Setting
from discovery.claims.heads import FACETS, STANCES, Targets
from discovery.claims.training import training_rows
from discovery.language import Encoder
from discovery.records import AnnotatedInterview, Claim

_FOLDS = 5


def frozen_baseline(
    training: Sequence[AnnotatedInterview], interviews: Sequence[AnnotatedInterview], encoder: Encoder
) -> dict[str, list[Claim]]:
    """Find claims by plain logistic regression over the vector of each unit alone.

    Args:
        training: Interviews to learn from.
        interviews: Interviews to find claims in.
        encoder: Gives the vectors.

    Returns:
        Claims by transcript file, in the order of speech.
    """
    from sklearn.linear_model import LogisticRegression

    settings, targets, groups = training_rows(training)
    vectors = _vectors(settings, encoder)
    threshold = _threshold(vectors, targets, groups)
    marked = np.flatnonzero(targets.claimed)
    heads = [
        LogisticRegression(C=10, max_iter=500).fit(vectors[rows], labels[rows])
        for rows, labels in (
            (np.arange(len(vectors)), targets.claimed),
            (marked, targets.stance),
            (marked, targets.facet),
        )
    ]
    found: dict[str, list[Claim]] = {}
    for interview in interviews:
        own, _, _ = training_rows([interview])
        found[interview.source] = _claims(own, interview.employer, heads, threshold, encoder)
    return found


def _threshold(vectors: NDArray[np.float32], targets: Targets, groups: NDArray[np.int64]) -> float:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    folds = GroupKFold(min(_FOLDS, len(set(groups.tolist()))))
    head = LogisticRegression(C=10, max_iter=500)
    probability = cross_val_predict(
        head, vectors, targets.claimed, groups=groups, cv=folds, method="predict_proba"
    )
    return best_threshold(probability[:, 1], targets.claimed)


def _claims(
    settings: Sequence[Setting], employer: str, heads: Sequence[object], threshold: float, encoder: Encoder
) -> list[Claim]:
    if not settings:
        return []
    vectors = _vectors(settings, encoder)
    detection, stance, facet = heads
    probability = detection.predict_proba(vectors)[:, 1]  # type: ignore[attr-defined]
    stances = stance.predict(vectors)  # type: ignore[attr-defined]
    facets = facet.predict(vectors)  # type: ignore[attr-defined]
    return [
        Claim(
            setting.unit.span,
            employer,
            setting.unit.speaker,
            STANCES[int(stances[row])],
            FACETS[int(facets[row])],
            float(probability[row]),
            model="frozen-baseline/1",
        )
        for row, setting in enumerate(settings)
        if probability[row] >= threshold
    ]


def _vectors(settings: Sequence[Setting], encoder: Encoder) -> NDArray[np.float32]:
    return encoder.encode([setting.unit.span.quote for setting in settings])
