"""Heads over frozen vectors and cues: what was shipped before the encoder itself learnt, kept to compare."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from discovery.claims.context import Setting
from discovery.claims.heads import FACETS, STANCES, Floats, Scores, Targets, softmax
from discovery.language import Encoder
from discovery.language.words import plain

if TYPE_CHECKING:
    import torch

Vectors = Floats
_OUTPUTS = 1 + len(STANCES) + len(FACETS)
_HIDDEN, _DROPOUT, _EPOCHS, _BATCH, _RATE, _DECAY = 128, 0.3, 10, 128, 2e-3, 0.05
_QUESTION, _BEFORE, _BEFORE_THAT, _AFTER = 0.35, 0.5, 0.3, 0.3


def feature_matrix(settings: Sequence[Setting], encoder: Encoder) -> Vectors:
    """Turn n settings into an (n, 5m + c) matrix: m values a vector, c cues.

    Units and questions are encoded once each, without duplicates and sorted by length, so
    that the work is little more than the bare encoding of the units.

    Args:
        settings: Units in their settings; ``before`` and ``after`` are positions in this list.
        encoder: Gives the vectors.
    """
    texts = [setting.unit.span.quote for setting in settings]
    questions = [setting.question for setting in settings]
    known = _encode_once([*texts, *questions], encoder)
    empty = np.zeros(encoder.dimensions, dtype=np.float32)
    own = _stack([known[text] for text in texts], encoder.dimensions)
    asked = _stack([known.get(question, empty) for question in questions], encoder.dimensions)
    nearest = [setting.before[0] if setting.before else None for setting in settings]
    further = [setting.before[1] if len(setting.before) > 1 else None for setting in settings]
    after = [setting.after for setting in settings]
    cues = np.array([cue_vector(setting) for setting in settings], dtype=np.float32)
    blocks = (
        own,
        asked * np.float32(_QUESTION),
        _pick(own, nearest) * np.float32(_BEFORE),
        _pick(own, further) * np.float32(_BEFORE_THAT),
        _pick(own, after) * np.float32(_AFTER),
    )
    scale = np.float32(np.sqrt(encoder.dimensions))
    return np.hstack([*(block * scale for block in blocks), cues.reshape(len(settings), -1)])


def _encode_once(texts: Iterable[str], encoder: Encoder) -> dict[str, NDArray[np.float32]]:
    distinct = sorted({text for text in texts if text}, key=lambda text: (len(text), text))
    return dict(zip(distinct, encoder.encode(distinct), strict=True))


def _stack(rows: Sequence[NDArray[np.float32]], dimensions: int) -> Vectors:
    return np.stack(rows) if rows else np.zeros((0, dimensions), dtype=np.float32)


def _pick(vectors: Vectors, positions: Sequence[int | None]) -> Vectors:
    """Rows by position, zeros where there is none."""
    picked = np.zeros((len(positions), vectors.shape[1]), dtype=np.float32)
    for row, position in zip(picked, positions, strict=True):
        if position is not None:
            row[:] = vectors[position]
    return picked


def cue_vector(setting: Setting) -> list[float]:
    """Mark which cues a unit shows: 1 in the unit itself, and its length, place and form.

    Returns:
        One number a name of :func:`cue_names`, in that order.
    """
    text = plain(setting.unit.span.quote)
    found = [1.0 if pattern.search(text) else 0.0 for pattern in _patterns().values()]
    words = len(text.split())
    form = [
        min(3.0, math.log1p(words)),
        1.0 if words <= 4 else 0.0,
        setting.place,
        1.0 if not setting.before else 0.0,
        1.0 if text.endswith("?") else 0.0,
        1.0 if setting.question.endswith("?") else 0.0,
    ]
    return found + form


def cue_names() -> tuple[str, ...]:
    """Name the columns of :func:`cue_vector`."""
    form = ("length", "very short", "place in turn", "first in turn", "question mark", "question before")
    return (*_patterns(), *form)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in _data()["cues"].items()}


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "cues.toml").read_text(encoding="utf-8"))


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
