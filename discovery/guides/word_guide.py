"""A guide, or a blank note sheet for it, as a Word document to print and hold."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from discovery.guides.guide import GOODBYE_MINUTES, WELCOME_MINUTES, Guide, Section
from discovery.guides.phases import ROLES
from discovery.guides.word_styles import (
    SHADE,
    add_row,
    element,
    fill,
    frame,
    new_document,
    table,
    text_width,
)
from discovery.guides.wording import (
    CONSENT,
    CONSENT_BOXES,
    COVER_BOXES,
    GOODBYE,
    HOW_TO_USE,
    IMPRESSIONS,
    IMPRESSIONS_NOTE,
    WELCOME,
    clock,
    length,
)
from discovery.records import Question
from discovery.word import same_bytes

_LINE = 540
_NOTES_A_MINUTE = 260
_LEAST_NOTES, _MOST_NOTES = 900, 1900
_SHEET_NOTES = 2500


def guide_docx(guide: Guide, page: str) -> bytes:
    """Set a guide as a Word file: cover, plan, questions beside a listen-for margin, first impressions."""
    document = new_document(guide.title, page)
    _head(document, guide, "Interview guide")
    _boxes(document)
    _consent(document, guide)
    _how_to_use(document)
    _plan(document, guide)
    number = 0
    for section in guide.sections:
        number = _section(document, section, number)
    _impressions(document)
    return _saved(document)


def notes_docx(guide: Guide, page: str) -> bytes:
    """Set the blank note sheet of a guide as a Word file: its questions, and room to write."""
    document = new_document(f"Notes: {guide.title}", page)
    _head(document, guide, "Note sheet")
    _boxes(document)
    number = 0
    for section in guide.sections:
        document.add_paragraph(section.phase.title, style="Heading 1")
        for question in section.questions:
            number += 1
            made = table(document, [text_width(document)], f"Notes on question {number}")
            (cell,) = add_row(made, least=_SHEET_NOTES)
            frame(cell)
            fill(cell, [("Heading 2", f"{number}. {question.text}")])
            document.add_paragraph(style="Gap")
    _impressions(document)
    return _saved(document)


def _saved(document: Any) -> bytes:
    written = BytesIO()
    document.save(written)
    return same_bytes(written.getvalue())


def _head(document: Any, guide: Guide, kind: str) -> None:
    document.add_paragraph(guide.title, style="Title")
    meant = f" for {ROLES[guide.role]}" if guide.role else ""
    focus = f" · focus: {', '.join(guide.focus)}" if guide.focus else ""
    facts = f"{kind}{meant} · {length(guide.minutes)} · {len(guide.questions)} questions{focus}"
    if guide.about:
        document.add_paragraph(guide.about, style="Purpose")
    document.add_paragraph(facts, style="Subtitle")


def _boxes(document: Any) -> None:
    half = text_width(document) // 2
    made = table(document, [half, half], "About this interview, to be filled in")
    for pair in COVER_BOXES:
        for cell, label in zip(add_row(made, least=620), pair, strict=True):
            frame(cell)
            fill(cell, [("Box Label", label)])


def _consent(document: Any, guide: Guide) -> None:
    document.add_paragraph("Read this out before the recorder runs", style="Heading 1")
    made = table(document, [text_width(document)], "Consent wording")
    (cell,) = add_row(made)
    frame(cell, edges="left", shade=SHADE)
    fill(cell, [("Spoken", text) for text in ((guide.consent,) if guide.consent else CONSENT)])
    document.add_paragraph(style="Gap")
    document.add_paragraph("The person:", style="Box Label")
    half = text_width(document) // 2
    made = table(document, [half, half], "Consent, to be ticked")
    for at in range(0, len(CONSENT_BOXES), 2):
        for cell, box in zip(add_row(made), (*CONSENT_BOXES[at : at + 2], ""), strict=False):
            fill(cell, [("Check", f"☐  {box}" if box else "")])


def _how_to_use(document: Any) -> None:
    document.add_paragraph("How to use this guide", style="Heading 1")
    for line in HOW_TO_USE:
        document.add_paragraph(line, style="List Bullet")


def _plan(document: Any, guide: Guide) -> None:
    heading = document.add_paragraph("The plan", style="Heading 1")
    heading.paragraph_format.page_break_before = True
    width = text_width(document)
    sizes = [width * 12 // 100, width * 58 // 100, width * 15 // 100, width * 15 // 100]
    made = table(document, sizes, "Parts of the interview with their times")
    for cell, text in zip(add_row(made, header=True), ("From", "Part", "Minutes", "Questions"), strict=True):
        frame(cell, edges="bottom", shade=SHADE)
        fill(cell, [("Table Head", text)])
    rows = [(clock(0), WELCOME, f"{WELCOME_MINUTES:g}", "")]
    rows += [
        (clock(part.starts), part.phase.title, f"{part.minutes:g}", str(len(part.questions)))
        for part in guide.sections
    ]
    rows.append((clock(guide.planned - GOODBYE_MINUTES), GOODBYE, f"{GOODBYE_MINUTES:g}", ""))
    for row in rows:
        for cell, text in zip(add_row(made), row, strict=True):
            frame(cell, edges="bottom")
            fill(cell, [("Table Text", text)])


def _section(document: Any, section: Section, number: int) -> int:
    ends = clock(section.starts + section.minutes)
    document.add_paragraph(section.phase.title, style="Heading 1")
    document.add_paragraph(
        f"{clock(section.starts)} to {ends} · {length(section.minutes)} · {section.phase.purpose}",
        style="Purpose",
    )
    for question in section.questions:
        number += 1
        _question(document, number, question)
    return number


def _question(document: Any, number: int, question: Question) -> None:
    width = text_width(document)
    made = table(document, [width * 69 // 100, width * 31 // 100], f"Question {number}")
    asked, margin = add_row(made)
    frame(asked, edges="top left")
    frame(margin, edges="top right", shade=SHADE)
    fill(asked, [("Heading 2", f"{number}. {question.text}")])
    for probe in question.probes:
        asked.add_paragraph(f"–  {probe}", style="Probe")
    fill(margin, [("Margin Head", f"Listen for · {length(question.minutes)}")])
    for line in question.listen_for:
        margin.add_paragraph(line, style="Margin Text")
    margin.add_paragraph("Avoid", style="Margin Head")
    for line in question.avoid:
        margin.add_paragraph(line, style="Margin Text")
    _keep_with_next(asked, margin)
    height = int(min(_MOST_NOTES, max(_LEAST_NOTES, question.minutes * _NOTES_A_MINUTE)))
    notes, beside = add_row(made, least=height)
    frame(notes, edges="left bottom")
    frame(beside, edges="right bottom", shade=SHADE)
    fill(notes, [("Box Label", "Notes")])
    document.add_paragraph(style="Gap")


def _keep_with_next(*cells: Any) -> None:
    """A table row stays with the next one where all its paragraphs are kept with the next."""
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _impressions(document: Any) -> None:
    heading = document.add_paragraph("First impressions", style="Heading 1")
    heading.paragraph_format.page_break_before = True
    document.add_paragraph(IMPRESSIONS_NOTE, style="Purpose")
    made = table(document, [text_width(document)], "First impressions, to be filled in")
    for label, lines in IMPRESSIONS:
        (cell,) = add_row(made, least=lines * _LINE + 300)
        frame(cell)
        fill(cell, [("Box Label", label)])
    made._tbl.addnext(element("w:p"))
