"""The control words of RTF that matter for reading text, and what a group passes on."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass, replace

UNSEEN = frozenset(
    """
    fonttbl colortbl stylesheet info pict object themedata header headerl headerr headerf footer footerl
    footerr footerf listtable
    listoverridetable revtbl rsidtbl generator xmlnstbl fldinst datastore latentstyles
    colorschememapping mmathPr bkmkstart bkmkend pntext pntxta pntxtb listtext filetbl template userprops
    shppict nonshppict pgptbl wgrffmtfilter docvar atnid atnauthor atndate atnref
    """.split()  # noqa: SIM905
)
"""Groups that hold no running text."""

COUNTED = {
    "footnote": "footnotes",
    "annotation": "comments",
    "shptxt": "text boxes",
}
"""Groups with text that is not speech, and what to call it."""

CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "emdash": "\u2014", "endash": "\u2013",
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": " ",
}  # fmt: skip
"""Control words that stand for a character."""

SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
"""Character set of a font to Python codec."""

"""Control symbols that stand for a character."""

MACINTOSH = 10000
"""Code page of the Macintosh, as Windows numbers it."""

_OTHER_CODECS = {MACINTOSH: "mac_roman", 65001: "utf-8"}


def codec(codepage: int) -> str:
    """Name the codec of a Windows code page; Windows-1252 where there is none.

    >>> codec(1251), codec(99999)
    ('cp1251', 'cp1252')
    """
    if codepage in _OTHER_CODECS:
        return _OTHER_CODECS[codepage]
    try:
        codecs.lookup(f"cp{codepage}")
    except LookupError:
        return "cp1252"
    return f"cp{codepage}"


@dataclass(frozen=True, slots=True)
class State:
    """What a group passes on to the groups inside it."""

    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    unseen: bool = False
    fonts: bool = False
    styles: bool = False
    fallback: int = 1
    font: int = -1


FORMATS: dict[str, Callable[[State, int | None], State]] = {
    "b": lambda state, number: replace(state, bold=number != 0),
    "v": lambda state, number: replace(state, hidden=number != 0),
    "deleted": lambda state, number: replace(state, deleted=number != 0),
    "plain": lambda state, _: replace(state, bold=False, hidden=False, deleted=False),
    "f": lambda state, number: replace(state, font=-1 if number is None else number),
    "uc": lambda state, number: replace(state, fallback=1 if number is None else max(number, 0)),
}
"""Control words that change the format of what follows in their group."""
