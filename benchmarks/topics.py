"""Measure topics against bare BERTopic: same texts, same vectors, one run.

    python benchmarks/topics.py training            40 of the training interviews
    python benchmarks/topics.py training --draw 3   another 40 of them
    python benchmarks/topics.py study               the sample study, as its readers read it
    python benchmarks/topics.py docstrings          2,000 short texts of another kind
    python benchmarks/topics.py FOLDER              a folder of .txt files, or a file with a text a line

Prints a Markdown table; ``--json FILE`` keeps the figures.
"""

from __future__ import annotations

import importlib
import inspect
import json
import platform
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTED = (
    "numpy",
    "scipy",
    "pandas",
    "matplotlib",
    "sklearn",
    "sqlalchemy",
    "docx",
    "lxml",
    "rich",
    "spacy",
)

Labels = NDArray[np.int64]
Fit = Callable[[Sequence[str], NDArray[np.float32], int], tuple[Labels, list[list[str]]]]


def main(
    corpus: Annotated[
        str, typer.Argument(help="training, study, docstrings, a folder or a file")
    ] = "training",
    draw: Annotated[int, typer.Option(help="which 40 training interviews; 0 takes the first 40")] = 0,
    refits: Annotated[int, typer.Option(help="bootstrap samples")] = 10,
    limit: Annotated[int, typer.Option(help="most texts")] = 2000,
    json_file: Annotated[Path | None, typer.Option("--json", help="keep the figures here")] = None,
) -> None:
    """Print one table: our topics, our topics without anchors, and bare BERTopic."""
    texts, others = read_texts(corpus, draw, limit)
    typer.echo(
        f"{corpus}: {len(texts)} texts, median {int(np.median([len(t.split()) for t in texts]))} words"
    )
    from discovery.language import MiniLM

    vectors = MiniLM().encode(texts)
    systems: dict[str, Fit] = {
        "discovery": _ours(None),
        "discovery, no anchors": _ours(()),
        "bare BERTopic": _bare,
    }
    rows = {name: measure(fit, texts, others, vectors, refits) for name, fit in systems.items()}
    typer.echo(as_table(rows))
    if json_file:
        made = {"corpus": corpus, "draw": draw, "texts": len(texts), "refits": refits, "rows": rows}
        made["machine"] = f"{platform.machine()}, Python {platform.python_version()}"
        json_file.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


def read_texts(corpus: str, draw: int, limit: int) -> tuple[list[str], list[str]]:
    """Return the texts to draw topics from, and other texts of the same kind to look words up in."""
    if corpus == "training":
        return _training(draw)
    if corpus == "study":
        return _study(), []
    if corpus == "docstrings":
        return _sampled(_docstrings(), limit), []
    path = Path(corpus)
    if path.is_dir():
        found = [file.read_text(encoding="utf-8", errors="replace") for file in sorted(path.rglob("*.txt"))]
    else:
        found = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return _sampled([text.strip() for text in found if text.strip()], limit), []


def measure(
    fit: Fit, texts: Sequence[str], others: Sequence[str], vectors: NDArray[np.float32], refits: int
) -> dict[str, Any]:
    """Fit once to warm up, once against the clock, then on bootstrap samples."""
    from sklearn.metrics import adjusted_rand_score

    from discovery.topics.coherence import diversity, npmi

    fit(texts, vectors, 0)
    started = time.perf_counter()
    labels, words = fit(texts, vectors, 0)
    seconds = time.perf_counter() - started
    agreements, sizes = [], []
    for number in range(refits):
        sample = np.sort(np.random.default_rng(1000 + number).integers(0, len(texts), len(texts)))
        again, _ = fit([texts[at] for at in sample], vectors[sample], number + 1)
        seen, first = np.unique(sample, return_index=True)
        agreements.append(float(adjusted_rand_score(labels[seen], again[first])))
        sizes.append(int(again.max()) + 1)
    return {
        "topics": int(labels.max()) + 1,
        "ARI": float(np.mean(agreements)) if agreements else None,
        "ARI low": min(agreements, default=None),
        "ARI high": max(agreements, default=None),
        "NPMI": npmi(words, texts),
        "NPMI, other interviews": npmi(words, others) if others else None,
        "diversity": diversity(words),
        "words a topic": float(np.mean([len(w) for w in words])) if words else 0.0,
        "outliers": float((labels < 0).mean()),
        "seconds": seconds,
        "topics in refits": f"{min(sizes, default=0)}-{max(sizes, default=0)}",
    }


def as_table(rows: dict[str, dict[str, Any]]) -> str:
    """Put the figures into a Markdown table, one row a system."""
    columns = list(next(iter(rows.values())))
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, row in rows.items():
        cells = [f"{v:.2f}" if isinstance(v, float) else "-" if v is None else str(v) for v in row.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _ours(seed_phrases: tuple[()] | None) -> Fit:
    from discovery.topics import fit_topics

    def fit(texts: Sequence[str], vectors: NDArray[np.float32], seed: int) -> tuple[Labels, list[list[str]]]:
        found = fit_topics(texts, vectors=vectors, seed_phrases=seed_phrases, seed=seed)
        return np.array(found.assignments), [list(words) for words in found.topics["words"]]

    return fit


def _bare(texts: Sequence[str], vectors: NDArray[np.float32], seed: int) -> tuple[Labels, list[list[str]]]:
    """Fit BERTopic with its defaults; it takes no seed by default, so every fit differs."""
    from discovery.topics.describing import import_bertopic

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = import_bertopic().BERTopic()
        labels, _ = model.fit_transform(list(texts), vectors)
    words = [[w for w, _ in model.get_topic(t)] for t in sorted(model.get_topics()) if t >= 0]
    return np.array(labels), words


def _training(draw: int) -> tuple[list[str], list[str]]:
    from discovery.annotated import load_folder
    from discovery.topics import choose_documents

    interviews = load_folder(ROOT / "training" / "interviews")
    order = np.random.default_rng(draw).permutation(len(interviews)) if draw else np.arange(len(interviews))
    chosen = set(order[:40].tolist())
    texts: tuple[list[str], list[str]] = ([], [])
    for at, interview in enumerate(interviews):
        spans = choose_documents(interview.turns, (), employer=interview.employer)
        texts[at not in chosen].extend(span.quote for span in spans)
    return texts


def _study() -> list[str]:
    from discovery.exchanges import pair_exchanges
    from discovery.topics import choose_documents
    from discovery.transcripts import assign_roles, read_transcript

    texts = []
    for path in sorted(
        path for path in (ROOT / "transcripts").iterdir() if path.suffix != ".md" or "README" not in path.name
    ):
        transcript = assign_roles(read_transcript(path))
        exchanges = pair_exchanges(transcript.turns)
        texts += [span.quote for span in choose_documents(transcript.turns, exchanges, employer=path.stem)]
    return texts


def _docstrings() -> list[str]:
    """Collect the first paragraphs of installed packages' documentation: short texts of another kind."""
    found: dict[str, None] = {}
    for name in DOCUMENTED:
        package = importlib.import_module(name)
        modules = [package, *(v for v in vars(package).values() if inspect.ismodule(v))]
        for module in modules:
            for _, thing in sorted(vars(module).items(), key=lambda item: item[0]):
                for member in [thing, *(vars(thing).values() if inspect.isclass(thing) else ())]:
                    text = (
                        inspect.getdoc(member)
                        if inspect.isroutine(member) or inspect.isclass(member)
                        else None
                    )
                    paragraph = " ".join(" ".join((text or "").split("\n\n")[:2]).split())
                    if 8 <= len(paragraph.split()) <= 90:
                        found[paragraph] = None
    return list(found)


def _sampled(texts: list[str], limit: int) -> list[str]:
    if len(texts) <= limit:
        return texts
    rows = np.sort(np.random.default_rng(0).choice(len(texts), limit, replace=False))
    return [texts[row] for row in rows]


if __name__ == "__main__":
    typer.run(main)
