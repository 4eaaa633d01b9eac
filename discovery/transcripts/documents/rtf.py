r"""Taking an RTF file apart into paragraphs and table rows.

RTF is a stream of control words, groups in braces and text. What Word and LibreOffice
write is read; control words not known here change nothing, groups marked ``\*`` that are
not known are left out, as the specification asks.

Source: Rich Text Format Specification 1.9.1 (Microsoft, 2008).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from discovery.errors import TranscriptError
from discovery.transcripts.documents.blocks import Document
from discovery.transcripts.documents.rtf_flow import Flow
from discovery.transcripts.documents.rtf_words import (
    CHARACTERS,
    CHARSETS,
    COUNTED,
    FORMATS,
    MACINTOSH,
    SYMBOLS,
    UNSEEN,
    State,
    codec,
)

if TYPE_CHECKING:
    from discovery.transcripts.base import RawFile

_LABEL = "RTF"
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])"
    rb"|([{}])|[\r\n\x00]+|([^\\{}\r\n\x00]+|\\)"
)
_DEEPEST = 5000
_HEADINGS = (b"heading", b"title", b"subtitle")


def is_rtf(file: RawFile) -> bool:
    """Tell whether a file is RTF."""
    return file.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


@lru_cache(maxsize=1)
def rtf_document(file: RawFile) -> Document:
    """Take an RTF file apart.

    Args:
        file: The file as the registry hands it over.

    Returns:
        Its paragraphs and table rows in reading order; a file that is cut off gives what
        is there, and says so in ``repaired``.

    Raises:
        TranscriptError: Groups are nested thousands deep.
    """
    parser = _Parser(file.name)
    parser.feed(file.data)
    return parser.document()


class _Parser:
    """One pass over the tokens."""

    def __init__(self, source: str) -> None:
        self._flow = Flow()
        self.left_out: Counter[str] = Counter()
        self.repaired: Counter[str] = Counter()
        self._source = source
        self._state = State()
        self._stack: list[State] = []
        self._codepage = "cp1252"
        self._fonts: dict[int, str] = {}
        self._bytes = bytearray()
        self._heading_styles: set[int] = set()
        self._style = 0
        self._starred = False
        self._skip = 0
        self._high = 0
        self._closed = False

    def feed(self, data: bytes) -> None:
        """Go through the whole file."""
        at = data.find(b"{\\rtf")
        while at < len(data) and not self._closed:
            found = _TOKEN.match(data, at)
            if found is None:
                break
            at = found.end()
            word, number, code, symbol, brace, text = found.groups()
            if word is not None:
                at += self._word(word.decode("ascii"), int(number) if number else None, at)
            elif code is not None:
                self._byte(int(code, 16))
            elif brace is not None:
                self._brace(brace)
            elif symbol is not None:
                self._symbol(symbol)
            elif text is not None:
                self._raw(text)
            self._starred = symbol == b"*"

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip = 0
        if brace == b"{":
            if len(self._stack) >= _DEEPEST:
                reason = "it is nested too deeply"
                raise TranscriptError("transcript.broken", source=self._source, layout=_LABEL, reason=reason)
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()
            self._closed = not self._stack

    def _word(self, word: str, number: int | None, at: int) -> int:
        """Obey one control word; return how many bytes of binary data follow it."""
        if word == "u":
            self._unicode(number or 0)
            return 0
        self._skip = 0 if word != "bin" else self._skip
        if word == "bin":
            return max(number or 0, 0)
        self._flush()
        if word in CHARACTERS:
            self._text(CHARACTERS[word])
        elif word in FORMATS:
            self._state = FORMATS[word](self._state, number)
        elif word in _ACTIONS:
            _ACTIONS[word](self, number)
        elif word in UNSEEN or word in COUNTED or self._starred:
            self._enter(word)
        return 0

    def _enter(self, word: str) -> None:
        """Begin a group that is no running text; count it where a reader would miss it."""
        if COUNTED.get(word) and not self._state.unseen:
            self.left_out[COUNTED[word]] += 1
        fonts, styles = self._state.fonts or word == "fonttbl", self._state.styles or word == "stylesheet"
        self._state = replace(self._state, unseen=True, fonts=fonts, styles=styles)

    def _symbol(self, symbol: bytes) -> None:
        if symbol in (b"\n", b"\r"):
            self.end_paragraph(None)
        elif symbol in SYMBOLS:
            self._flush()
            self._text(SYMBOLS[symbol])

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        elif not self._state.unseen:
            self._bytes.append(value)

    def _raw(self, text: bytes) -> None:
        dropped = min(self._skip, len(text))
        self._skip -= dropped
        if not self._state.unseen:
            self._bytes.extend(text[dropped:])
        elif self._state.styles and text.strip().lower().startswith(_HEADINGS):
            self._heading_styles.add(self._style)

    def _unicode(self, number: int) -> None:
        self._flush()
        self._skip = self._state.fallback
        value = number + 0x10000 if number < 0 else number
        if 0xD800 <= value < 0xDC00:
            self._high = value
            return
        if 0xDC00 <= value < 0xE000 and self._high:
            value = 0x10000 + ((self._high - 0xD800) << 10) + (value - 0xDC00)
        self._high = 0
        if 0 < value < 0x110000 and not 0xD800 <= value < 0xE000:
            self._text(chr(value))
        else:
            self.repaired["characters that cannot be were left out"] += 1

    def _flush(self) -> None:
        """Decode the bytes gathered so far with the code page of the font in use."""
        if not self._bytes:
            return
        codepage = self._fonts.get(self._state.font, self._codepage)
        text = bytes(self._bytes).decode(codepage, errors="replace")
        self._bytes.clear()
        if "\ufffd" in text:
            self.repaired["characters that the code page does not have were replaced"] += text.count("\ufffd")
        self._text(text)

    def _text(self, text: str) -> None:
        state = self._state
        if state.unseen or not text:
            return
        if state.hidden or state.deleted:
            what = "hidden text" if state.hidden else "deleted text of tracked changes"
            self.left_out[what] += bool(text.strip())
            return
        self._flow.add(text, bold=state.bold)

    def end_paragraph(self, _: int | None) -> None:
        """Close a paragraph, or a line of a table cell."""
        self._end(self._flow.end_paragraph)

    def end_cell(self, _: int | None) -> None:
        """Close a table cell."""
        self._end(self._flow.end_cell)

    def end_row(self, _: int | None) -> None:
        """Close a table row."""
        self._end(self._flow.end_row)

    def _end(self, close: Callable[[], None]) -> None:
        self._flush()
        if not self._state.unseen:
            close()

    def set_charset(self, number: int | None) -> None:
        """Note the character set of the font that is being declared."""
        codepage = CHARSETS.get(number or 0)
        if self._state.fonts and codepage and number:
            self._fonts[self._state.font] = codepage

    def set_codepage(self, number: int | None) -> None:
        """Choose the code page of the document."""
        self._codepage = codec(number or 1252)

    def begin_paragraph(self, _: int | None) -> None:
        """Reset paragraph format: no table, no heading."""
        if not self._state.unseen:
            self._flow.in_table = self._flow.heading = False

    def set_style(self, number: int | None) -> None:
        """Note the style that is being declared, or that the paragraph has."""
        if self._state.styles:
            self._style = number or 0
        elif not self._state.unseen:
            self._flow.heading = self._flow.heading or (number or 0) in self._heading_styles

    def set_heading(self, number: int | None) -> None:
        """Mark the paragraph as a heading; level 9 is body text."""
        if not self._state.unseen:
            self._flow.heading = number != 9

    def in_table(self, _: int | None) -> None:
        """Mark the paragraph as part of a table."""
        self._flow.in_table = self._flow.in_table or not self._state.unseen

    def document(self) -> Document:
        """Close what is still open and hand the document over."""
        self._flush()
        if not self._closed:
            self.repaired["the file is cut off; what is there was read"] += 1
        return Document(
            self._flow.close(),
            tuple(sorted(self.left_out.items())),
            tuple(sorted(self.repaired.items())),
        )


_ACTIONS: dict[str, Callable[[_Parser, int | None], None]] = {
    "par": _Parser.end_paragraph,
    "sect": _Parser.end_paragraph,
    "page": _Parser.end_paragraph,
    "cell": _Parser.end_cell,
    "nestcell": _Parser.end_cell,
    "row": _Parser.end_row,
    "nestrow": _Parser.end_row,
    "fcharset": _Parser.set_charset,
    "ansicpg": _Parser.set_codepage,
    "mac": lambda parser, _: parser.set_codepage(MACINTOSH),
    "pard": _Parser.begin_paragraph,
    "intbl": _Parser.in_table,
    "s": _Parser.set_style,
    "outlinelevel": _Parser.set_heading,
}
"""Control words that do something at their place."""
