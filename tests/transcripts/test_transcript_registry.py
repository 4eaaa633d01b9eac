from __future__ import annotations

from pathlib import Path

import pytest

from discovery.errors import TranscriptError
from discovery.transcripts import registry
from discovery.transcripts.base import NO, Draft, Evidence, RawFile, Voice
from discovery.transcripts.reading import layouts, read_transcript


class Sure:
    layout = "sure"
    label = "a layout that claims everything"
    confidence = 0.8

    def sniff(self, file: RawFile) -> Evidence:
        return Evidence(self.confidence, "it always does") if file.text else NO

    def read(self, file: RawFile) -> Draft:
        return Draft([Voice("Ann", file.text or "", 1)])


class Surer(Sure):
    layout = "surer"
    confidence = 0.81


class Doubtful(Sure):
    layout = "doubtful"
    confidence = 0.3


def file(text: str) -> RawFile:
    return RawFile("a.txt", text.encode(), text, "UTF-8")


def use(monkeypatch: pytest.MonkeyPatch, *readers: Sure) -> None:
    monkeypatch.setattr(registry, "load_readers", lambda: readers)


def test_two_readers_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="'sure'"):
        registry.refuse_duplicates([Sure(), Surer(), Sure()])


def test_every_listed_reader_loads_and_is_well_named() -> None:
    readers = registry.load_readers()
    assert len(readers) == len(registry.READERS)
    assert all(reader.layout == reader.layout.lower() and reader.label for reader in readers)
    assert [layout.name for layout in layouts()] == sorted(reader.layout for reader in readers)


def test_a_tie_names_the_candidates_best_first(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Sure(), Surer(), Doubtful())
    with pytest.raises(TranscriptError) as caught:
        registry.choose(file("hello"))
    assert caught.value.code == "transcript.ambiguous"
    assert caught.value.facts["candidates"] == "surer (0.81), sure (0.80)"


def test_a_clear_lead_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Surer, "confidence", 0.9)
    use(monkeypatch, Sure(), Surer())
    reader, evidence = registry.choose(file("hello"))
    assert (reader.layout, evidence.reason) == ("surer", "it always does")


def test_weak_evidence_alone_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Doubtful())
    with pytest.raises(TranscriptError, match=r"transcript\.unknown"):
        registry.choose(file("hello"))


def test_a_named_layout_wins_over_content(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("Q: Who do you hire?\nA: Welders.\n", encoding="utf-8")
    assert read_transcript(path).layout == "question-answer"
    named = read_transcript(path, layout="plain-txt")
    assert named.layout == "plain-txt"
    assert [turn.speaker for turn in named.turns] == ["Q", "A"]
    assert "given by name" in named.report.reason


def test_an_unknown_layout_name_lists_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("Q: Who?\nA: Welders.\n", encoding="utf-8")
    with pytest.raises(TranscriptError, match="zoom-vtt") as caught:
        read_transcript(path, layout="zoom")
    assert caught.value.code == "transcript.layout"


@pytest.mark.parametrize("name", ["talk.vtt", "talk.docx", "talk", "talk.json"])
def test_the_suffix_does_not_matter(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Mike Tan: Who?\nDana Roe: Welders.\nMike Tan: Fine.\n", encoding="utf-8")
    assert read_transcript(path).layout == "plain-txt"


PROSE = (
    "Note: a letter.\n\nWe hire welders in spring. The reason: it rains, and the yard is full by then.\n\n"
)
PROSE += "Nothing here is a talk at all.\n\n" * 12


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "# Notes\n\n- welders\n- fitters\n",
        "<html><body><p>Mike: hello</p></body></html>",
        "def read():\n    return {'a': 1}\n\nclass A:\n    pass\n",
        "key: value\nother: value\nlist:\n  - one\n",
        "2024-01-01 10:00:00 INFO: started\n2024-01-01 10:00:01 INFO: stopped\n",
        '{"a": 1}',
        "one long line without any colon at all",
        "Colour: red\nShape: round\nSize: big\nMaker: Acme\n",
        "From: Ann\nTo: Bob\nSubject: welders\n\nWe hire.\n",
    ],
)
def test_what_is_no_transcript_is_unknown(tmp_path: Path, text: str) -> None:
    path = tmp_path / "thing.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TranscriptError) as caught:
        read_transcript(path)
    assert caught.value.code == "transcript.unknown"
