"""The catalogue of mismatch types: data that a programme designer can read, extend and silence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from discovery.errors import CatalogueError
from discovery.records import ACTUAL_STANCES, STATED_STANCES, Facet, Stance

SECTIONS = ("profile", "entry", "sourcing", "selection", "training", "pathways", "offer")
"""Sections of the brief that a type can feed."""

_BUILT_IN = Path(__file__).with_name("catalogue.toml")
_TEXTS = ("label", "definition", "against", "feeds", "source")
_SIDES: dict[str, frozenset[Stance]] = {
    "stated": STATED_STANCES,
    "actual": ACTUAL_STANCES | {Stance.CHALLENGE},
}
_KEY = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a mismatch type: what is said there, with which stances, about what."""

    what: str
    stances: tuple[Stance, ...]
    facets: tuple[Facet, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MismatchType:
    """One way in which stated needs and actual practice can part.

    Args:
        key: Stable name, used in exports.
        label: Short name for people.
        definition: One plain sentence.
        stated: The side of wants, rules and complaints.
        actual: The side of what is really done.
        against: What would speak against a finding of this type.
        probes: Neutral questions for the next interview.
        feeds: Section of the brief it belongs to, one of :data:`SECTIONS`.
        source: Where the idea comes from.
    """

    key: str
    label: str
    definition: str
    stated: Side
    actual: Side
    against: str
    probes: tuple[str, ...]
    feeds: str
    source: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The mismatch types a study works with, in the catalogue's order."""

    types: tuple[MismatchType, ...]
    silenced: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the types that speak."""
        return tuple(kind.key for kind in self.types)

    def __contains__(self, key: object) -> bool:
        """Tell whether a type of this key speaks."""
        return key in self.keys

    def __getitem__(self, key: str) -> MismatchType:
        """Return the type of this key.

        Raises:
            KeyError: No type of this key speaks.
        """
        for kind in self.types:
            if kind.key == key:
                return kind
        raise KeyError(key)


@cache
def built_in_keys() -> tuple[str, ...]:
    """Keys of the types that come with the package, silenced or not, in order."""
    return tuple(tomllib.loads(_BUILT_IN.read_text(encoding="utf-8"))["types"])


def load_catalogue(extra: Path | None = None, silenced: Sequence[str] = ()) -> Catalogue:
    """Load the built-in types, add or replace those of a study, leave out the silenced ones.

    Args:
        extra: A .toml file of the same shape as the built-in catalogue. A type with a
            known key replaces it; a new one needs examples on both sides.
        silenced: Keys of types that shall not speak.

    Raises:
        CatalogueError: A file or a key is faulty; all faults are named at once, with lines.

    >>> len(load_catalogue().types), "need-vs-channel" in load_catalogue(silenced=["need-vs-channel"])
    (11, False)
    """
    types = _read(_BUILT_IN)
    if extra is not None:
        types |= _read(extra)
    unknown = [key for key in silenced if key not in types]
    if unknown:
        raise CatalogueError(
            "catalogue.faults",
            faults="; ".join(f"cannot silence {key!r}: there is no such type" for key in unknown),
        )
    speaking = tuple(kind for key, kind in types.items() if key not in silenced)
    return Catalogue(speaking, tuple(dict.fromkeys(silenced)))


def _read(path: Path) -> dict[str, MismatchType]:
    """Read and check one catalogue file; the built-in one passes through the same checks."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as problem:
        raise CatalogueError(
            "catalogue.faults", source=path.name, faults="the file cannot be read"
        ) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise CatalogueError(
            "catalogue.faults", source=path.name, faults=f"not valid TOML: {problem}"
        ) from problem
    check = _Check(_line_finder(text))
    types = check.types(data, built_in=path == _BUILT_IN)
    if check.faults:
        raise CatalogueError("catalogue.faults", source=path.name, faults="; ".join(check.sorted()))
    return types


class _Check:
    """Turns parsed TOML into types and collects every fault on the way."""

    def __init__(self, line: Callable[[str, str], int]) -> None:
        self._line = line
        self.faults: list[tuple[int, str]] = []

    def sorted(self) -> list[str]:
        return [f"line {line}: {what}" for line, what in sorted(self.faults)]

    def types(self, data: Mapping[str, Any], *, built_in: bool) -> dict[str, MismatchType]:
        for key in data:
            if key != "types":
                self._fault(key, "", f"unknown section {key!r}")
        tables = data.get("types")
        if not isinstance(tables, dict) or not tables:
            self.faults.append((1, "there is no [types.NAME] section"))
            return {}
        return {key: self._type(key, table, built_in) for key, table in tables.items()}

    def _type(self, key: str, table: Any, built_in: bool) -> MismatchType:
        here = f"types.{key}"
        if not isinstance(table, dict):
            self._fault("types", key, f"{key!r} must be a section [types.{key}]")
            table = {}
        if not _KEY.match(key):
            self._fault(here, "", f"{key!r}: a key is lower-case words joined by hyphens")
        self._unknown(here, table, {*_TEXTS, "probes", "stated", "actual"})
        texts = {name: self._text(here, table, name) for name in _TEXTS}
        if texts["feeds"] and texts["feeds"] not in SECTIONS:
            self._fault(
                here, "feeds", f"unknown section {texts['feeds']!r}; choose among {', '.join(SECTIONS)}"
            )
        probes = self._strings(here, table, "probes")
        if "probes" in table and not 2 <= len(probes) <= 3:
            self._fault(here, "probes", "give two or three probes")
        needs_examples = not built_in and key not in built_in_keys()
        stated, actual = (self._side(key, table, side, needs_examples) for side in _SIDES)
        return MismatchType(key, stated=stated, actual=actual, probes=probes, **texts)

    def _side(self, key: str, table: Mapping[str, Any], side: str, needs_examples: bool) -> Side:
        here = f"types.{key}.{side}"
        part = table.get(side)
        if not isinstance(part, dict):
            self._fault(f"types.{key}", "", f"{key}: the section [{here}] is missing")
            return Side("", (), ())
        self._unknown(here, part, {"what", "stances", "facets", "examples"})
        stances = self._members(here, part, "stances", Stance, _SIDES[side])
        facets = self._members(here, part, "facets", Facet, frozenset(Facet))
        examples = self._strings(here, part, "examples") if needs_examples or "examples" in part else ()
        if needs_examples and "examples" in part and len(examples) < 3:
            self._fault(here, "examples", "give at least three examples")
        return Side(self._text(here, part, "what"), stances, facets, examples)

    def _members(
        self,
        here: str,
        part: Mapping[str, Any],
        name: str,
        kind: type[Stance] | type[Facet],
        allowed: frozenset[Any],
    ) -> tuple[Any, ...]:
        found = []
        for word in self._strings(here, part, name):
            known = [str(member) for member in kind]
            if word not in known:
                self._fault(here, name, f"unknown {name[:-1]} {word!r}; choose among {', '.join(known)}")
            elif kind(word) not in allowed:
                self._fault(here, name, f"{word!r} cannot stand on this side")
            else:
                found.append(kind(word))
        return tuple(found)

    def _strings(self, here: str, table: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = table.get(name)
        if (
            not isinstance(value, list)
            or not value
            or not all(isinstance(v, str) and v.strip() for v in value)
        ):
            self._fault(here, name, f"{name!r} must be a list of texts")
            return ()
        return tuple(v.strip() for v in value)

    def _text(self, here: str, table: Mapping[str, Any], name: str) -> str:
        value = table.get(name)
        if not isinstance(value, str) or not value.strip():
            self._fault(here, name, f"{name!r} is missing or not a text")
            return ""
        return value.strip()

    def _unknown(self, here: str, table: Mapping[str, Any], known: set[str]) -> None:
        for name in table:
            if name not in known:
                self._fault(here, name, f"unknown entry {name!r}")

    def _fault(self, section: str, name: str, what: str) -> None:
        self.faults.append((self._line(section, name), what))


def _line_finder(text: str) -> Callable[[str, str], int]:
    """Return a function that finds the line of a section, or of an entry in it, from 1."""
    lines: dict[tuple[str, str], int] = {}
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", raw)
        entry = re.match(r"\s*([\w-]+)\s*=", raw)
        if header:
            section = header.group(1).replace('"', "").replace("'", "")
            lines.setdefault((section, ""), number)
        elif entry:
            lines.setdefault((section, entry.group(1)), number)
    return lambda section, name: lines.get((section, name)) or lines.get((section, "")) or 1
