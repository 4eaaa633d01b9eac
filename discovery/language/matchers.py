"""Token patterns written in plain words, matched by spaCy; the only door to its matchers.

A pattern is a line of tokens. Words stand for themselves, whatever their case:

=============  ==============================================================
``co-op``      a word or a compound, cut as spaCy cuts it
``a|the``      either of them
``the?``       may be left out; ``a|the?`` too
``@number``    any word of the class ``number``
``_``          any one token
``...5``       up to five tokens, none of which ends a sentence
``!of|in``     one token that is neither
``^``          first in the pattern: only opening words, if any, stand before it in its sentence
=============  ==============================================================

Lines without classes and gaps go to spaCy's ``PhraseMatcher``, which stays quick with thousands
of phrases; the others to its ``Matcher``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

Bounds = tuple[int, int]

_STOPS = (".", "!", "?", ";", "…", "...", ":")
_QUOTES = frozenset("\"'“”‘«»-–—,()[]") | {"--"}
_GLUED = (r"(?<=[0-9])(?:k|m|hrs?|mins?|wks?|mths?|yrs?)",)
_JOINS = (r"(?<=[0-9])[–—/](?=\w)", r"(?<=[0-9])-(?=[a-zA-Z])")
_TELLING = 4
"""Letters of a word that few texts hold."""

_FEW = 3
_MOST_WORDS = 50_000
_MOST_SETS = 24
"""A vocabulary has room for some forty flags; classes need the others."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern was found.

    Args:
        label: The label of the pattern.
        start: First character.
        end: Past the last character.
        words: The tokens found, in lower case; joined ones are one word.
    """

    label: str
    start: int
    end: int
    words: tuple[str, ...]


class TokenPatterns:
    """Patterns by label, ready to be found in any text.

    Args:
        patterns: Lines of tokens for each label.
        classes: Words of each ``@class``, or a function that tells whether a lower-case word is one.
        joined: Given the lower-case tokens of a text, names the runs that count as one token, such
            as "forty", "-", "six"; a class function sees them with their spaces.
        openers: Words that may stand before a pattern which opens its sentence.

    Raises:
        ValueError: A pattern has no token, or names a class that is not there.
    """

    def __init__(
        self,
        patterns: Mapping[str, Iterable[str]],
        classes: Mapping[str, Collection[str] | Callable[[str], bool]] | None = None,
        *,
        joined: Callable[[Sequence[str]], Iterable[Bounds]] | None = None,
        openers: Collection[str] = (),
    ) -> None:
        from spacy.matcher import PhraseMatcher

        self._language = _english()
        self._joined = joined
        self._openers = frozenset(openers) | _QUOTES
        vocabulary = self._language.vocab
        self._classes = {name: _member(words) for name, words in (classes or {}).items()}
        self._flags = {name: vocabulary.add_flag(member) for name, member in self._classes.items()}
        self._sets: dict[frozenset[str], int] = {}
        self._tokens_of: dict[str, tuple[str, ...]] = {"": ()}
        self._phrases = PhraseMatcher(vocabulary, attr="LOWER")
        self._matchers: dict[str, Any] = {}
        self._labels: list[tuple[str, bool]] = []
        self._called: dict[str, frozenset[str]] = {}
        for label, lines in patterns.items():
            for line in lines:
                self._add(label, line)
        self._always = frozenset({""} & self._matchers.keys())

    def find(self, text: str) -> list[Hit]:
        """Find every place of every pattern, overlaps included, in the order of the words."""
        return next(self.finds([text]))

    def finds(self, texts: Iterable[str]) -> Iterator[list[Hit]]:
        """Find in many texts, one list a text."""
        for doc in self._language.tokenizer.pipe(text.replace("’", "'").replace("‘", "'") for text in texts):
            words = self._joined_words(doc)
            hits = []
            for key, first, last in self._places(doc, words):
                label, opening = self._labels[int(self._language.vocab.strings[key].partition(" ")[0])]
                if first < last and not (opening and not self._opens(words, first)):
                    end = doc[last - 1].idx + len(doc[last - 1])
                    hits.append(Hit(label, doc[first].idx, end, tuple(words[first:last])))
            yield hits

    def _places(self, doc: Any, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """Run only the matchers whose key the text holds; most texts hold few of them."""
        if not words:
            return []
        found = set(self._phrases(doc))
        for key in frozenset().union(*map(self._keys_of, words)) | self._always:
            found.update(self._matchers[key](doc))
        return sorted(found, key=lambda match: (match[1], match[2], match[0]))

    def _keys_of(self, word: str) -> frozenset[str]:
        """Name the matchers that a word calls for: its own and those of its classes."""
        if word not in self._called:
            classes = {f"@{name}" for name, member in self._classes.items() if member(word)}
            if len(self._called) >= _MOST_WORDS:
                self._called.clear()
            self._called[word] = frozenset({word, *classes} & self._matchers.keys())
        return self._called[word]

    def _joined_words(self, doc: Any) -> list[str]:
        words = [token.lower_ for token in doc]
        runs = [run for run in self._joined(words) if run[1] - run[0] > 1] if self._joined else []
        if not runs:
            return words
        with doc.retokenize() as retokenizer:
            for first, last in runs:
                retokenizer.merge(doc[first:last])
        return [token.lower_ for token in doc]

    def _opens(self, words: Sequence[str], first: int) -> bool:
        for word in reversed(words[:first]):
            if word in _STOPS:
                return True
            if word not in self._openers:
                return False
        return True

    def _add(self, label: str, line: str) -> None:
        from spacy.tokens import Doc

        parts = line.removeprefix("^").split()
        if not parts:
            raise ValueError(f"empty pattern: {label}")
        name = f"{len(self._labels)} pattern"
        self._labels.append((label, line.startswith("^")))
        if not any(map(_is_sharp, parts)):
            phrases = {sum(map(self._cut, words), ()) for words in product(*map(_choices, parts))}
            vocabulary = self._language.vocab
            self._phrases.add(
                name, [Doc(vocabulary, words=list(words)) for words in sorted(phrases) if words]
            )
            return
        spelt: dict[str, list[list[dict[Any, Any]]]] = {}
        for words in product(*(self._spelt(part) for part in parts)):
            tokens = [token for word in words for token in self._tokens(word)]
            if tokens:
                spelt.setdefault(self._key(words), []).append(tokens)
        for key, lists in spelt.items():
            self._matcher(key).add(name, lists)

    def _matcher(self, key: str) -> Any:
        from spacy.matcher import Matcher

        if key not in self._matchers:  # the checks would not know the flags
            self._matchers[key] = Matcher(self._language.vocab, validate=False)
        return self._matchers[key]

    def _cut(self, word: str) -> tuple[str, ...]:
        """Cut a word of a pattern as the same word of a text is cut."""
        if word not in self._tokens_of:
            self._tokens_of[word] = tuple(token.lower_ for token in self._language.make_doc(word))
        return self._tokens_of[word]

    def _key(self, words: Sequence[str]) -> str:
        """Name what a text must hold for a pattern to fit: its longest word, else a class, else nothing."""
        plain = (word for word in words if not _is_sharp(word))
        longest = max((token for word in plain for token in self._cut(word)), key=len, default="")
        classes = [word for word in words if word.startswith("@") and not word.endswith("?")]
        return classes[0] if classes and len(longest) < _TELLING else longest

    def _spelt(self, part: str) -> list[str]:
        """Spell out alternatives, or give a set of short ones a flag of its own ("#0")."""
        choices = _choices(part)
        if part.startswith("@") and len(choices) > 1 and "|" in part:
            return choices
        if _is_sharp(part):
            return [part]
        words = frozenset(choices) - {""}
        single = all(len(self._cut(word)) == 1 for word in words)
        if len(words) < _FEW or not single or (len(self._sets) >= _MOST_SETS and words not in self._sets):
            return choices
        if words not in self._sets:
            self._sets[words] = self._language.vocab.add_flag(_member(words))
        return [f"#{self._sets[words]}{'?' if '' in choices else ''}"]

    def _tokens(self, word: str) -> list[dict[Any, Any]]:
        if not _is_sharp(word):
            return [{"LOWER": token} for token in self._cut(word)]
        operator = {"OP": "?"} if word.endswith("?") else {}
        bare = word.removesuffix("?")
        if bare.startswith("..."):
            return [{"LOWER": {"NOT_IN": list(_STOPS)}, "OP": f"{{0,{int(bare[3:])}}}"}]
        if bare == "_":
            return [{"IS_PUNCT": False, **operator}]
        if bare.startswith("!"):
            return [{"LOWER": {"NOT_IN": bare[1:].split("|")}, **operator}]
        flag = int(bare[1:]) if bare.startswith("#") else self._flags.get(bare[1:])
        if flag is None:
            raise ValueError(f"unknown class: {bare}")
        return [{flag: True, **operator}]


def longest(hits: Iterable[Hit], group: Callable[[Hit], str] = lambda _: "") -> list[Hit]:
    """Keep the longest hit wherever hits of one group overlap, in the order of the words.

    Args:
        hits: What was found.
        group: Hits of different groups may overlap.

    >>> [hit.label for hit in longest([Hit("a", 0, 4, ()), Hit("b", 2, 9, ()), Hit("c", 9, 12, ())])]
    ['b', 'c']
    """
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start, hit.label)):
        rivals = (other for other in kept if group(other) == group(hit))
        if not any(hit.start < other.end and other.start < hit.end for other in rivals):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end, hit.label))


def _is_sharp(word: str) -> bool:
    """Tell whether a word of a pattern stands for more than itself; a lone mark such as "!" does not."""
    return word in ("_", "_?") or (
        len(word) > 1 and word.startswith(("@", "!", "...", "#")) and word != "..."
    )


def _choices(part: str) -> list[str]:
    words = part.removesuffix("?").split("|")
    return [*words, ""] if part.endswith("?") else words


def _member(words: Collection[str] | Callable[[str], bool]) -> Callable[[str], bool]:
    if callable(words):
        return lambda word: words(word.lower())
    known = frozenset(words)
    return lambda word: word.lower() in known


def _english() -> Any:
    """Blank English, with digits cut from units that are glued to them ("6wks", "5–7")."""
    import spacy
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    language = spacy.blank("en")
    defaults = language.Defaults
    language.tokenizer = Tokenizer(  # made anew: each change of the old one reads all exceptions again
        language.vocab,
        rules=defaults.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(defaults.prefixes or ()).search,
        suffix_search=compile_suffix_regex([*(defaults.suffixes or ()), *_GLUED]).search,
        infix_finditer=compile_infix_regex([*(defaults.infixes or ()), *_JOINS]).finditer,
    )
    return language
