"""The claim model: encoder, heads, calibration and thresholds, with a manifest that names what made them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from discovery.claims.calibration import Platt
from discovery.claims.context import Setting, answers_of
from discovery.claims.heads import Floats, Scores, blend, scores_of
from discovery.claims.scope import Scope, Vectors
from discovery.claims.wording import WordHead, documents_of
from discovery.errors import ModelError
from discovery.language import AnswerEncoder
from discovery.language.adapting import Adaptation
from discovery.language.deltas import Delta

FEATURES = "answer/1"
"""How units are read, kept in the manifest: another way of reading needs other weights."""

WEIGHTS = Path(__file__).parent / "weights"
_TENSORS, _MANIFEST = "claims.safetensors", "claims.json"
_DELTA, _TERMS = "delta.", "words.terms."


@dataclass(frozen=True, slots=True)
class Levels:
    """Numbers chosen on interviews that the model had not seen.

    Args:
        platt: From log-odds to the probability of a claim.
        threshold: Least probability that counts as a claim.
        guard: Least probability of any guard at which the likeliest is put on the claim.
        words: How much the head over words counts beside the adapted encoder, 0 to 1.
    """

    platt: Platt
    threshold: float
    guard: float
    words: float


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """What finds claims in answers.

    Args:
        adaptation: What the encoder has learnt, and the heads that read its vectors.
        words: The head over words, which decides together with them.
        scope: What tells talk about hiring from other talk, which holds no claims.
        levels: Calibration and thresholds.
        manifest: What it was made from: data hash, encoder, seed, metrics, licence.
    """

    adaptation: Adaptation
    words: WordHead
    scope: Scope
    levels: Levels
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name and version, stored with every claim."""
        return f"claims/{self.manifest['version']}"

    def read(self, settings: Sequence[Setting], encoder: AnswerEncoder) -> Vectors:
        """Let the adapted encoder read n units in their settings: (n, 2 m), a row a unit."""
        return read_settings(settings, self.adaptation.delta, encoder)

    def score(self, settings: Sequence[Setting], vectors: Vectors) -> tuple[Scores, Floats]:
        """Score n units, read before; the second part is (n, 7), no guard and each guard."""
        scores, guards = scores_of(head_outputs(vectors, self.adaptation))
        return blend(scores, self.words.score(documents_of(settings)), self.levels.words), guards

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> ClaimModel:
        """Load weights and manifest from a folder, the package's own unless another is named.

        Raises:
            ModelError: A file is missing, or the weights are not those of the manifest.
        """
        for name in (_MANIFEST, _TENSORS):
            if not (folder / name).is_file():
                raise ModelError("model.missing", file=name)
        data = (folder / _TENSORS).read_bytes()
        try:
            manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
            expected, levels = manifest["sha256"], _levels(manifest["levels"])
            least_likeness = manifest["levels"]["scope"]
        except (ValueError, KeyError, TypeError) as problem:
            raise ModelError("model.altered", file=_MANIFEST) from problem
        if hashlib.sha256(data).hexdigest() != expected:
            raise ModelError("model.altered", file=_TENSORS)
        tensors = load_tensors(data)
        return cls(_adaptation(tensors), _words(tensors), _scope(tensors, least_likeness), levels, manifest)

    def save(self, folder: Path) -> dict[str, Any]:
        """Write weights and manifest into a folder, weights first, and return the manifest."""
        folder.mkdir(parents=True, exist_ok=True)
        data = save_tensors(
            _adaptation_tensors(self.adaptation) | _word_tensors(self.words) | _scope_tensors(self.scope)
        )
        levels, platt = self.levels, self.levels.platt
        manifest = {
            **self.manifest,
            "levels": {
                "platt": [platt.slope, platt.offset],
                "threshold": levels.threshold,
                "guard": levels.guard,
                "words": levels.words,
                "scope": self.scope.least,
            },
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        _replace(folder / _TENSORS, data)
        _replace(folder / _MANIFEST, (json.dumps(manifest, indent=2, sort_keys=True) + "\n").encode())
        return manifest


@cache
def shipped_model() -> ClaimModel:
    """The package's own model, loaded once."""
    return ClaimModel.load()


def read_settings(settings: Sequence[Setting], delta: Delta, encoder: AnswerEncoder) -> Vectors:
    """Let an encoder with what it has learnt read n units in their settings: (n, 2 m), a row a unit."""
    return np.vstack(encoder.encode_answers(answers_of(settings), delta))


def head_outputs(vectors: Vectors, adaptation: Adaptation) -> Floats:
    """What the heads say of n units: (n, 27) raw outputs, a row a unit."""
    return np.asarray(vectors @ adaptation.weights + adaptation.bias, dtype=np.float32)


def _replace(path: Path, data: bytes) -> None:
    aside = path.with_suffix(path.suffix + ".part")
    aside.write_bytes(data)
    aside.replace(path)


def _levels(stored: Mapping[str, Any]) -> Levels:
    return Levels(Platt(*stored["platt"]), stored["threshold"], stored["guard"], stored["words"])


def _adaptation_tensors(adaptation: Adaptation) -> dict[str, NDArray[Any]]:
    delta = {_DELTA + name: np.ascontiguousarray(part) for name, part in adaptation.delta.tensors.items()}
    return {**delta, "heads.weights": adaptation.weights, "heads.bias": adaptation.bias}


def _adaptation(tensors: Mapping[str, NDArray[Any]]) -> Adaptation:
    delta = {name.removeprefix(_DELTA): part for name, part in tensors.items() if name.startswith(_DELTA)}
    return Adaptation(Delta(delta), tensors["heads.weights"], tensors["heads.bias"])


def _word_tensors(words: WordHead) -> dict[str, NDArray[Any]]:
    fields = {
        f"{_TERMS}{field}": np.frombuffer("\n".join(terms).encode(), dtype=np.uint8)
        for field, terms in enumerate(words.terms)
    }
    return {
        **fields,
        "words.telling": words.telling.astype(np.float32),
        "words.weights": np.ascontiguousarray(words.weights.astype(np.float16)),
        "words.bias": words.bias.astype(np.float32),
    }


def _words(tensors: Mapping[str, NDArray[Any]]) -> WordHead:
    fields = sorted(name for name in tensors if name.startswith(_TERMS))
    return WordHead(
        tuple(tuple(tensors[name].tobytes().decode().split("\n")) for name in fields),
        tensors["words.telling"],
        tensors["words.weights"].astype(np.float32),
        tensors["words.bias"],
    )


def _scope_tensors(scope: Scope) -> dict[str, NDArray[Any]]:
    return {
        "scope.whitening": scope.whitening.astype(np.float16),
        "scope.direction": scope.direction.astype(np.float32),
    }


def _scope(tensors: Mapping[str, NDArray[Any]], least: float) -> Scope:
    return Scope(tensors["scope.whitening"].astype(np.float32), tensors["scope.direction"], least)
