"""Across employers: how many of how many show each type, how sure that is, and what goes together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from discovery.records import Employer, Mismatch, Status
from discovery.statistics import wilson_interval

FEW = 20
"""With fewer employers shares are not given as percentages."""

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How many employers show one type.

    Args:
        type: Key of the type.
        shown: Employers with at least one mismatch of it.
        of: Employers looked at.
        low: Lower end of the 95 % Wilson interval of the share, 0 to 1.
        high: Its upper end.
        wording: The count in words that its size deserves.
        employers: Ids of those who show it, in order.
    """

    type: str
    shown: int
    of: int
    low: float
    high: float
    wording: str
    employers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prevalence:
    """Mismatch types over the employers of a study.

    Args:
        types: One count a type, the most frequent first.
        together: Employers that show both of two types, by pair of keys in order.
        groups: The counts within each ``sector`` and ``size`` that is filled in, by
            (attribute, value).
    """

    types: tuple[TypeCount, ...]
    together: Mapping[tuple[str, str], int]
    groups: Mapping[tuple[str, str], tuple[TypeCount, ...]]


def count_mismatches(
    mismatches: Iterable[Mismatch], employers: Iterable[Employer], types: Iterable[str]
) -> Prevalence:
    """Count the employers that show each type; what a person rejected does not count.

    Args:
        mismatches: Mismatches of all employers.
        employers: Every employer looked at, those without a mismatch too.
        types: Keys to count, whether they occur or not.
    """
    everyone = sorted(set(employers), key=lambda employer: employer.id)
    keys = list(types)
    shown: dict[str, set[str]] = {employer.id: set() for employer in everyone}
    for mismatch in mismatches:
        if mismatch.status is not Status.REJECTED:
            shown.setdefault(mismatch.employer, set()).add(mismatch.type)
    together: dict[tuple[str, str], int] = {}
    for own in shown.values():
        for pair in combinations([key for key in keys if key in own], 2):
            together[pair] = together.get(pair, 0) + 1
    return Prevalence(_counts(shown, keys), together, _groups(everyone, shown, keys))


def say_count(shown: int, of: int) -> str:
    """Put a count into words: no percentages for a handful, and an interval for more.

    >>> say_count(3, 8)
    'three of eight employers'
    >>> say_count(0, 1)
    'the only employer does not'
    >>> say_count(10, 40)
    '10 of 40 employers (25 %; between 14 % and 40 %)'
    """
    if of == 0:
        return "no employer was looked at"
    if of == 1:
        return "the only employer" if shown else "the only employer does not"
    if of < FEW:
        return f"{_number(shown)} of {_number(of)} employers"
    low, high = wilson_interval(shown, of)
    return f"{shown} of {of} employers ({shown / of:.0%}; between {low:.0%} and {high:.0%})".replace(
        "%", " %"
    )


def _counts(shown: Mapping[str, set[str]], keys: list[str]) -> tuple[TypeCount, ...]:
    counts = []
    for key in keys:
        who = tuple(employer for employer, own in sorted(shown.items()) if key in own)
        number, of = len(who), len(shown)
        counts.append(TypeCount(key, number, of, *wilson_interval(number, of), say_count(number, of), who))
    return tuple(sorted(counts, key=lambda count: (-count.shown, keys.index(count.type))))


def _groups(
    everyone: list[Employer], shown: Mapping[str, set[str]], keys: list[str]
) -> dict[tuple[str, str], tuple[TypeCount, ...]]:
    groups = {}
    for attribute in ("sector", "size"):
        for value in sorted({getattr(employer, attribute) for employer in everyone} - {""}):
            members = [employer.id for employer in everyone if getattr(employer, attribute) == value]
            groups[attribute, value] = _counts({member: shown[member] for member in members}, keys)
    return groups


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
