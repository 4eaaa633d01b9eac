"""Question banks: TOML files, checked entry by entry, built-in ones and a team's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from discovery.errors import BankError
from discovery.guides.phases import MISMATCH_TYPES, PHASE_KEYS, ROLES
from discovery.guides.toml_lines import Lines, read_toml
from discovery.records import Facet, Question, Stance

BUILT_IN = Path(__file__).with_name("banks")

_KEY = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
_LEAST_PROBES = 2
_MOST_MINUTES = 30
_INHERITED = ("phase", "source", "roles")
_ENTRIES = (
    "id", "text", "phase", "facets", "stances", "exposes", "probes", "listen_for", "avoid", "minutes",
    "source", "roles",
)  # fmt: skip
_BANK_ENTRIES = ("title", "note", *_INHERITED)


def load_banks(
    extra: Sequence[Path] = (), *, types: Collection[str] = MISMATCH_TYPES
) -> tuple[Question, ...]:
    """Load the built-in question banks and a team's own files.

    Args:
        extra: Further bank files; a folder stands for every bank in it, by file name.
        types: Mismatch types that a question may say it can expose.

    Returns:
        All questions, the built-in ones first, in the order of the files.

    Raises:
        BankError: A file has faults (``bank.faults``); all faults of that file are named at once, with
            lines. An id that any other bank uses already is one of them.

    >>> len({question.id for question in load_banks()}) >= 40
    True
    """
    taken = {question.id: path.name for path, questions in _built_in() for question in questions}
    loaded = [question for _, questions in _built_in() for question in questions]
    for path in _files(extra):
        loaded.extend(_read(path, taken, types))
    return tuple(loaded)


def read_bank(path: Path) -> tuple[Question, ...]:
    """Read one bank by itself, without a look at the ids of others.

    Raises:
        BankError: The file has faults (``bank.faults``); all are named at once, with lines.
    """
    return _read(path, {}, MISMATCH_TYPES)


def is_bank(data: Mapping[str, Any]) -> bool:
    """Tell whether a parsed TOML file is a question bank."""
    return "questions" in data or "bank" in data


@cache
def _built_in() -> tuple[tuple[Path, tuple[Question, ...]], ...]:
    taken: dict[str, str] = {}
    return tuple((path, _read(path, taken, MISMATCH_TYPES)) for path in sorted(BUILT_IN.glob("*.toml")))


def _files(extra: Iterable[Path]) -> list[Path]:
    files: list[Path] = []
    for path in extra:
        if path.is_dir():
            files.extend(each for each in sorted(path.glob("*.toml")) if is_bank(read_toml(each)[0]))
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _read(path: Path, taken: dict[str, str], types: Collection[str]) -> tuple[Question, ...]:
    data, lines = read_toml(path)
    check = _Check(lines, types)
    questions = check.bank(data)
    for place, question in enumerate(questions):
        if question.id in taken:
            check.fault(place, "id", f"the id {question.id!r} is already used in {taken[question.id]}")
    if check.faults:
        faults = "; ".join(f"line {line}: {what}" for line, what in sorted(check.faults))
        raise BankError("bank.faults", source=path.name, faults=faults)
    taken.update({question.id: path.name for question in questions})
    return questions


class _Check:
    """Turns the tables of one file into questions and collects every fault on the way."""

    def __init__(self, lines: Lines, types: Collection[str]) -> None:
        self._lines = lines
        self._types = types
        self.faults: list[tuple[int, str]] = []

    def fault(self, place: int, entry: str, what: str) -> None:
        self.faults.append((self._lines.of("questions", place, entry), what))

    def bank(self, data: Mapping[str, Any]) -> tuple[Question, ...]:
        for key in data:
            if key not in ("bank", "questions"):
                line = max(self._lines.of(key), self._lines.of("", 0, key))
                self.faults.append((line, f"unknown section {key!r}"))
        head = self._head(data.get("bank", {}))
        tables = data.get("questions")
        if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
            self.faults.append((1, "there is no [[questions]] section"))
            return ()
        questions = tuple(self._question(place, {**head, **table}) for place, table in enumerate(tables))
        self._duplicates(questions)
        return questions

    def _head(self, head: Any) -> dict[str, Any]:
        if not isinstance(head, dict):
            self.faults.append((self._lines.of("", 0, "bank"), "[bank] must be a section"))
            return {}
        for key in head:
            if key not in _BANK_ENTRIES:
                self.faults.append((self._lines.of("bank", 0, key), f"unknown entry {key!r} in [bank]"))
        return {key: head[key] for key in _INHERITED if key in head}

    def _duplicates(self, questions: Sequence[Question]) -> None:
        first: dict[str, int] = {}
        for place, question in enumerate(questions):
            if question.id and question.id in first:
                line = self._lines.of("questions", first[question.id], "id")
                self.fault(place, "id", f"the id {question.id!r} is already used in line {line}")
            first.setdefault(question.id, place)

    def _question(self, place: int, table: Mapping[str, Any]) -> Question:
        for key in table:
            if key not in _ENTRIES:
                self.fault(place, key, f"unknown entry {key!r}; known are {', '.join(_ENTRIES)}")
        key = self._text(place, table, "id")
        if key and not _KEY.match(key):
            self.fault(place, "id", f"{key!r}: an id is lower-case words joined by hyphens")
        phase = self._text(place, table, "phase")
        if phase and phase not in PHASE_KEYS:
            self.fault(place, "phase", f"unknown phase {phase!r}; choose among {', '.join(PHASE_KEYS)}")
        probes = self._texts(place, table, "probes")
        if len(probes) < _LEAST_PROBES:
            self.fault(place, "probes", "give at least two probes")
        return Question(
            key,
            self._text(place, table, "text"),
            phase,
            tuple(Facet(word) for word in self._among(place, table, "facets", tuple(Facet))),
            tuple(Stance(word) for word in self._among(place, table, "stances", tuple(Stance))),
            self._among(place, table, "exposes", self._types),
            probes,
            self._texts(place, table, "listen_for", needed=True),
            self._texts(place, table, "avoid", needed=True),
            self._minutes(place, table),
            self._text(place, table, "source"),
            self._among(place, table, "roles", tuple(ROLES)),
        )

    def _text(self, place: int, table: Mapping[str, Any], entry: str) -> str:
        value = table.get(entry)
        if not isinstance(value, str) or not value.strip():
            self.fault(place, entry, f"{entry!r} is missing or not a text")
            return ""
        return " ".join(value.split())

    def _texts(
        self, place: int, table: Mapping[str, Any], entry: str, *, needed: bool = False
    ) -> tuple[str, ...]:
        value = table.get(entry, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            self.fault(place, entry, f"{entry!r} must be a list of texts")
            return ()
        if needed and not value:
            self.fault(place, entry, f"{entry!r} is missing or empty")
        return tuple(" ".join(each.split()) for each in value)

    def _among(
        self, place: int, table: Mapping[str, Any], entry: str, known: Collection[str]
    ) -> tuple[str, ...]:
        words = self._texts(place, table, entry)
        for word in words:
            if word not in known:
                self.fault(place, entry, f"unknown {entry} {word!r}; choose among {', '.join(known)}")
        return tuple(dict.fromkeys(word for word in words if word in known))

    def _minutes(self, place: int, table: Mapping[str, Any]) -> float:
        value = table.get("minutes")
        usable = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not usable or not 0 < value <= _MOST_MINUTES:  # type: ignore[operator]
            self.fault(place, "minutes", f"'minutes' must be a number over 0, at most {_MOST_MINUTES}")
            return 1.0
        return float(value)  # type: ignore[arg-type]
