from __future__ import annotations

import pytest

from discovery.errors import StudyError
from discovery.records import Employer
from discovery.settings import StudySettings, load_employers, load_settings


def settings_of(folder, text):
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return load_settings(folder)


def test_an_empty_file_means_defaults(tmp_path):
    assert settings_of(tmp_path, "") == StudySettings()


def test_every_key_arrives(tmp_path):
    settings = settings_of(
        tmp_path,
        """
[study]
title = "North"
date = "May 2026"
seed = 7
banks = ["b.toml"]
[programme]
name = "Bridge"
roles = ["cloud support"]
region = "Coast"
aims = ["placement"]
[roles]
interviewers = ["Dana"]
by_file = {"a.json" = ["SPEAKER_00"]}
[interviews]
"a.json" = "acme"
[privacy]
pseudonyms = false
people = ["Morag"]
[thresholds]
claims = 0.4
mismatches = 1
[mismatches]
silenced = ["level-vs-offer"]
catalogue = "types.toml"
[topics]
seed_phrases = ["on call"]
[brief]
page = "Letter"
audience = "public"
template = "brand.docx"
""",
    )
    assert (settings.title, settings.date) == ("North", "May 2026")
    assert settings.programme.roles == ("cloud support",)
    assert settings.interviewers_by_file == {"a.json": ("SPEAKER_00",)}
    assert settings.employer_of == {"a.json": "acme"}
    assert settings.pseudonyms is False
    assert settings.people == ("Morag",)
    assert (settings.claim_threshold, settings.mismatch_threshold) == (0.4, 1)
    assert (settings.page, settings.audience, settings.template) == ("Letter", "public", "brand.docx")


def test_all_faults_are_named_at_once_with_their_lines(tmp_path):
    with pytest.raises(StudyError) as fault:
        settings_of(
            tmp_path,
            '[study]\ntitle = 3\nsed = 1\n[brief]\npage = "A5"\n[thresholds]\nclaims = 2\n[colour]\n',
        )
    words = str(fault.value)
    assert fault.value.code == "study.settings"
    for part in (
        "line 2: title",
        "line 3: there is no key sed",
        "line 5: page",
        "line 7: claims",
        "line 8",
    ):
        assert part in words


def test_broken_toml_is_one_line(tmp_path):
    with pytest.raises(StudyError) as fault:
        settings_of(tmp_path, "[study\ntitle")
    assert fault.value.code == "study.settings"


def test_no_study_toml_is_no_study(tmp_path):
    with pytest.raises(StudyError) as fault:
        load_settings(tmp_path)
    assert fault.value.code == "study.missing"


def test_employers_fill_in_blanks(tmp_path):
    (tmp_path / "employers.csv").write_text(
        "\ufeffid,name,consent\nacme,,\n\nbolt,Bolt Ltd,none\n", encoding="utf-8"
    )
    assert load_employers(tmp_path) == [
        Employer("acme", "acme"),
        Employer("bolt", "Bolt Ltd", consent="none"),
    ]


def test_no_employers_file_means_none(tmp_path):
    assert load_employers(tmp_path) == []


def test_employer_faults_are_named_with_their_lines(tmp_path):
    (tmp_path / "employers.csv").write_text("id,consent\nacme,maybe\nacme,quote\nacme,quote\n,quote\n")
    with pytest.raises(StudyError) as fault:
        load_employers(tmp_path)
    for part in ("line 2: consent", "line 4: the id acme", "line 5: the id is missing"):
        assert part in str(fault.value)


def test_a_strange_column_is_named(tmp_path):
    (tmp_path / "employers.csv").write_text("name,colour\nAcme,red\n")
    with pytest.raises(StudyError) as fault:
        load_employers(tmp_path)
    assert "colour" in str(fault.value)
    assert "column id" in str(fault.value)
