"""Anchors: what holds a topic in place from run to run, made from seed phrases.

Hiring talk is anchored by the themes of ``themes.toml``; their vectors are shipped, so that
no model need be loaded to use vectors that are already there.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discovery.errors import ModelError, TopicsError

if TYPE_CHECKING:
    from discovery.language import Encoder

SeedPhrases = Mapping[str, Sequence[str]] | Sequence[str | Sequence[str]]
"""Phrases by theme name, or a list of which each item is one theme (one phrase or several)."""

_FOLDER = Path(__file__).parent
_THEMES = _FOLDER / "themes.toml"
_WEIGHTS = _FOLDER / "themes.safetensors"
_MANIFEST = _FOLDER / "themes.json"

_HIRING_TALK = 0.45
"""Least cosine between the mean text and the mean theme at which a corpus counts as hiring talk."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Themes that topics are tied to.

    Args:
        names: Theme names, in order.
        vectors: Array (k, m), one unit-length row a theme.
        origin: Where they come from, for the record.
    """

    names: tuple[str, ...]
    vectors: NDArray[np.float32]
    origin: str

    def __len__(self) -> int:
        """Count the themes."""
        return len(self.names)


@cache
def hiring_themes() -> Anchors:
    """Load the themes of hiring talk with their shipped MiniLM vectors.

    Raises:
        ModelError: The vectors are missing or were not made from the present themes.
    """
    from safetensors.numpy import load

    if not (_WEIGHTS.is_file() and _MANIFEST.is_file()):
        raise ModelError("model.missing", file=_WEIGHTS.name)
    manifest = json.loads(_MANIFEST.read_text(encoding="utf-8"))
    data = _WEIGHTS.read_bytes()
    if (
        hashlib.sha256(data).hexdigest() != manifest["sha256"]
        or manifest["themes_sha256"] != _themes_sha256()
    ):
        raise ModelError("model.altered", file=_WEIGHTS.name)
    names = tuple(str(theme["name"]) for theme in _themes().values())
    return Anchors(names, load(data)["themes"], f"themes of hiring talk ({manifest['encoder']})")


def is_hiring_talk(vectors: NDArray[np.float32]) -> bool:
    """Tell whether texts are employer talk about hiring, in the vector space of the themes.

    Vectors of another encoder never pass: another length is refused, and in another space
    the two means have nothing to do with each other.

    Args:
        vectors: Array (n, m) of text vectors.
    """
    themes = hiring_themes().vectors
    if vectors.shape[0] == 0 or vectors.shape[1] != themes.shape[1]:
        return False
    texts, themes_mean = vectors.mean(axis=0), themes.mean(axis=0)
    length = float(np.linalg.norm(texts) * np.linalg.norm(themes_mean))
    return length > 0 and float(texts @ themes_mean) / length >= _HIRING_TALK


def anchors_from_phrases(phrases: SeedPhrases, encoder: Encoder, dimensions: int) -> Anchors:
    """Turn a researcher's seed phrases into anchors.

    Args:
        phrases: Phrases by theme name, or a list with one theme an item.
        encoder: Encoder the text vectors come from.
        dimensions: Length of a text vector.

    Raises:
        TopicsError: A theme holds no phrase.
        ModelError: The encoder gives vectors of another length than the texts have.
    """
    named = _named(phrases)
    empty = [name for name, group in named.items() if not group]
    if empty:
        raise TopicsError("topics.settings", faults=f"seed_phrases: {len(empty)} theme(s) without a phrase")
    if encoder.dimensions != dimensions:
        raise ModelError("model.dimensions", given=dimensions, expected=encoder.dimensions)
    vectors = np.stack([_mean_direction(encoder.encode(group)) for group in named.values()])
    return Anchors(tuple(named), vectors, f"seed phrases of the study ({encoder.name})")


def joined(own: Anchors, built_in: Anchors) -> Anchors:
    """Put a study's own themes before the built-in ones, dropping built-in ones they restate."""
    close = built_in.vectors @ own.vectors.T
    kept = [row for row in range(len(built_in)) if close[row].max() < 0.8]
    return Anchors(
        own.names + tuple(built_in.names[row] for row in kept),
        np.concatenate([own.vectors, built_in.vectors[kept]]),
        f"{own.origin} and {built_in.origin}",
    )


def _named(phrases: SeedPhrases) -> dict[str, list[str]]:
    """Bring seed phrases to theme name -> phrases, blank phrases left out."""
    if isinstance(phrases, Mapping):
        groups = {name: [group] if isinstance(group, str) else list(group) for name, group in phrases.items()}
    else:
        listed = [[group] if isinstance(group, str) else list(group) for group in phrases]
        groups = {(group[0] if group else f"theme {number}"): group for number, group in enumerate(listed, 1)}
    return {name: [phrase for phrase in group if phrase.strip()] for name, group in groups.items()}


def _mean_direction(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    mean = vectors.mean(axis=0)
    return np.asarray(mean / (np.linalg.norm(mean) or 1.0), dtype=np.float32)


@cache
def _themes() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_THEMES.read_text(encoding="utf-8"))


def _themes_sha256() -> str:
    """Fingerprint the themes by content, so that comments and line ends do not count."""
    return hashlib.sha256(json.dumps(_themes(), sort_keys=True).encode()).hexdigest()


def make_theme_vectors(encoder: Encoder, folder: Path = _FOLDER) -> None:
    """Write the anchor vectors of ``themes.toml`` with their manifest.

    Args:
        encoder: The encoder to make them with.
        folder: Where ``themes.safetensors`` and ``themes.json`` go.
    """
    from safetensors.numpy import save

    vectors = np.stack([_mean_direction(encoder.encode(theme["phrases"])) for theme in _themes().values()])
    data = save({"themes": vectors})
    manifest = {
        "encoder": encoder.name,
        "themes": list(_themes()),
        "themes_sha256": _themes_sha256(),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    (folder / _WEIGHTS.name).write_bytes(data)
    (folder / _MANIFEST.name).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    from discovery.language import MiniLM

    make_theme_vectors(MiniLM())
