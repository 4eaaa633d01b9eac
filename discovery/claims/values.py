"""Values of a claim: level, years, channel, credential, duration, share, money, format of learning."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from discovery.claims.cues import plain
from discovery.claims.numbers import COUNT, NUMBER, number, shown
from discovery.records import Value

_RANGE = rf"(?P<low>{COUNT})(?:(?: to | or |-|–| and )(?P<high>{NUMBER}))?"
_YEARS = re.compile(rf"\b{_RANGE}(?: (?:plus|\+)|\+)?(?: or more)?[ -](?:years?|yrs)\b")
_DURATION = re.compile(rf"\b{_RANGE}[ -]?(?P<unit>minute|hour|day|week|month|fortnight)s?\b")
_OF = r"(?:out of|of|from|in|in every) (?:the |my |our |those |these )?"
_TIME = r"(?:minute|hour|day|week|month|year)"
_SHARE = re.compile(rf"\b(?P<part>{NUMBER}|half|none|all) {_OF}(?P<whole>{NUMBER})\b(?! {_TIME})")
_PERCENT = re.compile(rf"\b(?P<part>{NUMBER}) ?(?:%|percent\b|per cent\b)")
_FRACTION = re.compile(
    r"\b(?P<words>half|a third|two[ -]thirds|a quarter|three[ -]quarters|most|nearly all|almost all"
    r"|hardly any|none) (?:of|our|my|the)\b"
)
_COINS = (
    r"dollars?|bucks|euros?|pounds?|quid|zloty|rupees?|rand|kronor|kroner|francs?|pesos?|yen|grand|lakhs?"
)
_MONEY = re.compile(
    rf"(?:(?P<sign>[$€£₹¥])\s?(?P<signed>\d[\d,]*(?:\.\d+)?(?: ?(?:k|m|thousand|million)\b)?)"
    rf"|\b(?P<amount>{NUMBER}) (?P<unit>{_COINS})\b)"
    r"(?P<per> (?:an hour|per hour|a year|per year|a month|per month|a week|a day|per head))?"
)
_FRACTIONS = {
    "half": "1/2", "a third": "1/3", "two thirds": "2/3", "two-thirds": "2/3", "a quarter": "1/4",
    "three quarters": "3/4", "three-quarters": "3/4",
}  # fmt: skip
_CURRENCY = {"$": "$", "€": "€", "£": "£", "₹": "₹", "¥": "¥", "dollar": "$", "buck": "$", "euro": "€"}
_CURRENCY.update({"pound": "£", "quid": "£", "rupee": "₹", "yen": "¥"})


def values_of(text: str) -> tuple[Value, ...]:
    """Read the measurable details in a unit, in the order of the words.

    Args:
        text: The unit's words as transcribed.

    Returns:
        Values whose ``text`` is verbatim; at most one of each kind and normal form.

    >>> [f"{value.kind}={value.normal}" for value in values_of("Five to seven years and a degree.")]
    ['years=5-7', 'credential=degree']
    """
    lowered = plain(text)
    found = sorted(
        [*_listed(lowered), *_years(lowered), *_durations(lowered), *_shares(lowered), *_money(lowered)]
    )
    seen: dict[tuple[str, str], Value] = {}
    for start, end, kind, normal in found:
        seen.setdefault((kind, normal), Value(kind, normal, text[start:end]))
    return tuple(seen.values())


_Found = tuple[int, int, str, str]


def _listed(text: str) -> Iterator[_Found]:
    for kind, normals in _patterns().items():
        for normal, pattern in normals.items():
            for hit in pattern.finditer(text):
                yield hit.start(), hit.end(), kind, normal


def _years(text: str) -> Iterator[_Found]:
    for hit in _YEARS.finditer(text):
        yield hit.start(), hit.end(), "years", _bounds(hit)


def _durations(text: str) -> Iterator[_Found]:
    for hit in _DURATION.finditer(text):
        yield hit.start(), hit.end(), "duration", f"{_bounds(hit)} {hit['unit']}s"


def _shares(text: str) -> Iterator[_Found]:
    for hit in _SHARE.finditer(text):
        whole = number(hit["whole"]) or 0.0
        part = {"half": whole / 2, "none": 0.0, "all": whole}.get(hit["part"], number(hit["part"]))
        if part is not None and whole > 1 and part <= whole:
            yield hit.start(), hit.end(), "share", f"{shown(part)}/{shown(whole)}"
    for hit in _PERCENT.finditer(text):
        yield hit.start(), hit.end(), "share", f"{shown(number(hit['part']) or 0.0)}%"
    for hit in _FRACTION.finditer(text):
        yield hit.start("words"), hit.end("words"), "share", _FRACTIONS.get(hit["words"], hit["words"])


def _money(text: str) -> Iterator[_Found]:
    for hit in _MONEY.finditer(text):
        unit = hit["sign"] or hit["unit"].rstrip("s")
        amount = number(hit["signed"] or hit["amount"])
        if amount is None:
            continue
        if unit == "grand":
            amount, unit = amount * 1000, ""
        sign = _CURRENCY.get(unit, "")
        name = "" if sign or not unit else f" {unit}"
        yield hit.start(), hit.end(), "money", f"{sign}{shown(amount)}{name}{hit['per'] or ''}"


def _bounds(hit: re.Match[str]) -> str:
    low, high = number(hit["low"]), number(hit["high"]) if hit["high"] else None
    return shown(low or 0.0) if high is None else f"{shown(low or 0.0)}-{shown(high)}"


def values_version() -> str:
    """Version of the value rules, kept with every claim."""
    return str(_data()["version"])


@cache
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    return {
        kind: {normal: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") for normal, words in normals.items()}
        for kind, normals in _data().items()
        if isinstance(normals, dict)
    }


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("discovery.claims").joinpath("values.toml").read_text(encoding="utf-8"))
