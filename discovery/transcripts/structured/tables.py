"""Tables of text, comma, semicolon or tab between the cells, quoted where need be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from discovery.errors import TranscriptError
from discovery.records import NoticeKind
from discovery.transcripts.base import NO, Draft, Evidence, RawFile
from discovery.transcripts.structured.columns import Columns, find_columns, settle_text
from discovery.transcripts.structured.values import Collector, looks_like_json

DELIMITERS = ("\t", ",", ";", "|")
_HEADER_ROWS = 8
_RULE = re.compile(r"[\s:]*-[\s:-]*")
_SEPARATOR_LINE = re.compile(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row and the line it begins on, from 1."""

    line: int
    cells: tuple[str, ...]


class UnclosedQuoteError(ValueError):
    """A quote is opened and never closed; ``args[0]`` is the line it is opened on."""


def split_rows(text: str, delimiter: str) -> Iterator[Row]:
    r"""Cut a table into rows, keeping line breaks inside quoted cells.

    A cell counts as quoted only when its closing quote stands right before a delimiter
    or a line end; else its quotes are speech.

    Args:
        text: The table, lines ended by LF.
        delimiter: The character between cells.

    Yields:
        Rows with at least one cell that is not empty.

    Raises:
        UnclosedQuoteError: A quoted cell runs to the end of the text.

    >>> [row.cells for row in split_rows('a,"b ""c""\nd"\n"e" f,g', ",")]
    [('a', 'b "c"\nd'), ('"e" f', 'g')]
    """
    stop = re.compile(f"[{re.escape(delimiter)}\n]")
    at, line, first = 0, 1, 1
    cells: list[str] = []
    while at <= len(text):
        cell, at, breaks = _cell(text, at, stop, line)
        cells.append(cell)
        line += breaks
        if text[at : at + 1] != delimiter:
            if any(value.strip() for value in cells):
                yield Row(first, tuple(cells))
            cells = []
            line, first = line + 1, line + 1
        at += 1


def _cell(text: str, at: int, stop: re.Pattern[str], line: int) -> tuple[str, int, int]:
    """Read one cell; return it, the place it ends at and the line breaks inside it."""
    if text.startswith('"', at):
        quoted = _quoted(text, at, stop, line)
        if quoted is not None:
            return quoted
    found = stop.search(text, at)
    end = found.start() if found else len(text)
    return text[at:end], end, 0


def _quoted(text: str, at: int, stop: re.Pattern[str], line: int) -> tuple[str, int, int] | None:
    end = at + 1
    while True:
        end = text.find('"', end)
        if end < 0:
            raise UnclosedQuoteError(line)
        if text.startswith('"', end + 1):
            end += 2
            continue
        after = end + 1
        if after < len(text) and not stop.match(text, after):
            return None
        content = text[at + 1 : end]
        return content.replace('""', '"'), after, content.count("\n")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose header is known, or whose first rows only look like a table."""

    delimiter: str
    columns: Columns | None
    header_line: int
    width: int


@lru_cache(maxsize=1)
def _recognise(text: str) -> _Table | None:
    """Find the delimiter with which one of the first rows is a header, else with which all rows agree."""
    given = _SEPARATOR_LINE.fullmatch(text.split("\n", 1)[0])
    delimiters = (given[1],) if given else DELIMITERS
    plain: _Table | None = None
    for delimiter in delimiters:
        rows = _first_rows(text, delimiter)
        for row in rows[:_HEADER_ROWS]:
            columns = find_columns(row.cells) if len(row.cells) > 1 else None
            if columns:
                below = [other.cells for other in rows if other.line > row.line]
                return _Table(delimiter, settle_text(columns, below), row.line, len(row.cells))
        widths = {len(row.cells) for row in rows}
        least = 3 if delimiter == "," else 2
        if plain is None and len(rows) >= 3 and len(widths) == 1 and min(widths) >= least:
            plain = _Table(delimiter, None, 0, min(widths))
    return plain


def _first_rows(text: str, delimiter: str, most: int = 60) -> list[Row]:
    rows: list[Row] = []
    try:
        for row in split_rows(text, delimiter):
            rows.append(row)
            if len(rows) == most:
                break
    except UnclosedQuoteError:
        pass
    return rows


class Table:
    """A table with one row for each speech."""

    layout = "csv"
    label = "table with speaker and text columns (.csv, .tsv)"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for a header that names the words spoken, and better the speaker too."""
        if file.text is None or looks_like_json(file) or "-->" in file.text[:2000]:
            return NO
        table = _recognise(file.text)
        if table is None:
            return NO
        if table.columns is None:
            return Evidence(0.36, f"rows of {table.width} cells each, without a header that names them")
        if table.columns.speaker is None:
            return Evidence(0.5, f"table of {table.width} columns, one with text and none with speakers")
        return Evidence(0.95, f"table of {table.width} columns, speaker and text among them")

    def read(self, file: RawFile) -> Draft:
        """Turn each row under the header into a voice.

        Raises:
            TranscriptError: No row names the columns, or a quote is never closed.
        """
        text = file.text or ""
        table = _recognise(text)
        if table is None or table.columns is None:
            reason = "none of its first rows is a header with a text column"
            raise TranscriptError("transcript.columns", source=file.name, reason=reason)
        reading = _Reading(table, table.columns)
        try:
            for row in split_rows(text, table.delimiter):
                reading.row(row)
        except UnclosedQuoteError as error:
            reason = "a quote is opened here and never closed"
            raise TranscriptError(
                "transcript.broken", source=file.name, line=error.args[0], layout="CSV", reason=reason
            ) from error
        return reading.finish()


def _take(cells: tuple[str, ...], at: int | None) -> str | None:
    return cells[at] if at is not None and at < len(cells) else None


class _Reading:
    """One pass over the rows."""

    def __init__(self, table: _Table, columns: Columns) -> None:
        self.table = table
        self.columns = columns
        self.draft = Draft()
        self.collect = Collector(self.draft, "row", per_second=columns.per_second)
        self._split = 0

    def row(self, row: Row) -> None:
        """Take the next row: something above the header, the header again, or speech."""
        if row.line <= self.table.header_line:
            if row.line < self.table.header_line:
                self.draft.skip(row.line, "above the header")
            return
        cells = self._whole(row.cells)
        if self._is_header(cells) and all(len(cell) < 30 for cell in cells):
            self.draft.skip(row.line, "the header again")
            return
        if _RULE.fullmatch("".join(cells)):
            self.draft.skip(row.line, "a rule")
            return
        wanted = (self.columns.speaker, self.columns.text, self.columns.start, self.columns.end)
        self.collect.add(row.line, *(_take(cells, at) for at in wanted))

    def _is_header(self, cells: tuple[str, ...]) -> bool:
        found = find_columns(cells)
        return found is not None and replace(found, text=self.columns.text) == self.columns

    def _whole(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """Put a text back together that was cut at delimiters of its own."""
        extra = len(cells) - self.table.width
        while extra > 0 and not cells[-1].strip():
            cells, extra = cells[:-1], extra - 1
        if extra <= 0:
            return cells
        self._split += 1
        at = self.columns.text
        words = self.table.delimiter.join(cells[at : at + extra + 1])
        return (*cells[:at], words, *cells[at + extra + 1 :])

    def finish(self) -> Draft:
        """Add what was guessed and repaired, and hand the draft over."""
        if self._split:
            what = "rows had more cells than the header; the text was put back together"
            self.draft.notice(NoticeKind.REPAIRED, what, count=self._split)
        return self.collect.finish()
