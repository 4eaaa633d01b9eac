"""Taking an OpenDocument text apart into paragraphs and table rows."""

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

_LABEL = "OpenDocument"
_MIME = b"application/vnd.oasis.opendocument.text"
_SPACE = re.compile(r"[ \t\r\n]+")
_LEFT_OUT = {
    "tracked-changes": "deleted text of tracked changes",
    "note": "footnotes",
    "annotation": "comments",
    "frame": "pictures and text boxes",
}
_SILENT = frozenset(
    ["annotation-end", "forms", "variable-decls", "sequence-decls", "table-of-content", "soft-page-break"]
)
_MOST_SPACES = 100


def is_odt(file: RawFile) -> bool:
    """Tell whether a file is an OpenDocument text, whole, locked or cut off."""
    return _MIME in file.data[:200] or (
        "content.xml" in members(file) and "META-INF/manifest.xml" in members(file) and _is_text(file)
    )


def _is_text(file: RawFile) -> bool:
    try:
        return "mimetype" not in members(file) or _MIME in read_part(file, "mimetype", "")
    except TranscriptError:
        return False


@lru_cache(maxsize=1)
def odt_document(file: RawFile) -> Document:
    """Take an OpenDocument text apart.

    Args:
        file: The file as the registry hands it over.

    Returns:
        Its paragraphs and table rows in reading order.

    Raises:
        TranscriptError: The file is cut off, locked, too large or declares entities.
    """
    _refuse_locked(file)
    root = parse_xml(read_part(file, "content.xml", _LABEL), file.name, _LABEL)
    styles = [root]
    if "styles.xml" in members(file):
        styles.append(parse_xml(read_part(file, "styles.xml", _LABEL), file.name, _LABEL))
    body = next(root.iter("{*}body"), None)
    if body is None:
        raise TranscriptError("transcript.broken", source=file.name, layout=_LABEL, reason="it has no body")
    walk = _Walk(_Styles(styles))
    walk.container(body)
    return Document(tuple(walk.builder.blocks), tuple(sorted(walk.left_out.items())))


def _refuse_locked(file: RawFile) -> None:
    names = members(file)
    manifest = "META-INF/manifest.xml"
    locked = "encrypted-package" in names
    if manifest in names:
        locked = locked or b"encryption-data" in read_part(file, manifest, _LABEL)
    if locked:
        raise TranscriptError("transcript.protected", source=file.name, layout=_LABEL)


def _value(element: _Element, name: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


class _Styles:
    """Which styles are bold and which are headings, resolved through their parents."""

    def __init__(self, roots: list[_Element]) -> None:
        self._bold: dict[str, bool | None] = {}
        self._parents: dict[str, str] = {}
        for root in roots:
            for style in root.iter("{*}style"):
                name = _value(style, "name")
                weights = [
                    _value(inner, "font-weight") for inner in style if local_name(inner) == "text-properties"
                ]
                weight = next((found for found in weights if found), "")
                self._bold.setdefault(
                    name, weight in ("bold", "600", "700", "800", "900") if weight else None
                )
                self._parents.setdefault(name, _value(style, "parent-style-name"))

    def _line(self, name: str) -> Iterator[str]:
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            yield name
            name = self._parents.get(name, "")

    def bold(self, name: str) -> bool | None:
        """Tell whether a style is bold; None where neither it nor its parents say so."""
        values = (self._bold.get(style) for style in self._line(name))
        return next((value for value in values if value is not None), None)

    def heading(self, name: str) -> bool:
        """Tell whether a paragraph style is a heading or title."""
        return any(style.startswith(("Heading", "Title", "Subtitle")) for style in self._line(name))


class _Walk:
    """One pass over the body."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.builder = BlockBuilder()
        self.left_out: Counter[str] = Counter()

    def container(self, element: _Element) -> None:
        """Walk a body, section, list or cell."""
        for child in element:
            tag = local_name(child)
            if tag in ("p", "h"):
                self._paragraph(child, heading=tag == "h")
            elif tag == "table":
                self._table(child)
            elif tag in _LEFT_OUT:
                self.left_out[_LEFT_OUT[tag]] += 1
            elif tag not in _SILENT:
                self.container(child)

    def _paragraph(self, element: _Element, *, heading: bool) -> None:
        style = _value(element, "style-name")
        runs: list[tuple[str, bool]] = []
        self._runs(element, bool(self.styles.bold(style)), runs)
        self.builder.paragraph(runs, heading=heading or self.styles.heading(style))

    def _runs(self, element: _Element, bold: bool, runs: list[tuple[str, bool]]) -> None:
        runs.append((_SPACE.sub(" ", element.text or ""), bold))
        for child in element:
            tag = local_name(child)
            if tag in _LEFT_OUT:
                self.left_out[_LEFT_OUT[tag]] += 1
            elif tag == "s":
                count = _value(child, "c")
                runs.append((" " * min(int(count), _MOST_SPACES) if count.isdecimal() else " ", bold))
            elif tag in ("tab", "line-break"):
                runs.append(("\t" if tag == "tab" else "\n", bold))
            elif tag and tag not in _SILENT:
                own = self.styles.bold(_value(child, "style-name")) if tag == "span" else None
                self._runs(child, bold if own is None else own, runs)
            runs.append((_SPACE.sub(" ", child.tail or ""), bold))

    def _table(self, element: _Element) -> None:
        table = self.builder.next_table()
        for row in _nearest(element, "table-row"):
            cells = list(_nearest(row, "table-cell"))
            if len(cells) == 1:
                self.container(cells[0])
            else:
                self.builder.row([self._cell_text(cell) for cell in cells], table)

    def _cell_text(self, cell: _Element) -> str:
        inner = _Walk(self.styles)
        inner.container(cell)
        self.left_out.update(inner.left_out)
        return "\n".join(block.text for block in inner.builder.blocks)


def _nearest(element: _Element, tag: str) -> Iterator[_Element]:
    """Find rows or cells through wrappers, but not those of a table inside."""
    for child in element:
        if local_name(child) == tag:
            yield child
        elif local_name(child) != "table":
            yield from _nearest(child, tag)
