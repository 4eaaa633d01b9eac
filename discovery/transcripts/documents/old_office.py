"""Office files that are no zip archives: those of before 2007, and newer ones under a password.

They are recognised only to say what they are; reading them would take a library that is
not kept, or the password.
"""

from __future__ import annotations

from discovery.errors import TranscriptError
from discovery.transcripts.base import RawFile

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("WordDocument", "a Word document (.doc)"),
    ("Workbook", "an Excel workbook (.xls)"),
    ("PowerPoint Document", "a PowerPoint presentation (.ppt)"),
    ("__properties_version1.0", "an Outlook message (.msg)"),
)


def is_old_office(file: RawFile) -> bool:
    """Tell whether a file is an OLE container."""
    return file.data.startswith(_MAGIC)


def old_office_error(file: RawFile) -> TranscriptError:
    """Say what an OLE container is, by the names of the streams in it.

    Args:
        file: A file for which :func:`is_old_office` holds.

    Returns:
        The error to raise: a locked document, or a file of before 2007.
    """
    if _holds(file, "EncryptedPackage"):
        return TranscriptError("transcript.protected", source=file.name, layout="Word")
    kind = next((kind for stream, kind in _STREAMS if _holds(file, stream)), "an office file")
    return TranscriptError("transcript.old-office", source=file.name, kind=kind)


def _holds(file: RawFile, stream: str) -> bool:
    return stream.encode("utf-16-le") in file.data
