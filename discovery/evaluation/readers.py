"""Another reader against gold interviews: what it answered in a study, scored as the built-in reader is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from discovery.errors import ReaderError, StudyError
from discovery.evaluation.claims import score_claims
from discovery.evaluation.gold import read_gold
from discovery.evaluation.mismatches import score_mismatches
from discovery.reader import join_readings
from discovery.readings import Reading
from discovery.records import AnnotatedInterview, Claim, Mismatch
from discovery.stages.readings import current_readings, standing
from discovery.store import Store


def evaluate_reader(
    folder: Path, study: Path, reader: str, *, resamples: int = 1000, seed: int = 0
) -> dict[str, Any]:
    """Score a reader on the gold interviews that it has read whole.

    The reader's answers come from a study over the same transcripts: interviews are matched by file
    name, and only words that stand in the gold turns count.

    Args:
        folder: Holds ``NAME.gold.json`` files beside the transcripts they annotate, or is a study's
            ``annotations`` folder.
        study: A study into which the reader's answers were imported.
        reader: Name of the reader.
        resamples: Number of bootstrap draws of interviews for the intervals.
        seed: Fixes the draws.

    Returns:
        The same figures as :func:`discovery.evaluation.evaluate`, with ``not_read``, the gold
        interviews that the reader has not read whole; they are not scored.

    Raises:
        AnnotationError: There is no gold file, or none could be read.
        StudyError: There is no study.
        ReaderError: The reader has read none of the gold interviews.
    """
    if not (study / "study.sqlite").is_file():
        raise StudyError(
            "study.not-run" if (study / "study.toml").is_file() else "study.missing", folder=str(study)
        )
    gold = read_gold(folder)
    if not gold.interviews:
        raise gold.faults[0]
    every = current_readings(Store(study / "study.sqlite").load("readings", Reading))
    own = [reading for reading in every if reading.reader.name == reader]
    if not own:
        known = ", ".join(sorted({reading.reader.name for reading in every})) or "none yet"
        raise ReaderError("reader.unknown", name=reader, known=known)
    found = {one.source: read for one in gold.interviews if (read := _read_whole(own, one)) is not None}
    scored = [one for one in gold.interviews if one.source in found]
    if not scored:
        raise ReaderError("reader.no-gold", name=reader, folder=folder.name)
    claims = {source: joined[0] for source, joined in found.items()}
    mismatches = {source: joined[1] for source, joined in found.items()}
    scores = score_claims(claims, scored, resamples=resamples, seed=seed)
    for figures in (scores["all"], *scores["sets"].values()):
        figures["ece"] = None  # a reader gives no probability that could be calibrated
    return {
        "interviews": len(scored),
        "not_read": [one.source for one in gold.interviews if one.source not in found],
        "wrong_roles": gold.wrong_roles,
        "faults": [str(fault) for fault in gold.faults],
        "models": {"reader": reader, "credits": sorted({reading.reader.credit for reading in own})},
        "claims": scores,
        "mismatches": score_mismatches(mismatches, scored, resamples=resamples, seed=seed),
    }


def _read_whole(
    readings: Sequence[Reading], gold: AnnotatedInterview
) -> tuple[Sequence[Claim], Sequence[Mismatch]] | None:
    """What a reader found in one gold interview; None where parts of it are missing."""
    own = [reading for reading in readings if reading.source == gold.source]
    if not own or {reading.part for reading in own} != set(range(1, own[0].parts + 1)):
        return None
    turns = {(turn.source, turn.number): turn for turn in gold.turns}
    joined = join_readings([standing(reading, turns)[0] for reading in own])
    return joined.claims, joined.mismatches
