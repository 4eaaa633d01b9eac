"""Word markup for the blocks of a brief: runs, fields, bookmarks, tables and pictures."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Cm

from discovery.briefs.clean import harmless
from discovery.briefs.look import TABLE_STYLE
from discovery.briefs.model import Figure, Inline, Reference, Run, Table
from discovery.briefs.text import named
from discovery.briefs.word_styles import new

_RIGHT_TO_LEFT = re.compile(
    "([\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc][\u0590-\u08ff\ufb1d-\ufefc\\s]*)"
)


WHOLE = 8
"""Rows up to which a table stays on one page; longer ones break between rows, never after the first."""


class Writer:
    """Puts paragraphs, tables and pictures at the end of a document.

    Args:
        document: The python-docx document.
        labels: What references read, by target.
        width: Text width in twentieths of a point.
    """

    def __init__(self, document: Any, labels: dict[str, str], width: int) -> None:
        """Start at the end of the body, before its last section properties."""
        self._document = document
        self._labels = labels
        self._width = width
        self._body = document.element.body
        self._ids = {style.name.lower(): style.style_id for style in document.styles}
        self._marks = 0

    @property
    def _end(self) -> Any:
        return self._body.sectPr

    def paragraph(self, style: str, runs: Iterable[Inline] = (), *, keep: bool = False) -> Any:
        """Add a paragraph in a named style."""
        made = self.loose(style, runs)
        if keep:
            made.pPr.append(new("w:keepNext"))
        self._end.addprevious(made)
        return made

    def loose(self, style: str, runs: Iterable[Inline] = ()) -> Any:
        """Make a paragraph that is not placed yet."""
        made = new("w:p")
        properties = new("w:pPr")
        properties.append(new("w:pStyle", val=self._ids[style.lower()]))
        made.append(properties)
        for run in runs:
            if isinstance(run, Reference):
                self._refer(made, run)
            else:
                add_run(made, run.text, strong=run.strong, soft=run.soft)
        return made

    def _refer(self, paragraph: Any, reference: Reference) -> None:
        words = named(reference, self._labels)
        if reference.target not in self._labels:
            add_run(paragraph, words)
            return
        if reference.target.split(":")[0] in ("table", "figure"):
            field(paragraph, f" REF {bookmark_name(reference.target)} \\h ", words)
            return
        link = new("w:hyperlink", anchor=bookmark_name(reference.target), history="1")
        add_run(link, words)
        paragraph.append(link)

    def bookmark(self, paragraph: Any, key: str, inside: list[Any]) -> None:
        """Put a bookmark around elements at the end of a paragraph."""
        self._marks += 1
        paragraph.append(new("w:bookmarkStart", id=str(self._marks), name=bookmark_name(key)))
        for element in inside:
            paragraph.append(element)
        paragraph.append(new("w:bookmarkEnd", id=str(self._marks)))

    def caption(self, style: str, key: str, text: str) -> None:
        """Add a caption with its number as a field, so that Word can list and renumber it."""
        kind, number = self._labels[key].split(" ")
        holder = new("w:p")
        add_run(holder, f"{kind} ", strong=True)
        field(holder, f" SEQ {kind} \\* ARABIC ", number, strong=True)
        made = self.paragraph(style)
        self.bookmark(made, key, list(holder))
        add_run(made, f"  {text}")

    def table(self, table: Table) -> None:
        """Add a table whose header repeats and whose rows do not break."""
        self.caption("Caption", table.key, table.caption)
        made = self._frame(table.caption, _widths(table, self._width), TABLE_STYLE)
        widths = _widths(table, self._width)
        made.append(self._row(table.header, widths, table.numbers, "Table Head", head=True))
        last = len(table.rows) - 1
        whole = len(table.rows) <= WHOLE
        for at, row in enumerate(table.rows):
            together = at < last and (whole or at == 0 or at == last - 1)
            made.append(self._row(row, widths, table.numbers, "Table Text", keep=together))
        self._end.addprevious(made)
        self.paragraph("After Table")

    def pairs(self, items: Iterable[tuple[str, str]]) -> None:
        """Add labels with their values side by side, without lines."""
        widths = [int(self._width * 0.24), int(self._width * 0.76)]
        made = self._frame("About this brief", widths, "", flush=True)
        for label, value in items:
            row = new("w:tr")
            for text, style, width in ((label, "Cover Label", widths[0]), (value, "Cover Value", widths[1])):
                cell = _cell(width)
                cell.append(self.loose(style, [Run(text)]))
                row.append(cell)
            made.append(row)
        self._end.addprevious(made)
        self.paragraph("After Table")

    def bullet(self, item: Iterable[Inline]) -> None:
        """Add an entry of a list; a template without a bulleted list style gets the mark as text."""
        if self._bulleted:
            self.paragraph("List Bullet", item)
            return
        made = self.paragraph("List Bullet", [Run("•\u2002"), *item])
        made.pPr.append(new("w:ind", left="284", hanging="200"))

    @property
    def _bulleted(self) -> bool:
        style = self._document.styles.element.get_by_id(self._ids["list bullet"])
        return style.find(f".//{qn('w:numPr')}") is not None

    def facts(self, items: tuple[tuple[str, str], ...]) -> None:
        """Add a row of numbers over what they count."""
        widths = [self._width // len(items)] * len(items)
        made = self._frame("Key numbers of the study", widths, "")
        row = new("w:tr")
        for (number, label), width in zip(items, widths, strict=True):
            cell = _cell(width)
            cell.append(self.loose("Fact Number", [Run(number)]))
            cell.append(self.loose("Fact Label", [Run(label)]))
            row.append(cell)
        made.append(row)
        self._end.addprevious(made)
        self.paragraph("After Table")

    def _frame(self, title: str, widths: list[int], style: str, *, flush: bool = False) -> Any:
        made = new("w:tbl")
        properties = new("w:tblPr")
        if style:
            properties.append(new("w:tblStyle", val=self._ids[style.lower()]))
        properties.append(new("w:tblW", w=str(sum(widths)), type="dxa"))
        properties.append(new("w:tblLayout", type="fixed"))
        if flush:
            margins = new("w:tblCellMar")
            margins.append(new("w:left", w="0", type="dxa"))
            properties.append(margins)
        properties.append(
            new(
                "w:tblLook",
                val="0420",
                firstRow="1",
                lastRow="0",
                firstColumn="0",
                lastColumn="0",
                noHBand="0",
                noVBand="1",
            )
        )
        properties.append(new("w:tblCaption", val=harmless(title)))
        made.append(properties)
        grid = new("w:tblGrid")
        for width in widths:
            grid.append(new("w:gridCol", w=str(width)))
        made.append(grid)
        return made

    def _row(
        self,
        cells: tuple[str, ...],
        widths: list[int],
        numbers: tuple[int, ...],
        style: str,
        *,
        head: bool = False,
        keep: bool = False,
    ) -> Any:
        row = new("w:tr")
        properties = new("w:trPr")
        properties.append(new("w:cantSplit"))
        if head:
            properties.append(new("w:tblHeader"))
        row.append(properties)
        for at, (text, width) in enumerate(zip(cells, widths, strict=True)):
            cell = _cell(width)
            words = self.loose(style, [Run(text)])
            if keep:
                words.pPr.append(new("w:keepNext"))
            if at in numbers:
                words.pPr.append(new("w:jc", val="right"))
            cell.append(words)
            row.append(cell)
        return row

    def picture(self, figure: Figure, number: int) -> None:
        """Add a picture with its description and its caption under it."""
        width = min(Cm(figure.width), self._width * 635)
        made = self.paragraph("Figure")
        run = new("w:r")
        inline = self._document.part.new_pic_inline(BytesIO(figure.png), width=width)
        inline.docPr.set("id", str(1000 + number))
        inline.docPr.set("name", f"Figure {number}")
        inline.docPr.set("descr", harmless(figure.alt))
        drawing = new("w:drawing")
        drawing.append(inline)
        run.append(drawing)
        made.append(run)
        self.caption("Figure Caption", figure.key, figure.caption)


def bookmark_name(key: str) -> str:
    """Turn a key into a name that Word accepts.

    >>> bookmark_name("table:needs")
    'brief_table_needs'
    """
    return ("brief_" + re.sub(r"\W", "_", key))[:40]


def add_run(parent: Any, text: str, *, strong: bool = False, soft: bool = False) -> None:
    """Add text; stretches in right-to-left script are marked as such."""
    for piece, backwards in _pieces(harmless(text)):
        run = new("w:r")
        if strong or soft or backwards:
            properties = new("w:rPr")
            for tag, wanted in (("w:b", strong), ("w:i", soft), ("w:rtl", backwards)):
                if wanted:
                    properties.append(new(tag))
            run.append(properties)
        words = new("w:t")
        words.text = piece
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        parent.append(run)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    for at, piece in enumerate(_RIGHT_TO_LEFT.split(text)):
        if piece:
            yield piece, at % 2 == 1


def field(paragraph: Any, instruction: str, result: str, *, strong: bool = False) -> None:
    """Add a field with the result it shows before anyone updates it."""
    for kind, inner in (
        ("begin", None),
        ("instr", instruction),
        ("separate", None),
        ("result", result),
        ("end", None),
    ):
        if kind == "result":
            add_run(paragraph, result, strong=strong)
            continue
        run = new("w:r")
        if kind == "instr":
            words = new("w:instrText")
            words.text = inner
            words.set(qn("xml:space"), "preserve")
            run.append(words)
        else:
            run.append(new("w:fldChar", fldCharType=kind))
        paragraph.append(copy.copy(run))


def _cell(width: int) -> Any:
    cell = new("w:tc")
    properties = new("w:tcPr")
    properties.append(new("w:tcW", w=str(width), type="dxa"))
    cell.append(properties)
    return cell


def _widths(table: Table, total: int) -> list[int]:
    shares = table.widths or (1.0,) * len(table.header)
    return [int(total * part / sum(shares)) for part in shares]
