"""A document as readers see it: numbered paragraphs and table rows, in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from discovery.records import SkippedLine


@dataclass(frozen=True, slots=True)
class Block:
    r"""One paragraph, or one table row with at least two cells.

    Args:
        number: Position in the document, from 1.
        text: Visible text with ``\n`` for line breaks and ``\t`` for tabs; the cells
            joined by tabs for a table row.
        bold: How many characters at its start are bold.
        heading: Whether it is styled as a heading or title.
        cells: The cells of a table row, empty for a paragraph.
        table: Number of the table a row belongs to, from 1; 0 for a paragraph.
    """

    number: int
    text: str
    bold: int = 0
    heading: bool = False
    cells: tuple[str, ...] = ()
    table: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """All blocks of a document, and what happened while it was taken apart.

    Args:
        blocks: Paragraphs and table rows in reading order.
        left_out: What is no running text (deleted text, footnotes), with counts.
        repaired: What had to be mended or guessed, with counts.
        skipped: Lines with a place of their own that are not speech.
        lines_only: Blocks are the lines of pages; where paragraphs end is not known.
    """

    blocks: tuple[Block, ...]
    left_out: tuple[tuple[str, int], ...] = ()
    repaired: tuple[tuple[str, int], ...] = ()
    skipped: tuple[SkippedLine, ...] = ()
    lines_only: bool = False


class BlockBuilder:
    """Numbers blocks while a document is taken apart, joining runs of one paragraph."""

    def __init__(self) -> None:
        """Start with an empty document."""
        self.blocks: list[Block] = []
        self._tables = 0

    def paragraph(self, runs: list[tuple[str, bool]], *, heading: bool = False) -> None:
        """Add a paragraph made of runs of text, each bold or not; leave empty ones out."""
        text = "".join(run for run, _ in runs)
        if not text.strip():
            return
        lead = 0
        for run, bold in runs:
            if not bold and run.strip():
                break
            lead += len(run)
        bold_any = any(bold and run.strip() for run, bold in runs[: len(runs)])
        self.blocks.append(Block(len(self.blocks) + 1, text, lead if bold_any else 0, heading))

    def next_table(self) -> int:
        """Number a table that begins."""
        self._tables += 1
        return self._tables

    def row(self, cells: list[str], table: int) -> None:
        """Add a table row; leave a row without any text out."""
        if any(cell.strip() for cell in cells):
            number = len(self.blocks) + 1
            self.blocks.append(Block(number, "\t".join(cells), 0, False, tuple(cells), table))
