"""Tables in documents: a row for each speech, the speaker in one column and the words in another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from discovery.records import NoticeKind
from discovery.transcripts.base import Draft
from discovery.transcripts.documents.blocks import Block, Document
from discovery.transcripts.names import Likeness, likeness
from discovery.transcripts.structured.columns import Columns, find_columns
from discovery.transcripts.structured.values import Collector, seconds

_BRACKETS = re.compile(r"^[\s(\[]+|[\s)\]]+$")
_MOST_SPEAKERS = 12


@dataclass(frozen=True, slots=True)
class Grid:
    """The tables of a document that hold speeches.

    Args:
        columns: Which column holds what.
        header: Number of the block that names the columns; 0 where content told them.
        rows: How many rows there are in such tables.
        tables: Numbers of these tables.
    """

    columns: Columns
    header: int
    rows: int
    tables: frozenset[int]


def find_grid(document: Document) -> Grid | None:
    """Find tables of speeches.

    Args:
        document: Its blocks.

    Returns:
        The tables, or None where most of the document's words stand elsewhere.
    """
    rows = [block for block in document.blocks if block.cells]
    if len(rows) < 2:
        return None
    columns, header = _by_header(rows)
    columns = columns or _by_content(rows)
    if columns is None or columns.speaker is None:
        return None
    tables = frozenset(row.table for row in rows if max(columns.text, columns.speaker) < len(row.cells))
    inside = [row for row in rows if row.table in tables]
    words = sum(len(row.text.split()) for row in inside)
    if words * 2 < sum(len(block.text.split()) for block in document.blocks):
        return None
    return Grid(columns, header, len(inside) - bool(header), tables)


def read_grid(document: Document, grid: Grid) -> Draft:
    """Turn the rows of tables of speeches into voices.

    Args:
        document: Its blocks.
        grid: What :func:`find_grid` found.

    Returns:
        One voice a row; paragraphs outside the tables are skipped.
    """
    draft = Draft()
    columns = grid.columns
    collect = Collector(draft, "row", per_second=columns.per_second)
    for block in document.blocks:
        if block.table not in grid.tables:
            draft.skip(block.number, "outside the table")
        elif block.number == grid.header or (grid.header and find_columns(block.cells) == columns):
            draft.skip(block.number, "the header of the table")
        else:
            speaker = (_cell(block, columns.speaker) or "").strip().rstrip(":").rstrip()
            times = (_plain_time(_cell(block, place)) for place in (columns.start, columns.end))
            collect.add(block.number, speaker, _cell(block, columns.text), *times)
    if not grid.header:
        what = "columns of the table told by what stands in them"
        draft.notice(NoticeKind.GUESSED, what, count=len(document.blocks[0].cells) or 1)
    return collect.finish()


def _cell(block: Block, place: int | None) -> str | None:
    return block.cells[place] if place is not None and place < len(block.cells) else None


def _plain_time(text: str | None) -> str | None:
    return _BRACKETS.sub("", text) if text else text


def _by_header(rows: Sequence[Block]) -> tuple[Columns | None, int]:
    for row in rows[:3]:
        columns = find_columns(row.cells)
        if columns and columns.speaker is not None and all(len(cell) < 40 for cell in row.cells):
            return columns, row.number
    return None, 0


def _by_content(rows: Sequence[Block]) -> Columns | None:
    """Tell the columns apart: few short names that come back, times, and the words."""
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    cells = [[row.cells[place].strip() for row in rows if len(row.cells) == width] for place in range(width)]
    filled = [[cell for cell in column if cell] for column in cells]
    start = next((place for place, column in enumerate(filled) if _share(column, _is_time) > 0.8), None)
    speaker = next((place for place, column in enumerate(filled) if place != start and _names(column)), None)
    others = [place for place in range(width) if place not in (start, speaker)]
    if speaker is None or not others:
        return None
    text = max(others, key=lambda place: sum(len(cell.split()) for cell in filled[place]))
    return Columns(text, speaker, start)


def _share(column: Sequence[str], test: object) -> float:
    return sum(map(test, column)) / len(column) if column and callable(test) else 0.0


def _is_time(cell: str) -> bool:
    return ":" in cell and seconds(_BRACKETS.sub("", cell)) is not None


def _names(column: Sequence[str]) -> bool:
    """Tell a column of names: they look like names, are few, and come back."""
    names = Counter(cell.rstrip(":").rstrip() for cell in column)
    shapes = [likeness(name) for name in names]
    few = len(names) <= _MOST_SPEAKERS and sum(names.values()) >= 2 * len(names)
    return bool(names) and few and all(shape >= Likeness.WEAK for shape in shapes)
