"""The present models against gold interviews: read, pair, extract, detect, score."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from discovery.claims import Extraction, extract_claims, shipped_model
from discovery.evaluation.claims import score_claims
from discovery.evaluation.gold import read_gold
from discovery.evaluation.mismatches import score_mismatches
from discovery.exchanges import pair_exchanges
from discovery.language import AnswerEncoder
from discovery.mismatches import detect_mismatches
from discovery.progress import Progress, Silent
from discovery.records import AnnotatedInterview, Claim, Mismatch


def evaluate(
    folder: Path,
    encoder: AnswerEncoder,
    *,
    resamples: int = 1000,
    seed: int = 0,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Score the present models on a folder of gold interviews, from the transcript files on.

    Args:
        folder: Holds ``NAME.gold.json`` files beside the transcripts they annotate, or is a study's
            ``annotations`` folder.
        encoder: The encoder the models were trained with.
        resamples: Number of bootstrap draws of interviews for the intervals.
        seed: Fixes the draws.
        progress: Who shows how far it is.

    Returns:
        ``claims`` and ``mismatches`` (see :func:`score_claims` and :func:`score_mismatches`),
        ``models`` that gave them, ``interviews`` scored, ``wrong_roles`` (speakers taken for
        the other side) and ``faults`` (interviews that could not be read, with the reason).

    Raises:
        AnnotationError: There is no gold file, or none could be read.
    """
    gold = read_gold(folder)
    if not gold.interviews:
        raise gold.faults[0]
    claims: dict[str, list[Claim]] = {}
    below: dict[str, list[Claim]] = {}
    found: dict[str, tuple[Mismatch, ...]] = {}
    ranked: dict[str, tuple[Mismatch, ...]] = {}
    with (progress or Silent()).stage("Evaluating", len(gold.interviews)) as advance:
        for interview in gold.interviews:
            name = interview.source
            extraction = _extract(interview, encoder)
            below[name] = list(extraction.claims)
            claims[name] = [claim for claim in below[name] if claim.score >= shipped_model().levels.threshold]
            detection = detect_mismatches(
                interview.turns,
                claims[name],
                employer=interview.employer,
                outside=extraction.outside,
                encoder=encoder,
            )
            found[name], ranked[name] = detection.mismatches, detection.candidates
            advance()
    return {
        "interviews": len(gold.interviews),
        "wrong_roles": gold.wrong_roles,
        "faults": [str(fault) for fault in gold.faults],
        "models": {
            "encoder": encoder.name,
            "claims": _model(claim for own in claims.values() for claim in own),
            "mismatches": _model(mismatch for own in ranked.values() for mismatch in own),
        },
        "claims": score_claims(claims, gold.interviews, candidates=below, resamples=resamples, seed=seed),
        "mismatches": score_mismatches(
            found, gold.interviews, candidates=ranked, resamples=resamples, seed=seed
        ),
    }


def _extract(interview: AnnotatedInterview, encoder: AnswerEncoder) -> Extraction:
    """Claims of one interview, those below the threshold too."""
    exchanges = pair_exchanges(interview.turns, encoder=encoder)
    return extract_claims(
        interview.turns, exchanges, employer=interview.employer, encoder=encoder, candidates=True
    )


def _model(records: Any) -> str:
    """Name of the model that gave the first of the records."""
    return next((record.model for record in records), "")
