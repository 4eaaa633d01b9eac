"""How well what was asked is matched to the question bank: `python -m benchmarks.matching`.

`matching.jsonl` names 170 interviewer questions of the sample study and of `tests/gold` by transcript and
turn, each with the bank questions that a person would accept for it; none where it is off guide.
"""

from __future__ import annotations

import json
from pathlib import Path

from discovery.exchanges import pair_exchanges
from discovery.guides import load_banks
from discovery.language import MiniLM
from discovery.transcripts import assign_roles, read_transcript

ROOT = Path(__file__).resolve().parents[1]
LABELS = Path(__file__).with_name("matching.jsonl")


def load() -> dict[tuple[str, int], frozenset[str]]:
    """Read the labels: accepted bank questions by transcript and turn."""
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    return {(row["transcript"], row["turn"]): frozenset(row["questions"]) for row in rows}


def matched(transcripts: set[str]) -> dict[tuple[str, int], str | None]:
    """Match the questions of some transcripts, by transcript and the turn that asks."""
    by_file = {Path(name).name: name for name in transcripts}
    turns = [
        turn for name in sorted(transcripts) for turn in assign_roles(read_transcript(ROOT / name)).turns
    ]
    found = {}
    for exchange in pair_exchanges(turns, questions=load_banks(), encoder=MiniLM()):
        if exchange.question is not None:
            found[by_file[exchange.source], exchange.question.turn] = exchange.bank_question
    return found


def main() -> None:
    """Print precision, recall and F1, for all and for each of the two sources."""
    labels = load()
    found = matched({name for name, _ in labels})
    for folder in ("", "transcripts/", "tests/gold/"):
        own = {key: wanted for key, wanted in labels.items() if key[0].startswith(folder)}
        given = {key: found.get(key) for key in own}
        right = sum(given[key] in wanted for key, wanted in own.items())
        made = sum(match is not None for match in given.values())
        there = sum(bool(wanted) for wanted in own.values())
        precision = right / made if made else float("nan")
        f1 = 2 * right / (made + there) if made + there else float("nan")
        print(
            f"{folder or 'all':<14}{len(own):>4} questions, {there:>3} on guide, {made:>3} matched: "
            f"precision {precision:.2f}, recall {right / there:.2f}, F1 {f1:.2f}"
        )


if __name__ == "__main__":
    main()
