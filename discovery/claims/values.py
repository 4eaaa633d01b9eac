"""Values of a claim: level, years, channel, credential, duration, share, money, format of learning."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from discovery.claims.numbers import number, number_runs, shown
from discovery.language.matchers import Hit, TokenPatterns, longest
from discovery.records import Value

_LISTED = ("level", "channel", "credential", "format")
_NUMBERED = ("time", "share", "money")
_NOTHING = "!"
"""Sorts before every rule, so that it wins where both are as long."""

_LARGE = frozenset({"thousand", "grand", "k", "lakh", "lakhs", "crore", "million"})

_Read = tuple[str, str]
"""Kind and normal form."""


def values_of(text: str) -> tuple[Value, ...]:
    """Read the measurable details in a unit, in the order of the words.

    Args:
        text: The unit's words as transcribed.

    Returns:
        Values whose ``text`` is verbatim; at most one of each kind and normal form.

    >>> [f"{value.kind}={value.normal}" for value in values_of("Five to seven years and a degree.")]
    ['years=5-7', 'credential=degree']
    """
    seen: dict[_Read, Value] = {}
    for hit in longest(_ruled_out(_patterns().find(text)), group=_group):
        for kind, normal in _read(hit):
            seen.setdefault((kind, normal), Value(kind, normal, text[hit.start : hit.end]))
    return tuple(seen.values())


def values_version() -> str:
    """Version of the value rules, kept with every claim."""
    return str(_data()["version"])


def _ruled_out(hits: list[Hit]) -> list[Hit]:
    """Leave out "of the six ... two" where "four of the six" is said: the nearer words win."""
    plain = [hit for hit in hits if hit.label in ("share of", "share of_range")]
    return [
        hit
        for hit in hits
        if hit.label != "share turned" or not any(p.start < hit.end and hit.start < p.end for p in plain)
    ]


def _group(hit: Hit) -> str:
    return hit.label.partition(" ")[0]


def _read(hit: Hit) -> Iterator[_Read]:
    """Turn a hit into values: a listed one has its normal form in the label, others need their numbers."""
    kind, _, rule = hit.label.partition(" ")
    if rule == _NOTHING:
        return
    if kind in _LISTED:
        yield kind, rule
        return
    numbers = [found for word in hit.words if _is_number(word) and (found := number(word)) is not None]
    if kind == "time":
        yield from _time(rule, numbers, hit.words)
    elif rule in _data()["fractions"]:
        yield "share", rule
    else:
        normal = (_share if kind == "share" else _money)(rule, numbers, hit.words)
        if normal:
            yield kind, normal


def _time(rule: str, numbers: Sequence[float], words: Sequence[str]) -> Iterator[_Read]:
    named = next(word for word in reversed(words) if word in _units())
    unit, times = _units()[named], _data()["times"].get(named, 1)
    low, high = _TIMES[rule](numbers)
    if high and high < low:  # "five or three years": the words before belong to something else
        low, high = high, 0.0
    bounds = shown(low * times) + (f"-{shown(high * times)}" if high else "")
    yield ("years", bounds) if unit == "year" else ("duration", f"{bounds} {unit}s")


_TIMES: dict[str, Callable[[Sequence[float]], tuple[float, float]]] = {
    "count": lambda numbers: (numbers[0], 0.0),
    "range": lambda numbers: (numbers[0], numbers[-1]),
    "single": lambda _: (1.0, 0.0),
    "half": lambda _: (0.5, 0.0),
    "quarter": lambda _: (0.25, 0.0),
    "three_quarters": lambda _: (0.75, 0.0),
    "couple": lambda _: (2.0, 0.0),
    "and_half": lambda numbers: ((numbers or [1.0])[0] + 0.5, 0.0),
    "or_two": lambda _: (1.0, 2.0),
    "long": lambda _: (1.0, 0.0),
}


def _share(rule: str, numbers: Sequence[float], words: Sequence[str]) -> str | None:
    if rule.startswith("percent"):
        return "-".join(map(shown, numbers)) + "%"
    part, whole = (numbers[-1], numbers[0]) if rule == "turned" else (numbers[0], numbers[-1])
    if rule == "of_range":
        return f"{shown(part)}-{shown(numbers[1])}/{shown(whole)}" if part < numbers[1] <= whole else None
    if rule == "part":
        part = {"half": whole / 2, "none": 0.0, "all": whole}[words[0]]
    return f"{shown(part)}/{shown(whole)}" if part <= whole and whole > 1 else None


def _money(rule: str, numbers: Sequence[float], words: Sequence[str]) -> str | None:
    amounts = list(numbers)
    if rule == "joined":
        amounts = [_joined(amounts[0], amounts[1], hourly="hour" in words)]
    if rule == "coins" and len(amounts) == 2 and "and" in words:  # "fifty-one dollars and eighty cents"
        amounts = [amounts[0] + amounts[1] / 100]
    if not amounts or amounts[0] == 0:
        return None
    sign = next((sign for word in words if (sign := _signs().get(word))), "")
    coin = next((word for word in words if word in _data()["classes"]["coin"]), "")
    name = f" {coin.rstrip('s')}" if coin and not sign else ""
    tail = " ".join(words)
    per = next((per for per, ends in _data()["per"].items() if tail.endswith(tuple(ends))), "")
    return f"{sign}{'-'.join(map(shown, amounts))}{name}{per}"


def _joined(high: float, low: float, *, hourly: bool) -> float:
    """Read pay said in two numbers: "three-eighty a day" is 380, "twenty-four fifty an hour" 24.50."""
    return high + low / 100 if hourly or high >= 10 else high * 100 + low


def _is_number(word: str) -> bool:
    return word not in {"a", "an"} and number(word) is not None


def _is_large(word: str) -> bool:
    return bool(_LARGE & set(word.split()) or word.endswith("k")) and _is_number(word)


@cache
def _patterns() -> TokenPatterns:
    data = _data()
    patterns = {
        f"{kind} {rule}": lines for kind in (*_LISTED, *_NUMBERED) for rule, lines in data[kind].items()
    }
    patterns |= {f"share {rule}": lines for rule, lines in data["fractions"].items()}
    patterns |= {f"{kind} {_NOTHING}": lines for kind, lines in data["nothing"].items()}
    classes = {**data["classes"], "number": _is_number, "large": _is_large}
    return TokenPatterns(patterns, classes, joined=number_runs)


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, words in _data()["units"].items() for word in words}


@cache
def _signs() -> dict[str, str]:
    return {word: sign for sign, words in _data()["currency"].items() for word in words}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("discovery.claims").joinpath("values.toml").read_text(encoding="utf-8"))
