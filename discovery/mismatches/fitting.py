"""Fitting the two models: the same result for the same data and seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from discovery.mismatches.model import GAIN, PairModel, SideModel, sigmoid
from discovery.mismatches.pairs import Floats
from discovery.mismatches.wording import Rows


@dataclass(frozen=True, slots=True)
class Settings:
    """How the side model is fitted; the defaults were chosen by cross-validation.

    Args:
        weight: How much more a one counts than a zero.
        ridge: Penalty on the squared weights of the linear model over vectors.
        word_ridge: Likewise of the linear model over words.
        shares: How much linear model, networks and words count in the log odds.
        steps: Most steps of each linear model.
        networks: Small networks beside the linear model.
        hidden: Hidden units of each.
        epochs: Times each sees all units.
        rate: Highest learning rate.
        decay: Weight decay.
        drop_input: Share of the vectors' values left out at random in each step.
        drop_hidden: Likewise of the hidden units.
        batch: Units a step.
    """

    weight: float = 5.0
    ridge: float = 0.1
    word_ridge: float = 0.3
    shares: tuple[float, float, float] = (0.15, 0.25, 0.6)
    steps: int = 100
    networks: int = 3
    hidden: int = 256
    epochs: int = 15
    rate: float = 2e-3
    decay: float = 1e-2
    drop_input: float = 0.1
    drop_hidden: float = 0.5
    batch: int = 128


@dataclass(frozen=True, slots=True)
class Units:
    """What the side model learns from: n units of interviews, then p units of passages.

    Args:
        vectors: (n, m) vectors; none for passages, whose units stand without their talk.
        labels: (n, h) ones and zeros; NaN where nobody has looked.
        words: Sparse (n + p, w) counts of words.
        word_labels: (n + p, h) labels of the same rows.
    """

    vectors: Floats
    labels: Floats
    words: Rows
    word_labels: Floats


def fit_sides(units: Units, *, seed: int = 0, settings: Settings | None = None) -> SideModel:
    """Fit all parts of the side model.

    Args:
        units: What to learn from.
        seed: Start of the random numbers.
        settings: How to fit.
    """
    settings = settings or Settings()
    task = _task(units.labels, settings)
    x = np.ascontiguousarray(units.vectors, dtype=np.float32)
    weights, bias = _linear(x, task, settings.ridge, settings.steps)
    parts = [_network(x, task, settings, seed + n) for n in range(settings.networks)]
    inner, inner_bias, outer, outer_bias = (np.stack(part) for part in zip(*parts, strict=True))
    rare = _rarity(units.words)
    scaled = units.words.multiply(rare[None, :]).tocsr().astype(np.float32)
    words, words_bias = _linear(
        scaled, _task(units.word_labels, settings), settings.word_ridge, settings.steps
    )
    shares = np.array(settings.shares, dtype=np.float32)
    return SideModel(
        weights, bias, inner, inner_bias, outer, outer_bias, words * rare[:, None], words_bias, shares
    )


@dataclass(frozen=True, slots=True)
class _Task:
    """Labels without holes, how much each counts, and the log odds to start from."""

    labels: Floats
    counts: Floats
    start: Floats


def _task(labels: Floats, settings: Settings) -> _Task:
    known = ~np.isnan(labels)
    filled = np.nan_to_num(labels).astype(np.float32)
    counts = np.where(known, np.where(filled > 0, settings.weight, 1.0), 0).astype(np.float32)
    base = np.clip(filled.sum(axis=0) / np.maximum(known.sum(axis=0), 1), 1e-4, 1 - 1e-4)
    return _Task(filled, counts, np.log(base / (1 - base)).astype(np.float32))


def _rarity(words: Rows) -> Floats:
    """(w,) inverse document frequency of each column, its mean 1.

    Source: Sparck Jones 1972, "A statistical interpretation of term specificity".
    """
    units = words.shape[0]
    seen = np.bincount(words.indices, minlength=words.shape[1])
    rare = np.log((1 + units) / (1 + seen)) + 1
    return np.asarray(rare / rare.mean(), dtype=np.float32)


def fit_pairs(features: Floats, labels: Floats, *, ridge: float = 30.0) -> PairModel:
    """Fit a logistic regression to (p, f) features and p labels; not yet calibrated."""
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale = np.where(scale < 1e-3, 1, scale).astype(np.float32)
    x = np.clip((features - mean) / scale, -5, 5).astype(np.float32)

    def loss(w: Floats) -> tuple[float, Floats]:
        z = x @ w[:-1].astype(np.float32) + w[-1]
        error = sigmoid(z) - labels
        slope = np.append(x.T @ error + ridge * w[:-1], error.sum())
        return _cross_entropy(z, labels) + 0.5 * ridge * float((w[:-1] ** 2).sum()), slope

    start = np.zeros(x.shape[1] + 1)
    start[-1] = np.log(max(float(labels.mean()), 1e-4))
    w = _descend(loss, start, 150)
    return PairModel(mean, scale, w[:-1], w[-1:], np.array([1, 0], dtype=np.float32))


def fit_platt(raw: Floats, labels: Floats) -> Floats:
    """Fit slope and intercept that turn raw sums into calibrated log odds.

    Source: Platt 1999, "Probabilistic outputs for support vector machines".
    """

    def loss(w: Floats) -> tuple[float, Floats]:
        z = w[0] * raw + w[1]
        error = sigmoid(z) - labels
        return _cross_entropy(z, labels), np.array([(error * raw).sum(), error.sum()], dtype=np.float64)

    return _descend(loss, np.array([1.0, 0.0]), 100)


def _linear(x: Any, task: _Task, ridge: float, steps: int) -> tuple[Floats, Floats]:
    """All heads' logistic regressions at once, dense or sparse, by full-batch quasi-Newton descent."""
    shape = (x.shape[1] + 1, task.labels.shape[1])
    turned = x.T if isinstance(x, np.ndarray) else x.T.tocsr()

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(shape).astype(np.float32)
        z = x @ w[:-1] + w[-1]
        error = task.counts * (sigmoid(z) - task.labels)
        slope = np.vstack([turned @ error + ridge * w[:-1], error.sum(axis=0)])
        penalty = 0.5 * ridge * float((w[:-1] ** 2).sum(dtype=np.float64))
        return _cross_entropy(z, task.labels, task.counts) + penalty, slope.ravel()

    start = np.vstack([np.zeros((shape[0] - 1, shape[1])), task.start])
    w = _descend(loss, start.ravel(), steps).reshape(shape)
    return w[:-1], w[-1]


def _network(x: Floats, task: _Task, settings: Settings, seed: int) -> tuple[Floats, Floats, Floats, Floats]:
    """One network with a hidden layer shared by all heads.

    Source: Srivastava et al. 2014, "Dropout"; Loshchilov & Hutter 2019, "Decoupled weight decay".
    """
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        inner = torch.nn.Linear(x.shape[1], settings.hidden)
        outer = torch.nn.Linear(settings.hidden, len(task.start))
        outer.bias.data = torch.from_numpy(task.start.copy())
        net = torch.nn.Sequential(
            torch.nn.Dropout(settings.drop_input), inner, torch.nn.ReLU(),
            torch.nn.Dropout(settings.drop_hidden), outer,
        )  # fmt: skip
        data = [
            torch.from_numpy(np.ascontiguousarray(part, dtype=np.float32))
            for part in (GAIN * x, task.labels, task.counts)
        ]
        batches = -(-len(x) // settings.batch)
        descent = torch.optim.AdamW(net.parameters(), lr=settings.rate, weight_decay=settings.decay)
        pace = torch.optim.lr_scheduler.OneCycleLR(
            descent, settings.rate, total_steps=settings.epochs * batches, pct_start=0.1
        )
        for _ in range(settings.epochs):
            for rows in torch.split(torch.randperm(len(x)), settings.batch):
                given, wanted, weights = (part[rows] for part in data)
                descent.zero_grad()
                lost = torch.nn.functional.binary_cross_entropy_with_logits(
                    net(given), wanted, weight=weights, reduction="sum"
                )
                (lost / len(rows)).backward()  # type: ignore[no-untyped-call]
                descent.step()
                pace.step()
        tensors = (inner.weight.T, inner.bias, outer.weight.T, outer.bias)
        weights_in, bias_in, weights_out, bias_out = (tensor.detach().numpy().copy() for tensor in tensors)
    return weights_in, bias_in, weights_out, bias_out


def _cross_entropy(z: Floats, y: Floats, counts: Floats | float = 1.0) -> float:
    return float((counts * (np.logaddexp(0, z) - y * z)).sum(dtype=np.float64))


def _descend(loss: Callable[[Floats], tuple[float, Floats]], start: Floats, steps: int) -> Floats:
    def double(w: Floats) -> tuple[float, Floats]:
        value, slope = loss(w)
        return value, slope.astype(np.float64)

    from scipy.optimize import minimize

    found = minimize(double, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 12})
    return np.asarray(found.x, dtype=np.float32)
