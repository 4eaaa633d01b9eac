"""Whether a turn is English: no claims are guessed in other languages."""

from __future__ import annotations

from discovery.language.words import words

_FEWEST_WORDS = 12
_LEAST_SHARE = 0.18
_COMMON_WORDS = """
a about after all also an and any are as at back be because been before but by can come could day
did do does don't down every few first for from get go good got had has have he her here him his how
i i'm if in into is it it's its just know like look made make me more most my never no not now of
off on one only or other our out over people say see she so some somebody that that's the their them
then there they they're thing think this time to two up us very want was we we're well were what
when where which who why will with work would year years yes you your
"""
_COMMON = frozenset(words(_COMMON_WORDS))


def is_english(text: str) -> bool:
    """Tell by the share of common English words whether a text is English.

    Args:
        text: A turn; fewer than twelve words are too few to tell and count as English.

    >>> is_english("Wir suchen seit drei Jahren Leute, die eine Anlage gut verstehen, finden aber keine.")
    False
    """
    found = words(text)
    if len(found) < _FEWEST_WORDS:
        return True
    return sum(word in _COMMON for word in found) >= _LEAST_SHARE * len(found)
