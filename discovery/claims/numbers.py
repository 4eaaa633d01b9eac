"""Numbers in speech: "five to seven years", "six of nine", "forty thousand".

Token patterns can find such a number but not add it up, so the sum is done here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: float(number) for number, word in enumerate(_UNITS)} | {"nought": 0.0, "dozen": 12.0}
_TEN = {word: 10.0 * number for number, word in enumerate(_TENS, start=2)}
_SCALES = {
    **{"thousand": 1e3, "grand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7},
    **{"million": 1e6, "m": 1e6, "billion": 1e9},
}
_LOOSE = {"a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5, "a couple of": 2.0, "couple of": 2.0}
_TOKEN = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+|-")
_DIGITS = re.compile(r"\d{1,15}(?:\.\d+)?|\d{1,3}(?:[.,]\d{2,3}){0,6}[.,]\d{3}(?:\.\d+)?")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))|,")

_Read = tuple[float, int]


def number(text: str) -> float | None:
    """Read one number in digits or words, None when it is none.

    >>> number("twenty-five"), number("1,200"), number("forty thousand"), number("soup")
    (25.0, 1200.0, 40000.0, None)
    """
    cleaned = text.strip().lower()
    if cleaned in _LOOSE:
        return _LOOSE[cleaned]
    words = _TOKEN.findall(cleaned)
    found = _number(words, 0)
    return found[0] if found and found[1] == len(words) else None


def number_runs(words: Sequence[str]) -> list[tuple[int, int]]:
    """Find the runs of lower-case tokens that say one number.

    >>> number_runs(["about", "forty", "-", "six", "thousand", "for", "two"])
    [(1, 5), (6, 7)]
    """
    runs = []
    at = 0
    while at < len(words):
        found = _number(words, at)
        if found:
            runs.append((at, found[1]))
        at = found[1] if found else at + 1
    return runs


def shown(value: float) -> str:
    """Write a number without needless digits.

    >>> shown(5.0), shown(1.5)
    ('5', '1.5')
    """
    return str(int(value)) if value == int(value) else f"{value:g}"


def _number(words: Sequence[str], at: int) -> _Read | None:
    """Read groups of falling scale: "two million", "three hundred thousand", "and forty"."""
    found = _group(words, at)
    if not found:
        return None
    total, last_scale = 0.0, float("inf")
    value, at = found
    while True:
        scale = _scale(words, at)
        if not scale or scale >= last_scale:
            return total + value, at
        total, last_scale, at = total + value * scale, scale, at + 1
        following = at + 1 if _word(words, at) == "and" else at
        found = _group(words, following)
        if not found or found[0] >= scale or _word(words, at).isdigit():
            return total, at
        value, at = found


def _scale(words: Sequence[str], at: int) -> float:
    word = _word(words, at)
    glued = word not in {"k", "m"} or words[at - 1][-1:].isdigit()
    return _SCALES.get(word, 0.0) if glued else 0.0


def _group(words: Sequence[str], at: int) -> _Read | None:
    """Read a number below a thousand, or in digits: "a hundred and sixty-one", "two and a half"."""
    if _word(words, at) == "half" and _word(words, at + 1) in {"a", "an"}:
        unit = _word(words, at + 2)
        if unit == "dozen":
            return 6.0, at + 3
        return (0.5, at + 2) if unit in {"million", "billion"} else None
    alone = _word(words, at) in {"a", "an"} and _word(words, at + 1) in {"hundred", "dozen", *_SCALES}
    found = (1.0, at + 1) if alone else (1.0, at) if _word(words, at) == "hundred" else _tens(words, at)
    if not found:
        return None
    value, at = found
    if _word(words, at) == "dozen":
        return value * 12, at + 1
    if _word(words, at) == "hundred":
        value, at = value * 100, at + 1
        rest = _tens(words, at + 1 if _word(words, at) == "and" else at)
        value, at = (value + rest[0], rest[1]) if rest and rest[0] < 100 else (value, at)
    return _fraction(words, value, at)


def _fraction(words: Sequence[str], value: float, at: int) -> _Read:
    """Read what follows a whole number: "and a half", "point five"."""
    if [_word(words, at + step) for step in range(3)] == ["and", "a", "half"]:
        return value + 0.5, at + 3
    if [_word(words, at + step) for step in range(2)] == ["and", "half"]:
        return value + 0.5, at + 2
    decimal = _SMALL.get(_word(words, at + 1), 10)
    if _word(words, at) == "point" and decimal < 10:
        return value + decimal / 10, at + 2
    return value, at


def _tens(words: Sequence[str], at: int) -> _Read | None:
    word = _word(words, at)
    if _DIGITS.fullmatch(word):
        return float(_THOUSANDS.sub("", word)), at + 1
    if word in _TEN:
        following = at + 2 if _word(words, at + 1) == "-" else at + 1
        unit = _SMALL.get(_word(words, following), 0)
        return (_TEN[word] + unit, following + 1) if 1 <= unit <= 9 else (_TEN[word], at + 1)
    return (_SMALL[word], at + 1) if word in _SMALL else None


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""
