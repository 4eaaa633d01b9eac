"""How well mismatches are found: precision, recall, decoys and false alarms against annotated interviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.nearness import match_mismatches, near, same_evidence
from discovery.records import AnnotatedInterview, Mismatch, Role

CANDIDATES_READ = 10
"""Candidates of an interview that a researcher is expected to read."""


_COUNTED = ("predicted", "gold", "hits", "evidence_hits", "candidate_hits", "decoys", "decoys_taken")
_COUNTED_BY_TYPE = ("hits", "predicted", "gold")
_RATES: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "precision": ("hits", 1, ("predicted",)),
    "recall": ("hits", 1, ("gold",)),
    "f1": ("hits", 2, ("predicted", "gold")),
    "evidence_f1": ("evidence_hits", 2, ("predicted", "gold")),
    "recall_at_10": ("candidate_hits", 1, ("gold",)),
    "decoy_rate": ("decoys_taken", 1, ("decoys",)),
}
"""Each rate: what is counted, how many times, and what it is a share of."""

_TYPE_RATES = ("precision", "recall", "f1")


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
        ``{"all": figures, "sets": {letter: figures}, "types": {type: figures}, "types_by_set":
        {letter: {type: figures}}}``. Figures hold ``precision, recall, f1, evidence_f1,
        recall_at_10, decoy_rate`` with counts and 95 % intervals (``f1_interval`` and so on), and
        ``false_alarms``, reported mismatches per 10,000 words of interviews that have none. Those of
        a type hold ``precision, recall, f1`` alone. What is not defined is None.

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
    sets = {
        letter: [tally for source, tally in tallies.items() if source[0] == letter]
        for letter in sorted({source[0] for source in tallies})
    }
    return {
        "all": _figures(list(tallies.values()), resamples, seed),
        "sets": {letter: _figures(own, resamples, seed) for letter, own in sets.items()},
        "types": _by_type(list(tallies.values()), resamples, seed),
        "types_by_set": {letter: _by_type(own, resamples, seed) for letter, own in sets.items()},
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
    counts = np.array([[getattr(tally, name) for name in _COUNTED] for tally in tallies], dtype=np.int64)
    sums = dict(zip(_COUNTED, counts.sum(axis=0).tolist(), strict=True))
    without = [tally for tally in tallies if not tally.gold]
    return {
        "interviews": len(tallies),
        **{name: sums[name] for name in ("predicted", "gold", "hits", "decoys", "decoys_taken")},
        **{name: _rate(name, sums) for name in _RATES},
        **_intervals(counts, _COUNTED, tuple(_RATES), resamples, seed),
        "false_alarms": _ratio(10_000 * sum(t.predicted for t in without), sum(t.words for t in without)),
        "words_without_mismatch": sum(t.words for t in without),
    }


def _rate(name: str, sums: Mapping[str, int]) -> float | None:
    part, times, wholes = _RATES[name]
    return _ratio(times * sums[part], sum(sums[whole] for whole in wholes))


def _intervals(
    counts: NDArray[np.int64], names: Sequence[str], rates: Sequence[str], resamples: int, seed: int
) -> dict[str, tuple[float, float] | None]:
    """Percentile bootstrap over interviews; None where fewer than two can be drawn.

    Args:
        counts: Array (interviews, names) of counts.
        names: What each column counts.
        rates: Rates to give intervals for, named ``RATE_interval``.
        resamples: Draws of interviews.
        seed: Fixes the draws.
    """
    made: dict[str, tuple[float, float] | None] = {f"{rate}_interval": None for rate in rates}
    if len(counts) < 2 or not resamples:
        return made
    draws = np.random.default_rng(seed).integers(0, len(counts), (resamples, len(counts)))
    drawn = dict(zip(names, counts[draws].sum(axis=1).T, strict=True))
    for rate in rates:
        part, times, wholes = _RATES[rate]
        whole = np.sum([drawn[name] for name in wholes], axis=0)
        if whole.any():
            low, high = np.percentile(times * drawn[part][whole > 0] / whole[whole > 0], [2.5, 97.5])
            made[f"{rate}_interval"] = round(float(low), 4), round(float(high), 4)
    return made


def _by_type(tallies: Sequence[Tally], resamples: int, seed: int) -> dict[str, dict[str, Any]]:
    """Figures of each type that is marked or reported, with intervals over the same draws of interviews."""
    made: dict[str, dict[str, Any]] = {}
    for name in sorted({name for tally in tallies for name in tally.types}):
        counts = np.array([tally.types.get(name, (0, 0, 0)) for tally in tallies], dtype=np.int64)
        sums = dict(zip(_COUNTED_BY_TYPE, counts.sum(axis=0).tolist(), strict=True))
        made[name] = {
            **sums,
            **{rate: _rate(rate, sums) for rate in _TYPE_RATES},
            **_intervals(counts, _COUNTED_BY_TYPE, _TYPE_RATES, resamples, seed),
        }
    return made


def _ratio(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None
