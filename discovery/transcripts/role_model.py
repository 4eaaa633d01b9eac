"""How likely each speaker of a transcript is to be an interviewer, all speakers weighed together."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from discovery.language.questions import asking_span
from discovery.language.words import words
from discovery.records import AnnotatedInterview, Question, Role, Turn
from discovery.transcripts.signs import SIGNS, Voiceprint, measure

WEIGHTS = Path(__file__).with_name("roles.json")

_LABELS = {
    Role.INTERVIEWER: re.compile(
        r"\b(?:interviewers?|moderators?|facilitators?|researchers?|hosts?|observers?|note[- ]?takers?)\b",
        re.I,
    ),
    Role.EMPLOYER: re.compile(
        r"\b(?:interviewees?|respondents?|participants?|employers?|guests?|informants?)\b", re.I
    ),
}
_OBSERVES = re.compile(
    r"\b(?:taking (?:the |some )?notes|(?:just|only) (?:observing|listening)|(?:listening|sitting) in"
    r"|do(?:n['’]t| not) mind me)\b",
    re.IGNORECASE,
)
_LABEL_WEIGHT = 6.0
_OBSERVER_WEIGHT = 6.0
_BANK_WEIGHT = 1.5
_MOST_BANK_MATCHES = 3
_BANK_MATCH = 85
_MOST_JOINT_VOICES = 10
_WINDOWS = ((0, 8), (0, 16), (5, 12), (10, 16), (15, 10), (22, 14))


@dataclass(frozen=True, slots=True)
class Likelihood:
    """What speaks for one speaker being an interviewer.

    Args:
        speaker: Name as the transcript gives it.
        words: Number of words spoken.
        interviewer: Probability that the speaker interviews, given that somebody here
            interviews and somebody answers.
        evidence: What each sign adds to or takes from the log-odds, strongest first.
    """

    speaker: str
    words: int
    interviewer: float
    evidence: tuple[tuple[str, float], ...]


def weigh(turns: Sequence[Turn], questions: Sequence[Question] = ()) -> list[Likelihood]:
    """Weigh the speakers of one transcript against each other.

    Args:
        turns: All turns of one transcript.
        questions: The question bank; asking its questions counts for the interviewer.

    Returns:
        One likelihood for each speaker, in order of appearance.
    """
    prints = measure(turns)
    evidence = [{**_learned(one), **_given(one, turns, questions)} for one in prints]
    chances = _joint([_odds(parts) for parts in evidence])
    return [
        Likelihood(one.speaker, one.words, chance, tuple(sorted(parts.items(), key=_by_strength)))
        for one, parts, chance in zip(prints, evidence, chances, strict=True)
    ]


def train_roles(interviews: Sequence[AnnotatedInterview], folder: Path) -> dict[str, Any]:
    """Learn the weights of the signs from annotated interviews and write ``roles.json``.

    Whole interviews and short stretches of them are learned from, each also in lower case
    without punctuation, so that the confidence stays honest on little or rough text.

    Args:
        interviews: Interviews whose turns carry roles.
        folder: Where to write.

    Returns:
        What was written: version, intercept, weights, means and counts.
    """
    from sklearn.linear_model import LogisticRegression

    rows, labels = [], []
    for interview in interviews:
        for turns in _stretches(interview.turns):
            roles = {turn.speaker: turn.role for turn in turns}
            for one in measure(turns):
                rows.append([one.signs[sign] for sign in SIGNS])
                labels.append(roles[one.speaker] is Role.INTERVIEWER)
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    centred = [[value - mean for value, mean in zip(row, means, strict=True)] for row in rows]
    model = LogisticRegression(C=0.3, max_iter=1000).fit(centred, labels)
    learned = {
        "version": "roles/1",
        "interviews": len(interviews),
        "speakers": len(rows),
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": {s: round(float(w), 4) for s, w in zip(SIGNS, model.coef_[0], strict=True)},
        "means": {s: round(m, 4) for s, m in zip(SIGNS, means, strict=True)},
    }
    (folder / WEIGHTS.name).write_text(json.dumps(learned, indent=2) + "\n", encoding="utf-8")
    return learned


def _learned(one: Voiceprint) -> dict[str, float]:
    model = _model()
    return {
        sign: model["weights"][sign] * (value - model["means"][sign]) for sign, value in one.signs.items()
    }


def _given(one: Voiceprint, turns: Sequence[Turn], questions: Sequence[Question]) -> dict[str, float]:
    """Evidence that was set, not learned, since the training interviews show none of it."""
    own = [turn for turn in turns if turn.speaker == one.speaker]
    parts: dict[str, float] = {}
    for role, pattern in _LABELS.items():
        if pattern.search(one.speaker) or _lettered(one.speaker, turns) is role:
            parts["label"] = _LABEL_WEIGHT if role is Role.INTERVIEWER else -_LABEL_WEIGHT
    if any(_OBSERVES.search(turn.text) for turn in own):
        parts["observing"] = _OBSERVER_WEIGHT
    matches = _bank_matches(own, questions)
    if matches:
        parts["bank"] = _BANK_WEIGHT * min(matches, _MOST_BANK_MATCHES)
    return parts


def _lettered(speaker: str, turns: Sequence[Turn]) -> Role | None:
    """Q and A are labels only where nobody else is labelled."""
    letters = {turn.speaker.strip(" .:").upper() for turn in turns}
    if letters != {"Q", "A"}:
        return None
    return Role.INTERVIEWER if speaker.strip(" .:").upper() == "Q" else Role.EMPLOYER


def _bank_matches(own: Sequence[Turn], questions: Sequence[Question]) -> int:
    asked = [" ".join(words(span.quote)) for turn in own if (span := asking_span(turn)) is not None]
    known = [" ".join(words(text)) for question in questions for text in (question.text, *question.probes)]
    if not asked or not known:
        return 0
    alike = process.cdist(asked, known, scorer=fuzz.token_sort_ratio)
    return int((alike.max(axis=1) >= _BANK_MATCH).sum())


def _odds(parts: dict[str, float]) -> float:
    return float(_model()["intercept"]) + sum(parts.values())


def _joint(odds: Sequence[float]) -> list[float]:
    """Probability of interviewing for each voice, given that both sides are present."""
    if not 2 <= len(odds) <= _MOST_JOINT_VOICES:
        return [1 / (1 + math.exp(-max(-500.0, min(500.0, one)))) for one in odds]
    sides = [side for side in product((0, 1), repeat=len(odds)) if 0 < sum(side) < len(odds)]
    logs = [sum(one for one, chosen in zip(odds, side, strict=True) if chosen) for side in sides]
    highest = max(logs)
    weights = [math.exp(log - highest) for log in logs]
    total = sum(weights)
    return [
        sum(weight for weight, side in zip(weights, sides, strict=True) if side[voice]) / total
        for voice in range(len(odds))
    ]


def _by_strength(part: tuple[str, float]) -> tuple[float, str]:
    return -abs(part[1]), part[0]


def _stretches(turns: Sequence[Turn]) -> Iterator[list[Turn]]:
    whole = list(turns)
    cuts = [whole, *(whole[start : start + size] for start, size in _WINDOWS)]
    for cut in cuts:
        if {turn.role for turn in cut} == {Role.INTERVIEWER, Role.EMPLOYER}:
            yield cut
            yield [replace(turn, text=_as_machines_write(turn.text)) for turn in cut]


def _as_machines_write(text: str) -> str:
    return re.sub(r"[^\w\s'’-]", "", text).lower()


@cache
def _model() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return loaded
