"""Which words before a colon are a speaker, and which are just speech with a colon in it.

No single line can tell: "Mike: we hire" and "Listen: we hire" look alike. So all labels of
a file are gathered first, each is judged by its own shape, and then by how often it comes
and whether its words are ordinary words elsewhere in the same file.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

LONGEST_NAME = 60
MOST_WORDS = 6

_ROLE = re.compile(
    r"(?:unknown )?(?:interviewer|interviewee|moderator|facilitator|participant|respondent|speaker|employer"
    r"|host|guest|candidate|researcher|client|customer|panel(?:l)?ist|hiring manager|recruiter|employee"
    r"|narrator|person|male|female|male voice|female voice|voice|user|agent|operator|unknown"
    r"|int|res|spk|sp|pt)(?:[ _#-]?\d{1,3}|[ _#-][a-z])?(?: ?\([\w .,'-]{1,40}\))?",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"[QAIRPSMFqa]\d{0,3}")
_FORBIDDEN = re.compile(r'[?!;"“”«»<>{}\[\]\\=\t`~^$%]|://|--|\.\.')


INVISIBLE = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks of writing direction and the like, which are no part of a name."""


class _Lists(NamedTuple):
    """Word lists of ``labels.toml``."""

    openers: frozenset[str]
    metadata: frozenset[str]
    particles: frozenset[str]
    sounds: frozenset[str]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    data = tomllib.loads(files("discovery.transcripts").joinpath("labels.toml").read_text(encoding="utf-8"))
    metadata = frozenset(entry.strip() for entry in data["metadata"].split("|"))
    openers, particles, sounds = (frozenset(data[key].split()) for key in ("openers", "particles", "sounds"))
    return _Lists(openers, metadata, particles, sounds)


class Likeness(IntEnum):
    """How much a label looks like a name, from its shape alone."""

    NO = 0
    WEAK = 1
    LIKELY = 2
    SURE = 3


def split_label(line: str) -> tuple[str, str] | None:
    """Cut a line at its first colon where the part before could be a label at all.

    Args:
        line: One line of a file.

    Returns:
        Label and rest, or None.

    >>> split_label("Dana Whitlock: we hire")
    ('Dana Whitlock', 'we hire')
    >>> split_label("see https://example.org") is None, split_label("10:30 Meeting: now") is None
    (True, True)
    """
    label, rest = _at_colon(line)
    if not label:
        return None
    following = rest[:1]
    if following and not following.isspace() and not _may_follow(following):
        return None
    return (label, rest.strip()) if likeness(label) else None


def _may_follow(character: str) -> bool:
    """Allow ``Mike:hello`` and ``Mike:[laughs]``, but neither ``10:30`` nor ``http://``."""
    return character.isalpha() or character in "\"'“‘«([*_¿¡…"


def known_label(line: str, names: Collection[str]) -> tuple[str, str] | None:
    """Cut a line at a colon where what stands before it is a name already known.

    >>> known_label("Dana:10 reasons", {"Dana"})
    ('Dana', '10 reasons')
    """
    label, rest = _at_colon(line)
    return (label, rest.strip()) if label in names else None


def _at_colon(line: str) -> tuple[str, str]:
    """Cut a line at its first colon if that comes soon; the label is empty where it does not."""
    line = line.lstrip()
    at = line.find(":", 1, LONGEST_NAME + 20)
    wide = line.find("：", 1, LONGEST_NAME + 20)
    at = wide if at < 0 <= wide or 0 <= wide < at else at
    if at < 0:
        return "", ""
    label = line[:at]
    return (label if label.isascii() else INVISIBLE.sub("", label)).strip(), line[at + 1 :]


@lru_cache(maxsize=4096)
def likeness(label: str) -> Likeness:
    """Judge a label by its shape.

    Args:
        label: The words before the colon, or inside the brackets.

    Returns:
        NO for what cannot be a name, WEAK for lower-case and caseless labels, LIKELY for
        names as people write them, SURE for role labels and diarisation labels.

    >>> [likeness(w).name for w in ("SPEAKER_00", "Ana de Souza", "jsmith", "The thing is")]
    ['SURE', 'LIKELY', 'WEAK', 'NO']
    """
    label = label.strip()
    words = label.split()
    if not label or len(label) > LONGEST_NAME or len(words) > MOST_WORDS or _FORBIDDEN.search(label):
        return Likeness.NO
    if _ROLE.fullmatch(label) or _INITIAL.fullmatch(label):
        return Likeness.SURE
    if label.casefold() in _lists().metadata or _ends_a_sentence(words) or not _has_letters(label):
        return Likeness.NO
    if label.count("(") != label.count(")"):
        return Likeness.NO
    return _by_words(words)


def accept_names(counts: Mapping[str, int], text: str) -> tuple[frozenset[str], int]:
    """Decide which labels of a file are speakers.

    Args:
        counts: Label to number of lines or cues that begin with it.
        text: The whole text of the file, to see which words are ordinary words there.

    Returns:
        The labels taken as names, and how many of them were seen once only.

    >>> names, once = accept_names({"Mike": 9, "Listen": 1, "Pay": 1}, "we pay well")
    >>> sorted(names), once
    (['Mike'], 0)
    """
    accepted: set[str] = set()
    once = 0
    ordinary: Counter[str] | None = None
    for label, count in counts.items():
        shape = likeness(label)
        if shape is Likeness.SURE:
            accepted.add(label)
            continue
        if shape is Likeness.NO or (shape is Likeness.WEAK and count < 3 - _is_caseless(label)):
            continue
        if shape is Likeness.LIKELY and count < 10:
            ordinary = ordinary if ordinary is not None else _lower_words(text)
            words = re.findall(r"[^\W\d_]+", label.casefold())
            if all(ordinary[word] >= count * (1 if len(words) == 1 else 3) for word in words):
                continue
        accepted.add(label)
        once += count == 1
    known = {label.casefold() for label in accepted}
    return frozenset(label for label in counts if label.casefold() in known), once


def bracketed_names(labels: Iterable[str]) -> frozenset[str]:
    """Decide which labels in round or square brackets are speakers rather than sounds.

    >>> sorted(bracketed_names(["Dana Bettinger", "Laughter", "Ann", "Ann", "door closes"]))
    ['Ann', 'Dana Bettinger']
    """
    counts = Counter(labels)
    names: set[str] = set()
    for label, count in counts.items():
        shape = likeness(label)
        words = label.casefold().split()
        if shape < Likeness.LIKELY or _lists().sounds.intersection(words):
            continue
        if shape is Likeness.SURE or len(words) > 1 or count > 1:
            names.add(label)
    return frozenset(names)


def _ends_a_sentence(words: list[str]) -> bool:
    """Tell ``we hire. Mike`` from ``Dr. Ann O. Neil``: a full stop may only end an abbreviation."""
    return any(word[-1] in ".…" and len(word) > 4 for word in words[:-1]) or any("," in w[:-1] for w in words)


def _has_letters(label: str) -> bool:
    digits = sum(character.isdigit() for character in label)
    return any(character.isalpha() for character in label) or digits >= 7


def _is_caseless(label: str) -> bool:
    return label.upper() == label.lower()


def _by_words(words: list[str]) -> Likeness:
    openers, particles = _lists().openers, _lists().particles
    plain = [word.strip("().,'’") for word in words]
    lower = [word for word in plain if word and word[0].islower()]
    first = plain[0].casefold().replace("’", "'")
    if len(words) == 1:
        if first in openers:
            return Likeness.NO
    elif any(word in openers and word not in particles for word in lower) or (first in openers and lower):
        return Likeness.NO
    if plain[0][:1].islower() or _is_caseless("".join(words)):
        return Likeness.WEAK
    return Likeness.WEAK if any(word not in particles for word in lower) else Likeness.LIKELY


def _lower_words(text: str) -> Counter[str]:
    return Counter(word for word in re.findall(r"[^\W\d_]+", text) if word[0].islower())
