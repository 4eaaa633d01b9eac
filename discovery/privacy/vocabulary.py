"""Words the privacy room has to know, read once from ``names.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from discovery.language.words import function_words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Lower-case word sets; ``names.toml`` says what each is for."""

    titles: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    unnamed: frozenset[str]
    common_words: frozenset[str]
    months: frozenset[str]
    legal_forms: frozenset[str]
    general_words: frozenset[str]
    no_acronyms: frozenset[str]
    no_introductions: frozenset[str]

    def is_common(self, token: str) -> bool:
        """Tell whether a name could just as well be an ordinary word where it is written small.

        >>> vocabulary().is_common("Will"), vocabulary().is_common("Karin")
        (True, False)
        """
        small = token.casefold()
        return (
            len(small) <= 2 or small in self.common_words or small in self.months or small in function_words()
        )


@cache
def vocabulary() -> Vocabulary:
    """Read the word sets."""
    data = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
    return Vocabulary(**{key: frozenset(values) for key, values in data.items()})
