"""Guards: why words that sound like a claim may not count as one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from discovery.claims.numbers import number_runs
from discovery.language.matchers import TokenPatterns
from discovery.records import Guard


@dataclass(frozen=True, slots=True)
class GuardRule:
    """One guard: it fires where a ``when`` pattern is found and no ``unless`` pattern is."""

    guard: Guard
    when: tuple[str, ...]
    unless: tuple[str, ...]


def guards_of(text: str) -> tuple[Guard, ...]:
    """Name the guards that a unit's words raise, in the order of :class:`Guard`.

    >>> [str(guard) for guard in guards_of("We used to require a degree.")]
    ['past']
    """
    found = {hit.label for hit in _patterns().find(text)}
    return tuple(
        guard for guard in Guard if _label(guard, "when") in found and _label(guard, "unless") not in found
    )


def guards_version() -> str:
    """Version of the guard rules, kept with every claim they touch."""
    return str(_data()["version"])


@cache
def guard_rules() -> tuple[GuardRule, ...]:
    """List the rules, one a guard, as token patterns."""
    data = _data()
    return tuple(
        GuardRule(guard, tuple(data[guard]["when"]), tuple(data[guard]["unless"])) for guard in Guard
    )


def _label(guard: Guard, part: str) -> str:
    return f"{guard} {part}"


@cache
def _patterns() -> TokenPatterns:
    data = _data()
    patterns = {
        _label(rule.guard, part): lines
        for rule in guard_rules()
        for part, lines in (("when", rule.when), ("unless", rule.unless))
    }
    return TokenPatterns(patterns, data["classes"], joined=number_runs, openers=data["openers"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("discovery.claims").joinpath("guards.toml").read_text(encoding="utf-8"))
