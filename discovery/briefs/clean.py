"""Text from outside made harmless for every format, with a count of what was taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from discovery.privacy import redact
from discovery.records import Employer

_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202d\u202e]"
)


def harmless(text: str) -> str:
    r"""Take out characters that XML forbids or that turn the direction of reading by force.

    >>> harmless("so\x00lid")
    'solid'
    """
    return _ILLEGAL.sub("", text)


class Door:
    """The one way for outside text into a brief: names replaced, illegal characters removed and counted.

    Args:
        pseudonymise: Replaces names in a text.
    """

    def __init__(self, pseudonymise: Callable[[str], str]) -> None:
        """Start with nothing counted."""
        self._pseudonymise = pseudonymise
        self._clean: dict[str, str] = {}
        self._done: dict[str, str] = {}
        self.removed = 0

    def plain(self, text: str) -> str:
        """Clean a text that the team wrote itself, such as a title; names stay."""
        cleaned = self._clean.get(text)
        if cleaned is None:
            cleaned = self._clean[text] = harmless(text)
            self.removed += len(text) - len(cleaned)
        return cleaned

    def text(self, text: str) -> str:
        """Clean a text that comes from an interview; names are replaced, addresses and numbers taken out."""
        known = self._done.get(text)
        if known is None:
            cleaned = self.plain(text)
            private = redact(cleaned).text
            known = self._done[text] = harmless(self._pseudonymise(private))
        return known


def name_replacer(employers: Sequence[Employer], labels: dict[str, str]) -> Callable[[str], str]:
    """Make a replacer of employers' names by their labels, longest name first.

    >>> name_replacer([Employer("a", "Acme")], {"a": "Employer A"})("At Acme we hire.")
    'At Employer A we hire.'
    """
    names = {each.name.casefold(): labels[each.id] for each in employers if len(each.name) > 1}
    if not names:
        return str
    by_length = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, by_length))})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(lambda found: names.get(found.group().casefold(), "[name]"), text)
