from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from discovery.annotated import load_gold
from discovery.errors import StudyError
from discovery.records import Turn
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


def test_a_new_study_has_the_notebooks(tmp_path, root):
    made = make_study(tmp_path / "new")
    names = sorted(path.name for path in (root / "notebooks").glob("*.ipynb"))
    assert len(names) == 7
    assert sorted(path.name for path in made if path.suffix == ".ipynb") == names
    for name in names:
        assert (tmp_path / "new/notebooks" / name).read_bytes() == (root / "notebooks" / name).read_bytes()


def test_the_example_of_an_annotation_can_be_read(tmp_path):
    make_study(tmp_path)
    text = (tmp_path / "annotations" / "README.md").read_text(encoding="utf-8")
    example = json.loads(re.search(r"```json\n(.*?)```", text, re.S)[1])
    path = tmp_path / "annotations" / "harbour.gold.json"
    path.write_text(json.dumps(example), encoding="utf-8")
    words = f"{example['claims'][0]['quote']} …"
    turns = [Turn("harbour.vtt", number, "Ann Osei", words) for number in range(example["turns"])]
    read = load_gold(path, turns)
    assert (len(read.claims), len(read.mismatches), len(read.decoys)) == (1, 1, 1)


@pytest.mark.slow
def test_an_installed_wheel_carries_all_that_a_new_study_needs(tmp_path, root):
    source = tmp_path / "source"
    shutil.copytree(root / "discovery", source / "discovery", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, source)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*command, "--wheel-dir", str(tmp_path), str(source)], capture_output=True, text=True
    )
    if "No module named 'setuptools" in done.stderr or "BackendUnavailable" in done.stderr:
        pytest.skip("setuptools is not installed here")
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    kept = [path for path in (root / "discovery").rglob("*") if path.is_file()]
    needed = {path.relative_to(root).as_posix() for path in kept if not {"__pycache__"} & set(path.parts)}
    assert {Path(name).name for name in needed} >= {"07_evaluating.ipynb", "annotations.md", "gitignore"}
    assert needed - packed == set()
