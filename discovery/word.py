"""What every Word file of the package needs: the same bytes each time, and no half-written file."""

from __future__ import annotations

import contextlib
import os
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path


def same_bytes(package: bytes) -> bytes:
    """Pack a .docx again with fixed dates and in a fixed order, so that equal content gives equal bytes.

    Args:
        package: The file as the library saved it.

    Returns:
        The same parts, the content types first, as the format asks for.
    """
    again = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            made.writestr(entry, old.read(name))
    return again.getvalue()


def write_aside(path: Path, content: bytes) -> None:
    """Write a whole file beside its place, then move it there, so that no half file is ever seen.

    Args:
        path: Where the file should be; missing folders are made.
        content: All of its bytes.

    Raises:
        OSError: The file cannot be written, for instance because it is open elsewhere.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(aside).chmod(0o666 & ~mask)
        Path(aside).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(aside).unlink()
        raise
