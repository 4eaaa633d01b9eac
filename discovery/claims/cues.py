"""Cues in the wording of a unit: negation, modals, tense, people, channels, credentials."""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache
from importlib.resources import files

from discovery.claims.context import Setting


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


def cues_version() -> str:
    """Version of the cue words, kept with the weights made from them."""
    return str(_data()["version"])


def plain(text: str) -> str:
    """Lower-case text with plain apostrophes, of the same length.

    >>> plain("We Don’t")
    "we don't"
    """
    lowered = text.replace("’", "'").replace("‘", "'")
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in lowered)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in _data()["cues"].items()}


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("discovery.claims").joinpath("cues.toml").read_text(encoding="utf-8"))
