"""Employer answers to topics: what the talk of the whole study is about."""

from __future__ import annotations

import json
from collections.abc import Mapping

from discovery.records import Span
from discovery.stages.analysis import sources_by_employer, talk_of
from discovery.stages.work import Work, fingerprint
from discovery.topics import choose_documents, fit_topics


def fit_study_topics(work: Work, exchanges: Mapping[str, str]) -> str:
    """Fit the topics of the study where any of its interviews has changed.

    Args:
        work: The run.
        exchanges: Fingerprint of the exchanges by transcript file.

    Returns:
        Fingerprint of the topics.
    """
    settings = work.settings
    made_from = fingerprint(
        sorted(exchanges.items()), work.encoder_name, settings.seed_phrases, settings.seed
    )
    with work.progress.stage("Fitting topics", 1) as advance:
        if not work.fresh("topics", made_from):
            _fit(work, made_from)
        advance()
    return made_from


def _fit(work: Work, made_from: str) -> None:
    spans: list[Span] = []
    employers: list[str] = []
    for employer in sources_by_employer(work):
        chosen = choose_documents(*talk_of(work, employer), employer=employer)
        spans += chosen
        employers += [employer] * len(chosen)
    texts = [span.quote for span in spans]
    result = fit_topics(
        texts,
        vectors=work.encoder.encode(texts),
        seed_phrases=work.settings.seed_phrases or None,
        seed=work.settings.seed,
    )
    work.save(
        "topics",
        made_from,
        {"topics": result.records(), "topic_documents": result.documents(spans, employers)},
        result.notices,
        {"topic_choices": json.loads(result.choices())},
    )
