"""Groups, words and stability put together into the result that leaves the room."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from discovery.records import Notice, NoticeKind
from discovery.topics.grouping import Grouping
from discovery.topics.result import COLUMNS, TopicResult, text_key
from discovery.topics.settings import FEWEST_TEXTS
from discovery.topics.stability import HOLDS, Stability, bearing
from discovery.topics.words import label_of, terms_of

if TYPE_CHECKING:
    import pandas as pd

_SHORTEST_QUOTE, _LONGEST_QUOTE = 8, 60
"""Length in words of a text that people will read as a quote."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The texts given, which of them can be used, and the settings in force.

    Args:
        texts: All texts.
        usable: Indices of those with a word in them.
        settings: Every setting by name, for the record.
    """

    texts: tuple[str, ...]
    usable: tuple[int, ...]
    settings: Mapping[str, Any]

    @classmethod
    def of(cls, texts: Sequence[str], settings: Mapping[str, Any]) -> Corpus:
        """Set aside the texts without a word in them."""
        usable = (at for at, text in enumerate(texts) if any(letter.isalpha() for letter in text))
        return cls(tuple(texts), tuple(usable), settings)

    @property
    def kept(self) -> list[str]:
        """The usable texts, in order."""
        return [self.texts[at] for at in self.usable]


def make_result(
    corpus: Corpus, held: Grouping, words: Sequence[Sequence[str]], stability: Stability, why: str
) -> TopicResult:
    """Put the result together, in the order of all texts given.

    Args:
        corpus: The texts.
        held: Groups of the usable texts.
        words: Leading words of each group.
        stability: How far the groups come back.
        why: Why anchors were used or not.
    """
    total = len(corpus.texts)
    assignments, fits = [-1] * total, [0.0] * total
    for at, label, fit in zip(corpus.usable, held.labels.tolist(), held.fits.tolist(), strict=True):
        assignments[at], fits[at] = label, fit
    outliers = int((held.labels < 0).sum())
    return TopicResult(
        assignments=tuple(assignments),
        topics=_table(corpus, held, words, stability),
        outlier_share=sum(topic < 0 for topic in assignments) / total,
        keys=tuple(text_key(text) for text in corpus.texts),
        fits=tuple(fits),
        stability=stability,
        bearing=bearing(stability, len(corpus.usable), outliers / len(corpus.usable)),
        settings={**corpus.settings, "method": held.method},
        reasons=(why, *held.reasons),
        versions=_versions(),
        notices=_notices(corpus, held, stability),
        centres=held.centres,
        mean=held.mean,
        least_fit=held.least_fit,
    )


def no_topics(corpus: Corpus) -> TopicResult:
    """Answer honestly that there is too little to draw topics from.

    Args:
        corpus: The texts.
    """
    import pandas as pd

    total, usable = len(corpus.texts), len(corpus.usable)
    words = (
        f"{usable} texts are too few for topics; {FEWEST_TEXTS} are the least. Read and code them by hand."
    )
    notices = _left_out(corpus)
    if usable:
        notices.append(_notice(NoticeKind.DROPPED, "texts: too few to draw topics from", usable))
    return TopicResult(
        assignments=(-1,) * total,
        topics=pd.DataFrame(columns=list(COLUMNS)),
        outlier_share=1.0 if total else 0.0,
        keys=tuple(text_key(text) for text in corpus.texts),
        fits=(0.0,) * total,
        bearing=words,
        settings={**corpus.settings, "method": "none"},
        reasons=(words,),
        versions=_versions(),
        notices=tuple(notices),
    )


def _table(
    corpus: Corpus, held: Grouping, words: Sequence[Sequence[str]], stability: Stability
) -> pd.DataFrame:
    """Put one row a topic together."""
    import pandas as pd

    kept = corpus.kept
    unknown = (None,) * len(held.centres)
    rows = [
        (
            topic,
            label_of(words[topic], theme),
            tuple(words[topic]),
            int((held.labels == topic).sum()),
            back,
            overlap,
            None if back is None else back >= HOLDS,
            theme,
            corpus.usable[_standing_for(held, topic, kept, words[topic])],
            "",
        )
        for topic, (theme, back, overlap) in enumerate(
            zip(held.themes, stability.returns or unknown, stability.overlap or unknown, strict=True)
        )
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _standing_for(held: Grouping, topic: int, texts: Sequence[str], words: Sequence[str]) -> int:
    """Choose the text that stands for a topic: among the closest, the one that says most of its words."""
    members = sorted(np.flatnonzero(held.labels == topic).tolist(), key=lambda at: (-held.fits[at], at))
    readable = [
        at for at in members if _SHORTEST_QUOTE <= len(texts[at].split()) <= _LONGEST_QUOTE
    ] or members
    closest = readable[: max(3, len(readable) // 4)]
    said = {at: len(set(words) & set(terms_of(texts[at], 2))) for at in closest}
    return int(max(closest, key=lambda at: (said[at], held.fits[at], -at)))


def _notices(corpus: Corpus, held: Grouping, stability: Stability) -> tuple[Notice, ...]:
    """Count what was left out, joined or does not hold."""
    notices = _left_out(corpus)
    counts = [
        (NoticeKind.DROPPED, "texts that fit no topic", int((held.labels < 0).sum())),
        (NoticeKind.MERGED, "themes or groups too small to stand as topics", held.dissolved),
        (
            NoticeKind.GUESSED,
            "topics that do not hold when resampled",
            sum(b < HOLDS for b in stability.returns),
        ),
    ]
    return tuple(notices + [_notice(kind, what, count) for kind, what, count in counts if count])


def _left_out(corpus: Corpus) -> list[Notice]:
    empty = len(corpus.texts) - len(corpus.usable)
    return [_notice(NoticeKind.DROPPED, "texts without a word in them", empty)] if empty else []


def _notice(kind: NoticeKind, what: str, count: int) -> Notice:
    return Notice("topics", kind, what, count=count)


def _versions() -> dict[str, str]:
    """Name everything that shapes the result."""
    packages = ("bertopic", "scikit-learn", "numpy", "scipy", "pandas")
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}
