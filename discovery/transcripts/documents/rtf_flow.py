"""Paragraphs, cells and rows as an RTF file closes them one after the other."""

from __future__ import annotations

from discovery.transcripts.documents.blocks import Block, BlockBuilder


class Flow:
    """Gathers runs of text until their paragraph, cell or row is closed."""

    def __init__(self) -> None:
        """Start with an empty document."""
        self.in_table = False
        self.heading = False
        self._builder = BlockBuilder()
        self._runs: list[tuple[str, bool]] = []
        self._lines: list[str] = []
        self._cells: list[str] = []
        self._table = 0

    def add(self, text: str, *, bold: bool) -> None:
        """Add a run to the paragraph that is open."""
        self._runs.append((text, bold))

    def end_paragraph(self) -> None:
        """Close a paragraph, or a line of a table cell."""
        if self.in_table:
            self._lines.append(self._take_runs())
            return
        self._end_table()
        self._builder.paragraph(self._runs, heading=self.heading)
        self._runs = []

    def end_cell(self) -> None:
        """Close a table cell."""
        self._lines.append(self._take_runs())
        self._cells.append("\n".join(self._lines))
        self._lines = []

    def end_row(self) -> None:
        """Close a table row; a row of one cell is a paragraph."""
        if len(self._cells) == 1:
            self._builder.paragraph([(self._cells[0], False)])
        elif self._cells:
            self._table = self._table or self._builder.next_table()
            self._builder.row(self._cells, self._table)
        self._cells = []

    def close(self) -> tuple[Block, ...]:
        """Close what is still open, in a table or not, and return all blocks."""
        if self._lines or (self.in_table and self._runs):
            self.end_cell()
        self._end_table()
        self.in_table = False
        self.end_paragraph()
        return tuple(self._builder.blocks)

    def _take_runs(self) -> str:
        text = "".join(run for run, _ in self._runs)
        self._runs = []
        return text

    def _end_table(self) -> None:
        self.end_row()
        self._table = 0
