"""The Word file: opens, holds what the brief says, names nobody in its properties, same bytes every time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree

from discovery.briefs import Brief, Material, compose_brief, write_docx
from discovery.briefs.model import Figure, Heading, Quote, Section, Table, say
from discovery.errors import BriefError

Make = Callable[..., Material]

NASTY = "=CMD('calc') <script>alert(1)</script> & \x07 🦊 مرحبا שלום {TOC} ]]>"


def body(path: Path) -> Any:
    return Document(str(path)).element.body


def words(path: Path) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body(path).iter(qn("w:p")))


@pytest.fixture
def written(rich: Material, tmp_path: Path) -> tuple[Brief, Path]:
    brief = compose_brief(rich)
    path = tmp_path / "brief.docx"
    assert write_docx(brief, path) == ()
    return brief, path


def test_same_brief_same_bytes(rich: Material, tmp_path: Path, drawn: None) -> None:
    write_docx(compose_brief(rich), tmp_path / "one.docx")
    write_docx(compose_brief(rich), tmp_path / "two.docx")
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


def test_package_is_packed_with_fixed_dates_in_order(written: tuple[Brief, Path]) -> None:
    with zipfile.ZipFile(written[1]) as package:
        names = package.namelist()
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names == ["[Content_Types].xml", *sorted(set(names) - {"[Content_Types].xml"})]


def test_properties_name_nobody(written: tuple[Brief, Path]) -> None:
    properties = Document(str(written[1])).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == written[0].title
    with zipfile.ZipFile(written[1]) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name or name == "docProps/app.xml"]


def test_headings_are_real_and_in_the_contents(written: tuple[Brief, Path]) -> None:
    brief, path = written
    document = Document(str(path))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    entries = [
        "".join(t.text or "" for t in p._p.iter(qn("w:t")))
        for p in document.paragraphs
        if p.style.name == "toc 1"
    ]
    assert len(headings) == len(brief.sections) == len(entries)
    assert headings == entries
    fields = [node.text for node in document.element.body.iter(qn("w:instrText"))]
    assert fields[0].strip().startswith("TOC ")


def test_fields_are_balanced_and_references_find_their_bookmark(written: tuple[Brief, Path]) -> None:
    root = body(written[1])
    kinds = [node.get(qn("w:fldCharType")) for node in root.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 30
    marks = [node.get(qn("w:name")) for node in root.iter(qn("w:bookmarkStart"))]
    numbers = [node.get(qn("w:id")) for node in root.iter(qn("w:bookmarkStart"))]
    assert len(set(marks)) == len(marks)
    assert len(set(numbers)) == len(numbers)
    wanted = re.findall(r" REF (\w+) ", " ".join(node.text for node in root.iter(qn("w:instrText"))))
    wanted += [node.get(qn("w:anchor")) for node in root.iter(qn("w:hyperlink"))]
    assert len(wanted) > 20
    assert set(wanted) <= set(marks)


def test_tables_repeat_their_header_and_keep_rows_whole(written: tuple[Brief, Path]) -> None:
    brief, path = written
    made = [t for t in body(path).iter(qn("w:tbl")) if t.find(".//" + qn("w:tblStyle")) is not None]
    wanted = [block for part in brief.sections for block in part.blocks if isinstance(block, Table)]
    assert len(made) == len(wanted)
    for table, block in zip(made, wanted, strict=True):
        rows = table.findall(qn("w:tr"))
        assert len(rows) == len(block.rows) + 1
        assert rows[0].find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
        assert rows[-1].xpath("string(w:tc[1])") == block.rows[-1][0]


def test_pictures_have_alt_texts_and_captions(written: tuple[Brief, Path]) -> None:
    brief, path = written
    figures = [block for part in brief.sections for block in part.blocks if isinstance(block, Figure)]
    document = Document(str(path))
    alts = [node.get("descr") for node in document.element.body.iter(qn("wp:docPr"))]
    assert alts == [figure.alt for figure in figures]
    assert len(alts) == 4
    captions = [p.text for p in document.paragraphs if p.style.name == "Figure Caption"]
    assert captions == [f"Figure {at}  {figure.caption}" for at, figure in enumerate(figures, 1)]


def test_quotes_use_the_quote_styles_and_name_their_side(written: tuple[Brief, Path]) -> None:
    document = Document(str(written[1]))
    styles = [p.style.name for p in document.paragraphs]
    assert styles.count("Quote Stated") == styles.count("Quote Actual") > 5
    at = styles.index("Quote Source Stated")
    assert document.paragraphs[at].text == "Stated: Employer A, interview-01.vtt, turn 1, 0:10"


@pytest.mark.parametrize(("page", "size"), [("A4", (21.0, 29.7)), ("Letter", (21.59, 27.94))])
def test_page_sizes_and_running_lines(
    rich: Material, tmp_path: Path, page: str, size: tuple[float, float]
) -> None:
    path = tmp_path / "brief.docx"
    write_docx(compose_brief(rich, only=["data"]), path, page=page)
    section = Document(str(path)).sections[0]
    assert abs(section.page_width - Cm(size[0])) < 1000
    assert abs(section.page_height - Cm(size[1])) < 1000
    assert rich.title in section.header.paragraphs[0].text
    assert "Internal" in section.footer.paragraphs[0].text
    assert " PAGE " in etree.tostring(section.footer._element).decode()


def test_unknown_page_size_is_named(rich: Material, tmp_path: Path) -> None:
    with pytest.raises(BriefError) as caught:
        write_docx(compose_brief(rich, only=["data"]), tmp_path / "b.docx", page="A5")
    assert caught.value.code == "brief.page"


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    blocks = (say(NASTY), Heading(NASTY), Table("table:x", NASTY, (NASTY,), ((NASTY,),)))
    blocks += (Quote(NASTY, NASTY, NASTY, 3, ""),)
    brief = Brief(NASTY, NASTY, ((NASTY, NASTY),), (Section("x", NASTY, blocks),))
    path = tmp_path / "brief.docx"
    write_docx(brief, path)
    shown = words(path)
    assert shown.count("=CMD('calc') <script>alert(1)</script> &  🦊 مرحبا שלום {TOC} ]]>") >= 8
    codes = {node.text.split()[0] for node in body(path).iter(qn("w:instrText"))}
    assert codes <= {"TOC", "SEQ", "REF"}
    marked = ["".join(mark.getparent().getparent().itertext()) for mark in body(path).iter(qn("w:rtl"))]
    assert set(" ".join(marked).split()) == {"مرحبا", "שלום"}


def test_a_locked_place_is_named_and_nothing_half_written_is_left(rich: Material, tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    path.mkdir()
    with pytest.raises(BriefError) as caught:
        write_docx(compose_brief(rich, only=["data"]), path)
    assert caught.value.code == "brief.write"
    assert [each.name for each in tmp_path.iterdir()] == ["brief.docx"]


def test_an_older_brief_survives_a_failed_write(
    rich: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(b"older")

    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("discovery.briefs.text.os.replace", locked)
    with pytest.raises(BriefError, match="Permission denied"):
        write_docx(compose_brief(rich, only=["data"]), path)
    assert path.read_bytes() == b"older"
    assert len(list(tmp_path.iterdir())) == 1


def template(path: Path) -> Path:
    """A team's own file: Letter page, their header, a large Heading 1, no quote styles, a comment."""
    document = Document()
    document.sections[0].page_width = Cm(21.59)
    document.sections[0].header.paragraphs[0].text = "Our Foundation"
    document.styles["Heading 1"].font.size = 304800
    for name in ("Quote", "List Bullet"):
        document.styles[name].delete()
    paragraph = document.add_paragraph("Delete me")
    document.add_comment(paragraph.runs, "hello", author="Ann Lund", initials="AL")
    document.core_properties.author = "Ann Lund"
    document.core_properties.last_modified_by = "Ann Lund"
    document.save(str(path))
    return path


def test_a_template_keeps_its_look_and_missing_styles_are_reported(rich: Material, tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    notices = write_docx(compose_brief(rich), path, template=template(tmp_path / "brand.docx"))
    missing = {notice.what.split("'")[1] for notice in notices}
    assert {"Quote", "Quote Stated", "List Bullet", "Table Text", "Brief Table"} <= missing
    assert not {"Normal", "Title", "Heading 1"} & missing
    document = Document(str(path))
    assert document.styles["Heading 1"].font.size == 304800
    assert document.sections[0].header.paragraphs[0].text == "Our Foundation"
    assert abs(document.sections[0].page_width - Cm(21.59)) < 1000
    assert "Delete me" not in words(path)
    bullet = next(p for p in document.paragraphs if p.style.name == "List Bullet")
    assert bullet.text.startswith("•")
    with zipfile.ZipFile(path) as package:
        assert not [name for name in package.namelist() if b"Ann Lund" in package.read(name)]


def test_a_file_that_is_no_template_is_named(rich: Material, tmp_path: Path) -> None:
    broken = tmp_path / "brand.docx"
    broken.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(BriefError) as caught:
        write_docx(compose_brief(rich, only=["data"]), tmp_path / "b.docx", template=broken)
    assert caught.value.code == "brief.template"
    assert "brand.docx" in str(caught.value)


def test_an_empty_study_and_a_sheet_are_short(empty: Material, rich: Material, tmp_path: Path) -> None:
    for brief in (compose_brief(empty), compose_brief(rich, employer="e00")):
        path = tmp_path / "short.docx"
        write_docx(brief, path)
        assert not list(body(path).iter(qn("w:pageBreakBefore")))
        assert "Contents" not in words(path).split("\n")


def test_markup_follows_words_order_of_elements(written: tuple[Brief, Path]) -> None:
    """Word refuses paragraphs whose properties stand in another order."""
    order = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "ind", "jc"]
    for properties in body(written[1]).iter(qn("w:pPr")):
        tags = [etree.QName(child).localname for child in properties]
        assert tags == sorted(tags, key=order.index)
