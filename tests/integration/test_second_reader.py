"""A second reader on the sample study: packets out, answers written by hand in, everything joined."""

from __future__ import annotations

import json
import shutil

import pytest

from discovery import Study
from tests.integration.conftest import discovery

pytestmark = [pytest.mark.model, pytest.mark.slow]

ALIASES = {"northquay-logistics": "employer-juniper", "pebblestack-saas": "employer-maple"}


@pytest.fixture(scope="module")
def joined(sample_run, tmp_path_factory, root):
    """The sample study after two interviews were answered by hand, imported and run again."""
    folder = tmp_path_factory.mktemp("joined") / "study"
    shutil.copytree(sample_run.folder, folder)
    discovery("reader", "export", folder, "-o", folder / "packets")
    (folder / "answers").mkdir()
    for stem, alias in ALIASES.items():
        (packet,) = (folder / "packets").glob(f"{alias}-*.md")
        data = json.loads((root / "tests/sample/answers" / f"{stem}.json").read_text(encoding="utf-8"))
        data["packet"] = packet.stem.rsplit("-", 1)[1]
        (folder / "answers" / f"{stem}.json").write_text(json.dumps(data), encoding="utf-8")
    imported = discovery("reader", "import", folder / "answers", folder, "--reader", "Maren")
    assert imported.returncode == 0, imported.stderr
    return folder, discovery("run", folder)


def test_a_run_joins_the_answers_without_making_the_models_findings_again(joined):
    folder, done = joined
    assert done.returncode == 0, done.stderr
    assert "found by several readers (Maren, built-in)" in done.stdout
    assert "3 stages made" in done.stdout
    agreement = Study(folder).agreement().iloc[0]
    assert (agreement["first"], agreement["second"], agreement["interviews"]) == ("built-in", "Maren", 2)
    assert agreement["second_mismatches"] == 7
    assert agreement["f1"] > 0.5


def test_every_finding_names_its_readers_and_quotes_the_transcript(joined):
    folder, _ = joined
    study = Study(folder)
    texts = {(turn.source, turn.number): turn.text for turn in study.records("turns")}
    seen = set()
    for table in ("claims", "mismatches", "candidates"):
        for row in study.rows(table):
            seen.add(tuple(row["readers"]))
            assert row["readers"]
            for place in [row[side] for side in ("stated", "actual")] if "stated" in row else [row]:
                source = place.get("transcript", row["transcript"])
                assert texts[source, place["turn"]][place["start"] : place["end"]] == place["quote"]
    assert seen == {("built-in",), ("Maren",), ("built-in", "Maren")}
    order = [(len(row["readers"]), row["employer"]) for row in study.rows("mismatches")]
    for employer in ("northquay", "pebblestack"):
        counts = [count for count, whose in order if whose == employer]
        assert counts == sorted(counts, reverse=True)


def test_the_brief_says_who_read_what(joined):
    folder, _ = joined
    path, _ = Study(folder).brief(folder / "reports" / "brief.md")
    text = path.read_text(encoding="utf-8")
    assert "Who read what" in text
    assert "person, reader/1-" in text
    assert "Found by:" in text
    public, _ = Study(folder).brief(folder / "reports" / "public.md", audience="public")
    assert "Maren" not in public.read_text(encoding="utf-8")


def test_a_second_run_with_nothing_new_makes_nothing(joined):
    folder, _ = joined
    assert "Nothing has changed" in discovery("run", folder).stdout
