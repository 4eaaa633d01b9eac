"""The same talk in Word, OpenDocument, RTF and PDF: no word is lost, invented or given to another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discovery.annotated import tidy
from discovery.records import NoticeKind
from discovery.transcripts.base import RawFile
from discovery.transcripts.documents.hyphens import join_hyphens
from discovery.transcripts.reading import read_transcript
from discovery.transcripts.registry import choose
from tests.transcripts.document_builder import docx, lines, odt, paragraph, pdf, run, table

Said = list[tuple[str, str]]

_LETTERS = st.characters(codec="utf-8", categories=("Lu", "Ll", "Lo"), exclude_characters="ﬁ")
_WORDS = st.text(_LETTERS, min_size=2, max_size=7)
_ENDS = st.sampled_from(["", "", ".", "?", ",", " -", "…", " &", " <b>", " 🙂", "’s", " 10:30", ' "'])
_TEXTS = st.lists(st.tuples(_WORDS, _ENDS).map("".join), min_size=1, max_size=6).map(" ".join)
_SAID = st.lists(
    st.tuples(st.sampled_from(["Dana Whitlock", "Ana de Souza"]), _TEXTS), min_size=3, max_size=6
)
_LATIN = st.lists(st.text(st.sampled_from("abcdefgéß’€"), min_size=2, max_size=7), min_size=1, max_size=6)
_LATIN_SAID = st.lists(
    st.tuples(st.sampled_from(["Dana Whitlock", "Ana de Souza"]), _LATIN.map(" ".join)),
    min_size=3,
    max_size=6,
)


def turns_of(data: bytes) -> list[tuple[str, str]]:
    file = RawFile("talk", data, data.decode("latin-1") if data.startswith(b"{") else None)
    draft = choose(file)[0].read(file)
    return merged([(voice.speaker, voice.text) for voice in draft.voices])


def merged(said: Said) -> list[tuple[str, str]]:
    turns: list[tuple[str, str]] = []
    for speaker, text in said:
        if turns and turns[-1][0] == speaker:
            turns[-1] = (speaker, f"{turns[-1][1]} {text}")
        else:
            turns.append((speaker, text))
    return [(speaker, tidy(text)) for speaker, text in turns]


def word_colon(said: Said) -> bytes:
    return docx(*lines(f"{who}: {text}" for who, text in said))


def word_bold(said: Said) -> bytes:
    return docx(*(paragraph(run(who, bold=True), run(f" {text}")) for who, text in said))


def word_table(said: Said) -> bytes:
    return docx(table([["Speaker", "Text"], *([who, text] for who, text in said)]))


def word_teams(said: Said) -> bytes:
    pairs = (
        (paragraph(run(f"{who}   {at // 60}:{at % 60:02}")), paragraph(run(text)))
        for at, (who, text) in enumerate(said)
    )
    return docx(*(block for pair in pairs for block in pair))


def open_document(said: Said) -> bytes:
    return odt("".join(f"<text:p>{who}: {escape(text)}</text:p>" for who, text in said))


def rich_text(said: Said) -> bytes:
    def written(text: str) -> str:
        units = text.encode("utf-16-le")
        codes = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
        return "".join(
            chr(code) if code < 128 and chr(code) not in "\\{}" else f"\\u{code - 65536 * (code > 32767)}?"
            for code in codes
        )

    body = "".join(f"{{\\b {who}:}} {written(text)}\\par\n" for who, text in said)
    return f"{{\\rtf1\\ansi\\uc1 {body}}}".encode("ascii")


@pytest.mark.parametrize(
    "write",
    [word_colon, word_bold, word_table, word_teams, open_document, rich_text],
    ids=lambda f: f.__name__,
)
@settings(max_examples=30, deadline=None)
@given(said=_SAID)
def test_documents_keep_every_word(said: Said, write: Callable[[Said], bytes]) -> None:
    said = [*said, ("Dana Whitlock", "Thanks"), ("Ana de Souza", "Bye")] * 2
    assert turns_of(write(said)) == merged(said)


@settings(max_examples=30, deadline=None)
@given(said=_LATIN_SAID)
def test_a_pdf_keeps_every_word(said: Said) -> None:
    said = [*said, ("Dana Whitlock", "thanks"), ("Ana de Souza", "bye")]
    pages = [[f"{who}: {text}" for who, text in said]]
    assert turns_of(pdf(pages)) == merged(said)


@settings(max_examples=100, deadline=None)
@given(
    parts=st.lists(st.lists(st.sampled_from(["co", "op-", "hire", "re-", "Ann", ""]), max_size=4), max_size=6)
)
def test_joining_hyphens_moves_no_letter(parts: list[list[str]]) -> None:
    before = [" ".join(words) for words in parts]
    after, _ = join_hyphens(before)
    assert len(after) == len(before)
    assert "".join(after).replace("-", "").replace(" ", "") == "".join(before).replace("-", "").replace(
        " ", ""
    )


def test_word_and_its_conversions_agree() -> None:
    """One talk written by python-docx, and what LibreOffice made of it in three formats."""
    data = Path(__file__).parent / "data"
    word = read_transcript(data / "docx" / "python-docx.docx")
    assert len(word.turns) == 6
    for layout in ("odt", "rtf", "pdf"):
        other = read_transcript(data / layout / f"libreoffice.{layout}")
        assert [(turn.speaker, turn.text) for turn in other.turns] == [
            (turn.speaker, turn.text) for turn in word.turns
        ]


def test_page_furniture_is_left_out_and_counted(tmp_path: Path) -> None:
    speech = [f"Dana: question number {word}?" for word in ("one", "two", "three", "four")]
    pages = [
        ["Study of hiring, 2025", line, f"Ana: answer {line[5:]}", f"Page {number} of 4"]
        for number, line in enumerate(speech, 1)
    ]
    path = tmp_path / "talk.pdf"
    path.write_bytes(pdf(pages))
    transcript = read_transcript(path)
    assert len(transcript.turns) == 8
    reasons = [skipped.reason for skipped in transcript.report.skipped]
    assert reasons.count("page header or footer") == 4
    assert reasons.count("a page number") == 4


def test_an_answer_that_is_repeated_on_every_page_is_not_a_page_header(tmp_path: Path) -> None:
    path = tmp_path / "talk.pdf"
    path.write_bytes(
        pdf([[f"Dana: Is it {word}?", "Ana: Hm.", "Ana: Yes."] for word in ("one", "two", "it")])
    )
    transcript = read_transcript(path)
    assert len(transcript.turns) == 6
    assert transcript.report.skipped == ()


def test_a_number_at_the_end_of_a_page_may_be_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "talk.pdf"
    path.write_bytes(pdf([["Dana: How many?", "Ana:", "40"], ["Dana: And then?", "Ana:", "7"]]))
    assert [turn.text for turn in read_transcript(path).turns] == ["How many?", "40", "And then?", "7"]


def test_hyphens_follow_the_rest_of_the_text() -> None:
    before = [
        "an inter-",
        "view about a co-",
        "op",
        "interview; co-op",
        "an un-",
        "known and a soft\u00ad",
        "ware",
    ]
    joined, counts = join_hyphens(before)
    assert joined == [
        "an interview",
        "about a co-op",
        "",
        "interview; co-op",
        "an unknown",
        "and a software",
        "",
    ]
    assert counts == {
        "words cut at a line end put together": 2,
        "hyphens at a line end kept": 1,
        "hyphens at a line end that nothing in the text explains": 1,
    }


def test_what_is_no_running_text_is_counted() -> None:
    deleted = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    shape = f"<w:txbxContent>{paragraph(run('box'))}</w:txbxContent>"
    box = f"<w:r><w:drawing>{shape}</w:drawing></w:r>"
    data = docx(paragraph(run("Dana: Who?"), deleted, note), paragraph(run("Ana: We."), box))
    file = RawFile("talk.docx", data)
    draft = choose(file)[0].read(file)
    dropped = {notice.what: notice.count for notice in draft.notices if notice.kind is NoticeKind.DROPPED}
    assert dropped == {
        "deleted text of tracked changes left out": 1,
        "footnotes left out": 1,
        "text boxes left out": 1,
    }
    assert [voice.text for voice in draft.voices] == ["Who?", "We."]
