"""Turns to claims, topics and mismatches: what the employers say, and where it does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from discovery.claims import extract_claims, outside_scope
from discovery.mismatches import Catalogue, detect_mismatches, load_catalogue
from discovery.records import Claim, Exchange, Interview, Topic, TopicDocument, Turn
from discovery.stages.work import Work, fingerprint
from discovery.topics.gaps import topic_gaps


def extract_all_claims(work: Work, exchanges: Mapping[str, str]) -> dict[str, str]:
    """Extract the claims of every employer whose interviews have changed.

    Args:
        work: The run.
        exchanges: Fingerprint of the exchanges by transcript file.

    Returns:
        Fingerprint of the claims by employer.
    """
    made_from = {
        employer: fingerprint(
            [exchanges[source] for source in sources], work.encoder_name, work.settings.claim_threshold
        )
        for employer, sources in sources_by_employer(work).items()
    }
    with work.progress.stage("Extracting claims", len(made_from)) as advance:
        for employer, current in made_from.items():
            if not work.fresh(f"claims:{employer}", current):
                _extract(work, employer, current)
            advance()
    work.forget_others("claims:", made_from)
    return made_from


def _extract(work: Work, employer: str, made_from: str) -> None:
    turns, exchanges = talk_of(work, employer)
    threshold = work.settings.claim_threshold
    found = extract_claims(
        turns, exchanges, employer=employer, encoder=work.encoder, candidates=threshold is not None
    )
    claims = [claim for claim in found.claims if threshold is None or claim.score >= threshold]
    work.save(f"claims:{employer}", made_from, {"found_claims": claims}, found.notices)


def find_all_mismatches(work: Work, claims: Mapping[str, str], topics: str) -> dict[str, str]:
    """Find the mismatches of every employer whose claims have changed.

    Args:
        work: The run.
        claims: Fingerprint of the claims by employer.
        topics: Fingerprint of the topics; a finding says where it lies in a topic not acted on.

    Returns:
        Fingerprint of the mismatches by employer.
    """
    catalogue, own, settings = load_study_catalogue(work), _own_catalogue(work), work.settings
    catalogue_text = own.read_text(encoding="utf-8") if own else ""
    made_from = {
        employer: fingerprint(made, topics, catalogue_text, settings.silenced, settings.mismatch_threshold)
        for employer, made in claims.items()
    }
    with work.progress.stage("Finding mismatches", len(made_from)) as advance:
        for employer, current in made_from.items():
            if not work.fresh(f"mismatches:{employer}", current):
                _detect(work, employer, current, catalogue)
            advance()
    work.forget_others("mismatches:", made_from)
    return made_from


def _detect(work: Work, employer: str, made_from: str, catalogue: Catalogue) -> None:
    turns, exchanges = talk_of(work, employer)
    claims = work.store.load("found_claims", Claim, stage=f"claims:{employer}")
    documents = [one for one in work.store.load("topic_documents", TopicDocument) if one.employer == employer]
    found = detect_mismatches(
        turns,
        claims,
        employer=employer,
        exchanges=exchanges,
        outside=outside_scope(turns, exchanges, encoder=work.encoder),
        encoder=work.encoder,
        catalogue=catalogue,
        divergence=topic_gaps(documents, claims, work.store.load("topics", Topic)),
        threshold=work.settings.mismatch_threshold,
    )
    records = {"found_mismatches": found.mismatches, "found_candidates": found.candidates}
    work.save(f"mismatches:{employer}", made_from, records, found.notices)


def load_study_catalogue(work: Work) -> Catalogue:
    """Load the mismatch types of this study: the built-in ones and its own, less those silenced."""
    return load_catalogue(_own_catalogue(work), silenced=work.settings.silenced)


def _own_catalogue(work: Work) -> Path | None:
    return work.folder / work.settings.catalogue if work.settings.catalogue else None


def sources_by_employer(work: Work) -> dict[str, list[str]]:
    """Transcript files by employer, both in order."""
    grouped: dict[str, list[str]] = {}
    for interview in sorted(work.store.load("interviews", Interview), key=lambda i: (i.employer, i.source)):
        grouped.setdefault(interview.employer, []).append(interview.source)
    return grouped


def talk_of(work: Work, employer: str) -> tuple[list[Turn], list[Exchange]]:
    """Every turn and exchange of one employer, over all its interviews."""
    turns: list[Turn] = []
    exchanges: list[Exchange] = []
    for source in sources_by_employer(work)[employer]:
        turns += work.store.load("turns", Turn, stage=f"read:{source}")
        exchanges += work.store.load("exchanges", Exchange, stage=f"exchanges:{source}")
    return turns, exchanges
