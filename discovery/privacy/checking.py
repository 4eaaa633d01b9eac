"""The review list: what pseudonyms changed, and which names may still be there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from discovery.language.words import function_words
from discovery.privacy.names import TOKEN, fold
from discovery.privacy.pseudonyms import Pseudonyms
from discovery.privacy.vocabulary import vocabulary

_NAME_RUN = re.compile(r"[A-ZÀ-ÞŠŽ][\w'’\-]*(?:\s+(?:(?:de|da|van|von|of|the|&)\s+)?[A-ZÀ-ÞŠŽ][\w'’\-]*)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]|[.!?…][\"'”’)\]]+)\s*[\"'“‘«(\[\-–—]*\s*$")
_ENDING = re.compile(r"['’](?:s|d|ll|re|ve|m)?$", re.IGNORECASE)
_NO_NAMES = frozenset(["i", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


@dataclass(frozen=True, slots=True, order=True)
class NameCount:
    """A name as written, what stands for it now (empty where it was left), and how often."""

    name: str
    pseudonym: str
    count: int


@dataclass(frozen=True, slots=True)
class NameReview:
    """For the researcher's eyes: it holds names from the interviews and must not leave the study.

    Args:
        changed: Names replaced, by pseudonym.
        left: Capitalised names not replaced, most frequent first. Text written all small or all in
            capitals shows no names and adds none.
    """

    changed: tuple[NameCount, ...]
    left: tuple[NameCount, ...]


def review_names(texts: Iterable[str], names: Pseudonyms) -> NameReview:
    """List what the pseudonyms change in some texts and which capitalised names they leave.

    Args:
        texts: Texts as the transcripts have them.
        names: The pseudonyms of the study.

    >>> from discovery.records import Speaker
    >>> names = Pseudonyms.for_study([], [Speaker("Ann Lund")])
    >>> [one.name for one in review_names(["Ann trusts Dale from Moncton."], names).left]
    ['Dale', 'Moncton']
    """
    changed: Counter[tuple[str, str]] = Counter()
    left: Counter[str] = Counter()
    for text in texts:
        replaced = names.replace(text)
        changed.update((change.pseudonym, change.name) for change in replaced.changes)
        left.update(_names_left(replaced.text, names))
    return NameReview(
        tuple(NameCount(name, pseudonym, count) for (pseudonym, name), count in sorted(changed.items())),
        tuple(NameCount(name, "", n) for name, n in sorted(left.items(), key=lambda one: (-one[1], one[0]))),
    )


def _names_left(text: str, names: Pseudonyms) -> Iterable[str]:
    if text.isupper():
        return
    bare = names.pattern.sub("-", text) if names.pattern else text
    for found in _NAME_RUN.finditer(bare):
        run = found.group().split()
        if _SENTENCE_START.search(bare, 0, found.start()):
            run = run[1:] if fold(run[0]) in function_words() or len(run) == 1 else run
        name = _ENDING.sub("", " ".join(run))
        if name and not _names_nobody(name):
            yield name


def _names_nobody(name: str) -> bool:
    tokens = [_ENDING.sub("", fold(token)) for token in TOKEN.findall(name)]
    known = _NO_NAMES | vocabulary().months | vocabulary().titles | function_words()
    return all(token in known for token in tokens)
