"""The codebook: what each stance, facet and guard means, in words that a coder can apply."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any

from discovery.errors import CatalogueError
from discovery.records import Facet, Guard, Stance

_LISTS = ("wording", "examples")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be marked.

    Args:
        key: Fixed name, the value of :class:`Stance`, :class:`Facet` or :class:`Guard`.
        label: Name to show.
        definition: What it means, in one sentence.
        wording: How employers typically say it; may be empty.
        examples: Invented sentences that show it.
    """

    key: str
    label: str
    definition: str
    wording: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """Everything a coder marks about claims.

    Args:
        version: Name and version, kept with what was coded by it.
        claim: What a claim is.
        not_a_claim: What must not be marked as one.
        stances: What an employer does by saying a claim.
        facets: What a claim is about.
        guards: Why words that sound like a claim may not count.
    """

    version: str
    claim: str
    not_a_claim: tuple[str, ...]
    stances: tuple[Entry, ...]
    facets: tuple[Entry, ...]
    guards: tuple[Entry, ...]

    def explain(self, key: str) -> Entry:
        """Look up one stance, facet or guard.

        Args:
            key: Its key.

        Raises:
            KeyError: There is no such key; the known ones are listed.

        >>> load_codebook().explain("offer").label
        'Offer'
        """
        entries = {entry.key: entry for entry in (*self.stances, *self.facets, *self.guards)}
        if key not in entries:
            raise KeyError(f"no {key!r} in the codebook; known: {', '.join(entries)}")
        return entries[key]


def load_codebook(path: Path | None = None) -> Codebook:
    """Load the codebook and check that it explains every stance, facet and guard.

    Args:
        path: A codebook in the same shape; the package's own when None.

    Raises:
        CatalogueError: It is not valid; all faults are named at once.

    >>> len(load_codebook().stances)
    7
    """
    name = path.name if path else "codebook.toml"
    try:
        text = (path or files("discovery") / "codebook.toml").read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (OSError, ValueError) as problem:
        reason = f"not readable as TOML ({type(problem).__name__})"
        raise CatalogueError("catalogue.faults", source=name, faults=reason) from problem
    faults = list(_faults(data))
    if faults:
        raise CatalogueError("catalogue.faults", source=name, faults="; ".join(faults))
    return Codebook(
        data["version"],
        data["claim"]["definition"],
        tuple(data["claim"]["not_a_claim"]),
        _entries(data["stances"], Stance),
        _entries(data["facets"], Facet),
        _entries(data["guards"], Guard),
    )


def codebook_rows(codebook: Codebook) -> list[dict[str, Any]]:
    """List the codebook as plain rows: ``kind, key, label, definition, wording, examples``."""
    groups = (("stance", codebook.stances), ("facet", codebook.facets), ("guard", codebook.guards))
    return [
        {
            "kind": kind,
            "key": entry.key,
            "label": entry.label,
            "definition": entry.definition,
            "wording": list(entry.wording),
            "examples": list(entry.examples),
        }
        for kind, entries in groups
        for entry in entries
    ]


def _entries(table: Mapping[str, Any], keys: type[StrEnum]) -> tuple[Entry, ...]:
    """Entries in the order of the enumeration, whatever the order in the file."""
    return tuple(
        Entry(
            str(key),
            table[key]["label"],
            table[key]["definition"],
            *(tuple(table[key].get(name, ())) for name in _LISTS),
        )
        for key in keys
    )


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    if not _is_text(data.get("version")):
        yield "version is missing"
    claim = data.get("claim")
    if not isinstance(claim, dict) or not _is_text(claim.get("definition")):
        yield "claim.definition is missing"
    elif not _is_texts(claim.get("not_a_claim")):
        yield "claim.not_a_claim must be a list of sentences"
    for name, keys in (("stances", Stance), ("facets", Facet), ("guards", Guard)):
        yield from _table_faults(name, data.get(name), [str(key) for key in keys])


def _table_faults(name: str, table: object, keys: Sequence[str]) -> Iterator[str]:
    if not isinstance(table, dict):
        yield f"{name} is missing"
        return
    yield from (f"{name}.{key} is missing" for key in keys if key not in table)
    yield from (f"{name}.{key} is not known; known: {', '.join(keys)}" for key in table if key not in keys)
    for key in keys:
        if key in table:
            yield from _entry_faults(f"{name}.{key}", table[key])


def _entry_faults(place: str, entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{place} must be a table"
        return
    checks: dict[str, Callable[[object], bool]] = {
        "label": _is_text,
        "definition": _is_text,
        "examples": _is_texts,
    }
    yield from (
        f"{place}.{field} is missing or empty" for field, good in checks.items() if not good(entry.get(field))
    )
    if "wording" in entry and not _is_texts(entry["wording"]):
        yield f"{place}.wording must be a list of phrases"
    known = {*checks, "wording"}
    yield from (f"{place}.{field} is not known" for field in entry if field not in known)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_text(item) for item in value)
