"""BERTopic at work: our groups, our words, our re-ranking handed in, so that nothing is looked up online."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.topics.grouping import Grouping
from discovery.topics.settings import TopicSettings
from discovery.topics.words import distinct_words, terms_of, vocabulary

_SHRINK = 3.0
"""A word's vector leans to the middle until this many texts have used it."""


@dataclass(frozen=True, slots=True)
class Described:
    """What BERTopic made of the groups.

    Args:
        words: For each group its leading terms, best first.
        model: The fitted BERTopic model, for those who want to go on with it.
    """

    words: tuple[tuple[str, ...], ...]
    model: Any


def describe(
    texts: Sequence[str], vectors: NDArray[np.float32], held: Grouping, settings: TopicSettings
) -> Described:
    """Let BERTopic describe groups of texts by class-based TF-IDF and KeyBERT-inspired re-ranking.

    A term's vector is the mean of the texts that use it, so the re-ranking needs no model.

    Args:
        texts: The texts, none of them empty.
        vectors: Array (n, m), one row a text.
        held: The groups.
        settings: Settings of the fit.

    Source: Grootendorst 2022, "BERTopic: Neural topic modeling with a class-based TF-IDF procedure".
    """
    stopped = frozenset(word.lower() for word in settings.stop_words)
    analyse = partial(terms_of, ngrams=settings.ngrams, stopped=stopped)
    term_lists = [analyse(text) for text in texts]
    terms = vocabulary(term_lists)
    if not terms:
        return Described(((),) * len(held.centres), None)
    from sklearn.feature_extraction.text import CountVectorizer

    bertopic = import_bertopic()
    closeness = _closeness(term_lists, terms, _similarity(vectors, held))
    model = bertopic.BERTopic(
        language="multilingual",  # "english" would strip accents and hyphens before counting
        embedding_model=None,
        umap_model=bertopic.dimensionality.BaseDimensionalityReduction(),
        hdbscan_model=_GivenGroups(held.labels),
        vectorizer_model=CountVectorizer(analyzer=analyse, vocabulary=terms),
        ctfidf_model=bertopic.vectorizers.ClassTfidfTransformer(reduce_frequent_words=True),
        representation_model=_reranking(held.labels, terms, closeness, settings.words),
        top_n_words=settings.words,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # notes of pandas and scikit-learn on BERTopic's own calls
        model.fit_transform(list(texts), embeddings=vectors)
    return Described(_words_by_group(model, held.labels), model)


class _GivenGroups:
    """A clusterer that knows its answer: the groups found before."""

    def __init__(self, labels: NDArray[np.int64]) -> None:
        self.labels_ = labels

    def fit(self, points: NDArray[np.floating], y: Any = None) -> _GivenGroups:
        """Do nothing: the labels are there."""
        return self


def _similarity(vectors: NDArray[np.float32], held: Grouping) -> NDArray[np.float64]:
    """Cosine of each text to each centre: array (n, k)."""
    points = vectors - held.mean
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return np.asarray(points / np.where(lengths > 1e-9, lengths, 1.0) @ held.centres.T, dtype=np.float64)


def _closeness(
    term_lists: Sequence[Sequence[str]], terms: Sequence[str], similarity: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How close the texts that use a term are to each group: array (terms, k)."""
    from scipy.sparse import csr_array

    column = {term: at for at, term in enumerate(terms)}
    pairs = [
        (column[term], row)
        for row, found in enumerate(term_lists)
        for term in sorted(set(found) & set(column))
    ]
    at, rows = np.array(pairs).T
    uses = csr_array((np.ones(len(pairs)), (at, rows)), shape=(len(terms), len(term_lists)))
    return np.asarray((uses @ similarity) / (uses.sum(axis=1) + _SHRINK)[:, None])


def _reranking(
    labels: NDArray[np.int64], terms: Sequence[str], closeness: NDArray[np.float64], most: int
) -> Any:
    """Make BERTopic's re-ranking step: c-TF-IDF times closeness, each term to one topic only."""
    import_bertopic()
    from bertopic.representation import KeyBERTInspired

    class CloseTerms(KeyBERTInspired):  # type: ignore[misc]
        """KeyBERT-inspired, with term vectors made from the texts instead of by a model."""

        def extract_topics(
            self, topic_model: Any, documents: Any, c_tf_idf: Any, topics: Any, embeddings: Any = None
        ) -> dict[int, list[tuple[str, float]]]:
            """Return the leading terms of each topic in BERTopic's numbering."""
            numbers = sorted(int(number) for number in topics)
            ours = _our_numbers(documents["Topic"].to_numpy(), labels)
            rows = [row for row, number in enumerate(numbers) if number >= 0]
            weights = c_tf_idf.toarray()[rows]
            close = np.clip(closeness[:, [ours[numbers[row]] for row in rows]].T, 0, None)
            scores = np.sqrt(weights / (weights.max(axis=1, keepdims=True) + 1e-12)) * close
            described = dict(
                zip((numbers[row] for row in rows), distinct_words(scores, terms, most), strict=True)
            )
            return {
                number: described.get(number, topics[number][:most]) or [("", 1e-5)] for number in numbers
            }

    return CloseTerms()


def _our_numbers(theirs: NDArray[np.int64], labels: NDArray[np.int64]) -> dict[int, int]:
    """Match BERTopic's topic numbers to our group numbers: it orders equal sizes as it likes."""
    return {int(number): int(group) for number, group in zip(theirs.tolist(), labels.tolist(), strict=True)}


def _words_by_group(model: Any, labels: NDArray[np.int64]) -> tuple[tuple[str, ...], ...]:
    """Read the leading terms of each of our groups from the fitted model."""
    ours = _our_numbers(np.array(model.topics_), labels)
    words = {ours[number]: terms for number, terms in model.get_topics().items() if ours[number] >= 0}
    return tuple(tuple(term for term, _ in words[group] if term) for group in sorted(words))


def import_bertopic() -> Any:
    """Import BERTopic without letting it change the caller's warning filters."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import bertopic
        import bertopic.dimensionality
        import bertopic.vectorizers
    return bertopic
