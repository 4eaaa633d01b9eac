"""Numbers in speech: "five to seven years", "six of nine", "forty thousand"."""

from __future__ import annotations

import re

_UNITS = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES: dict[str, float] = {word: number for number, word in enumerate(_UNITS)}
_VALUES.update({word: 10 * (number + 2) for number, word in enumerate(_TENS)})
_VALUES.update(
    {"a": 1, "an": 1, "half a": 0.5, "half an": 0.5, "a couple of": 2, "couple of": 2, "a dozen": 12}
)
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "k": 1000, "million": 1_000_000, "m": 1_000_000}

_WORD = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_PLAIN = rf"(?:\d[\d,]*(?:\.\d+)?|(?:{'|'.join(_TENS)})[ -](?:{'|'.join(_UNITS[1:10])})\b|(?:{_WORD})\b)"
_LOOSE = r"(?:half an?|a couple of|couple of|a dozen|an?)"
NUMBER = (
    rf"(?:{_PLAIN}(?: ?(?:hundred|thousand|grand|million)(?: (?:and )?{_PLAIN})?(?: thousand)?| ?[km]\b)?"
    r"|(?:a|an) (?:hundred|thousand|million))"
)
"""Pattern of one number in digits or words."""

COUNT = rf"(?:{NUMBER}|{_LOOSE})"
"""The same, or "a", "a couple of", "half a" before a unit of time."""

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+")


def number(text: str) -> float | None:
    """Read one number in digits or words, None when it is none.

    >>> number("twenty-five"), number("1,200"), number("forty thousand"), number("soup")
    (25.0, 1200.0, 40000.0, None)
    """
    cleaned = text.strip().lower()
    if cleaned in _VALUES:
        return float(_VALUES[cleaned])
    total = current = 0.0
    seen = False
    for token in _TOKEN.findall(cleaned):
        if token == "and" or (token in {"a", "an"} and not seen):
            current = current or (0.0 if token == "and" else 1.0)
        elif token[0].isdigit():
            current, seen = current + float(token.replace(",", "")), True
        elif token in _VALUES:
            current, seen = current + _VALUES[token], True
        elif token in _SCALES:
            total, current, seen = _scaled(total, current, _SCALES[token]), 0.0, True
        else:
            return None
    return total + current if seen else None


def _scaled(total: float, current: float, scale: int) -> float:
    return total + (current or 1.0) * scale if total == 0 or scale < 1000 else (total + current) * scale


def shown(value: float) -> str:
    """Write a number without needless digits.

    >>> shown(5.0), shown(1.5)
    ('5', '1.5')
    """
    return str(int(value)) if value == int(value) else f"{value:g}"
