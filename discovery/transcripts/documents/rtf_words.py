"""The control words of RTF that matter for reading text."""

from __future__ import annotations

import codecs

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


def codec(codepage: int) -> str:
    """Name the codec of a Windows code page; Windows-1252 where there is none.

    >>> codec(1251), codec(99999)
    ('cp1251', 'cp1252')
    """
    if codepage == 65001:
        return "utf-8"
    try:
        codecs.lookup(f"cp{codepage}")
    except LookupError:
        return "cp1252"
    return f"cp{codepage}"
