"""How well `discovery lint` judges questions: `python -m benchmarks.lint`.

`training/questions.jsonl` holds questions with the rules they break. `develop` and `held-out` were written
for this purpose; `spoken-develop` and `spoken-held-out` are interviewer turns drawn at random from the
training interviews, labelled afterwards. The rules were written while looking at the two `develop` parts.
The two others were measured on; a few faults of a general kind that they showed were mended after that
(at first sight: F1 0.99 on `held-out`, 0.81 on `spoken-held-out`). A question that is leading, hypothetical
or pitching is not labelled closed as well, since the rewrite for the graver flaw opens it up.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from discovery.guides import lint_questions
from discovery.guides.rules import RULES

QUESTIONS = Path(__file__).resolve().parents[1] / "training" / "questions.jsonl"
PARTS = ("develop", "held-out", "spoken-develop", "spoken-held-out")


def load(part: str) -> list[tuple[str, frozenset[str]]]:
    """Read the labelled questions of one part, each with the rules it breaks."""
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    return [(row["question"], frozenset(row["rules"])) for row in rows if row["part"] == part]


def measure(labelled: Sequence[tuple[str, frozenset[str]]]) -> dict[str, tuple[int, int, int]]:
    """Count true positives, false positives and misses for each rule, and for all together."""
    counts = {rule.name: [0, 0, 0] for rule in RULES}
    for (_, wanted), linted in zip(labelled, lint_questions(q for q, _ in labelled), strict=True):
        found = {finding.rule for finding in linted.findings}
        for name in counts:
            hit = (name in found and name in wanted, name in found - wanted, name in wanted - found)
            counts[name] = [old + new for old, new in zip(counts[name], hit, strict=True)]
    totals = tuple(sum(column) for column in zip(*counts.values(), strict=True))
    return {**{name: tuple(row) for name, row in counts.items()}, "all": totals}  # type: ignore[dict-item]


def figures(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    """Return precision, recall and F1; nan where nothing was found or nothing was there."""
    precision = right / (right + wrong) if right + wrong else float("nan")
    recall = right / (right + missed) if right + missed else float("nan")
    return (
        precision,
        recall,
        2 * right / (2 * right + wrong + missed) if right + wrong + missed else float("nan"),
    )


def report(part: str, *, errors: bool) -> None:
    """Print one part: a row a rule, and the share of good questions that were left alone."""
    labelled = load(part)
    good = [question for question, rules in labelled if not rules]
    quiet = sum(not linted.findings for linted in lint_questions(good))
    print(f"\n{part}: {len(labelled)} questions, {len(good)} of them good; {quiet} good ones left alone")
    print(f"{'rule':<14}{'n':>4}{'precision':>11}{'recall':>8}{'F1':>7}")
    for name, counts in measure(labelled).items():
        precision, recall, f1 = figures(*counts)
        print(f"{name:<14}{counts[0] + counts[2]:>4}{precision:>11.3f}{recall:>8.3f}{f1:>7.3f}")
    for question, rules in labelled if errors else ():
        found = {finding.rule for finding in lint_questions([question])[0].findings}
        if found != rules:
            print(f"  wanted {sorted(rules)}, found {sorted(found)}: {question}")


def main() -> None:
    """Measure both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, help="only this part")
    parser.add_argument("--errors", action="store_true", help="list the questions that were misjudged")
    given = parser.parse_args()
    for part in [given.part] if given.part else PARTS:
        report(part, errors=given.errors)


if __name__ == "__main__":
    main()
