"""A linear head over the words themselves, which vectors of whole sentences blur."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.claims.context import Setting
from discovery.claims.heads import FACETS, STANCES, Floats, Scores, Targets, softmax
from discovery.language.words import plain

Document = tuple[str, str, str, str]
"""The words of a unit, of the question, of the unit before and of the unit after, in lower case."""

WORDING = "wording/1"
_TOKEN = r"[a-z']+|\d"
_FIELDS: tuple[tuple[tuple[int, int], float], ...] = (
    ((1, 2), 1.0),
    ((1, 2), 0.5),
    ((1, 1), 0.5),
    ((1, 1), 0.4),
)
"""A field: the lengths of its word runs, and its weight."""

_LEAST_UNITS = 6
_STRENGTH = 3.0
_NEVER_EMPTY = ["nothing"] * _LEAST_UNITS
_CUT = 1 + len(STANCES)
_NEVER = -12.0


@dataclass(frozen=True, slots=True)
class WordHead:
    """Terms of the four fields, how telling each is, and what each speaks for.

    Args:
        terms: Word runs of each field, in column order.
        telling: Inverse document frequency of each term, over all fields: (t,).
        weights: (t, 20) log-odds of claim, stances and facets.
        bias: (20,) the same without any term.
    """

    terms: tuple[tuple[str, ...], ...]
    telling: Floats
    weights: Floats
    bias: Floats

    def score(self, documents: Sequence[Document]) -> Scores:
        """Score n documents."""
        columns = [
            _transform([document[field] for document in documents], field, terms, telling)
            for field, (terms, telling) in enumerate(zip(self.terms, self._by_field(), strict=True))
        ]
        raw = np.asarray(_stack(columns) @ self.weights + self.bias, dtype=np.float32)
        return Scores(raw[:, 0], softmax(raw[:, 1:_CUT]), softmax(raw[:, _CUT:]))

    def _by_field(self) -> list[Floats]:
        return np.split(self.telling, np.cumsum([len(terms) for terms in self.terms])[:-1])


def documents_of(settings: Sequence[Setting]) -> list[Document]:
    """Take the words out of settings; ``before`` and ``after`` are positions in this list."""
    own = [plain(setting.unit.span.quote) for setting in settings]
    return [
        (
            own[position],
            plain(setting.question),
            own[setting.before[0]] if setting.before else "",
            own[setting.after] if setting.after is not None else "",
        )
        for position, setting in enumerate(settings)
    ]


def fit_word_head(documents: Sequence[Document], targets: Targets) -> WordHead:
    """Learn the terms that occur in six units or more, and what they speak for."""
    fitted = [
        _vectorizer(field).fit([document[field] for document in documents]) for field in range(len(_FIELDS))
    ]
    terms = tuple(tuple(str(term) for term in one.get_feature_names_out()) for one in fitted)
    telling = np.concatenate([one.idf_ for one in fitted]).astype(np.float32)
    empty = WordHead(terms, telling, np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
    rows = _stack(
        [
            _transform([document[field] for document in documents], field, terms[field], part)
            for field, part in enumerate(empty._by_field())
        ]
    )
    marked = np.flatnonzero(targets.claimed)
    claim, claim_bias = _linear(rows, targets.claimed, 2)
    stance, stance_bias = _linear(rows[marked], targets.stance[marked], len(STANCES))
    facet, facet_bias = _linear(rows[marked], targets.facet[marked], len(FACETS))
    return WordHead(
        terms,
        telling,
        np.hstack([claim[:, 1:] - claim[:, :1], stance, facet]),
        np.concatenate([claim_bias[1:] - claim_bias[:1], stance_bias, facet_bias]),
    )


def _linear(rows: Any, labels: NDArray[np.int64], classes: int) -> tuple[Floats, Floats]:
    """Weights (t, classes) and bias of a logistic regression; a label never seen stays out of reach."""
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((rows.shape[1], classes), dtype=np.float32)
    bias = np.full(classes, _NEVER, dtype=np.float32)
    seen = np.unique(labels)
    bias[seen] = 0.0
    if len(seen) < 2:
        return weights, bias
    head = LogisticRegression(C=_STRENGTH, max_iter=1000, tol=1e-3).fit(rows, labels)
    coefficients, offsets = head.coef_, head.intercept_
    if len(seen) == 2:
        coefficients = np.vstack([-coefficients[0], coefficients[0]]) / 2
        offsets = np.array([-offsets[0], offsets[0]]) / 2
    weights[:, head.classes_] = coefficients.T
    bias[head.classes_] = offsets
    return weights, bias


def _vectorizer(field: int, vocabulary: dict[str, int] | None = None) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        ngram_range=_FIELDS[field][0],
        min_df=_LEAST_UNITS,
        sublinear_tf=True,
        token_pattern=_TOKEN,
        lowercase=False,
        dtype=np.float32,
        vocabulary=vocabulary,
    )


def _transform(texts: Sequence[str], field: int, terms: Sequence[str], telling: Floats) -> Any:
    """A sparse (n, t) matrix of one field."""
    vectorizer = _vectorizer(field, {term: column for column, term in enumerate(terms)})
    vectorizer.idf_ = telling
    return vectorizer.transform(texts) * np.float32(_FIELDS[field][1])


def _stack(columns: Sequence[Any]) -> Any:
    from scipy import sparse

    return sparse.hstack(columns).tocsr()
