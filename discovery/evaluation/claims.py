"""How well claims are found: by unit, against what a careful coder marked.

The matching rule: a unit counts as claimed, by the coder or by the model, when it and a
claim's quote share at least half of the unit or half of the quote; where several claims do,
the one with the longest common stretch gives stance and facet. Stance and facet are scored
end to end: a unit is right when both sides claim it with the same label, and precision and
recall are taken over all units that either side claims. Guarded claims do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.claims.calibration import calibration_error
from discovery.claims.training import claim_of
from discovery.language import split_units
from discovery.records import AnnotatedInterview, Claim, Facet, Role, Stance

_NONE = -1
_Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Marks:
    """One interview, unit by unit: (n,) labels of both sides, -1 for no claim, and scores."""

    gold_stance: _Ints
    gold_facet: _Ints
    stance: _Ints
    facet: _Ints
    score: NDArray[np.float64]


def score_claims(
    predicted: Mapping[str, Sequence[Claim]],
    gold: Sequence[AnnotatedInterview],
    *,
    candidates: Mapping[str, Sequence[Claim]] | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> dict[str, Any]:
    """Score claims by unit, in all and by set (the letter the file names begin with).

    Args:
        predicted: Claims by transcript file; a file without an entry has none.
        gold: Annotated interviews.
        candidates: Claims below the threshold too, for the calibration error; without them
            it is taken over the predicted claims alone.
        resamples: Number of bootstrap draws of interviews for the intervals.
        seed: Fixes the draws.

    Returns:
        ``{"all": figures, "sets": {letter: figures}}``. Figures hold ``interviews``, ``units``,
        ``gold``, ``predicted``, ``detection`` (precision, recall, f1, f1_interval), ``stance`` and
        ``facet`` (micro_f1 with its interval, macro_f1, per label, confusion), ``ece`` and
        ``decoys``. A figure that is not defined is None. Intervals are 95 per cent, (low, high).
    """
    scored = candidates if candidates is not None else predicted
    marks = {
        interview.source: _marks(
            interview, predicted.get(interview.source, ()), scored.get(interview.source, ())
        )
        for interview in gold
    }
    letters = sorted({interview.source[0] for interview in gold})
    groups = {letter: [i for i in gold if i.source[0] == letter] for letter in letters}

    def figures(interviews: Sequence[AnnotatedInterview]) -> dict[str, Any]:
        own = [marks[interview.source] for interview in interviews]
        return {**_figures(own, resamples, seed), "decoys": _decoys(interviews, predicted)}

    return {"all": figures(gold), "sets": {letter: figures(group) for letter, group in groups.items()}}


def _marks(interview: AnnotatedInterview, predicted: Sequence[Claim], scored: Sequence[Claim]) -> _Marks:
    units = [unit for unit in split_units(interview.turns) if unit.role is Role.EMPLOYER]
    usable = [claim for claim in predicted if not claim.guards]
    marked = [claim_of(unit, _near(interview.claims, unit.span.turn)) for unit in units]
    found = [claim_of(unit, _near(usable, unit.span.turn)) for unit in units]
    best = [claim_of(unit, _near(scored, unit.span.turn)) for unit in units]
    stances, facets = list(Stance), list(Facet)

    def labels(claims: Sequence[Claim | None], index: Callable[[Claim], int]) -> _Ints:
        return np.array([_NONE if claim is None else index(claim) for claim in claims], dtype=np.int64)

    return _Marks(
        labels(marked, lambda claim: stances.index(claim.stance)),
        labels(marked, lambda claim: facets.index(claim.facet)),
        labels(found, lambda claim: stances.index(claim.stance)),
        labels(found, lambda claim: facets.index(claim.facet)),
        np.array([np.nan if claim is None else claim.score for claim in best], dtype=np.float64),
    )


def _near(claims: Sequence[Claim], turn: int) -> list[Claim]:
    return [claim for claim in claims if claim.span.turn == turn]


def _figures(marks: Sequence[_Marks], resamples: int, seed: int) -> dict[str, Any]:
    gold = sum(int((m.gold_stance != _NONE).sum()) for m in marks)
    predicted = sum(int((m.stance != _NONE).sum()) for m in marks)
    hits = [_hits(m) for m in marks]
    both = int(sum(h["detection"] for h in hits))
    scores = np.concatenate([m.score for m in marks])
    claimed = np.concatenate([m.gold_stance != _NONE for m in marks]).astype(np.int64)
    known = ~np.isnan(scores)
    return {
        "interviews": len(marks),
        "units": len(scores),
        "gold": gold,
        "predicted": predicted,
        "detection": {
            "precision": _ratio(both, predicted),
            "recall": _ratio(both, gold),
            "f1": _ratio(2 * both, predicted + gold),
            "f1_interval": _interval(hits, "detection", resamples, seed),
        },
        "stance": {
            **_labelled([(m.gold_stance, m.stance) for m in marks], list(Stance)),
            "micro_f1_interval": _interval(hits, "stance", resamples, seed),
        },
        "facet": {
            **_labelled([(m.gold_facet, m.facet) for m in marks], list(Facet)),
            "micro_f1_interval": _interval(hits, "facet", resamples, seed),
        },
        "ece": round(calibration_error(scores[known], claimed[known]), 4) if known.any() else None,
    }


def _hits(marks: _Marks) -> dict[str, int]:
    """What one interview adds to every F1: hits, and units claimed by either side."""
    claimed = marks.gold_stance != _NONE
    return {
        "detection": int((claimed & (marks.stance != _NONE)).sum()),
        "stance": int((claimed & (marks.stance == marks.gold_stance)).sum()),
        "facet": int((claimed & (marks.facet == marks.gold_facet)).sum()),
        "total": int(claimed.sum() + (marks.stance != _NONE).sum()),
    }


def _interval(
    hits: Sequence[Mapping[str, int]], name: str, resamples: int, seed: int
) -> tuple[float, float] | None:
    """Percentile bootstrap over interviews; None where fewer than two can be drawn."""
    if len(hits) < 2 or not resamples:
        return None
    right = np.array([hit[name] for hit in hits])
    total = np.array([hit["total"] for hit in hits])
    draws = np.random.default_rng(seed).integers(0, len(hits), (resamples, len(hits)))
    sums = total[draws].sum(axis=1)
    values = 2 * right[draws].sum(axis=1)[sums > 0] / sums[sums > 0]
    if not len(values):
        return None
    low, high = np.percentile(values, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def _labelled(
    pairs: Sequence[tuple[_Ints, _Ints]], names: Sequence[Stance] | Sequence[Facet]
) -> dict[str, Any]:
    gold = np.concatenate([pair[0] for pair in pairs])
    found = np.concatenate([pair[1] for pair in pairs])
    per = {str(name): _one_label(gold == n, found == n) for n, name in enumerate(names)}
    defined = [figures["f1"] for figures in per.values() if figures["gold"]]
    total = int((gold != _NONE).sum() + (found != _NONE).sum())
    right = int(((gold == found) & (gold != _NONE)).sum())
    return {
        "micro_f1": _ratio(2 * right, total),
        "macro_f1": round(sum(defined) / len(defined), 4) if defined else None,
        "per": per,
        "confusion": {
            str(name): {
                str(other): int(((gold == n) & (found == m)).sum())
                for m, other in enumerate(names)
                if ((gold == n) & (found == m)).any()
            }
            for n, name in enumerate(names)
        },
    }


def _one_label(gold: NDArray[np.bool_], found: NDArray[np.bool_]) -> dict[str, Any]:
    both = int((gold & found).sum())
    return {
        "gold": int(gold.sum()),
        "precision": _ratio(both, int(found.sum())),
        "recall": _ratio(both, int(gold.sum())),
        "f1": _ratio(2 * both, int(gold.sum() + found.sum())),
    }


def _decoys(
    interviews: Sequence[AnnotatedInterview], predicted: Mapping[str, Sequence[Claim]]
) -> dict[str, int]:
    """Tempting places that hold no claim: how many were taken for one, and how many were guarded."""
    counts = {"places": 0, "claimed": 0, "guarded": 0}
    for interview in interviews:
        for decoy in interview.decoys:
            if any(decoy.span.overlaps(claim.span) for claim in interview.claims):
                continue
            here = [c for c in predicted.get(interview.source, ()) if c.span.overlaps(decoy.span)]
            counts["places"] += 1
            counts["claimed"] += any(not claim.guards for claim in here)
            counts["guarded"] += bool(here) and all(claim.guards for claim in here)
    return counts


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
