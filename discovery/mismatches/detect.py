"""Detection, step by step: talk, side scores, candidate pairs, pair scores, ranking, words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.errors import ModelError
from discovery.language import Encoder
from discovery.mismatches.catalogue import Catalogue, load_catalogue
from discovery.mismatches.evidence import Divergence, Witness, best_quote
from discovery.mismatches.examples import score_by_examples
from discovery.mismatches.features import Heads, pair_features
from discovery.mismatches.model import MismatchModel, shipped_model
from discovery.mismatches.pairs import PER_SIDE, Talk, candidate_pairs, gather_talk
from discovery.mismatches.ranking import Ranked, rank_pairs, report_pairs
from discovery.mismatches.training import allowed
from discovery.mismatches.why import explain
from discovery.records import Claim, Exchange, Mismatch, Notice, NoticeKind, Role, Turn

Flags = NDArray[np.bool_]

CANDIDATES = 30
"""Most candidates an interview gives; a researcher is expected to read ten."""

_MOST_AT_ONCE = 4
"""Interviews of one employer up to which more turns are kept on each side."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What detection found for one employer.

    Args:
        mismatches: Those that reach the threshold, best first, one a contradiction.
        candidates: Everything worth a look, ranked; the mismatches are among them.
        notices: What was left out or merged, with counts.
    """

    mismatches: tuple[Mismatch, ...]
    candidates: tuple[Mismatch, ...]
    notices: tuple[Notice, ...] = ()


def detect_mismatches(
    turns: Sequence[Turn],
    claims: Sequence[Claim],
    *,
    employer: str,
    exchanges: Sequence[Exchange] = (),
    outside: Collection[tuple[str, int]] = (),
    encoder: Encoder,
    catalogue: Catalogue | None = None,
    divergence: Divergence | None = None,
    threshold: float | None = None,
    model: MismatchModel | None = None,
) -> Detection:
    """Find where what an employer states and what it does pull against each other.

    Args:
        turns: Turns with roles of all interviews of this employer.
        claims: Its claims; guarded ones take their words out of the evidence. May be empty.
        employer: Employer id.
        exchanges: Unused by the present model, which takes the question from the turns.
        outside: Transcript and number of the turns that are part of talk about something else; no
            evidence is taken from them.
        encoder: The encoder the model was trained with.
        catalogue: Types to look for; the built-in ones when None.
        divergence: Topic divergence of the study; a finding whose words lie in a topic much asked
            for and not acted on, or the reverse, says so.
        threshold: Least score to report; the model's own when None.
        model: Weights to use instead of those of the package.

    Raises:
        ModelError: The weights are missing, or belong to another encoder.
    """
    catalogue = catalogue or load_catalogue()
    model = model or shipped_model()
    if model.encoder != encoder.name:
        raise ModelError("model.encoder", trained=model.encoder, given=encoder.name)
    talk = gather_talk(turns, encoder)
    if len(talk.units) < 2:
        return Detection((), (), (_nothing(turns),))
    heads = model.side.heads(talk, len(model.kinds))
    barred = _guarded(talk, claims), _outside(talk, outside)
    ranked, vetoed = _score(talk, heads, barred, model, catalogue, encoder)
    least = model.threshold if threshold is None else threshold
    most = CANDIDATES * _interviews(talk)
    shown = set(report_pairs(talk, ranked, least))
    reported = [pair for pair in ranked if pair in shown]
    listed = (reported + [pair for pair in ranked if pair not in shown])[: max(most, len(reported))]
    gaps = [gap for gap in divergence.gaps if gap.employer == employer] if divergence else []
    witness = Witness(talk, heads, claims, model, encoder, gaps)
    made = {pair: _record(pair, witness, catalogue, employer) for pair in listed}
    candidates = sorted(made.values(), key=lambda m: -m.score)
    merged = sum(pair[3] >= least for pair in ranked) - len(reported)
    return Detection(
        tuple(made[pair] for pair in reported),
        tuple(candidates),
        _notices(vetoed, merged),
    )


def _score(
    talk: Talk,
    heads: Heads,
    barred: tuple[Flags, Flags],
    model: MismatchModel,
    catalogue: Catalogue,
    encoder: Encoder,
) -> tuple[list[Ranked], tuple[int, int]]:
    """Score the candidate pairs of all types that speak; type numbers refer to the catalogue.

    Returns:
        Pairs of which no unit is barred, ranked, and how many each of the two bars took out.
    """
    known = load_catalogue()
    several = min(_interviews(talk), _MOST_AT_ONCE)
    sides = np.hstack([heads.stated, heads.actual])
    pairs = candidate_pairs(sides, len(model.kinds), talk.places, PER_SIDE * several)
    scores = model.pair.score(pair_features(talk, heads, pairs, *allowed(known)))
    place = {key: number for number, key in enumerate(catalogue.keys)}
    speaking = np.array([model.kinds[kind] in place for kind in pairs[:, 0]], dtype=bool)
    pairs, scores = pairs[speaking], scores[speaking]
    pairs[:, 0] = [place[model.kinds[kind]] for kind in pairs[:, 0]]
    added = [kind for kind in catalogue.types if kind.key not in model.kinds]
    if added:
        extra, extra_scores = score_by_examples(
            talk, heads, added, [place[kind.key] for kind in added], encoder
        )
        pairs, scores = np.vstack([pairs, extra]), np.concatenate([scores, extra_scores])
    guarded, outside = (flags[pairs[:, 1]] | flags[pairs[:, 2]] for flags in barred)
    free = ~(guarded | outside)
    limit = 2 * CANDIDATES * _interviews(talk)
    taken = int((guarded & ~outside).sum()), int(outside.sum())
    return rank_pairs(talk, pairs[free], scores[free], limit), taken


def _interviews(talk: Talk) -> int:
    return len({unit.span.source for unit in talk.units})


def _outside(talk: Talk, places: Collection[tuple[str, int]]) -> Flags:
    """Tell for each unit whether its turn is part of talk about something else."""
    return np.array([(unit.span.source, unit.span.turn) in places for unit in talk.units], dtype=bool)


def _guarded(talk: Talk, claims: Sequence[Claim]) -> Flags:
    """Tell for each unit whether guarded claims, and no free ones, lie in it."""
    guarded, free = np.zeros(len(talk.units), dtype=bool), np.zeros(len(talk.units), dtype=bool)
    rows: dict[tuple[str, int], list[int]] = {}
    for number, unit in enumerate(talk.units):
        rows.setdefault((unit.span.source, unit.span.turn), []).append(number)
    for claim in claims:
        for number in rows.get((claim.span.source, claim.span.turn), ()):
            if talk.units[number].span.overlaps(claim.span):
                (guarded if claim.guards else free)[number] = True
    return np.asarray(guarded & ~free)


def _record(pair: Ranked, witness: Witness, catalogue: Catalogue, employer: str) -> Mismatch:
    number, stated, actual, score = pair
    kind = catalogue.types[number]
    spans = best_quote(witness, stated), best_quote(witness, actual)
    words = explain(kind, witness, (stated, actual), spans)
    further = witness.further(kind.key, (stated, actual))
    return Mismatch(
        kind.key,
        employer,
        *spans,
        round(float(score), 4),
        words.why,
        against=words.against,
        probe=words.probe,
        further=further,
        model=witness.model.name,
    )


def _nothing(turns: Sequence[Turn]) -> Notice:
    said = sum(turn.role is Role.EMPLOYER for turn in turns)
    what = (
        "no mismatches sought: the employer side says too little"
        if said
        else "no mismatches sought: no employer side"
    )
    return Notice("mismatches", NoticeKind.DROPPED, what, source=turns[0].source if turns else "")


def _notices(vetoed: tuple[int, int], merged: int) -> tuple[Notice, ...]:
    found = (
        (NoticeKind.DROPPED, "pairs whose evidence is guarded", vetoed[0]),
        (NoticeKind.DROPPED, "pairs from talk that is not about hiring", vetoed[1]),
        (NoticeKind.MERGED, "pairs that voice a contradiction already reported", merged),
    )
    return tuple(Notice("mismatches", kind, what, count=count) for kind, what, count in found if count)
