"""Taking XML out of zipped documents that may be cut off, locked or built to harm."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from discovery.errors import TranscriptError
from discovery.transcripts.base import RawFile

MAX_PART = 64 * 2**20
"""Most bytes one part may unpack to: some three hundred hours of talk."""

MAX_TOTAL = 2**30
"""Most bytes all parts of one file may claim."""

MAX_RATIO = 300
"""Most times a part above one megabyte may grow when unpacked; Word stays below 50."""

_MEGABYTE = 2**20
_TELLING = ("word/document.xml", "content.xml", "mimetypeapplication/vnd.oasis.opendocument.text")
_ZIP = b"PK\x03\x04"


def is_zip(file: RawFile) -> bool:
    """Tell whether a file begins like a zip archive."""
    return file.data.startswith(_ZIP)


def members(file: RawFile) -> frozenset[str]:
    """List the names in a zip archive; where its directory is cut off, those still legible.

    Args:
        file: The file as the registry hands it over.

    Returns:
        Member names; empty when the file is no zip archive.
    """
    if not is_zip(file):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return frozenset(name for name in _TELLING if name.encode() in file.data)


def read_part(file: RawFile, name: str, layout: str) -> bytes:
    """Unpack one part of a zipped document, refusing what would not fit in memory.

    Args:
        file: The file as the registry hands it over.
        name: Name of the part.
        layout: Label of the layout, for the error.

    Returns:
        The part's bytes, at most :data:`MAX_PART`.

    Raises:
        TranscriptError: The archive is cut off, locked, too large or lacks the part.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            _refuse_bombs(archive, name, file.name)
            if archive.getinfo(name).flag_bits & 1:
                raise TranscriptError("transcript.protected", source=file.name, layout=layout)
            with archive.open(name) as part:
                content = part.read(MAX_PART + 1)
    except KeyError as error:
        raise _broken(file.name, layout, f"its part {name} is missing") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise _broken(file.name, layout, "its zip archive is cut off or damaged") from error
    if len(content) > MAX_PART:
        raise _too_large(file.name, f"more than {MAX_PART // _MEGABYTE} MB in one part")
    return content


def _refuse_bombs(archive: zipfile.ZipFile, name: str, source: str) -> None:
    total = sum(entry.file_size for entry in archive.infolist())
    if total > MAX_TOTAL:
        raise _too_large(source, f"{total // _MEGABYTE} MB unpacked", f"{MAX_TOTAL // _MEGABYTE} MB")
    entry = archive.getinfo(name)
    if entry.file_size > MAX_PART:
        raise _too_large(source, f"{entry.file_size // _MEGABYTE} MB in one part")
    if entry.file_size > _MEGABYTE and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        grows = entry.file_size // max(entry.compress_size, 1)
        raise _too_large(source, f"a part that grows {grows}-fold when unpacked", f"{MAX_RATIO}-fold")


def parse_xml(content: bytes, source: str, layout: str) -> etree._Element:
    """Parse XML without following anything outside it.

    Args:
        content: The XML as bytes.
        source: File name, for the error.
        layout: Label of the layout, for the error.

    Returns:
        The root element.

    Raises:
        TranscriptError: The XML is not well formed, or declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _broken(source, layout, "its XML is cut off, damaged or nested too deeply") from error
    if root.getroottree().docinfo.doctype:
        raise _broken(source, layout, "it declares a document type or entities, which no word processor does")
    return root


def local_name(element: etree._Element) -> str:
    """Name an element without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _broken(source: str, layout: str, reason: str) -> TranscriptError:
    return TranscriptError("transcript.broken", source=source, layout=layout, reason=reason)


def _too_large(source: str, size: str, limit: str = f"{MAX_PART // _MEGABYTE} MB") -> TranscriptError:
    return TranscriptError("transcript.too-large", source=source, size=size, limit=limit)
