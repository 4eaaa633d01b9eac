"""The brief's look in Word: one palette, real styles, and styles that a template lacks."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from discovery.briefs.look import ACCENT, BAND, FONT, LINE, LOOKS, TABLE_STYLE, Look
from discovery.records import Notice, NoticeKind


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
        _apply(document, look)
    names = [look.name for look in missing]
    if TABLE_STYLE.lower() not in present:
        _table_style(document)
        names.append(TABLE_STYLE)
    return tuple(
        Notice("brief", NoticeKind.REPAIRED, f"the template has no style '{name}'; the brief's own was added")
        for name in names
    )


def _apply(document: Any, look: Look) -> None:
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
    layout.keep_with_next, layout.keep_together = look.keep == "next", look.keep in ("lines", "next")
    layout.widow_control = True
    if look.left and look.name != "List Bullet":
        layout.left_indent = Pt(look.left)
    if look.center:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _frame(style: Any, look: Look) -> None:
    place = style.element.get_or_add_pPr()
    for tag in ("w:pBdr", "w:shd", *(("w:tabs",) if look.name in ("Header", "Footer") else ())):
        for found in place.findall(qn(tag)):
            place.remove(found)
    if look.border:
        side = "bottom" if look.name == "Title" else "left"
        edge = f'w:val="single" w:sz="18" w:space="8" w:color="{look.border}"'
        border = parse_xml(f"<w:pBdr {nsdecls('w')}><w:{side} {edge}/></w:pBdr>")
        place.insert_element_before(border, *_AFTER_BORDER)
    if look.shade:
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{look.shade}"/>')
        place.insert_element_before(shade, *_AFTER_BORDER[1:])


_AFTER_BORDER = tuple(
    f"w:{name}"
    for name in [
        "shd",
        "tabs",
        "suppressAutoHyphens",
        "kinsoku",
        "wordWrap",
        "overflowPunct",
        "topLinePunct",
        "autoSpaceDE",
        "autoSpaceDN",
        "bidi",
        "adjustRightInd",
        "snapToGrid",
        "spacing",
        "ind",
        "contextualSpacing",
        "mirrorIndents",
        "suppressOverlap",
        "jc",
        "textDirection",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "cnfStyle",
        "rPr",
        "sectPr",
        "pPrChange",
    ]
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
        f'<w:shd w:val="clear" w:color="auto" w:fill="{BAND}"/></w:tcPr>'
        f"</w:tblStylePr></w:style>"
    )
    document.styles.element.append(element)


def new(tag: str, **attributes: str) -> Any:
    """Make a Word element; attribute names are given without their prefix."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
