"""``jargon``: trade words that respondents may not share, with the plain words for them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from discovery.guides.rules.form import Form

_WORDS = Path(__file__).with_name("jargon.toml")


def jargon(form: Form) -> list[tuple[str, str]]:
    """List the trade words of a question, as written, with plain words for each.

    >>> jargon(Form("Which KPIs do you track?"))
    [('KPIs', 'numbers')]
    """
    found: dict[str, tuple[str, str]] = {}
    for hit in _pattern().finditer(form.text):
        found.setdefault(hit.group().lower(), (hit.group(), _plain(hit.group().lower())))
    return list(found.values())


@cache
def _terms() -> dict[str, str]:
    terms: dict[str, str] = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return terms


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_terms(), key=lambda term: (-len(term), term))
    parts = (re.escape(term.rstrip("*")) + (r"\w*" if term.endswith("*") else "") for term in longest_first)
    return re.compile(rf"(?<![\w&-])(?:{'|'.join(parts)})(?![\w&-])", re.IGNORECASE)


def _plain(word: str) -> str:
    matching = [t for t in _terms() if t == word or (t.endswith("*") and word.startswith(t[:-1]))]
    return _terms()[max(matching, key=len)]
