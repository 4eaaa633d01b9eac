"""Words of a text, and which of them carry its content."""

from __future__ import annotations

import re
from functools import cache

_WORD = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*")


@cache
def function_words() -> frozenset[str]:
    """List the English words that carry grammar rather than content, in lower case."""
    from spacy.lang.en.stop_words import STOP_WORDS  # loads torch with it: only where it is needed

    return frozenset(STOP_WORDS)


def words(text: str) -> list[str]:
    """List the words of a text in lower case, typographic apostrophes made plain.

    >>> words("Well, it’s 3.5 per-cent.")
    ['well', "it's", '3.5', 'per-cent']
    """
    return [word.replace("’", "'").lower() for word in _WORD.findall(text)]


_SPEECH_WORDS = frozenset(
    words(
        "um uh er erm hm mm mhm yeah yes no okay ok right oh well like just really actually basically sort "
        "kind thing things lot bit mean know think say said tell got get going gonna want maybe i'm it's "
        "that's there's don't"
    )
)


def content_words(text: str) -> set[str]:
    """Collect the words that carry content: no function words, no fillers.

    >>> sorted(content_words("So, um, where do the welders come from?"))
    ['come', 'welders']
    """
    return {word for word in words(text) if word not in function_words() | _SPEECH_WORDS and len(word) > 2}


def plain(text: str) -> str:
    """Lower-case text with plain apostrophes, of the same length.

    >>> plain("We Don’t")
    "we don't"
    """
    lowered = text.replace("’", "'").replace("‘", "'")
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in lowered)
