"""Texts to topics, settings chosen by the size and the kind of the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discovery.errors import ModelError
from discovery.topics.anchors import (
    Anchors,
    SeedPhrases,
    anchors_from_phrases,
    hiring_themes,
    is_hiring_talk,
    joined,
)
from discovery.topics.assembling import Corpus, make_result, no_topics
from discovery.topics.describing import describe
from discovery.topics.grouping import Grouping, group_texts
from discovery.topics.result import TopicResult
from discovery.topics.settings import FEWEST_TEXTS, TopicSettings, read_settings
from discovery.topics.stability import Stability, measure_stability

if TYPE_CHECKING:
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
    corpus = Corpus.of(texts, {**chosen.as_dict(), "seed": seed, "recipe": RECIPE})
    given = None if vectors is None else _checked(vectors, len(texts))
    if len(corpus.usable) < FEWEST_TEXTS:
        return no_topics(corpus)
    rows = _checked(_encoder(encoder).encode(list(texts)), len(texts)) if given is None else given
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # sums in another order would differ in the last digit
        points = rows[list(corpus.usable)]
        anchors, why = _choose_anchors(points, seed_phrases, encoder, chosen)
        held = group_texts(points, anchors, chosen, seed)
        words = describe(corpus.kept, points, held, chosen)
        stability = _measure(points, anchors, held, chosen, seed)
    return make_result(corpus, held, words, stability, why)


def _checked(vectors: Vectors, texts: int) -> Vectors:
    """Return one finite row a text, or say what is wrong."""
    rows = np.asarray(vectors, dtype=np.float32)
    if texts == 0 and rows.size == 0:
        return rows.reshape(0, rows.shape[1] if rows.ndim == 2 else 0)
    if rows.ndim != 2 or len(rows) != texts or rows.shape[1] == 0:
        raise ModelError("model.vectors", given=len(rows) if rows.ndim == 2 else 0, texts=texts)
    if not np.isfinite(rows).all():
        raise ModelError("model.not-finite", rows=int((~np.isfinite(rows)).any(axis=1).sum()))
    return rows


def _encoder(encoder: Encoder | None) -> Encoder:
    """Return the encoder given, or MiniLM."""
    if encoder is not None:
        return encoder
    from discovery.language import MiniLM

    return MiniLM()


def _choose_anchors(
    points: Vectors, seed_phrases: SeedPhrases | None, encoder: Encoder | None, settings: TopicSettings
) -> tuple[Anchors | None, str]:
    """Choose what holds the topics, and say why."""
    if seed_phrases is not None and not len(seed_phrases):
        return None, "anchors were switched off"
    if seed_phrases is None and settings.topics is not None:
        return None, "a number of topics was asked for, so no theme holds them"
    hiring = is_hiring_talk(points)
    if seed_phrases is None:
        if hiring:
            return hiring_themes(), "the texts are employer talk about hiring"
        return None, "the texts are not employer talk about hiring as MiniLM sees it, so no theme holds them"
    own = anchors_from_phrases(seed_phrases, _encoder(encoder), points.shape[1])
    if hiring:
        return joined(own, hiring_themes()), f"{len(own)} theme(s) of the study join those of hiring talk"
    return own, f"{len(own)} theme(s) of the study hold topics"


def _measure(
    points: Vectors, anchors: Anchors | None, held: Grouping, settings: TopicSettings, seed: int
) -> Stability:
    """Refit on resamples with everything kept but the texts."""
    count = held.count.groups if held.count else None

    def refit(sample: NDArray[np.int64], other_seed: int) -> NDArray[np.int64]:
        return group_texts(points[sample], anchors, settings, other_seed, count).labels

    return measure_stability(held.labels, refit, settings.refits, seed)
