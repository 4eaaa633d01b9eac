"""The look of a printed guide: styles, page, header and footer, and table cells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

INK, SOFT, ACCENT, LINE, SHADE = "1F2A37", "4A5563", "1B4F72", "AEB8C2", "EEF2F6"
FONT = "Arial"
PAGE_SIZES = {"A4": (21.0, 29.7), "Letter": (21.59, 27.94)}
"""Page sizes in centimetres."""

_MARGIN = 1.9
_CELL_SIDE = "110"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_STYLES: tuple[tuple[str, float, str, bool, float, float, bool], ...] = (
    # name, points, colour, bold, space before, space after, keep with next
    ("Normal", 10, INK, False, 0, 4, False),
    ("Title", 24, ACCENT, True, 6, 4, True),
    ("Subtitle", 11, SOFT, False, 0, 12, False),
    ("Heading 1", 14, ACCENT, True, 16, 2, True),
    ("Heading 2", 11.5, INK, True, 0, 3, True),
    ("Purpose", 9.5, SOFT, False, 0, 6, True),
    ("Spoken", 10, INK, False, 0, 4, False),
    ("Check", 10, INK, False, 0, 3, False),
    ("Probe", 10, INK, False, 0, 2, False),
    ("Margin Head", 8.5, ACCENT, True, 0, 1, True),
    ("Margin Text", 8.5, INK, False, 0, 3, False),
    ("Box Label", 8.5, SOFT, False, 0, 0, False),
    ("Table Head", 9, ACCENT, True, 0, 0, True),
    ("Table Text", 9.5, INK, False, 0, 0, False),
    ("Gap", 4, INK, False, 0, 0, False),
)


def new_document(title: str, page: str) -> Any:
    """Start an empty document with the guide's styles, page size, header and footer."""
    document = Document()
    for values in _STYLES:
        _style(document, *values)
    section = document.sections[0]
    width, height = PAGE_SIZES[page]
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = Cm(_MARGIN)
    section.top_margin, section.bottom_margin = Cm(1.9), Cm(1.7)
    section.header_distance, section.footer_distance = Cm(0.9), Cm(0.8)
    section.different_first_page_header_footer = True
    _properties(document, title)
    _running(section.header.paragraphs[0], title)
    _footer(document, section.footer.paragraphs[0])
    _footer(document, section.first_page_footer.paragraphs[0])
    return document


def text_width(document: Any) -> int:
    """Return the width between the margins in twentieths of a point."""
    section = document.sections[0]
    return int((section.page_width - section.left_margin - section.right_margin) / 635)


def element(tag: str, **attributes: str) -> Any:
    """Make a Word element; attribute names are given without their prefix."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def table(document: Any, widths: Iterable[int], caption: str) -> Any:
    """Add an empty table of fixed widths (twentieths of a point), named for screen readers."""
    widths = list(widths)
    made = document.add_table(rows=0, cols=len(widths))
    made.autofit = False
    properties = made._tbl.tblPr
    for tag in ("w:tblW", "w:tblLook"):
        for found in properties.findall(qn(tag)):
            properties.remove(found)
    properties.insert(1, element("w:tblW", w=str(sum(widths)), type="dxa"))
    properties.insert(2, element("w:tblInd", w=_CELL_SIDE, type="dxa"))
    properties.append(_cell_margins())
    properties.append(element("w:tblLook", val="0020", firstRow="1", noVBand="1"))
    properties.append(element("w:tblCaption", val=caption))
    for column, width in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))
    return made


def add_row(made: Any, *, least: int = 0, header: bool = False) -> tuple[Any, ...]:
    """Add a row that does not break over pages; ``least`` is its height in twentieths of a point."""
    row = made.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    if least:
        properties.append(element("w:trHeight", val=str(least), hRule="atLeast"))
    if header:
        properties.append(element("w:tblHeader"))
    widths = [column.get(qn("w:w")) for column in made._tbl.tblGrid.findall(qn("w:gridCol"))]
    for cell, width in zip(row.cells, widths, strict=True):
        place = cell._tc.get_or_add_tcPr()
        for found in place.findall(qn("w:tcW")):
            place.remove(found)
        place.insert(0, element("w:tcW", w=width, type="dxa"))
    return tuple(row.cells)


def frame(cell: Any, *, edges: str = "top left bottom right", shade: str = "") -> None:
    """Draw the edges of a cell and shade it."""
    place = cell._tc.get_or_add_tcPr()
    borders = element("w:tcBorders")
    for edge in ("top", "left", "bottom", "right"):
        if edge in edges.split():
            borders.append(element(f"w:{edge}", val="single", sz="4", space="0", color=LINE))
    place.append(borders)
    if shade:
        place.append(element("w:shd", val="clear", color="auto", fill=shade))


def fill(cell: Any, lines: Iterable[tuple[str, str]]) -> None:
    """Put paragraphs (style, text) into a cell; the first takes the place of its empty paragraph."""
    for at, (style, text) in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(text)


def _cell_margins() -> Any:
    margins = element("w:tblCellMar")
    for side, width in (("top", "60"), ("left", _CELL_SIDE), ("bottom", "60"), ("right", _CELL_SIDE)):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    return margins


def _style(
    document: Any, name: str, size: float, color: str, bold: bool, before: float, after: float, keep: bool
) -> None:
    known = {style.name for style in document.styles}
    styles = document.styles
    style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name != "Normal" and name not in known:
        style.base_style = styles["Normal"]
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(color)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(key), FONT)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing, layout.keep_with_next, layout.widow_control = 1.1, keep, True
    for place, tag in ((style.element.get_or_add_pPr(), "w:pBdr"), (style.element.rPr, "w:spacing")):
        for found in place.findall(qn(tag)):
            place.remove(found)


def _properties(document: Any, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.subject, properties.language = title[:255], "Interview guide", "en"
    for name in ("author", "last_modified_by", "keywords", "comments", "category", "identifier", "version"):
        setattr(properties, name, "")
    properties.revision = 1
    properties.created = properties.modified = properties.last_printed = _LONG_AGO


def _running(paragraph: Any, title: str) -> None:
    run = paragraph.add_run(title)
    run.font.size, run.font.color.rgb = Pt(8), RGBColor.from_string(SOFT)


def _footer(document: Any, paragraph: Any) -> None:
    for found in document.styles["Footer"].element.get_or_add_pPr().findall(qn("w:tabs")):
        document.styles["Footer"].element.pPr.remove(found)
    paragraph.paragraph_format.tab_stops.add_tab_stop(text_width(document) * 635, 2)
    for words, instruction in (
        ("Confidential until consent is settled\tPage ", "PAGE"),
        (" of ", "NUMPAGES"),
    ):
        run = paragraph.add_run(words)
        run.font.size, run.font.color.rgb = Pt(8), RGBColor.from_string(SOFT)
        field = element("w:fldSimple", instr=f" {instruction} ")
        inner = paragraph.add_run("1")
        inner.font.size, inner.font.color.rgb = Pt(8), RGBColor.from_string(SOFT)
        field.append(inner._r)
        paragraph._p.append(field)
