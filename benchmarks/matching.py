"""How well asked questions are linked to bank questions: ``python -m benchmarks.matching``.

Prints figures for the labelled exchanges of the sample study and of the gold interviews
(``tests/quality/matching.jsonl``), how far a second coder's labels of 170 questions agree with
those, and what the links are worth by them. With ``--learn`` the labels in ``training/matching.jsonl`` first
remake the wordings, the coefficients and the threshold that the package uses, and are measured
with each interview compared only with wordings of others; no measured interview has a part in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from discovery.annotated import load_source
from discovery.exchanges import pair_exchanges
from discovery.guides import load_banks
from discovery.language import MiniLM
from discovery.language.encoder import Encoder, Vectors, cached
from discovery.matching import (
    WEIGHTS,
    WORDINGS,
    Matcher,
    Weights,
    Wording,
    load_weights,
    load_wordings,
    probabilities,
)
from discovery.records import Exchange, Question, Turn
from discovery.transcripts import assign_roles, read_transcript

ROOT = Path(__file__).resolve().parents[1]
TUNE = ROOT / "training" / "matching.jsonl"
MEASURE = ROOT / "tests" / "quality" / "matching.jsonl"
SECOND = Path(__file__).with_suffix(".jsonl")
_PLACES = ("transcripts", "tests/gold", "training/interviews")
_FOLDS = 5
_THRESHOLDS = np.arange(0.05, 0.96, 0.01)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A real question, and the bank questions that a careful reader calls the same."""

    transcript: str
    turn: int
    asked: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Guess:
    """The bank question that fits best, and the one the exchange was linked to (None: off guide)."""

    best: str
    linked: str | None


def figures(labels: Sequence[Labelled], guesses: Sequence[Guess]) -> dict[str, float]:
    """Compare guesses with labels.

    Args:
        labels: What is right; an empty set is off guide.
        guesses: One a label.

    Returns:
        Counts, precision, recall, F1, share of exchanges rightly told on or off guide, and the
        share of on-guide exchanges whose best guess is right whatever its score.
    """
    pairs = list(zip(labels, guesses, strict=True))
    on = sum(bool(label.right) for label in labels)
    matched = sum(guess.linked is not None for guess in guesses)
    right = sum(guess.linked in label.right for label, guess in pairs)
    told = sum((guess.linked is not None) == bool(label.right) for label, guess in pairs)
    first = sum(guess.best in label.right for label, guess in pairs)
    return {
        "exchanges": len(labels),
        "on guide": on,
        "matched": matched,
        "precision": round(right / max(1, matched), 3),
        "recall": round(right / max(1, on), 3),
        "F1": round(2 * right / max(1, matched + on), 3),
        "on/off guide": round(told / max(1, len(pairs)), 3),
        "precision at 1": round(first / max(1, on), 3),
    }


def load_labels(path: Path) -> list[tuple[str, int, frozenset[str]]]:
    """Load labels: transcript file, turn that asks, ids of the bank questions it asks."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(Path(row["transcript"]).name, row["turn"], frozenset(row["questions"])) for row in rows]


def read_turns(name: str, questions: Sequence[Question] = ()) -> tuple[Path, Sequence[Turn]]:
    """Find a labelled transcript and read its turns with roles."""
    path = next(ROOT / place / name for place in _PLACES if (ROOT / place / name).exists())
    if path.parent.name == "interviews":
        return path, load_source(path).turns
    return path, assign_roles(read_transcript(path), questions=questions).turns


def attach(rows: Iterable[tuple[str, int, frozenset[str]]], bank: Sequence[Question]) -> list[Labelled]:
    """Put the asking words of the transcripts beside the labels."""
    asking: dict[str, dict[int, Exchange]] = {}
    labels = []
    for name, turn, right in rows:
        if name not in asking:
            exchanges = pair_exchanges(read_turns(name, bank)[1])
            asking[name] = {each.question.turn: each for each in exchanges if each.question}
        question = asking[name][turn].question
        assert question is not None
        labels.append(Labelled(name, turn, question.quote, right))
    return labels


def compare_held_out(
    labels: Sequence[Labelled], bank: Sequence[Question], encoder: Encoder
) -> NDArray[np.float64]:
    """Compare each interview's questions with wordings of other interviews only.

    Returns:
        The (n, m, 3) figures of ``Matcher.compare``.
    """
    names = sorted({label.transcript for label in labels})
    compared = np.zeros((len(labels), len(bank), 3))
    for fold in range(_FOLDS):
        held = set(names[fold::_FOLDS])
        matcher = Matcher(bank, encoder, wordings([la for la in labels if la.transcript not in held]))
        rows = [row for row, label in enumerate(labels) if label.transcript in held]
        compared[rows] = matcher.compare([labels[row].asked for row in rows], encoder)
    return compared


def wordings(labels: Iterable[Labelled]) -> list[Wording]:
    """Turn labels into wordings; the same words count once, with everything they stand for."""
    known: dict[str, set[str]] = {}
    for label in labels:
        known.setdefault(label.asked, set()).update(label.right)
    return [Wording(asked, tuple(sorted(known[asked]))) for asked in sorted(known)]


def learn(labels: Sequence[Labelled], bank: Sequence[Question], encoder: Encoder) -> dict[str, float]:
    """Fit coefficients and threshold on the training labels and write them beside the code.

    Returns:
        Figures on the training labels, held out by interview. The coefficients are fitted on the
        same held-out comparisons: a handful of numbers for hundreds of thousands of pairs.
    """
    compared = compare_held_out(labels, bank, encoder)
    right = np.array([[question.id in label.right for question in bank] for label in labels])
    base, own, learned = _fit(compared[..., :2], right)
    new_base, likeness = _fit(compared[..., 2:], right)
    fitted = Weights(base, own, learned, new_base, likeness, threshold=0.0)
    is_new = np.array([not any(question.id in label.right for label in labels) for question in bank])
    chances = probabilities(compared, is_new, fitted)
    threshold = max(_THRESHOLDS, key=lambda least: figures(labels, guess(bank, chances, float(least)))["F1"])
    weights = replace(fitted, threshold=round(float(threshold), 2))
    made = {
        "made_by": "python -m benchmarks.matching --learn",
        "from": "training/matching.jsonl",
        "encoder": encoder.name,
    }
    _write(WEIGHTS, {**made, **asdict(weights)})
    _write(WORDINGS, {**made, "wordings": [[each.asked, each.questions] for each in wordings(labels)]})
    return figures(labels, guess(bank, chances, weights.threshold))


def _write(path: Path, data: Mapping[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=0)
    path.write_text(text + "\n", encoding="utf-8")


def _fit(compared: NDArray[np.float64], right: NDArray[np.bool_]) -> list[float]:
    """Fit a logistic model: the intercept, then one coefficient a figure."""
    model = LogisticRegression(C=100.0, max_iter=1000)
    model.fit(compared.reshape(-1, compared.shape[-1]), right.ravel())
    return [round(float(each), 4) for each in (*model.intercept_, *model.coef_[0])]


def guess(bank: Sequence[Question], chances: NDArray[np.float64], threshold: float) -> list[Guess]:
    """Take the most probable question of each row, and link it where it reaches the threshold."""
    best = [bank[place].id for place in chances.argmax(axis=1)]
    return [
        Guess(key, key if chance >= threshold else None)
        for key, chance in zip(best, chances.max(axis=1), strict=True)
    ]


def link(
    names: Iterable[str], bank: Sequence[Question], encoder: Encoder
) -> dict[tuple[str, int], str | None]:
    """Link the questions of some transcripts as the package does, by transcript and turn that asks."""
    linked = {}
    for name in sorted(set(names)):
        for exchange in pair_exchanges(read_turns(name, bank)[1], questions=bank, encoder=encoder):
            if exchange.question is not None:
                linked[name, exchange.question.turn] = exchange.bank_question
    return linked


def measure(
    labels: Sequence[Labelled], kind: str, bank: Sequence[Question], encoder: Encoder
) -> dict[str, dict[str, float]]:
    """Measure what the package links, and what it would link without any labelled wordings."""
    linked = link([label.transcript for label in labels], bank, encoder)
    best = best_of(labels, bank, encoder, load_wordings())
    guesses = [
        Guess(each.best, linked[label.transcript, label.turn])
        for each, label in zip(best, labels, strict=True)
    ]
    bare = best_of(labels, bank, encoder, ())
    return {kind: figures(labels, guesses), f"{kind}, no labelled wordings": figures(labels, bare)}


def agreement(labels: Sequence[Labelled], others: Sequence[Labelled]) -> dict[str, float]:
    """Tell how far two coders agree on the questions that both have labelled.

    Returns:
        Questions labelled by both, share that both call on guide or both off guide, and share
        with a bank question in common among those that both call on guide.
    """
    known = {(label.transcript, label.turn): label.right for label in labels}
    pairs = [
        (known[other.transcript, other.turn], other.right)
        for other in others
        if (other.transcript, other.turn) in known
    ]
    both = [(one, two) for one, two in pairs if one and two]
    return {
        "questions": len(pairs),
        "on/off guide": round(sum(bool(one) == bool(two) for one, two in pairs) / max(1, len(pairs)), 3),
        "both on guide": len(both),
        "a question in common": round(sum(bool(one & two) for one, two in both) / max(1, len(both)), 3),
    }


def best_of(
    labels: Sequence[Labelled], bank: Sequence[Question], encoder: Encoder, known: Sequence[Wording]
) -> list[Guess]:
    """Guess with the given wordings and the package's coefficients."""
    weights = load_weights()
    chances = Matcher(bank, encoder, known).probabilities([la.asked for la in labels], encoder, weights)
    return guess(bank, chances, weights.threshold)


class _Memory:
    """Vectors of this process only, so that a text is encoded once."""

    def __init__(self) -> None:
        self._known: dict[str, Vectors] = {}

    def get_vectors(self, keys: Sequence[str]) -> Mapping[str, Vectors]:
        """Return the vectors already known."""
        return {key: self._known[key] for key in keys if key in self._known}

    def put_vectors(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep vectors."""
        self._known.update(vectors)


def main(arguments: Sequence[str]) -> dict[str, Any]:
    """Learn where asked to, then measure."""
    bank, encoder = load_banks(), cached(MiniLM(), _Memory())
    shown: dict[str, Any] = {}
    if "--learn" in arguments:
        shown["training labels, held out"] = learn(attach(load_labels(TUNE), bank), bank, encoder)
    shown["threshold"] = load_weights().threshold
    labels, second = (attach(load_labels(path), bank) for path in (MEASURE, SECOND))
    gold = {label.transcript for label in labels if (ROOT / "tests" / "gold" / label.transcript).exists()}
    for kind, wanted in (("sample study", False), ("gold interviews", True)):
        own = [label for label in labels if (label.transcript in gold) is wanted]
        shown |= measure(own, kind, bank, encoder)
    shown["two coders"] = agreement(labels, second)
    return {**shown, **measure(second, "second coder's labels", bank, encoder)}


if __name__ == "__main__":
    json.dump(main(sys.argv[1:]), sys.stdout, indent=1)
    print()
