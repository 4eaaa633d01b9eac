"""Fitting the two models: full-batch quasi-Newton descent, the same result for the same seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize

from discovery.mismatches.model import PairModel, SideModel, sigmoid
from discovery.mismatches.pairs import Floats

_SIDE_STEPS = 80
_PAIR_STEPS = 120


def fit_sides(vectors: Floats, labels: Floats, *, weight: float = 5.0, ridge: float = 0.3) -> SideModel:
    """Fit one logistic regression for each column of labels, all at once.

    Args:
        vectors: (n, m) vectors of units.
        labels: (n, h) ones and zeros; NaN where nobody has looked.
        weight: How much more a one counts than a zero.
        ridge: Strength of the penalty on squared weights.
    """
    x = np.ascontiguousarray(vectors, dtype=np.float32)
    y = np.nan_to_num(labels).astype(np.float32)
    counts = np.where(np.isnan(labels), 0, np.where(y > 0, weight, 1.0)).astype(np.float32)
    shape = (x.shape[1] + 1, y.shape[1])

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(shape).astype(np.float32)
        z = x @ w[:-1] + w[-1]
        value = float((counts * (np.logaddexp(0, z) - y * z)).sum(dtype=np.float64))
        error = counts * (sigmoid(z) - y)
        slope = np.vstack([x.T @ error + ridge * w[:-1], error.sum(axis=0)])
        return value + 0.5 * ridge * float((w[:-1] ** 2).sum(dtype=np.float64)), slope.ravel()

    start = np.zeros(shape)
    base = np.clip(y.mean(axis=0), 1e-4, 1 - 1e-4)
    start[-1] = np.log(base / (1 - base))
    w = _descend(loss, start.ravel(), _SIDE_STEPS).reshape(shape)
    return SideModel(w[:-1], w[-1])


def fit_pairs(
    features: Floats, labels: Floats, *, hidden: int = 8, members: int = 5, ridge: float = 30.0, seed: int = 0
) -> PairModel:
    """Fit an ensemble of small networks to (p, f) features and p labels; not yet calibrated.

    Args:
        features: As :func:`discovery.mismatches.features.pair_features` gives them.
        labels: (p,) ones and zeros.
        hidden: Hidden units of each network.
        members: Networks in the ensemble.
        ridge: Strength of the penalty on squared weights.
        seed: Start of the random numbers.
    """
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale = np.where(scale < 1e-6, 1, scale)
    x = np.clip((features - mean) / scale, -5, 5).astype(np.float32)
    fits = [_network(x, labels.astype(np.float32), hidden, ridge, seed + n) for n in range(members)]
    inner, inner_bias, outer, direct, outer_bias = (np.stack(parts) for parts in zip(*fits, strict=True))
    one = np.array([1, 0], dtype=np.float32)
    return PairModel(mean, scale, inner, inner_bias, outer, direct, outer_bias, one)


def fit_platt(raw: Floats, labels: Floats) -> Floats:
    """Fit slope and intercept that turn raw sums into log odds.

    Source: Platt 1999, "Probabilistic outputs for support vector machines".
    """

    def loss(w: Floats) -> tuple[float, Floats]:
        z = w[0] * raw + w[1]
        error = sigmoid(z) - labels
        value = float((np.logaddexp(0, z) - labels * z).sum(dtype=np.float64))
        return value, np.array([(error * raw).sum(), error.sum()], dtype=np.float64)

    return _descend(loss, np.array([1.0, 0.0]), 100)


def _network(x: Floats, y: Floats, hidden: int, ridge: float, seed: int) -> tuple[Floats, ...]:
    """One network: a linear sum and ``hidden`` tanh units side by side."""
    width = x.shape[1]
    random = np.random.default_rng(seed)
    sizes = [width * hidden, hidden, hidden, width, 1]
    cuts = np.cumsum(sizes)[:-1]

    def loss(flat: Floats) -> tuple[float, Floats]:
        inner, inner_bias, outer, direct, bias = np.split(flat.astype(np.float32), cuts)
        inner = inner.reshape(width, hidden)
        units = np.tanh(x @ inner + inner_bias)
        z = units @ outer + x @ direct + bias
        error = sigmoid(z) - y
        back = np.outer(error, outer) * (1 - units**2)
        slopes = [x.T @ back + ridge * inner, back.sum(axis=0), units.T @ error + ridge * outer,
                  x.T @ error + ridge * direct, error.sum(keepdims=True)]  # fmt: skip
        penalty = 0.5 * ridge * float((inner**2).sum() + (outer**2).sum() + (direct**2).sum())
        value = float((np.logaddexp(0, z) - y * z).sum(dtype=np.float64))
        return value + penalty, np.concatenate([slope.ravel() for slope in slopes])

    start = np.concatenate([random.normal(0, 0.3, sizes[0]), np.zeros(hidden), random.normal(0, 0.3, hidden),
                            np.zeros(width), [np.log(max(y.mean(), 1e-4))]])  # fmt: skip
    inner, inner_bias, outer, direct, bias = np.split(_descend(loss, start, _PAIR_STEPS), cuts)
    return inner.reshape(width, hidden), inner_bias, outer, direct, bias[0]


def _descend(loss: Callable[[Floats], tuple[float, Floats]], start: Floats, steps: int) -> Floats:
    found = minimize(
        lambda w: (lambda value, slope: (value, slope.astype(np.float64)))(*loss(w)),
        start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 12},
    )  # fmt: skip
    return np.asarray(found.x, dtype=np.float32)
