"""Taking a PDF with a text layer apart into lines, page furniture left out."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from discovery.errors import TranscriptError
from discovery.records import SkippedLine
from discovery.transcripts.documents.blocks import Block, Document
from discovery.transcripts.documents.hyphens import join_hyphens
from discovery.transcripts.documents.pages import find_furniture

if TYPE_CHECKING:
    from discovery.transcripts.base import RawFile

_LABEL = "PDF"
MOST_PAGES = 3000
"""Most pages that are read; a one-hour interview has about thirty."""

MOST_CHARACTERS = 20_000_000
"""Most characters that are taken out of one file: some four hundred hours of talk."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page, and how many characters at its start are bold."""

    text: str
    bold: int


def is_pdf(file: RawFile) -> bool:
    """Tell whether a file is a PDF; a few bytes of rubbish may stand before its header."""
    return b"%PDF-" in file.data[:1024]


@lru_cache(maxsize=1)
def pdf_document(file: RawFile) -> Document:
    """Take the text layer of a PDF apart.

    Args:
        file: The file as the registry hands it over.

    Returns:
        One block for each line; page headers, footers and page numbers are in ``skipped``.

    Raises:
        TranscriptError: The file is cut off, locked, too large or holds no text.
    """
    with _counted_warnings() as warnings:
        pages = _pages(file)
    if not any(line.text.strip() for page in pages for line in page):
        raise TranscriptError("transcript.scanned", source=file.name)
    furniture = find_furniture([[line.text for line in page] for page in pages])
    lines: list[str] = []
    bold: list[int] = []
    skipped: list[SkippedLine] = []
    number = 0
    for page, lines_of_page in enumerate(pages):
        for place, line in enumerate(lines_of_page):
            number += 1
            reason = furniture.get((page, place), "")
            if reason:
                skipped.append(SkippedLine(number, reason))
            lines.append("" if reason else line.text)
            bold.append(line.bold)
    joined, repairs = join_hyphens(lines)
    blocks = tuple(
        Block(at, line, lead if lead < size else len(line))
        for at, (line, lead, size) in enumerate(zip(joined, bold, map(len, lines), strict=True), 1)
        if line.strip()
    )
    repaired = Counter(repairs)
    repaired["faults of the PDF's structure passed over"] += len(warnings)
    return Document(blocks, (), tuple(sorted((+repaired).items())), tuple(skipped), lines_only=True)


def _pages(file: RawFile) -> list[list[_Line]]:
    """Extract the lines of every page."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    try:
        reader = PdfReader(io.BytesIO(file.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise TranscriptError("transcript.protected", source=file.name, layout=_LABEL)
        if len(reader.pages) > MOST_PAGES:
            size, limit = f"{len(reader.pages)} pages", f"{MOST_PAGES} pages"
            raise TranscriptError("transcript.too-large", source=file.name, size=size, limit=limit)
        return _extract(reader.pages, file.name)
    except TranscriptError:
        raise
    except (DependencyError, FileNotDecryptedError, WrongPasswordError) as error:
        raise TranscriptError("transcript.protected", source=file.name, layout=_LABEL) from error
    # pypdf meets a damaged file with whatever its code happens to stumble over.
    except Exception as error:
        reason = "it is cut off or damaged"
        raise TranscriptError("transcript.broken", source=file.name, layout=_LABEL, reason=reason) from error


def _extract(pages: Sequence[Any], source: str) -> list[list[_Line]]:
    found: list[list[_Line]] = []
    size = 0
    for page in pages:
        text, weights = _text_of(page)
        size += len(text)
        if size > MOST_CHARACTERS:
            limit = f"{MOST_CHARACTERS // 1_000_000} million characters"
            raise TranscriptError(
                "transcript.too-large", source=source, size=f"more than {limit}", limit=limit
            )
        found.append(list(_lines(text, weights)))
    return found


def _text_of(page: Any) -> tuple[str, bytearray]:
    """Extract the text of a page, and for each character whether its font is bold."""
    weights = bytearray()

    def note(text: str, _: object, __: object, font: Any, ___: object) -> None:
        bold = bool(font) and "bold" in str(font.get("/BaseFont", "")).lower()
        weights.extend((b"\x01" if bold else b"\x00") * len(text))

    text: str = page.extract_text(visitor_text=note)
    return text, weights if len(weights) == len(text) else bytearray(len(text))


def _lines(text: str, weights: bytearray) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        plain = next(
            (at for at, char in enumerate(line) if not weights[start + at] and not char.isspace()), len(line)
        )
        start += len(line) + 1
        stripped = line.rstrip()
        lead = len(stripped) if plain >= len(stripped) else plain
        yield _Line(stripped, lead if line[:plain].strip() else 0)


@contextmanager
def _counted_warnings() -> Iterator[list[int]]:
    """Count what pypdf would write to the log of the caller, and keep it out of there."""
    logger = logging.getLogger("pypdf")
    counter = _Counter()
    logger.addHandler(counter)
    before, logger.propagate = logger.propagate, False
    try:
        yield counter.seen
    finally:
        logger.propagate = before
        logger.removeHandler(counter)


class _Counter(logging.Handler):
    """Counts log records and drops them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[int] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Count one record."""
        self.seen.append(record.levelno)
