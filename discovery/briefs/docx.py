"""Set a brief as a Word document: real styles, fields, alt texts, and the same bytes every time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Cm

from discovery.briefs.model import (
    Block,
    Brief,
    Bullets,
    Callout,
    Facts,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Run,
    Table,
)
from discovery.briefs.text import headings, write_aside
from discovery.briefs.word_package import same_bytes, scrub, set_properties
from discovery.briefs.word_parts import Writer, add_run, bookmark_name, field
from discovery.briefs.word_styles import complete, dress, new
from discovery.errors import BriefError
from discovery.records import Notice

PAGES = {"A4": (21.0, 29.7), "Letter": (21.59, 27.94)}
"""Page sizes in centimetres."""


def write_docx(
    brief: Brief, path: Path, *, page: str = "A4", template: Path | None = None
) -> tuple[Notice, ...]:
    """Write the brief as a Word file that opens without repair and is the same, byte for byte, each time.

    Args:
        brief: What to write.
        path: Where to write it; an older file is replaced only when the new one is whole.
        page: ``A4`` or ``Letter``; a template keeps its own page.
        template: A team's own .docx, whose styles, header and footer are used and whose text is not.

    Returns:
        A notice for each style that the template lacks.

    Raises:
        BriefError: The page size is unknown, the template cannot be used, or the file cannot be written.
    """
    if page not in PAGES:
        raise BriefError("brief.page", page=page, known=", ".join(PAGES))
    document = _open(template)
    notices = complete(document) if template else ()
    if not template:
        dress(document)
        _page(document, PAGES[page])
    if not template or not _has_header(document):
        _running(document, brief)
    set_properties(document, brief.title, brief.subtitle)
    scrub(document)
    _write(document, brief)
    written = BytesIO()
    document.save(written)
    write_aside(Path(path), same_bytes(written.getvalue()))
    return notices


def _open(template: Path | None) -> Any:
    if template is None:
        document = Document()
    else:
        try:
            document = Document(str(template))
        except (PackageNotFoundError, OSError, ValueError, KeyError, zipfile.BadZipFile) as problem:
            reason = f"it is not a readable Word file ({type(problem).__name__})"
            raise BriefError("brief.template", source=Path(template).name, reason=reason) from problem
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return document


def _page(document: Any, size: tuple[float, float]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(size[0]), Cm(size[1])
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.header_distance, section.footer_distance = Cm(1.2), Cm(1.1)


def _has_header(document: Any) -> bool:
    section = document.sections[0]
    parts = (section.header, section.footer)
    return any(paragraph.text.strip() for part in parts for paragraph in part.paragraphs)


def _running(document: Any, brief: Brief) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = not brief.short
    width = section.page_width - section.left_margin - section.right_margin
    for part, left, style in (
        (section.header, brief.title, "Header"),
        (section.footer, brief.marking, "Footer"),
    ):
        paragraph = part.paragraphs[0]
        paragraph.style = document.styles[style]
        paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        add_run(paragraph._p, left if len(left) < 90 else f"{left[:87]}...")
        tab = new("w:r")
        tab.append(new("w:tab"))
        paragraph._p.append(tab)
        if style == "Header":
            add_run(paragraph._p, brief.subtitle if len(brief.subtitle) < 60 else "Design brief")
        else:
            add_run(paragraph._p, "Page ")
            field(paragraph._p, " PAGE ", "1")
            add_run(paragraph._p, " of ")
            field(paragraph._p, " NUMPAGES ", "1")


def _write(document: Any, brief: Brief) -> None:
    section = document.sections[0]
    width = int((section.page_width - section.left_margin - section.right_margin) / 635)
    writer = Writer(document, brief.labels(), width)
    _title_page(writer, brief)
    if not brief.short:
        _contents(writer, brief)
    pictures = 0
    for number, part in brief.numbered():
        lead = f"Appendix {number}" if part.appendix else number
        heading = writer.paragraph("Heading 1")
        if part.new_page:
            heading.pPr.append(new("w:pageBreakBefore"))
        holder = new("w:p")
        add_run(holder, f"{lead}  {part.title}")
        writer.bookmark(heading, part.key, list(holder))
        for block in part.blocks:
            pictures += isinstance(block, Figure)
            _block(writer, block, pictures)


def _title_page(writer: Writer, brief: Brief) -> None:
    writer.paragraph("Short Title" if brief.short else "Title", [Run(brief.title)])
    writer.paragraph("Subtitle", [Run(brief.subtitle)])
    writer.pairs([*brief.cover, ("Who may read this", brief.marking)])


def _contents(writer: Writer, brief: Brief) -> None:
    """A contents field that already shows its entries, so that nothing has to be updated to read it."""
    heading = writer.paragraph("Contents Heading", [Run("Contents")])
    heading.pPr.append(new("w:pageBreakBefore"))
    entries = headings(brief)
    for at, (title, key) in enumerate(entries):
        paragraph = writer.paragraph("toc 1")
        if at == 0:
            for kind in ("begin", "instr", "separate"):
                paragraph.append(_toc_run(kind))
        link = new("w:hyperlink", anchor=bookmark_name(key), history="1")
        add_run(link, title)
        paragraph.append(link)
        if at == len(entries) - 1:
            paragraph.append(_toc_run("end"))


def _toc_run(kind: str) -> Any:
    run = new("w:r")
    if kind == "instr":
        words = new("w:instrText")
        words.text = ' TOC \\o "1-1" \\h \\z \\u '
        words.set(qn("xml:space"), "preserve")
        run.append(words)
    else:
        run.append(new("w:fldChar", fldCharType=kind))
    return run


def _block(writer: Writer, block: Block, pictures: int) -> None:
    if isinstance(block, Heading):
        writer.paragraph(f"Heading {block.level}", [Run(block.text)])
    elif isinstance(block, Paragraph):
        writer.paragraph("Small" if block.small else "Normal", block.runs, keep=block.keep)
    elif isinstance(block, Bullets):
        for item in block.items:
            writer.bullet(item)
    elif isinstance(block, Callout):
        writer.paragraph("Callout Title", [Run(block.title)])
        writer.paragraph("Callout", block.runs)
    elif isinstance(block, Quote):
        for style, runs in _quote(block):
            writer.paragraph(style, runs)
    elif isinstance(block, Table):
        writer.table(block)
    elif isinstance(block, Facts):
        writer.facts(block.items)
    else:
        writer.picture(block, pictures)


def _quote(quote: Quote) -> Iterator[tuple[str, list[Run]]]:
    side = f" {quote.side.capitalize()}" if quote.side else ""
    yield f"Quote{side}", [Run(f"“{quote.text}”")]
    lead = [Run(f"{quote.side.capitalize()}: ", strong=True)] if quote.side else []
    place = f", {quote.place}" if quote.place else ""
    yield f"Quote Source{side}", [*lead, Run(f"{quote.employer}{place}")]
