"""Known names found in a text, in whole words only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from discovery.privacy.names import TOKEN, Form, Rule, fold
from discovery.privacy.vocabulary import vocabulary

KnownForms = Mapping[str, Sequence[tuple[Form, str]]]
"""By the first word of a form: forms with their pseudonyms, longest first."""

_OPENING = "\"'“”‘’«»([{*_-–—  \t"
_SENTENCE_END = ".!?…:\n"
_POSSESSIVE = re.compile(r"['’](?:s|d|ll|re|ve|m)?", re.IGNORECASE)
_COMPOUND = re.compile(
    r"[-‐‑](?:based|led|like|made|only|owned|run|specific|style|trained|wide)", re.IGNORECASE
)
_TITLE_GAP = re.compile(r"\.?\s+")
_GAP = re.compile(r"\s+|\s*&\s*")
_INITIAL_GAP = re.compile(r"\.?\s+")
_COMMA_GAP = re.compile(r",\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """A known name in a text (half-open) and its pseudonym."""

    start: int
    end: int
    pseudonym: str


def find_names(text: str, forms: KnownForms, protected: re.Pattern[str] | None) -> Iterator[Found]:
    """Yield the known names of a text from left to right, the longest form at each place.

    Args:
        text: Any text.
        forms: What to look for.
        protected: Finds what must stay as it is, such as pseudonyms already put in.
    """
    words = _Words(text, protected)
    index = 0
    while index < len(words.tokens):
        found = words.match(index, forms)
        if found is None:
            index += 1
            continue
        index += found[0]
        yield found[1]


class _Words:
    """The words of one text and how they are written."""

    def __init__(self, text: str, protected: re.Pattern[str] | None) -> None:
        self.kept = [found.span() for found in protected.finditer(text)] if protected else []
        self.text = text
        self.tokens = [
            token
            for token in TOKEN.finditer(text)
            if not any(start < token.end() and token.start() < end for start, end in self.kept)
        ]
        self.all_capitals = (protected.sub(" ", text) if protected else text).isupper()

    def match(self, index: int, forms: KnownForms) -> tuple[int, Found] | None:
        """Number of words used and what was found at a word, if anything."""
        token = self.tokens[index]
        for head in _heads(token.group()):
            for form, pseudonym in forms.get(fold(head), ()):
                end = self._end(index, form)
                if end is not None and self._allowed(index, form, end):
                    start = self._with_title(index, form)
                    return len(form.tokens), Found(start, end, pseudonym)
        return None

    def _end(self, index: int, form: Form) -> int | None:
        """Where the form ends if its words stand here in a row; "'s" and the like are not part of it."""
        last = index + len(form.tokens) - 1
        if last >= len(self.tokens):
            return None
        for place, wanted in enumerate(form.tokens[:-1], index):
            token, following = self.tokens[place], self.tokens[place + 1]
            gap = _COMMA_GAP if form.comma and place == index else self._gap(wanted)
            if fold(token.group()) != wanted or not gap.fullmatch(self.text, token.end(), following.start()):
                return None
        for head in _heads(self.tokens[last].group()):
            if fold(head) == form.tokens[-1]:
                return self.tokens[last].start() + len(head)
        return None

    def _gap(self, wanted: str) -> re.Pattern[str]:
        return _INITIAL_GAP if len(wanted) == 1 else _GAP

    def _allowed(self, index: int, form: Form, end: int) -> bool:
        written = [token.group() for token in self.tokens[index : index + len(form.tokens)]]
        if form.rule is Rule.ALWAYS:
            return True
        if form.rule is Rule.CAPITAL:
            return all(word[0].isupper() for word in written)
        if form.rule is Rule.INITIALS:
            return written[0].isupper() and not self.all_capitals
        if self._title_before(index) is not None:
            return True
        return form.rule is Rule.SHOWN and written[0][0].isupper() and self._shows_a_name(index, end)

    def _shows_a_name(self, index: int, end: int) -> bool:
        if self.all_capitals:
            return False
        token = self.tokens[index]
        if end < token.end() and _POSSESSIVE.fullmatch(self.text, end, token.end()):
            return True
        return not (self._opens_sentence(token.start()) or self._in_longer_name(index))

    def _opens_sentence(self, at: int) -> bool:
        before = self.text[max(0, at - 40) : at].rstrip(_OPENING)
        return not before or before[-1] in _SENTENCE_END

    def _in_longer_name(self, index: int) -> bool:
        """Tell "Stanley Park" and "Park Avenue" from Ms Park; a pseudonym put in counts as a name."""
        token = self.tokens[index]
        if any(
            self.text[end : token.start()].isspace() or self.text[token.end() : start].isspace()
            for start, end in self.kept
        ):
            return True
        if index + 1 < len(self.tokens):
            following = self.tokens[index + 1]
            if following.group()[0].isupper() and self.text[token.end() : following.start()].isspace():
                return following.group() not in ("I", "I'm", "I’m", "I'd", "I've")
        if not index:
            return False
        before = self.tokens[index - 1]
        ended = len(list(_heads(before.group()))) > 1  # "Acme's Park", "Acme-led Park"
        capital = before.group()[0].isupper() and not self._opens_sentence(before.start())
        return capital and not ended and self.text[before.end() : token.start()].isspace()

    def _title_before(self, index: int) -> int | None:
        """Where a title such as "Dr." before this word starts."""
        if not index:
            return None
        title, token = self.tokens[index - 1], self.tokens[index]
        written = title.group()
        is_title = fold(written) in vocabulary().titles and (written[0].isupper() or len(written) <= 3)
        return (
            title.start()
            if is_title and _TITLE_GAP.fullmatch(self.text, title.end(), token.start())
            else None
        )

    def _with_title(self, index: int, form: Form) -> int:
        title = None if form.rule is Rule.INITIALS else self._title_before(index)
        return self.tokens[index].start() if title is None else title


def _heads(token: str) -> Iterator[str]:
    """The word itself, then what is left without "'s", "-led" and the like, longest first."""
    yield token
    for place in range(len(token) - 1, 0, -1):
        if _is_tail(token[place:], after_capital=token[0].isupper()):
            yield token[:place]


def _is_tail(tail: str, *, after_capital: bool) -> bool:
    if tail[0] in "-‐‑":
        return (after_capital and tail == tail.lower()) or _COMPOUND.fullmatch(tail) is not None
    return _POSSESSIVE.fullmatch(tail) is not None
