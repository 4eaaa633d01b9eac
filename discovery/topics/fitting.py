"""Texts to topics, settings chosen by the size and the kind of the corpus."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discovery.errors import ModelError
from discovery.records import Notice, NoticeKind
from discovery.topics.anchors import (
    Anchors,
    SeedPhrases,
    anchors_from_phrases,
    hiring_themes,
    is_hiring_talk,
    joined,
)
from discovery.topics.describing import describe
from discovery.topics.grouping import Grouping, group_texts
from discovery.topics.result import COLUMNS, TopicResult
from discovery.topics.settings import FEWEST_TEXTS, TopicSettings, read_settings
from discovery.topics.stability import HOLDS, Stability, bearing, measure_stability
from discovery.topics.words import label_of

if TYPE_CHECKING:
    import pandas as pd

    from discovery.language import Encoder

Vectors = NDArray[np.float32]

RECIPE = "discovery.topics/1"
"""Name and version of the way topics are drawn; a changed way gets a new number."""


def fit_topics(
    texts: Sequence[str],
    *,
    vectors: Vectors | None = None,
    seed_phrases: SeedPhrases | None = None,
    seed: int = 0,
    encoder: Encoder | None = None,
    **settings: Any,
) -> TopicResult:
    """Find what the talk is about: topics that come back when the texts are resampled.

    Employer talk about hiring is anchored by the built-in themes, which the texts then move;
    any other corpus is grouped freely. The result says which way was taken and why.

    Args:
        texts: Answers or windows of answers; never whole interviews.
        vectors: Array (n, m), one row a text; None encodes them with MiniLM.
        seed_phrases: Themes of your own, by name or as a list; they are added to the built-in
            ones in hiring talk. An empty list or mapping switches all anchors off.
        seed: Seed of every random choice.
        encoder: What ``vectors`` were made with and seed phrases will be; None means MiniLM.
        **settings: Fields of ``TopicSettings``, such as ``topics=8`` or ``refits=50``.

    Returns:
        The topics. The same input and settings give the same result, byte for byte. Too few
        texts give no topics and a notice that says so.

    Raises:
        ModelError: The vectors do not fit the texts, or are not finite numbers.
        TopicsError: A setting is unknown or out of range.

    Source: Grootendorst 2022 (BERTopic); Basu, Banerjee & Mooney 2002 (seeding); Hennig 2007
        (stability).
    """
    chosen = read_settings(settings)
    rows = _checked(texts, vectors, encoder)
    usable = [at for at, text in enumerate(texts) if any(letter.isalpha() for letter in text)]
    notices = _left_out(len(texts), len(usable))
    record = {**chosen.as_dict(), "seed": seed, "recipe": RECIPE}
    if len(usable) < FEWEST_TEXTS:
        return _no_topics(len(texts), len(usable), record, notices)
    from threadpoolctl import threadpool_limits

    kept = [texts[at] for at in usable]
    with threadpool_limits(1):  # sums in another order would differ in the last digit
        points = rows[usable]
        anchors, why = _choose_anchors(points, seed_phrases, encoder)
        held = group_texts(points, anchors, chosen, seed)
        described = describe(kept, points, held, chosen)
        stability = _measure(points, anchors, held, chosen, seed)
    table = _table(held, described.words, stability, kept, usable)
    return _result(len(texts), usable, held, table, stability, record, (why, *held.reasons), notices)


def _checked(texts: Sequence[str], vectors: Vectors | None, encoder: Encoder | None) -> Vectors:
    """Return one finite row a text, or say what is wrong."""
    if vectors is None:
        if encoder is None:
            from discovery.language import MiniLM

            encoder = MiniLM()
        vectors = encoder.encode(list(texts))
    rows = np.asarray(vectors, dtype=np.float32)
    if rows.ndim != 2 or len(rows) != len(texts):
        raise ModelError("model.vectors", given=len(rows) if rows.ndim else 0, texts=len(texts))
    if not np.isfinite(rows).all():
        raise ModelError("model.not-finite", rows=int((~np.isfinite(rows)).any(axis=1).sum()))
    return rows


def _choose_anchors(
    points: Vectors, seed_phrases: SeedPhrases | None, encoder: Encoder | None
) -> tuple[Anchors | None, str]:
    """Choose what holds the topics, and say why."""
    if seed_phrases is not None and not len(seed_phrases):
        return None, "anchors were switched off"
    hiring = is_hiring_talk(points)
    if seed_phrases is None:
        if hiring:
            return hiring_themes(), "the texts are employer talk about hiring"
        return (
            None,
            "the texts are not employer talk about hiring as MiniLM sees it, so no theme holds the topics",
        )
    if encoder is None:
        from discovery.language import MiniLM

        encoder = MiniLM()
    own = anchors_from_phrases(seed_phrases, encoder, points.shape[1])
    if hiring:
        return joined(
            own, hiring_themes()
        ), f"{len(own)} theme(s) of the study are added to those of hiring talk"
    return own, f"{len(own)} theme(s) of the study hold topics"


def _measure(
    points: Vectors, anchors: Anchors | None, held: Grouping, settings: TopicSettings, seed: int
) -> Stability:
    """Refit on resamples with everything kept but the texts."""
    count = held.count.groups if held.count else None

    def refit(sample: NDArray[np.int64], other_seed: int) -> NDArray[np.int64]:
        return group_texts(points[sample], anchors, settings, other_seed, count).labels

    return measure_stability(held.labels, refit, settings.refits, seed)


def _table(
    held: Grouping,
    words: Sequence[Sequence[str]],
    stability: Stability,
    texts: Sequence[str],
    usable: Sequence[int],
) -> pd.DataFrame:
    """Put one row a topic together."""
    import pandas as pd

    topics = range(len(held.centres))
    returns = stability.returns or (None,) * len(topics)
    overlap = stability.overlap or (None,) * len(topics)
    rows = [
        (
            topic,
            label_of(words[topic], held.themes[topic]),
            tuple(words[topic]),
            int((held.labels == topic).sum()),
            returns[topic],
            overlap[topic],
            None if returns[topic] is None else bool(returns[topic] >= HOLDS),
            held.themes[topic],
            usable[_standing_for(held, topic, texts)],
        )
        for topic in topics
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _standing_for(held: Grouping, topic: int, texts: Sequence[str]) -> int:
    """Choose the text that stands for a topic: the closest one of a length people will read."""
    members = np.flatnonzero(held.labels == topic)
    lengths = [len(texts[at].split()) for at in members]
    readable = [at for at, words in zip(members.tolist(), lengths, strict=True) if 8 <= words <= 60]
    return max(readable or members.tolist(), key=lambda at: (held.fits[at], -at))


def _result(
    total: int,
    usable: Sequence[int],
    held: Grouping,
    table: pd.DataFrame,
    stability: Stability,
    record: dict[str, Any],
    reasons: tuple[str, ...],
    notices: list[Notice],
) -> TopicResult:
    """Put the result together, in the order of all texts given."""
    assignments, fits = [-1] * total, [0.0] * total
    for at, label, fit in zip(usable, held.labels.tolist(), held.fits.tolist(), strict=True):
        assignments[at], fits[at] = label, fit
    share = float(np.mean(np.array(assignments) < 0))
    outliers = int((held.labels < 0).sum())
    if outliers:
        notices.append(Notice("topics", NoticeKind.DROPPED, "texts that fit no topic", count=outliers))
    if held.dissolved:
        notices.append(
            Notice(
                "topics",
                NoticeKind.MERGED,
                "themes or groups too small to stand as topics",
                count=held.dissolved,
            )
        )
    shaky = sum(back < HOLDS for back in stability.returns)
    if shaky:
        notices.append(
            Notice("topics", NoticeKind.GUESSED, "topics that do not hold when resampled", count=shaky)
        )
    return TopicResult(
        tuple(assignments), table, share, tuple(fits), stability,
        bearing(stability, len(usable), outliers / len(usable)), {**record, "method": held.method}, reasons,
        _versions(), tuple(notices), held.centres, held.mean, held.least_fit,
    )  # fmt: skip


def _no_topics(total: int, usable: int, record: dict[str, Any], notices: list[Notice]) -> TopicResult:
    """Answer honestly that there is too little to draw topics from."""
    import pandas as pd

    words = (
        f"{usable} texts are too few for topics; {FEWEST_TEXTS} are the least. Read and code them by hand."
    )
    if usable:
        notices.append(
            Notice("topics", NoticeKind.DROPPED, "texts: too few to draw topics from", count=usable)
        )
    return TopicResult(
        (-1,) * total,
        pd.DataFrame(columns=list(COLUMNS)),
        1.0 if total else 0.0,
        (0.0,) * total,
        bearing=words,
        settings={**record, "method": "none"},
        reasons=(words,),
        versions=_versions(),
        notices=tuple(notices),
    )


def _left_out(total: int, usable: int) -> list[Notice]:
    if usable == total:
        return []
    return [Notice("topics", NoticeKind.DROPPED, "texts without a word in them", count=total - usable)]


def _versions() -> dict[str, str]:
    """Name everything that shapes the result."""
    packages = ("bertopic", "scikit-learn", "numpy", "scipy", "pandas")
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}
