"""BERTopic at work: our groups, our words, our re-ranking handed in, so that nothing is looked up online."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from discovery.topics.grouping import Grouping
from discovery.topics.settings import TopicSettings
from discovery.topics.words import leading_words, terms_of, vocabulary

_SHRINK = 300.0
"""Counts as this many uses by texts of no topic, so that words of one anecdote do not lead."""


def describe(
    texts: Sequence[str], vectors: NDArray[np.float32], held: Grouping, settings: TopicSettings
) -> tuple[tuple[str, ...], ...]:
    """Let BERTopic describe groups of texts by class-based TF-IDF and KeyBERT-inspired re-ranking.

    A term's vector is the mean of the texts that use it, so the re-ranking needs no model.

    Args:
        texts: The texts, none of them empty.
        vectors: Array (n, m), one row a text.
        held: The groups.
        settings: Settings of the fit.

    Returns:
        For each group its leading terms, best first; none where the texts hold no usable word.

    Source: Grootendorst 2022, "BERTopic: Neural topic modeling with a class-based TF-IDF procedure".
    """
    stopped = frozenset(word.lower() for word in settings.stop_words)
    analyse = partial(terms_of, ngrams=settings.ngrams, stopped=stopped)
    term_lists = [analyse(text) for text in texts]
    terms = vocabulary(term_lists)
    if not terms:
        return ((),) * len(held.centres)
    from sklearn.feature_extraction.text import CountVectorizer

    bertopic = import_bertopic()
    uses = _uses(term_lists, terms)
    relevance = _closeness(uses, _similarity(vectors, held)) * _often_enough(
        uses, held.labels, len(held.centres)
    )
    model = bertopic.BERTopic(
        language="multilingual",  # "english" would strip accents and hyphens before counting
        embedding_model=None,
        umap_model=bertopic.dimensionality.BaseDimensionalityReduction(),
        hdbscan_model=_GivenGroups(held.labels),
        vectorizer_model=CountVectorizer(analyzer=analyse, vocabulary=terms),
        ctfidf_model=bertopic.vectorizers.ClassTfidfTransformer(reduce_frequent_words=True),
        representation_model=_reranking(held.labels, terms, relevance, uses, settings.words),
        top_n_words=settings.words,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # notes of pandas and scikit-learn on BERTopic's own calls
        model.fit_transform(list(texts), embeddings=vectors)
    return _words_by_group(model, held.labels)


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


def _uses(term_lists: Sequence[Sequence[str]], terms: Sequence[str]) -> csr_array:
    """Note which text uses which term: sparse array (terms, n)."""
    column = {term: at for at, term in enumerate(terms)}
    pairs = [
        (column[term], row)
        for row, found in enumerate(term_lists)
        for term in sorted(set(found) & set(column))
    ]
    at, rows = np.array(pairs).T
    return csr_array((np.ones(len(pairs)), (at, rows)), shape=(len(terms), len(term_lists)))


def _closeness(uses: csr_array, similarity: NDArray[np.float64]) -> NDArray[np.float64]:
    """How close the texts that use a term are to each group: array (terms, k), never negative."""
    mean = (uses @ similarity) / (uses.sum(axis=1) + _SHRINK)[:, None]
    return np.asarray(np.clip(mean, 0, None), dtype=np.float64)


def _often_enough(uses: csr_array, labels: NDArray[np.int64], groups: int) -> NDArray[np.bool_]:
    """Tell which terms enough texts of a group use for them to describe it: array (terms, k)."""
    members = [np.flatnonzero(labels == group) for group in range(groups)]
    least = np.clip([len(texts) // 12 for texts in members], 1, 3)
    counts = np.stack([np.asarray(uses[:, texts].sum(axis=1)) for texts in members])
    return np.asarray(least <= counts.T)


def _reranking(
    labels: NDArray[np.int64],
    terms: Sequence[str],
    relevance: NDArray[np.float64],
    uses: csr_array,
    most: int,
) -> Any:
    """Make BERTopic's re-ranking step: c-TF-IDF times closeness, words that are said together."""
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
            scores = np.sqrt(weights / (weights.max(axis=1, keepdims=True) + 1e-12))
            scores *= relevance[:, [ours[numbers[row]] for row in rows]].T
            leading = leading_words(scores, terms, uses, most)
            described = dict(zip((numbers[row] for row in rows), leading, strict=True))
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
