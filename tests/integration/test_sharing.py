"""What leaves a study holds no name, no file name, and no words that consent keeps back."""

from __future__ import annotations

import csv
import json

import pytest

from discovery import Study
from tests.integration.conftest import discovery

pytestmark = [pytest.mark.model, pytest.mark.slow]


def test_a_shared_export_keeps_to_consent_and_names_nobody(sample_run):
    study = Study(sample_run.folder)
    done = discovery("export", "claims", sample_run.folder, "--share")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    with (sample_run.folder / "employers.csv").open(encoding="utf-8") as lines:
        employers = list(csv.DictReader(lines))
    pseudonyms = {one["pseudonym"]: one["consent"] for one in employers}
    assert {row["employer"] for row in rows} == {
        name for name, consent in pseudonyms.items() if consent != "none"
    }
    for row in rows:
        assert bool(row["quote"]) == (pseudonyms[row["employer"]] == "quote")
        assert row["transcript"].startswith("interview ")
    speakers = [
        name for names in study.interviews["respondents"] for name in names if not name.startswith("SPEAKER")
    ]
    for name in [*speakers, *(one["name"] for one in employers), "Morag"]:
        assert name not in done.stdout
    assert "agreed to nothing" in done.stderr


def test_a_pseudonym_stays_the_same_from_run_to_run(sample_run):
    study = Study(sample_run.folder)
    assert study.names().changed == study.names().changed
    assert {"Ruth", "Callum"} <= {one.name for one in study.names().changed}
