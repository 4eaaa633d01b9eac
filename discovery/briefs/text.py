"""Small helpers that all writers share: safe writing of files, and references as words."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from discovery.briefs.model import Brief, Inline, Reference
from discovery.errors import BriefError


def write_aside(path: Path, content: bytes) -> None:
    """Write a whole file beside its place and then move it there, so that no half file is ever seen.

    Args:
        path: Where the file should be; missing folders are made.
        content: All of its bytes.

    Raises:
        BriefError: The file cannot be written, for instance because it is open elsewhere (``brief.write``).
    """
    aside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(aside, 0o666 & ~_umask())  # noqa: PTH101
        os.replace(aside, path)  # noqa: PTH105
    except OSError as problem:
        if aside:
            with contextlib.suppress(OSError):
                os.unlink(aside)  # noqa: PTH108
        reason = problem.strerror or type(problem).__name__
        raise BriefError("brief.write", file=path.name, reason=reason) from problem


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def words(runs: Iterable[Inline], labels: dict[str, str]) -> str:
    """Read a line as plain words, references by their label."""
    return "".join(named(run, labels) if isinstance(run, Reference) else run.text for run in runs)


def named(reference: Reference, labels: dict[str, str]) -> str:
    """Say what a reference points at, or its other words where that is not in the brief."""
    return labels.get(reference.target) or reference.otherwise or "the full brief"


def headings(brief: Brief) -> list[tuple[str, str]]:
    """Numbered titles of the sections with their keys, in reading order."""
    rows = []
    for number, section in brief.numbered():
        lead = f"Appendix {number}" if section.appendix else number
        rows.append((f"{lead}  {section.title}", section.key))
    return rows
