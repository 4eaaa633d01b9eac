"""Scores that mean what they say: of claims scored 0.7, seven in ten are claims."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Platt:
    """A sigmoid from log-odds to probability.

    Source: Platt 1999, "Probabilistic outputs for support vector machines".
    """

    slope: float = 1.0
    offset: float = 0.0

    def probability(self, margin: Floats) -> Floats:
        """Turn (n,) log-odds into (n,) probabilities."""
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(self.slope * margin + self.offset, -30, 30))))


def fit_platt(margin: Floats, claimed: NDArray[np.integer]) -> Platt:
    """Fit the sigmoid on log-odds of interviews the heads have not seen.

    Args:
        margin: (n,) log-odds.
        claimed: (n,) 1 for a claim, else 0; both must occur.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(np.asarray(margin, dtype=np.float64).reshape(-1, 1), claimed)
    return Platt(float(model.coef_[0, 0]), float(model.intercept_[0]))


def best_threshold(probability: Floats, claimed: NDArray[np.integer]) -> float:
    """Find the least probability that counts as a claim so that F1 is greatest, in steps of 0.01.

    >>> best_threshold(np.array([0.9, 0.6, 0.2]), np.array([1, 1, 0]))
    0.41
    """
    steps = np.arange(10, 91) / 100
    scores = np.array([_f1(probability >= step, claimed == 1) for step in steps])
    best = np.flatnonzero(scores >= scores.max() - 1e-12)
    return float(steps[best[len(best) // 2]])


def calibration_error(probability: Floats, claimed: NDArray[np.integer], bins: int = 10) -> float:
    """Expected calibration error: how far scores are from the share of claims, 0 is best.

    Args:
        probability: (n,) scores.
        claimed: (n,) 1 for a claim, else 0.
        bins: Number of equally wide bins.

    Source: Guo et al. 2017, "On calibration of modern neural networks".

    >>> calibration_error(np.array([0.0, 1.0]), np.array([0, 1]))
    0.0
    """
    if not len(probability):
        return 0.0
    place = np.minimum((np.asarray(probability) * bins).astype(int), bins - 1)
    gaps = [
        (place == b).sum() * abs(probability[place == b].mean() - claimed[place == b].mean())
        for b in range(bins)
        if (place == b).any()
    ]
    return float(sum(gaps) / len(probability))


def _f1(predicted: NDArray[np.bool_], claimed: NDArray[np.bool_]) -> float:
    return float(2 * (predicted & claimed).sum() / max(1, predicted.sum() + claimed.sum()))
