"""The learned part: which side a unit may stand on, and how well two units make a mismatch."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file, save_file

from discovery.errors import ModelError
from discovery.mismatches.features import Heads
from discovery.mismatches.pairs import Floats, Talk
from discovery.records import Facet, Stance

VERSION = "mismatches/3"
WEIGHTS = "mismatches.safetensors"
MANIFEST = "mismatches.json"
FOLDER = Path(__file__).with_name("weights")

GAIN = 8.0
"""Vectors have unit length; the networks see them this much longer, so that values are near 1."""


@dataclass(frozen=True, slots=True)
class SideModel:
    """A linear model and e small networks over frozen vectors, and a linear model over words.

    The h heads are the stated sides of k types, their actual sides, the stances, the facets,
    and the decoy head: 2 k + 7 + 12 + 1 columns.

    Args:
        weights: (m, h) weights of the linear model.
        bias: (h,) its biases.
        inner: (e, m, u) weights of the networks' hidden units.
        inner_bias: (e, u) their biases.
        outer: (e, u, h) weights of the hidden units in each head.
        outer_bias: (e, h) biases of the heads.
        words: (w, h) weights of the words.
        words_bias: (h,) biases beside them.
        shares: (3,) how much linear model, networks and words count in the log odds; they sum to 1.
    """

    weights: Floats
    bias: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats
    words: Floats
    words_bias: Floats
    shares: Floats

    def heads(self, talk: Talk, kinds: int) -> Heads:
        """Score the units of a talk: a weighted mean of the log odds the parts give."""
        vectors = talk.vectors
        hidden = (
            np.maximum(GAIN * vectors @ w + b, 0) for w, b in zip(self.inner, self.inner_bias, strict=True)
        )
        outs = [u @ w + b for u, w, b in zip(hidden, self.outer, self.outer_bias, strict=True)]
        parts = (
            vectors @ self.weights + self.bias,
            np.mean(outs, axis=0),
            talk.words @ self.words + self.words_bias,
        )
        p = sigmoid(np.tensordot(self.shares, np.stack(parts), axes=1))
        cuts = np.cumsum([kinds, kinds, len(Stance), len(Facet)])
        stated, actual, stance, facet, decoy = np.split(p, cuts, axis=1)
        return Heads(stated, actual, stance, facet, decoy[:, 0])


@dataclass(frozen=True, slots=True)
class PairModel:
    """A logistic regression over pair features, then Platt scaling.

    Args:
        mean: (f,) mean of each feature in training.
        scale: (f,) its standard deviation.
        weights: (f,) weights of the scaled features.
        bias: (1,) bias of their sum.
        platt: (2,) slope and intercept that turn the sum into calibrated log odds.
    """

    mean: Floats
    scale: Floats
    weights: Floats
    bias: Floats
    platt: Floats

    def raw(self, features: Floats) -> Floats:
        """Sum for each pair before scaling, (p,)."""
        x = np.clip((features - self.mean) / self.scale, -5, 5)
        return np.asarray(x @ self.weights + self.bias[0], dtype=np.float32)

    def score(self, features: Floats) -> Floats:
        """Calibrated probability that a careful coder would mark each pair, (p,)."""
        return sigmoid(self.platt[0] * self.raw(features) + self.platt[1])


@dataclass(frozen=True, slots=True)
class MismatchModel:
    """Both models with what is needed to use and to name them.

    Args:
        side: Which side a unit may stand on.
        pair: How well two units make a mismatch.
        kinds: Keys of the types the models know, in the order of their columns.
        threshold: Least score that is reported.
        encoder: Name of the encoder whose vectors they learned from.
        facts: The rest of the manifest: seed, data, metrics, licence.
    """

    side: SideModel
    pair: PairModel
    kinds: tuple[str, ...]
    threshold: float
    encoder: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Version and first characters of the weights' SHA-256."""
        return f"{VERSION}+{str(self.facts.get('sha256', ''))[:8]}"

    def save(self, folder: Path) -> dict[str, Any]:
        """Write weights (half precision) and manifest; return the manifest."""
        folder.mkdir(parents=True, exist_ok=True)
        tensors = {
            f"{part}.{item.name}": np.ascontiguousarray(getattr(model, item.name), dtype=np.float16)
            for part, model in (("side", self.side), ("pair", self.pair))
            for item in fields(model)
        }
        save_file(tensors, folder / WEIGHTS)
        manifest = {
            "model": VERSION,
            "encoder": self.encoder,
            "kinds": list(self.kinds),
            "threshold": self.threshold,
            **self.facts,
            "sha256": hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest(),
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        return manifest

    @classmethod
    def load(cls, folder: Path = FOLDER) -> MismatchModel:
        """Load weights after checking them against the manifest.

        Raises:
            ModelError: They are missing, or are not what the manifest names.
        """
        weights, manifest = folder / WEIGHTS, folder / MANIFEST
        for path in (weights, manifest):
            if not path.is_file():
                raise ModelError("model.missing", file=path.name)
        facts = json.loads(manifest.read_text(encoding="utf-8"))
        if hashlib.sha256(weights.read_bytes()).hexdigest() != facts["sha256"]:
            raise ModelError("model.altered", file=weights.name)
        tensors = {name: array.astype(np.float32) for name, array in load_file(weights).items()}
        side = SideModel(**{item.name: tensors[f"side.{item.name}"] for item in fields(SideModel)})
        pair = PairModel(**{item.name: tensors[f"pair.{item.name}"] for item in fields(PairModel)})
        kinds, threshold, encoder = tuple(facts.pop("kinds")), facts.pop("threshold"), facts.pop("encoder")
        return cls(side, pair, kinds, threshold, encoder, facts)


@cache
def shipped_model() -> MismatchModel:
    """The model that comes with the package, loaded once."""
    return MismatchModel.load()


def sigmoid(x: Floats) -> Floats:
    """Turn log odds into probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)
