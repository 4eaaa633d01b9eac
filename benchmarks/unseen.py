"""How the shipped models do on annotated interviews in source form: ``python -m benchmarks.unseen [FOLDER]``.

``training/unseen`` holds interviews that nothing has learnt from, of the same making as those that were
learnt from; ``tests/gold`` (``discovery evaluate``) is by other authors and the harder measure. Prints
for each series, and in all, F1 of claims by unit and of mismatches, with recall among ten candidates.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from discovery.annotated import load_folder
from discovery.claims import extract_claims
from discovery.evaluation.claims import score_claims
from discovery.evaluation.mismatches import score_mismatches
from discovery.exchanges import pair_exchanges
from discovery.language import AnswerEncoder, MiniLM
from discovery.mismatches import detect_mismatches
from discovery.records import AnnotatedInterview, Claim, Mismatch

Found = tuple[tuple[Claim, ...], tuple[Mismatch, ...], tuple[Mismatch, ...]]
"""Claims, mismatches and candidates of one interview."""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("training/unseen"))
    parser.add_argument("--every", type=int, default=1, help="measure every so many-th interview only")
    options = parser.parse_args()
    interviews = load_folder(options.folder)[:: options.every]
    encoder = MiniLM()
    found = {interview.source: read(interview, encoder) for interview in interviews}
    series: dict[str, list[AnnotatedInterview]] = defaultdict(list)
    for interview in interviews:
        series[interview.source[:2]].append(interview)
    print("| series | interviews | detection | stance | facet | mismatches F1 | recall at 10 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, own in {**series, "all": interviews}.items():
        print(f"| {name} | {len(own)} | " + " | ".join(figures(own, found)) + " |", flush=True)


def read(interview: AnnotatedInterview, encoder: AnswerEncoder) -> Found:
    """Find claims and mismatches of one interview as a run does."""
    exchanges = pair_exchanges(interview.turns, encoder=encoder)
    extracted = extract_claims(interview.turns, exchanges, employer=interview.employer, encoder=encoder)
    detected = detect_mismatches(
        interview.turns,
        extracted.claims,
        employer=interview.employer,
        outside=extracted.outside,
        encoder=encoder,
    )
    return extracted.claims, detected.mismatches, detected.candidates


def figures(interviews: Sequence[AnnotatedInterview], found: dict[str, Found]) -> list[str]:
    """The figures of one row."""
    claims, mismatches, candidates = (
        {one.source: found[one.source][part] for one in interviews} for part in range(3)
    )
    by_unit = score_claims(claims, interviews)["all"]
    pairs = score_mismatches(mismatches, interviews, candidates=candidates)["all"]
    values = (
        by_unit["detection"]["f1"],
        by_unit["stance"]["micro_f1"],
        by_unit["facet"]["micro_f1"],
        pairs["f1"],
        pairs["recall_at_10"],
    )
    return ["–" if value is None else f"{value:.2f}" for value in values]


if __name__ == "__main__":
    main()
