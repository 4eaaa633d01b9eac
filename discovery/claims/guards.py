"""Guards: why words that sound like a claim may not count as one."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from discovery.claims.cues import plain
from discovery.records import Guard


@dataclass(frozen=True, slots=True)
class GuardRule:
    """One guard: it fires where a ``when`` pattern is found and no ``unless`` pattern is."""

    guard: Guard
    when: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]

    def fires(self, text: str) -> bool:
        """Tell whether the guard fires on lower-case text with plain apostrophes."""
        return any(p.search(text) for p in self.when) and not any(p.search(text) for p in self.unless)


def guards_of(text: str) -> tuple[Guard, ...]:
    """Name the guards that a unit's words raise, in the order of :class:`Guard`.

    >>> [str(guard) for guard in guards_of("We used to require a degree.")]
    ['past']
    """
    lowered = plain(text)
    return tuple(rule.guard for rule in guard_rules() if rule.fires(lowered))


def guards_version() -> str:
    """Version of the guard rules, kept with every claim they touch."""
    return str(_data()["version"])


@cache
def guard_rules() -> tuple[GuardRule, ...]:
    """Compile the rules, one a guard."""
    data = _data()
    return tuple(
        GuardRule(guard, _compiled(data[guard]["when"]), _compiled(data[guard]["unless"])) for guard in Guard
    )


def _compiled(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("discovery.claims").joinpath("guards.toml").read_text(encoding="utf-8"))
