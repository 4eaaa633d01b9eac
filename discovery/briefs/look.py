"""How the brief looks: one palette and the paragraph styles that Word is given."""

from __future__ import annotations

from dataclasses import dataclass

INK = "1F2A37"
SOFT = "4F5B67"
LINE = "C9D1D9"
SHADE = "EEF2F6"
BAND = "F7F9FB"
ACCENT = "1B4F72"
STATED = "0072B2"
ACTUAL = "D55E00"
FONT = "Arial"

TABLE_STYLE = "Brief Table"
"""Name of the table style."""


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style.

    Args:
        name: Its name in Word.
        size: Size of the letters in points.
        color: Their colour as RRGGBB.
        bold: Bold letters.
        italic: Slanted letters.
        before: Space before the paragraph in points.
        after: Space after it in points.
        line: Line height in lines.
        keep: ``lines`` keeps the paragraph on one page, ``next`` also with what follows.
        left: Indent from the left in points.
        border: Colour of a bar beside it (under it for the title), empty for none.
        shade: Colour behind it, empty for none.
        base: Style it builds on.
        center: Set in the middle.
    """

    name: str
    size: float
    color: str = INK
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 6
    line: float = 1.15
    keep: str = ""
    left: float = 0
    border: str = ""
    shade: str = ""
    base: str = "Normal"
    center: bool = False


LOOKS = (
    Look("Normal", 10, base=""),
    Look("Title", 26, ACCENT, bold=True, before=110, after=12, line=1.05, border=ACCENT),
    Look("Subtitle", 13, SOFT, after=28),
    Look("Short Title", 20, ACCENT, bold=True, after=4, line=1.05, keep="next"),
    Look("Heading 1", 17, ACCENT, bold=True, before=24, after=8, line=1.1, keep="next"),
    Look("Heading 2", 12.5, ACCENT, bold=True, before=14, after=4, keep="next"),
    Look("Heading 3", 10.5, INK, bold=True, before=10, after=3, keep="next"),
    Look("Quote", 10, italic=True, after=0, keep="next", left=14, border=LINE),
    Look("Quote Stated", 10, italic=True, after=0, keep="next", left=14, border=STATED, base="Quote"),
    Look("Quote Actual", 10, italic=True, after=0, keep="next", left=14, border=ACTUAL, base="Quote"),
    Look("Quote Source", 8, SOFT, after=8, keep="lines", left=14, border=LINE),
    Look("Quote Source Stated", 8, SOFT, keep="next", left=14, border=STATED, base="Quote Source"),
    Look("Quote Source Actual", 8, SOFT, keep="next", left=14, border=ACTUAL, base="Quote Source"),
    Look("Caption", 8.5, SOFT, before=8, after=4, keep="next"),
    Look("Figure", 10, before=6, after=2, line=1.0, keep="next", center=True),
    Look("Figure Caption", 8.5, SOFT, after=12, keep="lines", base="Caption"),
    Look("List Bullet", 10, after=3),
    Look("Small", 8.5, SOFT),
    Look("After Table", 4, after=4, line=1.0),
    Look(
        "Callout Title", 10, ACCENT, True, before=10, after=0, keep="next", left=8, border=ACCENT, shade=SHADE
    ),
    Look("Callout", 10, after=10, keep="lines", left=8, border=ACCENT, shade=SHADE),
    Look("Table Text", 8.5, after=0, line=1.05),
    Look("Table Head", 8.5, "FFFFFF", bold=True, after=0, line=1.05, keep="next"),
    Look("Fact Number", 20, ACCENT, bold=True, after=0, line=1.0, keep="next", center=True),
    Look("Fact Label", 8.5, SOFT, after=0, line=1.0, center=True),
    Look("Contents Heading", 17, ACCENT, bold=True, after=10, keep="next"),
    Look("toc 1", 10.5, after=5, line=1.1),
    Look("toc 2", 9.5, SOFT, after=2, left=12, line=1.1),
    Look("Cover Label", 9.5, SOFT, after=3),
    Look("Cover Value", 10.5, after=3),
    Look("Header", 8, SOFT, after=0, line=1.0),
    Look("Footer", 8, SOFT, after=0, line=1.0),
)
"""Every paragraph style the brief uses."""
