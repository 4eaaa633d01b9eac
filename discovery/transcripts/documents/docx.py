"""Taking a Word document apart into paragraphs and table rows.

python-docx leaves out inserted text of tracked changes, content controls and fields, so
words of speech would be lost; hence the document part is walked here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from discovery.errors import TranscriptError
from discovery.transcripts.documents.blocks import BlockBuilder, Document
from discovery.transcripts.documents.zipped import local_name, members, parse_xml, read_part

if TYPE_CHECKING:
    from lxml.etree import _Element

    from discovery.transcripts.base import RawFile

_LABEL = "Word"
_PART = re.compile(r"word/document\d*\.xml")
_LEFT_OUT = {
    "del": "deleted text of tracked changes",
    "moveFrom": "text that tracked changes moved away",
    "footnoteReference": "footnotes",
    "endnoteReference": "footnotes",
    "commentReference": "comments",
}
_DRAWN = frozenset(["drawing", "pict", "object"])
_SILENT = frozenset(
    ["Fallback", "instrText", "delText", "pPr", "rPr", "sectPr", "tcPr", "tblPr", "trPr", "sdtPr"]
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": ""}


def is_docx(file: RawFile) -> bool:
    """Tell whether a file is a Word document, whole or cut off."""
    return _main_part(file) is not None


def _main_part(file: RawFile) -> str | None:
    """Name the part that holds the text; Word on the web calls it document2.xml."""
    return next((name for name in sorted(members(file)) if _PART.fullmatch(name)), None)


@lru_cache(maxsize=1)
def docx_document(file: RawFile) -> Document:
    """Take a Word document apart.

    Args:
        file: The file as the registry hands it over.

    Returns:
        Its paragraphs and table rows in reading order.

    Raises:
        TranscriptError: The file is cut off, locked, too large or declares entities.
    """
    part = _main_part(file) or "word/document.xml"
    root = parse_xml(read_part(file, part, _LABEL), file.name, _LABEL)
    body = next((child for child in root if local_name(child) == "body"), None)
    if body is None:
        raise TranscriptError("transcript.broken", source=file.name, layout=_LABEL, reason="it has no body")
    walk = _Walk(_Styles(file))
    walk.container(body)
    return Document(tuple(walk.builder.blocks), tuple(sorted(walk.left_out.items())))


def _value(element: _Element, name: str = "val") -> str | None:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def _child(element: _Element | None, name: str) -> _Element | None:
    if element is None:
        return None
    return next((child for child in element if local_name(child) == name), None)


def _switched_on(properties: _Element | None, name: str) -> bool | None:
    """Read an on/off property; None where it is not set."""
    found = _child(properties, name)
    return None if found is None else _value(found) not in ("0", "false", "off", "none")


def _nearest(element: _Element, tag: str) -> Iterator[_Element]:
    """Find descendants of a kind through wrappers, but not those inside another of that kind."""
    for child in element:
        if local_name(child) == tag:
            yield child
        elif local_name(child) != "tbl":
            yield from _nearest(child, tag)


class _Styles:
    """Which styles are bold and which are headings, resolved through their parents."""

    def __init__(self, file: RawFile) -> None:
        self._bold: dict[str, bool | None] = {}
        self._names: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        if "word/styles.xml" not in members(file):
            return
        for style in parse_xml(read_part(file, "word/styles.xml", _LABEL), file.name, _LABEL):
            key = _value(style, "styleId") if local_name(style) == "style" else None
            if key is not None:
                self._add(key, style)

    def _add(self, key: str, style: _Element) -> None:
        name, parent = _child(style, "name"), _child(style, "basedOn")
        self._names[key] = (_value(name) or "" if name is not None else "").lower()
        self._parents[key] = _value(parent) or "" if parent is not None else ""
        self._bold[key] = _switched_on(_child(style, "rPr"), "b")

    def _line(self, key: str | None) -> list[str]:
        line: list[str] = []
        while key and key not in line and len(line) < 20:
            line.append(key)
            key = self._parents.get(key)
        return line

    def bold(self, key: str | None) -> bool | None:
        """Tell whether a style is bold; None where neither it nor its parents say so."""
        values = (self._bold.get(style) for style in self._line(key))
        return next((value for value in values if value is not None), None)

    def heading(self, key: str | None) -> bool:
        """Tell whether a style is a heading or title, whatever the language of Word."""
        names = (self._names.get(style, style.lower()) for style in self._line(key))
        return any(name.startswith(("heading", "title", "subtitle")) for name in names)


class _Walk:
    """One pass over the body."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.builder = BlockBuilder()
        self.left_out: Counter[str] = Counter()

    def container(self, element: _Element) -> None:
        """Walk a body, a cell or a content control: paragraphs, tables and wrappers."""
        for child in element:
            tag = local_name(child)
            if tag == "p":
                self._paragraph(child)
            elif tag == "tbl":
                self._table(child)
            elif not self._left_out(child, tag):
                self.container(child)

    def _left_out(self, element: _Element, tag: str) -> bool:
        """Leave out what is no running text, and count it where a reader would miss it."""
        if tag in _LEFT_OUT:
            self.left_out[_LEFT_OUT[tag]] += 1
        elif tag in _DRAWN:
            boxes = sum(1 for _ in element.iter("{*}txbxContent"))
            self.left_out.update({"text boxes": boxes} if boxes else {})
        return tag in _LEFT_OUT or tag in _DRAWN or tag in _SILENT

    def _paragraph(self, element: _Element) -> None:
        properties = _child(element, "pPr")
        named = _child(properties, "pStyle")
        style = _value(named) if named is not None else None
        runs: list[tuple[str, bool]] = []
        self._runs(element, bool(self.styles.bold(style)), runs)
        self.builder.paragraph(runs, heading=self.styles.heading(style))

    def _runs(self, element: _Element, bold: bool, runs: list[tuple[str, bool]]) -> None:
        for child in element:
            tag = local_name(child)
            if self._left_out(child, tag):
                continue
            if tag == "r":
                self._run(child, bold, runs)
            elif tag == "t":
                runs.append((child.text or "", bold))
            elif tag in _BREAKS:
                runs.append((_BREAKS[tag], bold))
            else:
                self._runs(child, bold, runs)

    def _run(self, run: _Element, bold: bool, runs: list[tuple[str, bool]]) -> None:
        if _switched_on(_child(run, "rPr"), "vanish"):
            self.left_out["hidden text"] += 1
        else:
            self._runs(run, self._run_bold(run, bold), runs)

    def _run_bold(self, run: _Element, inherited: bool) -> bool:
        properties = _child(run, "rPr")
        named = _child(properties, "rStyle")
        for value in (
            _switched_on(properties, "b"),
            self.styles.bold(_value(named)) if named is not None else None,
        ):
            if value is not None:
                return value
        return inherited

    def _table(self, element: _Element) -> None:
        table = self.builder.next_table()
        for row in _nearest(element, "tr"):
            cells = list(_nearest(row, "tc"))
            if len(cells) == 1:
                self.container(cells[0])
            else:
                self.builder.row([self._cell_text(cell) for cell in cells], table)

    def _cell_text(self, cell: _Element) -> str:
        inner = _Walk(self.styles)
        inner.container(cell)
        self.left_out.update(inner.left_out)
        return "\n".join(block.text for block in inner.builder.blocks)
