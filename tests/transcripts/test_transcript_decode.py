from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.errors import TranscriptError
from discovery.transcripts import decode as module
from discovery.transcripts.decode import decode, load

TEXT = "Renée: “Naïve” — 5 €\nDana: yes\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8 with byte-order mark"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), "UTF-32"),
        (TEXT.encode("utf-16-le"), "UTF-16 without byte-order mark"),
        (TEXT.encode("utf-16-be"), "UTF-16 without byte-order mark"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(data: bytes, encoding: str, ends: str) -> None:
    codec = {"UTF-16 without byte-order mark": "utf-16-le"}.get(encoding)
    if ends != "\n" and codec is None and not encoding.startswith(("UTF-16", "UTF-32")):
        data = data.replace(b"\n", ends.encode())
    decoded = decode(data)
    assert decoded.text == TEXT
    assert decoded.encoding == encoding
    assert decoded.notices == ()


def test_utf16_line_ends() -> None:
    assert decode(b"\xff\xfe" + "a\r\nb\rc".encode("utf-16-le")).text == "a\nb\nc"


def test_a_utf16_file_without_latin_letters_is_text() -> None:
    text = "دانا: نحن نوظف\nسامي: كم\n" * 4
    assert decode(text.encode("utf-16-le")).text == text


def test_mixed_encodings_are_counted_as_repaired() -> None:
    decoded = decode("café naïve résumé ".encode() + "café “x”".encode("cp1252"))
    assert decoded.text == "café naïve résumé café “x”"
    assert [(notice.kind.value, notice.count) for notice in decoded.notices] == [("repaired", 3)]


def test_windows_1252_with_a_lucky_pair_stays_windows_1252() -> None:
    """Bytes that happen to be valid UTF-8 do not turn a Windows-1252 file into a mixed one."""
    text = "déjà é à ô ü Ã© ç ñ"
    assert decode(text.encode("cp1252")).text == text


def test_bytes_that_mean_nothing_are_counted() -> None:
    decoded = decode(b"we hire \x81 people \xe9")
    assert decoded.text == "we hire \ufffd people é"
    assert [notice.count for notice in decoded.notices] == [1]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04rest", "a ZIP archive or an office file"),
        (b"ID3\x04rest", "an MP3 recording"),
        (b"\x00\x00\x00\x20ftypM4A ", "an MP4 or M4A recording"),
        (b"\x89PNG\r\n\x1a\n\x00", "a PNG picture"),
        (b"\x00\x01\x02\x00\x00\x05" * 20, "binary data"),
        (b"a\x01b\x02c\x03" * 20, "binary data"),
        (os.urandom(0) + bytes(range(256)) * 4, "binary data"),
    ],
)
def test_binary_files_are_named(data: bytes, kind: str) -> None:
    decoded = decode(data)
    assert decoded.text is None
    assert decoded.kind == kind


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_kind(data: bytes) -> None:
    decoded = decode(data)
    assert (decoded.text is None) == bool(decoded.kind)
    assert "\r" not in (decoded.text or "")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\r\ufeff"), max_size=200))
def test_utf8_text_survives(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text in (text, None)
    if not any(ord(character) < 32 or ord(character) == 127 for character in text):
        assert decoded.text == text


def test_files_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty.vtt").write_bytes(b"")
    (tmp_path / "blank.vtt").write_bytes(b"\xef\xbb\xbf \r\n\r\n")
    (tmp_path / "folder.vtt").mkdir()
    (tmp_path / "large.vtt").write_bytes(b"x" * 2000)
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    expected = {
        "empty.vtt": "transcript.empty",
        "blank.vtt": "transcript.empty",
        "folder.vtt": "transcript.unreadable",
        "large.vtt": "transcript.too-large",
        "missing.vtt": "transcript.not-found",
        "a\x00b": "transcript.unreadable",
    }
    for name, code in expected.items():
        with pytest.raises(TranscriptError) as caught:
            load(tmp_path / name)
        assert (name, caught.value.code) == (name, code)


def test_a_200_mb_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "long.vtt"
    with path.open("wb") as handle:
        handle.truncate(200 * 1024 * 1024)
    with pytest.raises(TranscriptError, match="200 MB where 50 MB is the most"):
        load(path)
