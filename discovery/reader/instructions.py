"""What a reader is told: made from the codebook and from the mismatch types a study looks for."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from discovery.codebook import Codebook, Entry
from discovery.readings import TypeEntry

LAYOUT = "reader/1"
"""Version of the way packets and answers are laid out; part of every prompt version."""


@dataclass(frozen=True, slots=True)
class Instructions:
    """Everything a reader needs besides the interview.

    Args:
        text: The instructions in words.
        version: Prompt version: layout and a hash of the words, so that any change shows.
        types: Mismatch types the reader is told of.
        example: A short invented interview with its answer, in words.
    """

    text: str
    version: str
    types: tuple[TypeEntry, ...]
    example: str


def make_instructions(codebook: Codebook, types: Sequence[TypeEntry]) -> Instructions:
    """Write the instructions for a study: its codebook, its mismatch types, the same rules for all.

    Args:
        codebook: What a claim is, with stances and facets.
        types: Mismatch types of the study, those it has added among them, those silenced left out.

    Returns:
        The instructions; equal inputs give the same version.

    >>> from discovery.codebook import load_codebook
    >>> make_instructions(load_codebook(), []).version.startswith("reader/1-")
    True
    """
    words = _template()
    parts = [
        words["task"].strip(),
        words["data"].strip(),
        _claims(codebook),
        _mismatches(types, words) if types else "This study looks for no mismatches; leave their list empty.",
        "# Quotes\n\n" + _bullets(words["quotes"]),
        "# The answer\n\n" + words["answer"].strip(),
    ]
    text = "\n\n".join(parts)
    example = _example(types, words["examples"])
    digest = hashlib.sha256("\x1f".join((LAYOUT, text, example)).encode()).hexdigest()[:8]
    return Instructions(text, f"{LAYOUT}-{digest}", tuple(types), example)


@cache
def _template() -> Mapping[str, Any]:
    return tomllib.loads((files("discovery.reader") / "instructions.toml").read_text(encoding="utf-8"))


def _claims(codebook: Codebook) -> str:
    return "\n\n".join(
        (
            "# Claims",
            codebook.claim,
            "Not a claim:\n\n" + _bullets(codebook.not_a_claim),
            "Each claim has one stance:\n\n" + _entries(codebook.stances),
            "and one facet:\n\n" + _entries(codebook.facets),
        )
    )


def _entries(entries: Iterable[Entry]) -> str:
    return _bullets(
        f"`{entry.key}`: {entry.definition}"
        + (f" For example: “{entry.examples[0]}”" if entry.examples else "")
        for entry in entries
    )


def _mismatches(types: Sequence[TypeEntry], words: Mapping[str, Any]) -> str:
    lines = []
    for kind in types:
        settled = words["settled"].get(kind.key)
        against = f" Speaks against it: {kind.against}" if kind.against else ""
        lines.append(
            f"`{kind.key}`: {kind.definition} Stated: the employer {kind.stated}. Actual: the employer "
            f"{kind.actual}.{against}{' ' + settled if settled else ''}"
        )
    return "\n\n".join(
        (
            "# Mismatches",
            "A mismatch is a pair of quotes of the employer side, one stated and one actual, that pull "
            "against each other so that a programme could do something about it. Its types:",
            _bullets(lines),
            "Rules:\n\n" + _bullets(words["mismatch_rules"]),
            "Not a mismatch:\n\n" + _bullets(words["not_a_mismatch"]),
        )
    )


def _example(types: Sequence[TypeEntry], examples: Sequence[Mapping[str, Any]]) -> str:
    known = {kind.key for kind in types} | {""}
    chosen = next(example for example in examples if example["type"] in known)
    turns = "\n".join(
        f"[{number}] {role} ({speaker}): {text}"
        for number, (role, speaker, text) in enumerate(chosen["turns"])
    )
    sides = [{"turn": claim["turn"], "quote": claim["quote"]} for claim in chosen["claims"]]
    pair = {"type": chosen["type"], "stated": sides[0], "actual": sides[-1], "note": chosen["note"]}
    answer = {
        "packet": "0123456789ab",
        "claims": chosen["claims"],
        "mismatches": [pair] if chosen["type"] else [],
    }
    return f"{turns}\n\n{json.dumps(answer, ensure_ascii=False, indent=1)}"


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
