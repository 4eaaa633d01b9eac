"""Which column of a table holds the speaker, which the words and which the times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

_HEADERS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(name.strip() for name in names.split("|"))
    for kind, names in (
        (
            "speaker",
            "speaker|speaker name|speaker label|speakers|name|participant|participant name|person|who|talker"
            "|voice|speaker id|role|participant role|from|user|author",
        ),
        (
            "text",
            "text|transcript|transcription|utterance|utterances|words|speech|content|sentence|sentences|dialogue"
            "|dialog|message|caption|what was said|said|statement|talk|spoken text|transcript text|line|body",
        ),
        (
            "start",
            "start|start time|starttime|begin|begin time|time|timestamp|time stamp|timecode|time code|in"
            "|from time|begin offset|offset|start timestamp|t",
        ),
        ("end", "end|end time|endtime|stop|stop time|finish|out|to time|end offset|end timestamp"),
    )
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = re.compile(r"[\W_]+")
_MILLISECONDS = re.compile(r"\b(?:ms|millis|milliseconds)\b")


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the columns that matter, from 0; None where a table has none.

    ``texts`` lists all columns whose name would do for the words spoken, the most telling first.
    """

    text: int
    speaker: int | None = None
    start: int | None = None
    end: int | None = None
    per_second: float = 1.0
    texts: tuple[int, ...] = ()


def plain_header(name: str) -> str:
    """Bring a column name or key to lower-case words.

    >>> plain_header("startTime (ms)"), plain_header("Speaker_Name")
    ('start time ms', 'speaker name')
    """
    return _SEPARATORS.sub(" ", _CAMEL.sub(" ", name.strip())).strip().lower()


def find_columns(header: Sequence[str]) -> Columns | None:
    """Find the columns of a table by the names in its header.

    Args:
        header: Cells of the header row, or keys of an object.

    Returns:
        The columns, or None where none is named as the words spoken.

    >>> find_columns(["Start (ms)", "Who", "Text"])
    Columns(text=2, speaker=1, start=0, end=None, per_second=1000.0, texts=(2,))
    """
    plain = [plain_header(name) if len(name) <= 60 else "" for name in header]
    found = {kind: _best(plain, names) for kind, names in _HEADERS.items()}
    if not found["text"]:
        return None
    times = " ".join(plain[places[0]] for kind in ("start", "end") if (places := found[kind]))
    first = {kind: places[0] if places else None for kind, places in found.items()}
    return Columns(
        found["text"][0],
        first["speaker"],
        first["start"],
        first["end"],
        1000.0 if _MILLISECONDS.search(times) else 1.0,
        tuple(found["text"]),
    )


def settle_text(columns: Columns, rows: Iterable[Sequence[object]]) -> Columns:
    """Choose the text column with most words where several are named like one.

    Args:
        columns: Columns found by their names.
        rows: A sample of rows.

    Returns:
        The columns, text settled.

    >>> settle_text(find_columns(["transcript", "sentence"]), [["a.vtt", "We hire."]]).text
    1
    """
    if len(columns.texts) < 2:
        return columns
    words = dict.fromkeys(columns.texts, 0)
    for row in rows:
        for place in columns.texts:
            cell = row[place] if place < len(row) else None
            words[place] += len(cell.split()) if isinstance(cell, str) else 0
    return replace(columns, text=max(columns.texts, key=lambda place: words[place]))


def _best(plain: list[str], names: tuple[str, ...]) -> list[int]:
    """List the positions whose name fits, the most telling name first."""
    places = [
        (names.index(_unit_less(name, names)), at) for at, name in enumerate(plain) if _unit_less(name, names)
    ]
    return [at for _, at in sorted(places)]


def _unit_less(name: str, names: tuple[str, ...]) -> str:
    """Return the known name that a header stands for, its unit left out; empty where there is none."""
    short = re.sub(r" (?:s|sec|secs|seconds|ms|millis|milliseconds|hh mm ss|h mm ss|mm ss)$", "", name)
    return name if name in names else short if short in names else ""
