"""Employer answers to topics: what the talk of the whole study is about, as people have edited it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from discovery.records import Span, TopicDocument, TopicEdit
from discovery.stages.analysis import sources_by_employer, talk_of
from discovery.stages.work import Work, fingerprint
from discovery.store import Store
from discovery.topics import apply_topic_edits, choose_documents, fit_topics

if TYPE_CHECKING:
    from discovery.topics.result import TopicResult


def fit_study_topics(work: Work, exchanges: Mapping[str, str]) -> str:
    """Fit the topics of the study where any of its interviews, or a decision on topics, has changed.

    Args:
        work: The run.
        exchanges: Fingerprint of the exchanges by transcript file.

    Returns:
        Fingerprint of the topics.
    """
    settings = work.settings
    edits = work.store.load("topic_edits", TopicEdit)
    made_from = fingerprint(
        sorted(exchanges.items()), work.encoder_name, settings.seed_phrases, settings.seed, edits
    )
    with work.progress.stage("Fitting topics", 1) as advance:
        if not work.fresh("topics", made_from):
            _fit(work, made_from, edits)
        advance()
    return made_from


def _fit(work: Work, made_from: str, edits: Sequence[TopicEdit]) -> None:
    """Fit, keep the numbers of topics that were there before, and put people's decisions on top."""
    spans: list[Span] = []
    employers: list[str] = []
    for employer in sources_by_employer(work):
        chosen = choose_documents(*talk_of(work, employer), employer=employer)
        spans += chosen
        employers += [employer] * len(chosen)
    texts = [span.quote for span in spans]
    vectors = work.encoder.encode(texts)
    drawn = fit_topics(
        texts, vectors=vectors, seed_phrases=work.settings.seed_phrases or None, seed=work.settings.seed
    )
    drawn = _numbered_as_before(drawn, work.store.artifact("topic_numbers"))
    result = apply_topic_edits(drawn, edits, vectors)
    work.save(
        "topics",
        made_from,
        {"topics": result.records(), "topic_documents": result.documents(spans, employers)},
        result.notices,
        {
            "topic_choices": json.loads(result.choices()),
            "topic_numbers": dict(zip(drawn.keys, drawn.assignments, strict=True)),
        },
    )


def _numbered_as_before(drawn: TopicResult, numbers: Mapping[str, int] | None) -> TopicResult:
    """Give topics the numbers they had in the last run, known by the texts they hold."""
    if not numbers:
        return drawn
    from discovery.topics.joining import keep_numbers

    return keep_numbers(drawn, _standing(list(numbers), list(numbers.values())))


def topics_as_shown(store: Store) -> TopicResult:
    """Rebuild the topics a person sees, so that a decision can be anchored to their texts.

    Args:
        store: The database of a study that has been run.
    """
    from discovery.topics.result import text_key

    documents = store.load("topic_documents", TopicDocument)
    keys = [text_key(document.span.quote) for document in documents]
    return _standing(keys, [document.topic for document in documents])


def _standing(keys: Sequence[str], numbers: Sequence[int]) -> TopicResult:
    """Make a result of texts and their topic numbers alone."""
    import pandas as pd

    from discovery.topics.result import TopicResult

    known = sorted({number for number in numbers if number >= 0})
    return TopicResult(tuple(numbers), pd.DataFrame({"topic": known}), 0.0, keys=tuple(keys))
