"""Write a guide or its note sheet, in the format that the file name asks for."""

from __future__ import annotations

from pathlib import Path

from discovery.errors import BankError
from discovery.guides.definition import PAGES
from discovery.guides.guide import Guide
from discovery.guides.markdown import guide_markdown, notes_markdown

FORMATS = (".docx", ".md")


def write_guide(guide: Guide, path: Path, *, page: str = "A4", notes: bool = False) -> Path:
    """Write a guide as .docx or .md; the same guide always gives the same bytes.

    Args:
        guide: What to write.
        path: Where; its suffix is the format. An older file is replaced when the new one is whole.
        page: ``A4`` or ``Letter``, for .docx.
        notes: Write the blank note sheet instead: the questions, and room to write.

    Returns:
        The path.

    Raises:
        BankError: The page size (``guide.page``) or the format (``guide.format``) is unknown, or the file
            cannot be written (``guide.write``).
    """
    path = Path(path)
    if page not in PAGES:
        raise BankError("guide.page", page=page, known=", ".join(PAGES))
    if path.suffix.lower() not in FORMATS:
        raise BankError(
            "guide.format", suffix=path.suffix or "a file without a suffix", known=", ".join(FORMATS)
        )
    from discovery.word import write_aside

    content = _content(guide, path.suffix.lower(), page, notes=notes)
    try:
        write_aside(path, content)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise BankError("guide.write", file=path.name, reason=reason) from problem
    return path


def _content(guide: Guide, suffix: str, page: str, *, notes: bool) -> bytes:
    if suffix == ".md":
        return (notes_markdown(guide) if notes else guide_markdown(guide)).encode()
    # python-docx is only loaded when a Word file is wanted: banks and checks stay quick.
    from discovery.guides.word_guide import guide_docx, notes_docx

    return notes_docx(guide, page) if notes else guide_docx(guide, page)
