"""What fitting topics gives back: the topics, how far they hold, and every choice made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discovery.errors import TopicsError
from discovery.records import Notice, Span, Topic, TopicDocument
from discovery.topics.stability import Stability

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("topic", "label", "words", "size", "stability", "overlap", "holds", "theme", "quote", "decided_by")


@dataclass(frozen=True)
class TopicResult:
    """Topics of a set of texts, with everything needed to defend or repeat them.

    Args:
        assignments: One topic number a text, -1 where it fits no topic.
        topics: One row a topic: ``topic`` (number from 0, largest first), ``label``, ``words``
            (best first), ``size`` (texts), ``stability`` (share of refits in which it came
            back, missing when not measured), ``overlap`` (mean Jaccard overlap), ``holds``
            (stability of at least 0.75), ``theme`` (the anchor, empty for a free topic),
            ``quote`` (index of the text that stands for it), ``decided_by`` (the coder whose
            decision shaped it, empty where no one has).
        outlier_share: Share of texts without a topic, 0 to 1.
        keys: One key a text, made from its content: what human decisions hold on to.
        fits: One cosine a text: how close it is to the centre of its nearest topic.
        stability: Agreement and return rates behind the column of that name.
        bearing: How much the corpus can bear, in plain words.
        settings: Every setting in force, seed included.
        reasons: Why the topics were drawn this way.
        versions: Versions of everything that shapes the result.
        notices: What was left out, guessed or made smaller, with counts.
        centres: Array (k, m) of topic centres, for joining later texts to these topics.
        mean: Array (m,), the mean text that is taken out before comparing.
        least_fit: Cosine under which a text fits no topic.
    """

    assignments: tuple[int, ...]
    topics: pd.DataFrame
    outlier_share: float
    keys: tuple[str, ...] = ()
    fits: tuple[float, ...] = ()
    stability: Stability = field(default_factory=Stability)
    bearing: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    centres: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    mean: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    least_fit: float = -1.0

    @property
    def agreement(self) -> float | None:
        """Mean adjusted Rand index over bootstrap refits; None when not measured."""
        return self.stability.agreement

    @property
    def outliers(self) -> tuple[int, ...]:
        """Indices of the texts without a topic, in order."""
        return tuple(at for at, topic in enumerate(self.assignments) if topic < 0)

    def records(self) -> tuple[Topic, ...]:
        """Return the topics as records, by number."""
        rows = self.topics.to_dict("records")
        return tuple(
            Topic(
                int(row["topic"]),
                row["label"],
                tuple(row["words"]),
                int(row["size"]),
                _known(row["stability"]),
            )
            for row in rows
        )

    def documents(self, spans: Sequence[Span], employers: Sequence[str]) -> tuple[TopicDocument, ...]:
        """Return the texts as records, each with its span and employer.

        Args:
            spans: Where each text comes from, in the order they were fitted.
            employers: Employer id of each text.

        Raises:
            TopicsError: The number of spans or employers is not the number of texts.
        """
        if not len(spans) == len(employers) == len(self.assignments):
            raise TopicsError(
                "topics.lengths",
                given=f"{len(spans)} spans and {len(employers)} employers",
                texts=len(self.assignments),
            )
        rows = zip(spans, employers, self.assignments, strict=True)
        return tuple(TopicDocument(span, employer, topic) for span, employer, topic in rows)

    def choices(self) -> str:
        """Return every choice as one JSON text, keys sorted: equal runs give equal bytes."""
        return json.dumps(
            {
                "settings": dict(self.settings),
                "reasons": list(self.reasons),
                "versions": dict(self.versions),
                "bearing": self.bearing,
                "agreement": None if self.agreement is None else round(self.agreement, 4),
                "outlier_share": round(self.outlier_share, 4),
            },
            sort_keys=True,
            ensure_ascii=False,
        )


def text_key(text: str) -> str:
    """Make the key that a text keeps from run to run: 16 hexadecimal digits of its content."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def _known(value: Any) -> float | None:
    """Turn a missing stability back into None."""
    return None if value is None or value != value else float(value)
