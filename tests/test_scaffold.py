from __future__ import annotations

import pytest

from discovery.errors import StudyError
from discovery.scaffold import make_study
from discovery.settings import load_employers, load_settings


def test_a_new_study_has_settings_that_load(tmp_path):
    made = make_study(tmp_path / "new", 'The "North" study')
    assert {path.name for path in made} >= {"study.toml", "employers.csv", ".gitignore"}
    assert load_settings(tmp_path / "new").title == 'The "North" study'
    assert load_employers(tmp_path / "new") == []


def test_the_folder_name_is_the_title_where_none_is_given(tmp_path):
    make_study(tmp_path / "harbour")
    assert load_settings(tmp_path / "harbour").title == "harbour"


def test_an_existing_study_is_left_alone(tmp_path):
    make_study(tmp_path)
    before = (tmp_path / "study.toml").read_bytes()
    with pytest.raises(StudyError) as fault:
        make_study(tmp_path, "another")
    assert fault.value.code == "study.exists"
    assert (tmp_path / "study.toml").read_bytes() == before


def test_files_already_there_are_kept(tmp_path):
    (tmp_path / "employers.csv").write_text("id,name\nacme,Acme\n")
    make_study(tmp_path)
    assert [employer.name for employer in load_employers(tmp_path)] == ["Acme"]
