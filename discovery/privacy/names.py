"""Names into the forms under which people and firms turn up in speech."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from discovery.privacy.vocabulary import vocabulary
from discovery.records import Turn

TOKEN = re.compile(r"\w+(?:['’\-‐‑]\w+)*")
"""A word with its inner apostrophes and hyphens; a name is looked for in whole words only."""


class Rule(StrEnum):
    """When a form may be replaced.

    ``always``: wherever the words stand. ``capital``: where each word starts with a capital.
    ``initials``: where all letters are capitals and the rest of the text is not. ``shown``:
    where the writing shows a name (a capital in mid-sentence, a title, "'s"), since the form is
    also an ordinary word. ``titled``: after a title only.
    """

    ALWAYS = "always"
    CAPITAL = "capital"
    INITIALS = "initials"
    SHOWN = "shown"
    TITLED = "titled"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name.

    Args:
        tokens: Its words as :func:`fold` gives them.
        rule: When it may be replaced.
        comma: Its words are parted by a comma ("Lund, Ann").
    """

    tokens: tuple[str, ...]
    rule: Rule = Rule.ALWAYS
    comma: bool = False


def fold(token: str) -> str:
    """Bring a word to the form names are compared in: NFC, one kind of apostrophe and hyphen, small.

    >>> fold("O’BRIEN")
    "o'brien"
    """
    plain = unicodedata.normalize("NFC", token).replace("’", "'").replace("‐", "-").replace("‑", "-")
    return plain.casefold()


def person_tokens(name: str) -> tuple[str, ...]:
    """List the words of a person's name, first name first, without titles and notes in brackets.

    Args:
        name: A speaker label such as "Ginsberg, Corey" or "Dr. Anneliese Vogt (HR)".

    Returns:
        Its words as written; empty for labels that name nobody, such as "SPEAKER_00".

    >>> person_tokens("Ginsberg, Corey"), person_tokens("Dr. A. Vogt (HR)"), person_tokens("Speaker 1")
    (('Corey', 'Ginsberg'), ('A', 'Vogt'), ())
    """
    bare = re.sub(r"[(\[].*?[)\]]|[|/•·].*$", " ", name)
    parts = [part for part in bare.split(",") if part.strip()]
    ordered = [parts[1], parts[0]] if len(parts) == 2 and not _is_suffix(parts[1]) else parts[:1]
    tokens = [token for part in ordered for token in TOKEN.findall(part)]
    while tokens and fold(tokens[0]) in vocabulary().titles:
        tokens.pop(0)
    while len(tokens) > 1 and fold(tokens[-1]) in vocabulary().suffixes:
        tokens.pop()
    return () if all(_is_label(token) for token in tokens) else tuple(tokens)


def person_forms(tokens: Sequence[str], ordinary: Collection[str] = ()) -> Iterator[Form]:
    """Yield the ways a person may be called: whole name, turned round, initial, single names.

    Args:
        tokens: Words of the name, first name first.
        ordinary: Words that the study also uses as ordinary words, folded.
    """
    folded = tuple(fold(token) for token in tokens)
    if len(folded) > 1:
        whole = Rule.CAPITAL if all(_is_ordinary(token, ordinary) for token in folded) else Rule.ALWAYS
        yield Form(folded, whole)
        yield Form((folded[0], folded[-1]), whole)
        if whole is Rule.ALWAYS:
            yield Form((folded[-1], folded[0]), comma=True)
            yield Form((*folded[1:], folded[0]), comma=True)
        yield Form((folded[0][0], folded[-1]), Rule.CAPITAL)
        if len(folded) > 2:
            yield Form(folded[1:], Rule.CAPITAL)
    for token in single_names(tokens):
        yield Form((fold(token),), _single_rule(token, ordinary))


def single_names(tokens: Sequence[str]) -> list[str]:
    """Pick the words of a name that can stand for the person: no initials, no particles."""
    return [token for token in tokens if len(token) > 1 and fold(token) not in vocabulary().particles]


def firm_forms(name: str, ordinary: Collection[str] = ()) -> Iterator[Form]:
    """Yield the ways a firm may be called: whole, without its legal form, shortened, by initials.

    Args:
        name: Name of the firm.
        ordinary: Words that the study also uses as ordinary words, folded.

    >>> [" ".join(form.tokens) for form in firm_forms("Prairie Spindle & Tool Inc.")]
    ['prairie spindle tool', 'prairie spindle and tool', 'prairie spindle', 'pst']
    """
    tokens = [fold(token) for token in TOKEN.findall(name.replace("&", " and "))]
    while len(tokens) > 1 and tokens[-1] in vocabulary().legal_forms:
        tokens.pop()
    content = tuple(token for token in tokens if token != "and")
    if not content:
        return
    if len(content) == 1:
        yield Form(content, Rule.SHOWN if _is_ordinary(content[0], ordinary) else Rule.ALWAYS)
        return
    yield Form(content)
    if content != tuple(tokens):
        yield Form(tuple(tokens))
    yield from _shortened(content, ordinary)
    initials = "".join(token[0] for token in content)
    if len(initials) >= 3 and initials not in vocabulary().no_acronyms:
        yield Form((initials,), Rule.INITIALS)


def _single_rule(token: str, ordinary: Collection[str]) -> Rule:
    if fold(token) in vocabulary().months:
        return Rule.TITLED
    return Rule.SHOWN if _is_ordinary(token, ordinary) else Rule.ALWAYS


def _is_ordinary(token: str, ordinary: Collection[str]) -> bool:
    return vocabulary().is_common(token) or fold(token) in ordinary


def _shortened(content: tuple[str, ...], ordinary: Collection[str]) -> Iterator[Form]:
    words = vocabulary()
    for length in range(len(content) - 1, 1, -1):
        start = content[:length]
        if start[-1] not in words.particles and any(token not in words.general_words for token in start):
            yield Form(start)
    first = content[0]
    if len(first) >= 4 and first not in words.general_words and not _is_ordinary(first, ordinary):
        yield Form((first,), Rule.CAPITAL)


_NAME = r"[A-ZÀ-ÞŠŽ][\w'’\-]+"
_HERE = r"(?:[Tt]his is|I['’]m|I am)"
_INTRODUCTIONS = (
    re.compile(rf"\b(?:[Mm]y name(?:['’]s| is)|[Nn]ame['’]s)\s+({_NAME}(?:\s+{_NAME}){{0,2}})"),
    re.compile(rf"\b{_HERE}\s+({_NAME}\s+{_NAME})(?=[,.;!?]|\s+(?:and|from|at|here)\b|$)"),
    re.compile(rf"\b{_HERE}\s+({_NAME})(?=[,.;!?]\s*(?:I|and I|the|head|from|we)\b|\s+(?:from|here)\b|\.?$)"),
    re.compile(
        rf"(?:^|[.!?]\s+|\b[Ss]o\s+|[Yy]eah,?\s+)({_NAME}\s+{_NAME})"
        r",\s+(?:I['’]m|I am|I run|I lead|I look after|the|head of)\b"
    ),
)
_SMALL_INTRODUCTION = re.compile(r"\bmy name(?:['’]s| is)\s+([a-z'’\-]+(?:\s+[a-z'’\-]+)?)")


def introduced(turn: Turn) -> list[str]:
    """Find the names under which the speaker of a turn introduces himself or herself.

    Args:
        turn: One turn, in ordinary writing or all in small letters.

    >>> introduced(Turn("a", 0, "SPEAKER_00", "So this is Ted Amundson, and I'm in Maple Grove."))
    ['Ted Amundson']
    """
    names = [found[1] for pattern in _INTRODUCTIONS for found in pattern.finditer(turn.text)]
    if turn.text == turn.text.lower():
        names += [_without_small_words(found[1]) for found in _SMALL_INTRODUCTION.finditer(turn.text)]
    return [name for name in dict.fromkeys(names) if name and _names_somebody(name)]


def ordinary_words(turns: Iterable[Turn]) -> frozenset[str]:
    """Collect the words written small in turns that also have capitals: no names, then.

    Args:
        turns: Turns of the study; those without capitals show nothing and are passed over.
    """
    return frozenset(
        fold(token)
        for turn in turns
        if len(re.findall(r"(?:^|[.!?]\s+)[A-ZÀ-Þ]", turn.text)) > 0
        for token in TOKEN.findall(turn.text)
        if token.islower()
    )


def _without_small_words(name: str) -> str:
    return " ".join(token for token in name.split() if not vocabulary().is_common(token))


def _names_somebody(name: str) -> bool:
    tokens = [fold(token) for token in TOKEN.findall(name)]
    nobody = vocabulary().no_introductions | vocabulary().general_words
    contracted = any(re.search(r"'(?:s|m|d|t|ll|re|ve)$", token) for token in tokens)
    initials = name.split()[0].isupper() and len(tokens[0]) <= 4
    return not (contracted or initials or vocabulary().is_common(tokens[0]) or nobody.intersection(tokens))


def _is_label(token: str) -> bool:
    """Tell whether a word only labels a voice: "SPEAKER_00", "spk_1", "2", "A"."""
    parts = [part for part in re.split(r"[\W\d_]+", fold(token)) if part]
    return all(len(part) == 1 or part in vocabulary().unnamed for part in parts)


def _is_suffix(part: str) -> bool:
    return all(fold(token) in vocabulary().suffixes for token in TOKEN.findall(part))
