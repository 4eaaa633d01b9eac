"""The claim model learnt from all interviews, and from halves of them that are asked about the other half."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.claims.context import Setting, answers_of
from discovery.claims.heads import Floats, Scores, Targets, scores_of
from discovery.claims.model import head_outputs, read_settings
from discovery.claims.wording import documents_of, fit_word_head
from discovery.language import AnswerEncoder, Lesson
from discovery.language.adapting import Adaptation

Ints = NDArray[np.int64]

FOLDS = 2


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt from all, and what models say of interviews they have not seen.

    Args:
        adaptation: What the encoder has learnt from all interviews.
        reads: What an encoder that has learnt from the other half says of claims, n rows.
        guards: (n, 7) what it says of guards.
        words: What a head over the words of the other half says of claims, n rows.
    """

    adaptation: Adaptation
    reads: Scores
    guards: Floats
    words: Scores


def learn(
    settings: Sequence[Setting], targets: Targets, groups: Ints, encoder: AnswerEncoder, seed: int
) -> Learnt:
    """Let the encoder learn from all interviews and from each half, and ask the halves about each other.

    Args:
        settings: n units of employers in their settings.
        targets: What was marked on them.
        groups: (n,) number of each unit's interview; an interview is never split.
        encoder: What reads and learns.
        seed: Fixes the halves, every start and every order.
    """
    folds = np.random.default_rng(seed).permutation(int(groups.max()) + 1)[groups] % FOLDS
    seen = [np.flatnonzero(folds != fold) for fold in range(FOLDS)]
    lessons = [_lesson(settings, targets, rows) for rows in (np.arange(len(groups)), *seen)]
    adaptation, *halves = encoder.adapt(lessons, seed)
    documents = documents_of(settings)
    outputs: list[Floats] = []
    words: list[Scores] = []
    for fold, (rows, half) in enumerate(zip(seen, halves, strict=True)):
        asked = np.flatnonzero(folds == fold).tolist()
        vectors = read_settings([settings[row] for row in asked], half.delta, encoder)
        outputs.append(head_outputs(vectors, half))
        head = fit_word_head([documents[row] for row in rows.tolist()], targets.at(rows))
        words.append(head.score([documents[row] for row in asked]))
    back = np.argsort(np.argsort(folds, kind="stable"))
    reads, guards = scores_of(np.concatenate(outputs)[back])
    return Learnt(adaptation, reads, guards, _stacked(words).at(back))


def _lesson(settings: Sequence[Setting], targets: Targets, rows: Ints) -> Lesson:
    return Lesson(tuple(answers_of([settings[row] for row in rows.tolist()])), targets.at(rows).tasks())


def _stacked(parts: Sequence[Scores]) -> Scores:
    names = ("margin", "stance", "facet")
    return Scores(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
