"""Files built to harm, or too large, are refused by name before they can do so."""

from __future__ import annotations

import io
import logging
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from discovery.errors import TranscriptError
from discovery.transcripts.base import RawFile
from discovery.transcripts.documents import pdf as pdf_module
from discovery.transcripts.documents import zipped as zipped_module
from discovery.transcripts.reading import read_transcript
from discovery.transcripts.registry import choose
from tests.transcripts.document_builder import W, docx, lines, odt, paragraph, pdf, run, zipped

TALK = ["Dana: Who do you hire?", "Ana: Welders.", "Dana: Why?", "Ana: They last."]


def refused(tmp_path: Path, data: bytes, name: str = "talk.bin") -> TranscriptError:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(TranscriptError) as caught:
        read_transcript(path)
    assert caught.value.source == name
    return caught.value


@pytest.mark.parametrize("member", ["word/document.xml", "word/styles.xml"])
def test_a_zip_bomb_is_refused_without_unpacking_it(member: str) -> None:
    parts = {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body/></w:document>'}
    file = RawFile("talk.docx", zipped({**parts, member: b"<" + b" " * (50 * 2**20)}))
    tracemalloc.start()
    reader, _ = choose(file)
    with pytest.raises(TranscriptError) as caught:
        reader.read(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "transcript.too-large"
    assert "fold" in caught.value.message
    assert peak < 10 * 2**20


def test_a_part_that_lies_about_its_size_is_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The size in the directory says little, the data unpack to more than is allowed."""
    monkeypatch.setattr(zipped_module, "MAX_PART", 2**20)
    document = b"<" + b"ab " * 2**20
    data = bytearray(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document}))
    at = data.rfind(b"word/document.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    fault = refused(tmp_path, bytes(data))
    assert fault.code in ("transcript.too-large", "transcript.broken")


def test_many_parts_that_add_up_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped_module, "MAX_TOTAL", 2**20)
    parts = {f"word/media/{number}.bin": bytes(200_000) for number in range(6)}
    fault = refused(tmp_path, zipped({"word/document.xml": "<w/>", **parts}))
    assert fault.code == "transcript.too-large"


BILLION = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)


@pytest.mark.parametrize(
    "declared", [BILLION, '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">', "<!DOCTYPE a>"]
)
def test_a_document_type_is_refused(tmp_path: Path, declared: str) -> None:
    word = docx(paragraph("<w:r><w:t>Dana: hello</w:t></w:r>"), prolog=declared)
    text = odt("<text:p>Dana: hello</text:p>", prolog=declared)
    for data in (word, text):
        fault = refused(tmp_path, data)
        assert fault.code == "transcript.broken"
        assert "entities" in fault.message


def test_an_external_entity_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Dana: the secret\nAna: is out\n", encoding="utf-8")
    prolog = f'<!DOCTYPE a [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    fault = refused(tmp_path, docx(paragraph("<w:r><w:t>&s;</w:t></w:r>"), prolog=prolog))
    assert fault.code == "transcript.broken"
    assert "secret" not in str(fault)


def test_deep_nesting_is_refused_or_read(tmp_path: Path) -> None:
    deep_xml = docx("<w:sdt>" * 400 + paragraph(run("Dana: hello")) + "</w:sdt>" * 400)
    assert refused(tmp_path, deep_xml).code == "transcript.broken"
    assert refused(tmp_path, b"[" * 100_000 + b"]" * 100_000).code == "transcript.broken"
    assert refused(tmp_path, b'{"segments": ' + b'{"a":' * 100_000).code == "transcript.broken"
    assert refused(tmp_path, b"{\\rtf1 " + b"{" * 100_000).code == "transcript.broken"


def test_a_number_too_long_for_python_is_a_coded_error(tmp_path: Path) -> None:
    data = b'[{"speaker": "Dana", "text": "hello", "start": ' + b"9" * 10_000 + b"}]"
    assert refused(tmp_path, data).code == "transcript.broken"


def test_a_locked_zip_part_is_told(tmp_path: Path) -> None:
    data = bytearray(docx(*lines(TALK)))
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(signature)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(signature, at + 4)
    assert refused(tmp_path, bytes(data)).code == "transcript.protected"


def test_other_zip_files_are_not_taken_for_documents(tmp_path: Path) -> None:
    workbook = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"})
    assert refused(tmp_path, workbook).code == "transcript.binary"
    sheet = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})
    assert refused(tmp_path, sheet).code == "transcript.binary"


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        ("WordDocument", "transcript.old-office"),
        ("Workbook", "transcript.old-office"),
        ("Something", "transcript.old-office"),
        ("EncryptedPackage", "transcript.protected"),
    ],
)
def test_office_files_of_before_2007_say_what_they_are(tmp_path: Path, stream: str, code: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")
    assert refused(tmp_path, data).code == code


def test_a_pdf_with_too_many_pages_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "MOST_PAGES", 2)
    assert refused(tmp_path, pdf([TALK, TALK, TALK])).code == "transcript.too-large"


def test_a_pdf_with_too_much_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "MOST_CHARACTERS", 50)
    assert refused(tmp_path, pdf([TALK, TALK])).code == "transcript.too-large"


def test_pdf_warnings_are_counted_and_kept_out_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "talk.pdf"
    path.write_bytes(b"junk\n" + pdf([TALK]))
    with caplog.at_level(logging.DEBUG):
        transcript = read_transcript(path)
    assert [turn.text for turn in transcript.turns][:2] == ["Who do you hire?", "Welders."]
    assert caplog.records == []
    counts = {notice.what: notice.count for notice in transcript.report.notices}
    assert counts["faults of the PDF's structure passed over"] >= 1
    assert logging.getLogger("pypdf").propagate


def test_an_error_never_repeats_interview_text(tmp_path: Path) -> None:
    words = "unmistakable interview words"
    broken = [
        f'[{{"speaker": "Dana", "text": "{words}"'.encode(),
        f'speaker,text\nDana,"{words}\nAna,hello\n'.encode(),
        docx(paragraph(run(words))),
        b"{\\rtf1 " + words.encode() + b"}",
        pdf([[words]]),
    ]
    for data in broken:
        fault = refused(tmp_path, data)
        assert "unmistakable" not in str(fault)
        assert "unmistakable" not in repr(fault.facts)


def test_members_of_a_cut_off_archive_are_still_told() -> None:
    data = docx(*lines(TALK))[:500]
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(data))
    assert "word/document.xml" in zipped_module.members(RawFile("a", data))
