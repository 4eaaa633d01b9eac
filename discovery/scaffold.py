"""A new study folder: settings with remarks, an empty employers list, places for everything."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from discovery.errors import StudyError

_FILES = {
    "study.toml": "study.toml",
    "employers.csv": "employers.csv",
    "transcripts.md": "transcripts/README.md",
    "annotations.md": "annotations/README.md",
    "reports.md": "reports/README.md",
    "gitignore": ".gitignore",
}
"""Template to place in the study."""


def make_study(folder: Path, title: str = "") -> list[Path]:
    """Make a study folder; an existing study is left alone.

    Args:
        folder: Where; made when it does not exist.
        title: Title of the study, the folder's name where nothing is given.

    Returns:
        The files made, in order. Files that were already there are kept as they are.

    Raises:
        StudyError: There is already a study in the folder.
    """
    if (folder / "study.toml").exists():
        raise StudyError("study.exists", folder=str(folder))
    title = title or folder.resolve().name
    templates = files("discovery") / "templates"
    made = []
    for name in ("transcripts", "reports", "interview_guides", "annotations", "notebooks"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    notebooks = sorted(book.name for book in (templates / "notebooks").iterdir() if book.name[:1].isdigit())
    places = {**_FILES, **{f"notebooks/{name}": f"notebooks/{name}" for name in notebooks}}
    for template, place in places.items():
        path = folder / place
        if path.exists():
            continue
        text = (templates / template).read_text(encoding="utf-8")
        path.write_text(text.replace('"{title}"', json.dumps(title, ensure_ascii=False)), encoding="utf-8")
        made.append(path)
    return made
