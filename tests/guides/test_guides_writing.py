"""Guides on paper: the same bytes each time, everything an interviewer needs, no half-written file."""

from __future__ import annotations

import zipfile

import pytest
from docx import Document
from docx.shared import Cm

from discovery.errors import BankError
from discovery.guides import build_guide, load_banks, read_guide, write_guide
from discovery.guides.wording import CONSENT, CONSENT_BOXES, COVER_BOXES, IMPRESSIONS

GUIDE = build_guide(load_banks(), minutes=45, focus=["channel"], role="hr")


def words(path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("suffix", [".docx", ".md"])
@pytest.mark.parametrize("notes", [False, True])
def test_the_same_guide_gives_the_same_bytes(tmp_path, suffix, notes):
    paths = [write_guide(GUIDE, tmp_path / f"{name}{suffix}", notes=notes) for name in ("one", "two")]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == [f"one{suffix}", f"two{suffix}"]


def test_the_word_guide_holds_all_an_interviewer_needs(tmp_path):
    text = words(write_guide(GUIDE, tmp_path / "guide.docx"))
    wanted = [*CONSENT, *(box for pair in COVER_BOXES for box in pair), *(label for label, _ in IMPRESSIONS)]
    for question in GUIDE.questions:
        wanted += [question.text, *question.probes, *question.listen_for, *question.avoid]
    for section in GUIDE.sections:
        wanted += [section.phase.title, section.phase.purpose]
    for box in CONSENT_BOXES:
        assert f"☐  {box}" in text
    for each in wanted:
        assert each in text


def test_the_markdown_guide_holds_the_same(tmp_path):
    text = write_guide(GUIDE, tmp_path / "guide.md").read_text(encoding="utf-8")
    for question in GUIDE.questions:
        for each in (question.text, question.id, *question.probes, *question.listen_for, *question.avoid):
            assert each in text
    assert all(paragraph in text for paragraph in CONSENT)


def test_the_note_sheet_has_questions_and_room_but_no_probes(tmp_path):
    text = words(write_guide(GUIDE, tmp_path / "notes.docx", notes=True))
    assert all(question.text in text for question in GUIDE.questions)
    assert not any(probe in text for question in GUIDE.questions for probe in question.probes)


def test_a_team_s_own_consent_takes_the_place_of_ours(tmp_path):
    guide = build_guide(load_banks(), consent="We record nothing.")
    for name in ("guide.docx", "guide.md"):
        path = write_guide(guide, tmp_path / name)
        text = words(path) if path.suffix == ".docx" else path.read_text(encoding="utf-8")
        assert "We record nothing." in text
        assert CONSENT[0] not in text


@pytest.mark.parametrize(("page", "width"), [("A4", 21.0), ("Letter", 21.59)])
def test_page_sizes(tmp_path, page, width):
    document = Document(str(write_guide(GUIDE, tmp_path / "guide.docx", page=page)))
    assert document.sections[0].page_width == pytest.approx(Cm(width), abs=400)
    for table in document.tables:
        columns = sum(column.width for column in table.columns)
        text_width = Cm(width) - document.sections[0].left_margin - document.sections[0].right_margin
        assert columns <= text_width + 10_000


def test_screen_readers_find_a_title_headings_and_named_tables(tmp_path):
    path = write_guide(GUIDE, tmp_path / "guide.docx")
    document = Document(str(path))
    assert document.core_properties.title == GUIDE.title
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert [section.phase.title for section in GUIDE.sections if section.phase.title in headings] == [
        section.phase.title for section in GUIDE.sections
    ]
    body = zipfile.ZipFile(path).read("word/document.xml").decode()
    assert body.count("<w:tblCaption") == len(document.tables)
    assert "w:tblHeader" in body


def test_unknown_pages_and_formats_are_refused_and_nothing_is_written(tmp_path):
    for path, page, code in (("guide.docx", "A5", "guide.page"), ("guide.pdf", "A4", "guide.format")):
        with pytest.raises(BankError) as caught:
            write_guide(GUIDE, tmp_path / path, page=page)
        assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "guide.docx").mkdir()
    with pytest.raises(BankError) as caught:
        write_guide(GUIDE, tmp_path / "guide.docx")
    assert caught.value.code == "guide.write"
    assert [each.name for each in tmp_path.iterdir()] == ["guide.docx"]


def test_the_guide_of_the_sample_study_is_the_one_its_definition_makes(tmp_path, root):
    folder = root / "interview_guides"
    guide, definition = read_guide(folder / "first-conversation.toml")
    made = write_guide(guide, tmp_path / "first-conversation.docx", page=definition.page)
    assert words(made) == words(folder / "first-conversation.docx")
