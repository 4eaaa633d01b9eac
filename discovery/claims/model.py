"""The claim model: networks, calibration and threshold, with a manifest that names what made them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from discovery.claims.calibration import Platt
from discovery.claims.heads import Floats, Network, Scores, blend, score
from discovery.claims.wording import Document, WordHead
from discovery.errors import ModelError

WEIGHTS = Path(__file__).parent / "weights"
_TENSORS, _MANIFEST = "claims.safetensors", "claims.json"
_PARTS = ("inner", "inner_bias", "outer", "outer_bias")


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """What finds claims in features.

    Args:
        networks: The trained networks; their answers are averaged.
        words: The head over words, which decides together with them.
        platt: From log-odds to probability.
        threshold: Least probability that counts as a claim.
        manifest: What it was made from: data hash, encoder, seed, metrics, licence.
    """

    networks: tuple[Network, ...]
    words: WordHead
    platt: Platt
    threshold: float
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name and version, stored with every claim."""
        return f"claims/{self.manifest['version']}"

    def score(self, features: Floats, documents: Sequence[Document]) -> Scores:
        """Score n units by their (n, d) features and their n documents."""
        return blend(score(self.networks, features), self.words.score(documents))

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
            expected, platt, threshold = manifest["sha256"], manifest["platt"], manifest["threshold"]
        except (ValueError, KeyError, TypeError) as problem:
            raise ModelError("model.altered", file=_MANIFEST) from problem
        if hashlib.sha256(data).hexdigest() != expected:
            raise ModelError("model.altered", file=_TENSORS)
        tensors = load_tensors(data)
        return cls(_networks(tensors), _words(tensors), Platt(*platt), threshold, manifest)

    def save(self, folder: Path) -> dict[str, Any]:
        """Write weights and manifest into a folder, weights first, and return the manifest."""
        folder.mkdir(parents=True, exist_ok=True)
        tensors = {
            f"{number}.{part}": np.ascontiguousarray(getattr(network, part).astype(np.float16))
            for number, network in enumerate(self.networks)
            for part in _PARTS
        }
        data = save_tensors(tensors | _word_tensors(self.words))
        manifest = {
            **self.manifest,
            "platt": [self.platt.slope, self.platt.offset],
            "threshold": self.threshold,
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        _replace(folder / _TENSORS, data)
        _replace(folder / _MANIFEST, (json.dumps(manifest, indent=2, sort_keys=True) + "\n").encode())
        return manifest


def _replace(path: Path, data: bytes) -> None:
    aside = path.with_suffix(path.suffix + ".part")
    aside.write_bytes(data)
    aside.replace(path)


def _word_tensors(words: WordHead) -> dict[str, NDArray[Any]]:
    fields = {
        f"words.terms.{field}": np.frombuffer("\n".join(terms).encode(), dtype=np.uint8)
        for field, terms in enumerate(words.terms)
    }
    return {
        **fields,
        "words.telling": words.telling.astype(np.float32),
        "words.weights": np.ascontiguousarray(words.weights.astype(np.float16)),
        "words.bias": words.bias.astype(np.float32),
    }


def _words(tensors: Mapping[str, NDArray[Any]]) -> WordHead:
    fields = sorted(name for name in tensors if name.startswith("words.terms."))
    return WordHead(
        tuple(tuple(tensors[name].tobytes().decode().split("\n")) for name in fields),
        tensors["words.telling"],
        tensors["words.weights"].astype(np.float32),
        tensors["words.bias"],
    )


def _networks(tensors: Mapping[str, NDArray[Any]]) -> tuple[Network, ...]:
    count = sum(name.endswith(".inner") for name in tensors)
    return tuple(
        Network(*(tensors[f"{number}.{part}"].astype(np.float32) for part in _PARTS))
        for number in range(count)
    )
