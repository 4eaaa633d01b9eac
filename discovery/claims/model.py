"""The claim model: networks, calibration and threshold, with a manifest that names what made them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from discovery.claims.calibration import Platt
from discovery.claims.heads import Network
from discovery.errors import ModelError

WEIGHTS = Path(__file__).parent / "weights"
_TENSORS, _MANIFEST = "claims.safetensors", "claims.json"
_PARTS = ("inner", "inner_bias", "outer", "outer_bias")


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """What finds claims in features.

    Args:
        networks: The trained networks; their answers are averaged.
        platt: From log-odds to probability.
        threshold: Least probability that counts as a claim.
        manifest: What it was made from: data hash, encoder, seed, metrics, licence.
    """

    networks: tuple[Network, ...]
    platt: Platt
    threshold: float
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name and version, stored with every claim."""
        return f"claims/{self.manifest['version']}"

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
        return cls(_networks(load_tensors(data)), Platt(*platt), threshold, manifest)

    def save(self, folder: Path) -> dict[str, Any]:
        """Write weights and manifest into a folder, weights first, and return the manifest."""
        folder.mkdir(parents=True, exist_ok=True)
        tensors = {
            f"{number}.{part}": np.ascontiguousarray(getattr(network, part).astype(np.float16))
            for number, network in enumerate(self.networks)
            for part in _PARTS
        }
        data = save_tensors(tensors)
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


def _networks(tensors: Mapping[str, NDArray[np.float16]]) -> tuple[Network, ...]:
    count = len(tensors) // len(_PARTS)
    return tuple(
        Network(*(tensors[f"{number}.{part}"].astype(np.float32) for part in _PARTS))
        for number in range(count)
    )
