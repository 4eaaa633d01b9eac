"""How well mismatches are found: precision, recall, decoys and false alarms against annotated interviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from discovery.nearness import match_mismatches, near, same_evidence
from discovery.records import AnnotatedInterview, Mismatch, Role

CANDIDATES_READ = 10
"""Candidates of an interview that a researcher is expected to read."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one interview, from which every figure is made.

    Args:
        predicted: Mismatches reported.
        gold: Mismatches marked.
        hits: Marked ones reported with the right type.
        evidence_hits: Marked ones reported, whatever the type.
        candidate_hits: Marked ones among the first ten candidates.
        decoys: Decoys marked.
        decoys_taken: Decoys for which a wrong mismatch of the tempting type is reported near them.
        words: Words of the employer and the interviewer.
        types: Hits, reported and marked by mismatch type.
    """

    predicted: int
    gold: int
    hits: int
    evidence_hits: int
    candidate_hits: int
    decoys: int
    decoys_taken: int
    words: int
    types: Mapping[str, tuple[int, int, int]]


def score_mismatches(
    predicted: Mapping[str, Sequence[Mismatch]],
    gold: Sequence[AnnotatedInterview],
    *,
    candidates: Mapping[str, Sequence[Mismatch]] | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> dict[str, Any]:
    """Score mismatches over all interviews, by set and by type.

    A reported mismatch matches a marked one when the type is equal and each side lies within one
    turn of the marked side or shares five words in a row with it; each matches at most once.

    Args:
        predicted: Reported mismatches by transcript file; a file without an entry has none.
        gold: Annotated interviews.
        candidates: Ranked candidates by transcript file, for recall at ten; the reported ones
            where nothing is given.
        resamples: Bootstrap draws of interviews for the intervals.
        seed: Fixes the draws.

    Returns:
        ``{"all": figures, "sets": {letter: figures}, "types": {type: figures}}``. Figures hold
        ``precision, recall, f1, evidence_f1, recall_at_10, decoy_rate, false_alarms`` (reported
        mismatches per 10,000 words of interviews that have none) with counts and 95 % intervals;
        what is not defined is None.

    Source:
        Annotation guide, section 4.
    """
    ranked = predicted if candidates is None else candidates
    tallies = {
        interview.source: _tally(
            interview, predicted.get(interview.source, ()), ranked.get(interview.source, ())
        )
        for interview in gold
    }
    letters = sorted({source[0] for source in tallies})
    return {
        "all": _figures(list(tallies.values()), resamples, seed),
        "sets": {
            letter: _figures([t for source, t in tallies.items() if source[0] == letter], resamples, seed)
            for letter in letters
        },
        "types": _by_type(list(tallies.values())),
    }


def _tally(
    interview: AnnotatedInterview, predicted: Sequence[Mismatch], candidates: Sequence[Mismatch]
) -> Tally:
    marked = interview.mismatches
    hits = match_mismatches(predicted, marked)
    right = {id(mismatch) for mismatch, _ in hits}
    wrong = [mismatch for mismatch in predicted if id(mismatch) not in right]
    first = sorted(candidates, key=lambda mismatch: -mismatch.score)[:CANDIDATES_READ]
    taken = sum(
        any(
            mismatch.type == decoy.tempting
            and (near(mismatch.stated, decoy.span) or near(mismatch.actual, decoy.span))
            for mismatch in wrong
        )
        for decoy in interview.decoys
    )
    return Tally(
        predicted=len(predicted),
        gold=len(marked),
        hits=len(hits),
        evidence_hits=len(match_mismatches(predicted, marked, same_evidence)),
        candidate_hits=len(match_mismatches(first, marked)),
        decoys=len(interview.decoys),
        decoys_taken=taken,
        words=sum(len(turn.text.split()) for turn in interview.turns if turn.role in tuple(Role)),
        types=_types(predicted, marked, [marked for _, marked in hits]),
    )


def _types(
    predicted: Sequence[Mismatch], marked: Sequence[Mismatch], hit: Sequence[Mismatch]
) -> dict[str, tuple[int, int, int]]:
    names = sorted({mismatch.type for mismatch in (*predicted, *marked)})
    groups = (hit, predicted, marked)
    return {
        name: (
            sum(m.type == name for m in groups[0]),
            sum(m.type == name for m in groups[1]),
            sum(m.type == name for m in groups[2]),
        )
        for name in names
    }


def _figures(tallies: Sequence[Tally], resamples: int, seed: int) -> dict[str, Any]:
    sums = _sums(tallies)
    without = [tally for tally in tallies if not tally.gold]
    made = _rates(sums)
    return {
        "interviews": len(tallies),
        **{name: sums[name] for name in ("predicted", "gold", "hits", "decoys", "decoys_taken")},
        **made,
        "f1_interval": _interval(tallies, "f1", resamples, seed),
        "recall_at_10_interval": _interval(tallies, "recall_at_10", resamples, seed),
        "false_alarms": _ratio(10_000 * sum(t.predicted for t in without), sum(t.words for t in without)),
        "words_without_mismatch": sum(t.words for t in without),
    }


def _sums(tallies: Sequence[Tally]) -> dict[str, int]:
    names = ("predicted", "gold", "hits", "evidence_hits", "candidate_hits", "decoys", "decoys_taken")
    return {name: sum(getattr(tally, name) for tally in tallies) for name in names}


def _rates(sums: Mapping[str, int]) -> dict[str, float | None]:
    total = sums["predicted"] + sums["gold"]
    return {
        "precision": _ratio(sums["hits"], sums["predicted"]),
        "recall": _ratio(sums["hits"], sums["gold"]),
        "f1": _ratio(2 * sums["hits"], total),
        "evidence_f1": _ratio(2 * sums["evidence_hits"], total),
        "recall_at_10": _ratio(sums["candidate_hits"], sums["gold"]),
        "decoy_rate": _ratio(sums["decoys_taken"], sums["decoys"]),
    }


def _interval(tallies: Sequence[Tally], name: str, resamples: int, seed: int) -> tuple[float, float] | None:
    """Percentile bootstrap over interviews; None where fewer than two can be drawn."""
    if len(tallies) < 2 or not resamples:
        return None
    draws = np.random.default_rng(seed).integers(0, len(tallies), (resamples, len(tallies)))
    values = [_rates(_sums([tallies[at] for at in draw]))[name] for draw in draws]
    known = [value for value in values if value is not None]
    if not known:
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def _by_type(tallies: Sequence[Tally]) -> dict[str, dict[str, Any]]:
    names = sorted({name for tally in tallies for name in tally.types})
    made = {}
    for name in names:
        hits, predicted, gold = (
            sum(tally.types.get(name, (0, 0, 0))[at] for tally in tallies) for at in range(3)
        )
        made[name] = {
            "gold": gold,
            "predicted": predicted,
            "hits": hits,
            "precision": _ratio(hits, predicted),
            "recall": _ratio(hits, gold),
            "f1": _ratio(2 * hits, predicted + gold),
        }
    return made


def _ratio(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None
