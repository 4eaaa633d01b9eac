"""Heads over features: is a unit a claim, with which stance, on which facet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from discovery.records import Facet, Stance

if TYPE_CHECKING:
    import torch

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

STANCES: tuple[Stance, ...] = tuple(Stance)
FACETS: tuple[Facet, ...] = tuple(Facet)
_TINY = np.float32(1e-6)
_OUTPUTS = 1 + len(STANCES) + len(FACETS)
_HIDDEN, _DROPOUT, _EPOCHS, _BATCH, _RATE, _DECAY = 128, 0.3, 10, 128, 2e-3, 0.05


@dataclass(frozen=True, slots=True)
class Targets:
    """What a coder marked, one entry a unit.

    Args:
        claimed: (n,) 1 where the unit holds a claim, else 0.
        stance: (n,) index into :data:`STANCES`, -1 where there is no claim.
        facet: (n,) index into :data:`FACETS`, -1 where there is no claim.
    """

    claimed: Ints
    stance: Ints
    facet: Ints

    def at(self, rows: Ints) -> Targets:
        """The same for some rows only."""
        return Targets(self.claimed[rows], self.stance[rows], self.facet[rows])


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of n units.

    Args:
        margin: (n,) log-odds that the unit is a claim, not yet calibrated.
        stance: (n, 7) probability of each stance, given that it is one.
        facet: (n, 12) probability of each facet, given that it is one.
    """

    margin: Floats
    stance: Floats
    facet: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer with shared outputs: (d, h) and (h, 20) weights with their biases."""

    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def outputs(self, features: Floats) -> Floats:
        """Turn (n, d) features into (n, 20) raw outputs."""
        hidden = np.maximum(features @ self.inner + self.inner_bias, 0)
        return np.asarray(hidden @ self.outer + self.outer_bias, dtype=np.float32)


def score(networks: Sequence[Network], features: Floats) -> Scores:
    """Average what several networks say of (n, d) features."""
    raw = [network.outputs(features) for network in networks]
    cut = 1 + len(STANCES)
    return Scores(
        np.mean([r[:, 0] for r in raw], axis=0),
        np.mean([softmax(r[:, 1:cut]) for r in raw], axis=0),
        np.mean([softmax(r[:, cut:]) for r in raw], axis=0),
    )


def blend(one: Scores, other: Scores) -> Scores:
    """Let two models decide together: mean log-odds, geometric mean of the chances."""

    def both(left: Floats, right: Floats) -> Floats:
        return softmax((np.log(left + _TINY) + np.log(right + _TINY)) / 2)

    return Scores(
        np.asarray((one.margin + other.margin) / 2, dtype=np.float32),
        both(one.stance, other.stance),
        both(one.facet, other.facet),
    )


def softmax(rows: Floats) -> Floats:
    """Turn each row into probabilities that add up to 1."""
    shifted = np.exp(rows - rows.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def fit_network(features: Floats, targets: Targets, seed: int) -> Network:
    """Train one network on (n, d) features; the same seed and data give the same weights."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # one order of sums, so one result
    try:
        return _fit(features, targets, seed)
    finally:
        torch.set_num_threads(threads)


def _fit(features: Floats, targets: Targets, seed: int) -> Network:
    import torch

    torch.manual_seed(seed)
    inner = torch.nn.Linear(features.shape[1], _HIDDEN)
    outer = torch.nn.Linear(_HIDDEN, _OUTPUTS)
    network = torch.nn.Sequential(inner, torch.nn.ReLU(), torch.nn.Dropout(_DROPOUT), outer)
    _optimise(network, features, targets, np.random.default_rng(seed))
    parts = (inner.weight.T, inner.bias, outer.weight.T, outer.bias)
    return Network(*(np.ascontiguousarray(part.detach().numpy()) for part in parts))


def _optimise(
    network: torch.nn.Module, features: Floats, targets: Targets, chance: np.random.Generator
) -> None:
    import torch

    inputs = torch.from_numpy(np.ascontiguousarray(features))
    claimed = torch.from_numpy(targets.claimed.astype(np.float32))
    stance, facet = torch.from_numpy(targets.stance), torch.from_numpy(targets.facet)
    batches = len(features) // min(_BATCH, max(8, len(features) // 16)) + 1
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, total_steps=_EPOCHS * batches)
    network.train()
    for _ in range(_EPOCHS):
        for rows in np.array_split(chance.permutation(len(features)), batches):
            loss = _loss(network(inputs[rows]), claimed[rows], stance[rows], facet[rows])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    network.eval()


def _loss(
    outputs: torch.Tensor, claimed: torch.Tensor, stance: torch.Tensor, facet: torch.Tensor
) -> torch.Tensor:
    """Detection on every unit; stance and facet where a coder marked a claim."""
    from torch.nn import functional

    loss = functional.binary_cross_entropy_with_logits(outputs[:, 0], claimed)
    marked = claimed > 0
    if bool(marked.any()):
        cut = 1 + len(STANCES)
        loss = loss + functional.cross_entropy(outputs[marked, 1:cut], stance[marked])
        loss = loss + functional.cross_entropy(outputs[marked, cut:], facet[marked])
    return loss
