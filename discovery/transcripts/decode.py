"""Bytes of a transcript file to text, whatever encoding and line ends they were saved with."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from discovery.errors import TranscriptError
from discovery.records import Notice, NoticeKind
from discovery.transcripts.base import RawFile

MOST_BYTES = 50 * 1024 * 1024
"""Largest file that is read. A one-hour interview is well under one megabyte of text."""

_SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"PK\x03\x04", 0, "a ZIP archive or an office file"),
    (b"PK\x05\x06", 0, "a ZIP archive or an office file"),
    (b"%PDF", 0, "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "an office file of before 2007"),
    (b"ID3", 0, "an MP3 recording"),
    (b"\xff\xfb", 0, "an MP3 recording"),
    (b"\xff\xf3", 0, "an MP3 recording"),
    (b"ftyp", 4, "an MP4 or M4A recording"),
    (b"RIFF", 0, "a WAV or AVI recording"),
    (b"OggS", 0, "an Ogg recording"),
    (b"fLaC", 0, "a FLAC recording"),
    (b"\x1aE\xdf\xa3", 0, "a WebM or Matroska recording"),
    (b"\x89PNG", 0, "a PNG picture"),
    (b"\xff\xd8\xff", 0, "a JPEG picture"),
    (b"GIF8", 0, "a GIF picture"),
    (b"\x1f\x8b", 0, "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7z archive"),
    (b"Rar!", 0, "a RAR archive"),
    (b"SQLite format 3\x00", 0, "an SQLite database"),
    (b"\x7fELF", 0, "a program"),
    (b"MZ\x90\x00", 0, "a program"),
)
_BOMS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with byte-order mark"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27} | {127})
_BAD_CHARACTERS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_HIGH_BYTES = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file, what it was decoded from, and what had to be repaired on the way.

    ``text`` is None for a binary file; ``kind`` then says what the file is.
    """

    text: str | None
    encoding: str = ""
    kind: str = ""
    notices: tuple[Notice, ...] = ()


def load(path: Path) -> tuple[RawFile, Decoded]:
    """Read a file from disk, within the size limit, and decode it where it is text.

    Args:
        path: Any file.

    Returns:
        The file as readers see it, and how it was decoded.

    Raises:
        TranscriptError: It is not there, may not be opened, is empty or is too large.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise TranscriptError("transcript.unreadable", source=path.name, reason="it is not a file")
        if size > MOST_BYTES:
            raise TranscriptError(
                "transcript.too-large", source=path.name, size=_megabytes(size), limit=_megabytes(MOST_BYTES)
            )
        with path.open("rb") as handle:
            data = handle.read(size)
    except FileNotFoundError as problem:
        raise TranscriptError("transcript.not-found", source=path.name) from problem
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "its name is not valid"
        raise TranscriptError("transcript.unreadable", source=path.name, reason=reason) from problem
    decoded = decode(data)
    if not data or (decoded.text is not None and not decoded.text.strip()):
        raise TranscriptError("transcript.empty", source=path.name)
    return RawFile(path.name, data, decoded.text, decoded.encoding), decoded


def decode(data: bytes) -> Decoded:
    r"""Turn bytes into text with LF line ends and no byte-order mark.

    UTF-8 is tried first; what is not UTF-8 is read as Windows-1252, the whole file where
    nothing in it is UTF-8, else only the stray bytes, which are counted as repaired.

    Args:
        data: All bytes of the file.

    Returns:
        The text, or what kind of binary file it is.

    >>> decode(b"caf\xe9\r\n").text, decode(b"caf\xe9").encoding
    ('café\n', 'Windows-1252')
    >>> decode(b"%PDF-1.7 ...").kind
    'a PDF'
    """
    for mark, codec, label in _BOMS:
        if data.startswith(mark):
            return _decode_wide(data[len(mark) :], codec, label)
    kind = _signature(data)
    if kind:
        return Decoded(None, kind=kind)
    if b"\x00" in data:
        return _decode_unmarked_wide(data)
    if len(data) and (len(data) - len(data.translate(None, _CONTROLS))) / len(data) > 0.01:
        return Decoded(None, kind="binary data")
    return _decode_bytes(data)


def _signature(data: bytes) -> str:
    for mark, at, kind in _SIGNATURES:
        if data[at : at + len(mark)] == mark:
            return kind
    return ""


def _decode_wide(data: bytes, codec: str, label: str) -> Decoded:
    if codec == "utf-8":
        inner = _decode_bytes(data)
        return Decoded(inner.text, label, notices=inner.notices)
    text = data.decode(codec, errors="replace")
    broken = text.count("\ufffd")
    if len(text) and len(_BAD_CHARACTERS.findall(text)) / len(text) > 0.05:
        return Decoded(None, kind="binary data")
    return Decoded(_plain_lines(text), label, notices=_replaced(broken))


def _decode_unmarked_wide(data: bytes) -> Decoded:
    """Decide whether zero bytes mean UTF-16 or a binary file.

    In UTF-16 the zero bytes of ASCII letters, spaces and line ends stand on one side only.
    """
    even, odd = data[::2].count(0), data[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    one_sided = max(even, odd) >= 20 * min(even, odd) and max(even, odd) >= len(data) * 0.02
    if not one_sided:
        return Decoded(None, kind="binary data")
    return _decode_wide(data, codec, "UTF-16 without byte-order mark")


def _decode_bytes(data: bytes) -> Decoded:
    try:
        return Decoded(_plain_lines(data.decode("utf-8")), "UTF-8")
    except UnicodeDecodeError:
        mixed = bool(_HIGH_BYTES.search(data)) and _mostly_utf8(data)
    if not mixed:
        text = data.decode("cp1252", errors="replace")
        return Decoded(_plain_lines(text), "Windows-1252", notices=_replaced(text.count("\ufffd")))
    text, stray, lost = _decode_mixed(data)
    stray_notice = Notice("read", NoticeKind.REPAIRED, "stray bytes read as Windows-1252", count=stray)
    notices = ((stray_notice,) if stray else ()) + _replaced(lost)
    return Decoded(_plain_lines(text), "UTF-8 with stray Windows-1252", notices=notices)


def _mostly_utf8(data: bytes) -> bool:
    """Tell a UTF-8 file with stray bytes from a Windows-1252 file with lucky pairs."""
    readable = data.decode("utf-8", errors="ignore")
    wide = sum(len(part) for part in re.findall(r"[^\x00-\x7f]+", readable))
    high_bytes = len(data) - len(data.translate(None, bytes(range(128, 256))))
    utf8_bytes = len(readable.encode("utf-8")) - (len(readable) - wide)
    return utf8_bytes * 2 >= high_bytes


def _decode_mixed(data: bytes) -> tuple[str, int, int]:
    """Decode stray bytes one by one; return the text, how many were read and how many lost."""
    pieces: list[str] = []
    stray = lost = at = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for character_run in re.split("([\udc80-\udcff]+)", decoder.decode(data, final=True)):
        at += 1
        if at % 2:
            pieces.append(character_run)
            continue
        raw = character_run.encode("utf-8", "surrogateescape")
        text = raw.decode("cp1252", errors="replace")
        lost += text.count("\ufffd")
        stray += len(text) - text.count("\ufffd")
        pieces.append(text)
    return "".join(pieces), stray, lost


def _plain_lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _replaced(count: int) -> tuple[Notice, ...]:
    what = "characters that no encoding could read were replaced by a question-mark sign"
    return (Notice("read", NoticeKind.REPAIRED, what, count=count),) if count else ()


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"
