"""Training of the claim model on annotated interviews, by one command and with a fixed seed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.claims.calibration import best_threshold, calibration_error, fit_platt
from discovery.claims.context import Setting, settings_of
from discovery.claims.folds import FOLDS, Learnt, learn
from discovery.claims.heads import FACETS, GUARDS, STANCES, UNKNOWN, Floats, Scores, Targets, blend
from discovery.claims.model import FEATURES, ClaimModel, Levels, read_settings
from discovery.claims.scope import learn_scope
from discovery.claims.wording import WORDING, documents_of, fit_word_head
from discovery.language import AnswerEncoder
from discovery.records import AnnotatedInterview, Claim, Exchange, GuardedWords, Unit

VERSION = "5"
_SCOPE_INTERVIEWS = 150
"""Interviews that the scope is learnt from, evenly drawn: it is not clearer from more."""

_SHARES = (0.2, 0.3, 0.4, 0.5, 0.6)
_SLACK = 0.005
"""What the sum of three F1 may fall short of the best."""

_GUARD_LEVELS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def train_claims(
    interviews: Sequence[AnnotatedInterview],
    encoder: AnswerEncoder,
    folder: Path,
    *,
    seed: int = 0,
    exchanges: Sequence[Exchange] = (),
    other_talk: Sequence[AnnotatedInterview] = (),
) -> dict[str, Any]:
    """Train the claim model and write its weights and manifest.

    Calibration and thresholds come from models that have learnt from one half of the interviews and
    are asked about the other; the model that is kept learns from all.

    Args:
        interviews: At least two annotated interviews; none of them may be one to measure on.
        encoder: What reads the answers; the model works with this encoder only.
        folder: Where the two files go.
        seed: Fixes every start and every order.
        exchanges: Who asked what in these interviews; without them the last interviewer turn counts.
        other_talk: Talk about something else, from which the scope is learnt; may be missing.

    Returns:
        The manifest, with the metrics of a cross-validation grouped by interview.
    """
    settings, targets, groups = training_rows(interviews, exchanges)
    learnt = learn(settings, targets, groups, encoder, seed)
    levels, metrics = _levels(learnt, targets)
    manifest = {
        "version": VERSION,
        "licence": "MIT",
        "encoder": encoder.name,
        "features": FEATURES,
        "wording": WORDING,
        "seed": seed,
        "folds": FOLDS,
        "data": _data_card(interviews, other_talk, targets),
        "metrics": metrics,
    }
    few = np.flatnonzero(groups % -(-len(interviews) // _SCOPE_INTERVIEWS) == 0)
    others = [setting for talk in other_talk for setting in settings_of(talk.turns)]
    talks = [*(settings[row] for row in few.tolist()), *others]
    claimed = np.concatenate([targets.claimed[few], np.zeros(len(others), dtype=np.int64)])
    scope = learn_scope(talks, read_settings(talks, learnt.adaptation.delta, encoder), claimed)
    words = fit_word_head(documents_of(settings), targets)
    return ClaimModel(learnt.adaptation, words, scope, levels, manifest).save(folder)


def _levels(learnt: Learnt, targets: Targets) -> tuple[Levels, dict[str, float]]:
    """Choose what is chosen on interviews the models have not seen, and say how good they then are."""
    share = _best_share(learnt.reads, learnt.words, targets)
    unseen = blend(learnt.reads, learnt.words, share)
    platt = fit_platt(unseen.margin, targets.claimed)
    probability = platt.probability(unseen.margin)
    threshold = best_threshold(probability, targets.claimed)
    level = _guard_level(1 - learnt.guards[:, 0], probability >= threshold, targets.claimed == 1)
    return Levels(platt, threshold, level, share), _metrics(unseen, probability, threshold, targets)


def training_rows(
    interviews: Sequence[AnnotatedInterview], exchanges: Sequence[Exchange] = ()
) -> tuple[list[Setting], Targets, NDArray[np.int64]]:
    """Line up every employer unit with what the coder marked.

    Returns:
        The settings, what was marked, and (n,) the number of each unit's interview.
    """
    settings: list[Setting] = []
    marked: list[Claim | None] = []
    guards: list[int] = []
    groups: list[int] = []
    for number, interview in enumerate(interviews):
        own = settings_of(interview.turns, [e for e in exchanges if e.source == interview.source])
        shift = len(settings)
        settings += [_shifted(setting, shift) for setting in own]
        claims = [claim_of(setting.unit, interview.claims) for setting in own]
        marked += claims
        guards += [
            _guard_of(setting.unit, claim, interview.guards)
            for setting, claim in zip(own, claims, strict=True)
        ]
        groups += [number] * len(own)
    targets = Targets(
        np.array([claim is not None for claim in marked], dtype=np.int64),
        np.array([STANCES.index(c.stance) if c else UNKNOWN for c in marked], dtype=np.int64),
        np.array([FACETS.index(c.facet) if c else UNKNOWN for c in marked], dtype=np.int64),
        np.array(guards, dtype=np.int64),
    )
    return settings, targets, np.array(groups, dtype=np.int64)


def claim_of(unit: Unit, claims: Sequence[Claim]) -> Claim | None:
    """Find the marked claim a unit holds: the two share half of the unit or half of the claim.

    Where several do, the one with the longest common stretch counts.
    """
    held = [claim for claim in claims if unit.span.shares_half(claim.span)]
    return max(held, key=lambda claim: unit.span.shared(claim.span), default=None)


def _guard_of(unit: Unit, claim: Claim | None, marks: Sequence[GuardedWords]) -> int:
    """Class of the guard on a unit: a claim has none; without any mark in the interview nobody looked."""
    if claim is not None:
        return 0
    here = [mark.guard for mark in marks if unit.span.shares_half(mark.span) and mark.guard in GUARDS]
    if here:
        return 1 + GUARDS.index(here[0])
    return 0 if marks else UNKNOWN


def _best_share(reads: Scores, words: Scores, targets: Targets) -> float:
    """Choose how much words count: the least share with which detection, stance and facet are about best.

    What is asked has learnt from half of the interviews, which costs the encoder more than the words.
    """

    def quality(share: float) -> float:
        scores = blend(reads, words, share)
        probability = fit_platt(scores.margin, targets.claimed).probability(scores.margin)
        figures = _metrics(scores, probability, best_threshold(probability, targets.claimed), targets)
        return sum(figures[name] for name in ("detection_f1", "stance_micro_f1", "facet_micro_f1"))

    qualities = {share: quality(share) for share in _SHARES}
    return min(share for share, found in qualities.items() if found >= max(qualities.values()) - _SLACK)


def _guard_level(guarded: Floats, found: NDArray[np.bool_], claimed: NDArray[np.bool_]) -> float:
    """Choose from which probability of a guard a finding is held back: where most findings are then right."""

    def quality(level: float) -> float:
        kept = found & (guarded < level)
        return 2 * int((kept & claimed).sum()) / max(1, int(kept.sum() + claimed.sum()))

    return max(_GUARD_LEVELS, key=quality)


def _shifted(setting: Setting, shift: int) -> Setting:
    after = None if setting.after is None else setting.after + shift
    before = tuple(position + shift for position in setting.before)
    return Setting(setting.unit, setting.question, before, after, setting.place)


def _metrics(
    scores: Scores, probability: NDArray[np.floating], threshold: float, targets: Targets
) -> dict[str, float]:
    found, claimed = probability >= threshold, targets.claimed == 1
    every = max(1, int(found.sum() + claimed.sum()))
    stance = found & claimed & (scores.stance.argmax(axis=1) == targets.stance)
    facet = found & claimed & (scores.facet.argmax(axis=1) == targets.facet)
    figures = {
        "detection_f1": 2 * (found & claimed).sum() / every,
        "stance_micro_f1": 2 * stance.sum() / every,
        "facet_micro_f1": 2 * facet.sum() / every,
        "ece": calibration_error(probability, targets.claimed),
    }
    return {name: round(float(value), 3) for name, value in figures.items()}


def _data_card(
    interviews: Sequence[AnnotatedInterview], other_talk: Sequence[AnnotatedInterview], targets: Targets
) -> dict[str, Any]:
    return {
        "interviews": len(interviews),
        "other_talk": len(other_talk),
        "units": len(targets.claimed),
        "claimed_units": int(targets.claimed.sum()),
        "sha256": _data_hash([*interviews, *other_talk]),
    }


def _data_hash(interviews: Sequence[AnnotatedInterview]) -> str:
    """One hash over all words and marks, so that a manifest names its data."""
    digest = hashlib.sha256()
    for interview in sorted(interviews, key=lambda i: i.source):
        words = ((turn.speaker, turn.text) for turn in interview.turns)
        marks = ((c.span.quote, f"{c.stance}/{c.facet}") for c in interview.claims)
        for pair in chain(words, marks):
            digest.update("\x1f".join(pair).encode())
    return digest.hexdigest()
