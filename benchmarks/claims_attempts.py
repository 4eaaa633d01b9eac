"""Compare ways to find claims: same interviews, same measure.

    python -m benchmarks.claims_attempts training/interviews tests/gold --vectors vectors.npz
    python -m benchmarks.claims_attempts training/interviews tests/gold --adapted

Prints one Markdown row an attempt: F1 of detection, stance and facet by unit, in a five-fold
cross-validation grouped by interview, and on each set of the gold interviews. The threshold
is always chosen on the training interviews. With ``--adapted`` the encoder itself learns, which
takes an hour and a half; its cross-validation has two folds. ``--curve`` prints a learning curve of
the heads over frozen vectors and words, which takes minutes.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.frozen_heads import feature_matrix, fit_network, score
from discovery.annotated import load_folder, load_gold
from discovery.claims.calibration import best_threshold, calibration_error, fit_platt
from discovery.claims.context import Setting
from discovery.claims.folds import learn
from discovery.claims.heads import FACETS, STANCES, Scores, Targets, blend, scores_of
from discovery.claims.model import head_outputs, read_settings
from discovery.claims.training import training_rows
from discovery.claims.wording import Document, documents_of, fit_word_head
from discovery.exchanges import pair_exchanges
from discovery.language import AnswerEncoder, Encoder, MiniLM, cached
from discovery.records import AnnotatedInterview, Role
from discovery.transcripts import read_transcript

Floats = NDArray[np.float32]
Learner = Callable[[Floats, Targets, Floats], Scores]
MINILM = 384


class FileCache:
    """Vectors in one .npz file, so that a second comparison starts at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, Floats] = {}
        if path.exists():
            with np.load(path) as stored:
                self.known = dict(zip(stored["k"].tolist(), stored["v"], strict=True))

    def get_vectors(self, keys: Sequence[str]) -> dict[str, Floats]:
        """Return the vectors already known."""
        return {key: self.known[key] for key in keys if key in self.known}

    def put_vectors(self, vectors: dict[str, Floats]) -> None:
        """Keep vectors, on disk too."""
        self.known.update(vectors)
        np.savez(self.path, k=np.array(list(self.known)), v=np.stack(list(self.known.values())))


@dataclasses.dataclass
class Data:
    """Everything an attempt may look at, row by row."""

    features: Floats
    settings: list[Setting]
    targets: Targets
    groups: NDArray[np.int64]
    sets: list[str]


def load_gold_folder(folder: Path) -> list[AnnotatedInterview]:
    """Read annotated interviews through the transcript readers, with the roles the annotation names."""
    interviews = []
    for path in sorted(folder.glob("*.gold.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        turns = [
            dataclasses.replace(turn, role=Role(data["speakers"][turn.speaker]))
            for turn in read_transcript(folder / data["transcript"]).turns
            if turn.speaker in data["speakers"]
        ]
        interviews.append(load_gold(path, turns))
    return interviews


def rows_of(interviews: Sequence[AnnotatedInterview], encoder: Encoder) -> Data:
    """Line up features and marks of every employer unit."""
    exchanges = [e for interview in interviews for e in pair_exchanges(interview.turns)]
    settings, targets, groups = training_rows(interviews, exchanges)
    features = feature_matrix(settings, encoder)
    return Data(features, settings, targets, groups, [interviews[g].source[0] for g in groups])


def linear(kind: str, strength: float) -> Learner:
    """Three separate linear heads: logistic regression, or a support vector machine."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    def learn(features: Floats, targets: Targets, unseen: Floats) -> Scores:
        marked = np.flatnonzero(targets.claimed)
        margins = []
        for rows, labels in (
            (np.arange(features.shape[0]), targets.claimed),
            (marked, targets.stance),
            (marked, targets.facet),
        ):
            head = LinearSVC(C=strength) if kind == "svm" else LogisticRegression(C=strength, max_iter=400)
            margins.append(head.fit(features[rows], labels[rows]).decision_function(unseen))
        return Scores(*margins)

    return learn


def joint(strength: float) -> Learner:
    """One logistic regression over every pair of stance and facet, and none."""
    from sklearn.linear_model import LogisticRegression

    def learn(features: Floats, targets: Targets, unseen: Floats) -> Scores:
        pairs = np.where(targets.claimed == 1, targets.stance * len(FACETS) + targets.facet, -1)
        head = LogisticRegression(C=strength, max_iter=150).fit(features, pairs)
        chance = head.predict_proba(unseen)
        table = np.zeros((len(unseen), len(STANCES), len(FACETS)))
        for column, pair in enumerate(head.classes_):
            if pair >= 0:
                table[:, pair // len(FACETS), pair % len(FACETS)] = chance[:, column]
        claimed = np.clip(table.sum(axis=(1, 2)), 1e-6, 1 - 1e-6)
        return Scores(np.log(claimed / (1 - claimed)), table.sum(axis=2), table.sum(axis=1))

    return learn


def network(members: int) -> Learner:
    """The product's own heads, one or several averaged."""

    def learn(features: Floats, targets: Targets, unseen: Floats) -> Scores:
        return score([fit_network(features, targets, seed) for seed in range(members)], unseen)

    return learn


def attempts(data: Data, gold: Data) -> dict[str, tuple[Floats, Floats, Learner]]:
    """Name every attempt with its features for both sides and its learner."""

    def columns(*blocks: int) -> list[NDArray[np.int64]]:
        """0 unit, 1 question, 2 before, 3 before that, 4 after, 5 cues."""
        wide = np.arange(data.features.shape[1])
        parts = [wide[b * MINILM : (b + 1) * MINILM] if b < 5 else wide[5 * MINILM :] for b in blocks]
        return [np.concatenate(parts)]

    def of(blocks: Sequence[int], learner: Learner) -> tuple[Floats, Floats, Learner]:
        chosen = columns(*blocks)[0]
        return data.features[:, chosen], gold.features[:, chosen], learner

    def together(features: Floats, targets: Targets, unseen: Floats) -> Scores:
        """Features carry the row number in their last column, by which the words are found."""
        seen_words = [texts[int(row)] for row in features[:, -1]]
        unseen_words = [texts[int(row)] for row in unseen[:, -1]]
        networks = [fit_network(features[:, :-1], targets, seed) for seed in range(2)]
        return blend(score(networks, unseen[:, :-1]), fit_word_head(seen_words, targets).score(unseen_words))

    texts = [*documents_of(data.settings), *documents_of(gold.settings)]
    numbers = np.arange(len(texts), dtype=np.float32)[:, None]
    cut = len(data.settings)
    everything = range(6)
    return {
        "logistic regression, unit vector (the baseline)": of([0], linear("logistic", 0.01)),
        "+ question": of([0, 1], linear("logistic", 0.01)),
        "+ neighbours": of([0, 1, 2, 3, 4], linear("logistic", 0.01)),
        "+ cues": of(everything, linear("logistic", 0.01)),
        "words and word pairs (TF-IDF), logistic regression": (*words(data, gold), linear("logistic", 3.0)),
        "support vector machine, all features": of(everything, linear("svm", 0.0003)),
        "one logistic regression over stance x facet, all features": of(everything, joint(0.01)),
        "network with shared hidden layer, unit vector": of([0], network(1)),
        "the same, unit and question": of([0, 1], network(1)),
        "the same, all vectors": of(range(5), network(1)),
        "the same, all features": of(everything, network(1)),
        "networks and a linear head over words": (
            np.hstack([data.features, numbers[:cut]]),
            np.hstack([gold.features, numbers[cut:]]),
            together,
        ),
    }


def words(data: Data, gold: Data) -> tuple[Floats, Floats]:
    """Count words and word pairs, weighted by how telling they are."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [[s.unit.span.quote.lower() for s in d.settings] for d in (data, gold)]
    counter = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True, token_pattern=r"[a-z']+|\d")
    return counter.fit_transform(texts[0]).tocsr(), counter.transform(texts[1]).tocsr()


def figures(scores: Scores, chance: NDArray[np.floating], threshold: float, targets: Targets) -> list[float]:
    """F1 of detection, stance and facet by unit."""
    found, claimed = chance >= threshold, targets.claimed == 1
    every = max(1, int(found.sum() + claimed.sum()))
    both = found & claimed
    stance = both & (scores.stance.argmax(axis=1) == targets.stance)
    facet = both & (scores.facet.argmax(axis=1) == targets.facet)
    return [2 * int(hits.sum()) / every for hits in (both, stance, facet)]


Held = tuple[Scores, Scores]
"""What an attempt says of the training interviews it has not seen, and of the gold interviews."""


def frozen(data: Data, gold: Data) -> Iterator[tuple[str, Held]]:
    """Run every attempt over frozen vectors, in five folds."""
    order = np.random.default_rng(0).permutation(int(data.groups.max()) + 1)
    folds = order[data.groups] % 5
    for name, (features, unseen, fit) in attempts(data, gold).items():
        margin = np.zeros(len(data.groups))
        stance, facet = np.zeros((len(margin), len(STANCES))), np.zeros((len(margin), len(FACETS)))
        for fold in range(5):
            seen, held = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
            part = fit(features[seen], data.targets.at(seen), features[held])
            margin[held], stance[held], facet[held] = part.margin, part.stance, part.facet
        yield name, (Scores(margin, stance, facet), fit(features, data.targets, unseen))


def adapted(data: Data, gold: Data, encoder: AnswerEncoder) -> Iterator[tuple[str, Held]]:
    """Let the encoder learn: its heads alone, and with the words beside them."""
    learnt = learn(data.settings, data.targets, data.groups, encoder, 0)
    vectors = read_settings(gold.settings, learnt.adaptation.delta, encoder)
    unseen, _ = scores_of(head_outputs(vectors, learnt.adaptation))
    yield "encoder that has learnt, its own heads", (learnt.reads, unseen)
    head = fit_word_head(documents_of(data.settings), data.targets)
    unseen_words = head.score(documents_of(gold.settings))
    for share in (0.2, 0.4, 0.6):
        yield (
            f"the same and words, share {share}",
            (
                blend(learnt.reads, learnt.words, share),
                blend(unseen, unseen_words, share),
            ),
        )


def report(data: Data, gold: Data, held: Iterable[tuple[str, Held]]) -> None:
    """Print the table of attempts."""
    letters = sorted(set(gold.sets))
    heads = ["cross-validation", *(f"`{letter}`" for letter in letters), "all gold"]
    print("| attempt | " + " | ".join(heads) + " | ECE on gold |")
    print("| --- |" + " --- |" * (len(heads) + 1))
    for name, (own, unseen) in held:
        platt = fit_platt(own.margin, data.targets.claimed)
        chance, found = platt.probability(own.margin), platt.probability(unseen.margin)
        threshold = best_threshold(chance, data.targets.claimed)
        cells = [figures(own, chance, threshold, data.targets)]
        for letter in (*letters, "".join(letters)):
            rows = np.flatnonzero(np.isin(gold.sets, list(letter)))
            part = Scores(unseen.margin[rows], unseen.stance[rows], unseen.facet[rows])
            cells.append(figures(part, found[rows], threshold, gold.targets.at(rows)))
        shown = " | ".join(" / ".join(f"{value:.2f}" for value in cell) for cell in cells)
        print(f"| {name} | {shown} | {calibration_error(found, gold.targets.claimed):.3f} |", flush=True)


def curve(data: Data, gold: Data) -> None:
    """Print how heads over frozen vectors and words do on gold when they learn from fewer interviews."""
    print("| interviews learnt from | detection | stance | facet |")
    print("| --- | --- | --- | --- |")
    order = np.random.default_rng(0).permutation(int(data.groups.max()) + 1)
    documents, unseen_documents = documents_of(data.settings), documents_of(gold.settings)
    for size in sorted({size for size in (10, 20, 40, 80, 160) if size < len(order)} | {len(order)}):
        rows = np.flatnonzero(np.isin(data.groups, order[:size]))
        halves = (order[data.groups[rows]] % 2).astype(bool)
        fitted = [_both(data, documents, part) for part in (rows[~halves], rows[halves], rows)]
        unseen = [fitted[0](data.features[rows[halves]], [documents[r] for r in rows[halves]])]
        unseen.append(fitted[1](data.features[rows[~halves]], [documents[r] for r in rows[~halves]]))
        margin = np.concatenate([part.margin for part in unseen])
        claimed = np.concatenate([data.targets.claimed[rows[halves]], data.targets.claimed[rows[~halves]]])
        platt = fit_platt(margin, claimed)
        threshold = best_threshold(platt.probability(margin), claimed)
        scores = fitted[2](gold.features, unseen_documents)
        cells = figures(scores, platt.probability(scores.margin), threshold, gold.targets)
        print(f"| {size} | " + " | ".join(f"{value:.2f}" for value in cells) + " |", flush=True)


def _both(
    data: Data, documents: Sequence[Document], rows: NDArray[np.int64]
) -> Callable[[Floats, Sequence[Document]], Scores]:
    """Two networks over frozen vectors and a head over words, fitted to some rows."""
    targets = data.targets.at(rows)
    networks = [fit_network(data.features[rows], targets, seed) for seed in range(2)]
    head = fit_word_head([documents[row] for row in rows], targets)
    return lambda features, words: blend(score(networks, features), head.score(words))


def main() -> None:
    """Read the command line and print the table, or the learning curve with ``--curve``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("training", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--vectors", type=Path, default=Path("vectors.npz"))
    parser.add_argument("--curve", action="store_true", help="print the learning curve instead")
    parser.add_argument("--adapted", action="store_true", help="let the encoder learn too")
    given = parser.parse_args()
    encoder = cached(MiniLM(), FileCache(given.vectors))
    data = rows_of(load_folder(given.training), encoder)
    gold = rows_of(load_gold_folder(given.gold), encoder)
    if given.curve:
        curve(data, gold)
    else:
        report(data, gold, adapted(data, gold, MiniLM()) if given.adapted else frozen(data, gold))


if __name__ == "__main__":
    main()
