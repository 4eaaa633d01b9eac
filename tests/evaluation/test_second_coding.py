"""Interviews coded a second time: every quote is where its file says, and coders are compared by unit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.agreement import coded_twice, figures, first_codings
from discovery.errors import AnnotationError

ROOT = Path(__file__).parents[2]
FOLDERS = {
    ROOT / "training" / "second_coding": ROOT / "training" / "interviews",
    ROOT / "training" / "unseen" / "second_coding": ROOT / "training" / "unseen",
    ROOT / "tests" / "gold" / "second_coding": ROOT / "tests" / "gold",
}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_quote_is_in_its_turn(folder: Path) -> None:
    first = first_codings(FOLDERS[folder])
    paths = sorted(folder.glob("*.json"))
    assert paths
    for path in paths:
        codes = coded_twice(path, first)
        assert codes.claimed.sum(axis=1).min() > 0


def test_a_quote_in_another_turn_is_a_fault_and_the_first_coding_agrees_with_itself(tmp_path: Path) -> None:
    first = first_codings(FOLDERS[ROOT / "training" / "second_coding"])
    name = "v326_brewery_engineer.json"
    own = first(name).claims
    marks = [{"turn": c.span.turn, "quote": c.span.quote, "stance": c.stance, "facet": c.facet} for c in own]
    path = tmp_path / name
    path.write_text(json.dumps({"transcript": name, "claims": marks}), encoding="utf-8")
    found = figures(coded_twice(path, first))
    assert (found["detection"], found["stance"], found["facet"]) == (1, 1, 1)
    marks[0]["turn"] += 2
    path.write_text(json.dumps({"transcript": name, "claims": marks}), encoding="utf-8")
    with pytest.raises(AnnotationError, match="claim 0"):
        coded_twice(path, first)
