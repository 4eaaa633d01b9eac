"""The brief's look in Word: one palette, real styles, and styles that a template lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from discovery.records import Notice, NoticeKind

INK = "1F2A37"
SOFT = "5B6673"
LINE = "C9D1D9"
SHADE = "EEF2F6"
ACCENT = "1B4F72"
STATED = "0072B2"
ACTUAL = "D55E00"
FONT = "Arial"

TABLE_STYLE = "Brief Table"
"""Name of the table style."""


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style: size in points, spacing, and what makes it stand out."""

    name: str
    size: float
    color: str = INK
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 6
    line: float = 1.15
    keep_next: bool = False
    keep_lines: bool = False
    left: float = 0
    border: str = ""
    shade: str = ""
    base: str = "Normal"
    align: str = ""


LOOKS = (
    Look("Normal", 10, after=6, base=""),
    Look("Title", 26, ACCENT, bold=True, before=150, after=8, line=1.05, base="Normal"),
    Look("Subtitle", 13, SOFT, after=30),
    Look("Heading 1", 18, ACCENT, bold=True, before=0, after=10, line=1.1, keep_next=True, keep_lines=True),
    Look("Heading 2", 12.5, ACCENT, bold=True, before=14, after=4, keep_next=True, keep_lines=True),
    Look("Heading 3", 10.5, INK, bold=True, before=10, after=3, keep_next=True, keep_lines=True),
    Look(
        "Quote",
        10,
        INK,
        italic=True,
        before=2,
        after=0,
        keep_next=True,
        keep_lines=True,
        left=14,
        border=LINE,
    ),
    Look(
        "Quote Stated",
        10,
        base="Quote",
        italic=True,
        before=2,
        after=0,
        keep_next=True,
        keep_lines=True,
        left=14,
        border=STATED,
    ),
    Look(
        "Quote Actual",
        10,
        base="Quote",
        italic=True,
        before=2,
        after=0,
        keep_next=True,
        keep_lines=True,
        left=14,
        border=ACTUAL,
    ),
    Look("Quote Source", 8, SOFT, after=8, left=14, keep_lines=True, border=LINE),
    Look(
        "Quote Source Stated",
        8,
        SOFT,
        after=6,
        left=14,
        keep_next=True,
        keep_lines=True,
        border=STATED,
        base="Quote Source",
    ),
    Look(
        "Quote Source Actual",
        8,
        SOFT,
        after=6,
        left=14,
        keep_next=True,
        keep_lines=True,
        border=ACTUAL,
        base="Quote Source",
    ),
    Look("Caption", 8.5, SOFT, before=8, after=4, keep_next=True, keep_lines=True),
    Look("Figure", 10, before=6, after=2, keep_next=True, line=1.0, align="center"),
    Look("Figure Caption", 8.5, SOFT, after=12, keep_lines=True, base="Caption"),
    Look("List Bullet", 10, after=3, line=1.15),
    Look("Small", 8.5, SOFT, after=6),
    Look(
        "Callout Title",
        10,
        ACCENT,
        bold=True,
        before=10,
        after=0,
        keep_next=True,
        keep_lines=True,
        shade=SHADE,
        left=8,
        border=ACCENT,
    ),
    Look("Callout", 10, after=10, keep_lines=True, shade=SHADE, left=8, border=ACCENT),
    Look("Table Text", 8.5, after=0, line=1.05),
    Look("Table Head", 8.5, "FFFFFF", bold=True, after=0, line=1.05, keep_next=True),
    Look("Fact Number", 20, ACCENT, bold=True, after=0, line=1.0, keep_next=True, align="center"),
    Look("Fact Label", 8.5, SOFT, after=0, line=1.0, align="center"),
    Look("Contents Heading", 18, ACCENT, bold=True, after=10, keep_next=True),
    Look("TOC 1", 10.5, after=4, line=1.1),
    Look("TOC 2", 9.5, SOFT, after=2, left=12, line=1.1),
    Look("Cover Label", 9, SOFT, after=0, before=6, keep_next=True),
    Look("Cover Value", 11, after=2),
    Look("Header", 8, SOFT, after=0, line=1.0),
    Look("Footer", 8, SOFT, after=0, line=1.0),
)
"""Every paragraph style the brief uses."""


def dress(document: Any) -> None:
    """Give a document made from nothing the brief's styles."""
    for look in LOOKS:
        _apply(document, look)
    _table_style(document)


def complete(document: Any) -> tuple[Notice, ...]:
    """Add to a team's own template the styles it lacks; those it has are left as they are.

    Returns:
        A notice for each missing style.
    """
    present = {style.name.lower() for style in document.styles}
    missing = [look for look in LOOKS if look.name.lower() not in present]
    for look in missing:
        _apply(document, look, colors=True)
    names = [look.name for look in missing]
    if TABLE_STYLE.lower() not in present:
        _table_style(document)
        names.append(TABLE_STYLE)
    return tuple(
        Notice("brief", NoticeKind.REPAIRED, f"the template has no style '{name}'; the brief's own was added")
        for name in names
    )


def _apply(document: Any, look: Look, *, colors: bool = True) -> None:
    styles = document.styles
    try:
        style = styles[look.name]
    except KeyError:
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    if look.base and look.base in {each.name for each in styles} and look.name != look.base:
        style.base_style = styles[look.base]
    style.hidden, style.quick_style = False, True
    _font(style, look)
    _spacing(style.paragraph_format, look)
    _frame(style, look)


def _font(style: Any, look: Look) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(look.size), look.bold, look.italic
    font.color.rgb = RGBColor.from_string(look.color)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        if key.endswith("Theme"):
            del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(key), FONT)
    for tag in ("w:caps", "w:spacing", "w:kern"):
        for found in style.element.rPr.findall(qn(tag)):
            style.element.rPr.remove(found)


def _spacing(layout: Any, look: Look) -> None:
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = look.line
    layout.keep_with_next, layout.keep_together = look.keep_next, look.keep_lines
    layout.widow_control = True
    if look.left and look.name != "List Bullet":
        layout.left_indent = Pt(look.left)
    if look.align == "center":
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _frame(style: Any, look: Look) -> None:
    place = style.element.get_or_add_pPr()
    for tag in ("w:pBdr", "w:shd"):
        for found in place.findall(qn(tag)):
            place.remove(found)
    if look.border:
        border = parse_xml(
            f"<w:pBdr {nsdecls('w')}>"
            f'<w:left w:val="single" w:sz="18" w:space="8" w:color="{look.border}"/></w:pBdr>'
        )
        place.insert_element_before(border, *_AFTER_BORDER)
    if look.shade:
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{look.shade}"/>')
        place.insert_element_before(shade, *_AFTER_BORDER[1:])


_AFTER_BORDER = tuple(
    f"w:{name}"
    for name in (
        "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rPr sectPr pPrChange "
    ).split()
)


def _table_style(document: Any) -> None:
    edge = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    element = parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="BriefTable">'
        f'<w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/>'
        f'<w:uiPriority w:val="59"/><w:qFormat/>'
        f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders><w:top {edge}/><w:bottom {edge}/>'
        f'<w:insideH {edge}/></w:tblBorders><w:tblCellMar><w:top w:w="50" w:type="dxa"/>'
        f'<w:left w:w="90" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/><w:right w:w="90" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{ACCENT}"/></w:tcPr></w:tblStylePr>'
        f'<w:tblStylePr w:type="band2Horz"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="F7F9FB"/></w:tcPr>'
        f"</w:tblStylePr></w:style>"
    )
    document.styles.element.append(element)


def new(tag: str, **attributes: str) -> Any:
    """Make a Word element; attribute names are given without their prefix."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
