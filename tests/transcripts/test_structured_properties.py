"""No word is lost or invented on the way from speech services and tables to turns."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from discovery.annotated import tidy
from discovery.errors import DiscoveryError
from discovery.records import Transcript
from discovery.transcripts.reading import read_transcript
from discovery.transcripts.structured.tables import DELIMITERS, Row, UnclosedQuoteError, split_rows
from discovery.transcripts.structured.values import seconds
from discovery.transcripts.structured.words import Word, join_words

Said = list[tuple[str, str]]
"""Speaker and text, one a speech."""

_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Co", "Cn", "Mn")),
    min_size=1,
    max_size=8,
)
_CELLS = st.text(st.sampled_from('ab ,;"\n\té'), max_size=6)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)
_KEYS = (
    "segments", "text", "speaker", "start", "end", "words", "word", "results", "channels", "alternatives",
    "transcript", "items", "utterances", "transcription", "offsets", "paragraphs", "sentences", "content",
)  # fmt: skip
_SAID = st.lists(st.tuples(st.sampled_from(["Dana", "Ana"]), _TEXTS), min_size=2, max_size=6)


def read_bytes(data: bytes) -> Transcript:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talk"
        path.write_bytes(data)
        return read_transcript(path)


def merged(said: Said) -> list[tuple[str, str]]:
    """Join consecutive speeches of one speaker, as the assembly must."""
    turns: list[tuple[str, str]] = []
    for speaker, text in said:
        if turns and turns[-1][0] == speaker:
            turns[-1] = (speaker, f"{turns[-1][1]} {text}")
        else:
            turns.append((speaker, text))
    return [(speaker, tidy(text)) for speaker, text in turns]


def as_whisperx(said: Said) -> Any:
    segments = [
        {"speaker": who, "text": f" {text}", "start": at, "end": at + 1}
        for at, (who, text) in enumerate(said)
    ]
    return {"segments": segments}


def as_assemblyai(said: Said) -> Any:
    return {
        "utterances": [
            {"speaker": who, "text": text, "start": at * 1000, "end": at * 1000 + 900}
            for at, (who, text) in enumerate(said)
        ]
    }


def as_deepgram_words(said: Said) -> Any:
    words = [
        {"word": "x", "punctuated_word": word, "speaker": who, "start": float(at), "end": at + 0.5}
        for at, (who, text) in enumerate(said)
        for word in text.split()
    ]
    return {"results": {"channels": [{"alternatives": [{"transcript": "x", "words": words}]}]}}


def as_aws(said: Said) -> Any:
    items = [
        {
            "type": "pronunciation",
            "speaker_label": who,
            "start_time": f"{at}.0",
            "end_time": f"{at}.5",
            "alternatives": [{"content": word}],
        }
        for at, (who, text) in enumerate(said)
        for word in text.split()
    ]
    return {"results": {"transcripts": [{"transcript": " ".join(text for _, text in said)}], "items": items}}


def as_list(said: Said) -> Any:
    return [{"name": who, "utterance": text} for who, text in said]


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("render", [as_whisperx, as_assemblyai, as_deepgram_words, as_aws, as_list])
@settings(max_examples=25, deadline=None)
@given(said=_SAID)
def test_json_keeps_every_word(said: Said, render: Callable[[Said], Any], ascii_only: bool) -> None:
    data = json.dumps(render(said), ensure_ascii=ascii_only).encode()
    turns = read_bytes(data).turns
    assert [(turn.speaker, turn.text) for turn in turns] == merged(said)


@settings(max_examples=60, deadline=None)
@given(said=_SAID, delimiter=st.sampled_from(DELIMITERS), ends=st.sampled_from(["\n", "\r\n"]))
def test_a_table_keeps_every_word(said: Said, delimiter: str, ends: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=ends)
    writer.writerow(["id", "speaker", "text"])
    writer.writerows((number, who, text.replace(" ", "\n", 1)) for number, (who, text) in enumerate(said))
    turns = read_bytes(buffer.getvalue().encode()).turns
    assert [(turn.speaker, turn.text) for turn in turns] == merged(said)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(
        st.lists(st.text(st.sampled_from('ab ,;"\n\té'), max_size=6), min_size=2, max_size=4), max_size=5
    ),
    delimiter=st.sampled_from(DELIMITERS),
)
def test_rows_written_by_the_csv_module_come_back(rows: list[list[str]], delimiter: str) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    kept = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    assert [row.cells for row in split_rows(buffer.getvalue(), delimiter)] == kept


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.sampled_from('ab ,"\n'), max_size=40))
def test_any_text_is_cut_without_loss_or_names_its_open_quote(text: str) -> None:
    rows: list[Row] = []
    try:
        rows.extend(split_rows(text, ","))
    except UnclosedQuoteError as problem:
        line = problem.args[0]
        event("a quote is left open")
        if not 1 <= line <= text.count("\n") + 1:
            raise
        return
    letters = "".join("".join(row.cells) for row in rows)
    assert [c for c in letters if c in "ab"] == [c for c in text if c in "ab"]
    assert [row.line for row in rows] == sorted({row.line for row in rows})


@settings(max_examples=100, deadline=None)
@given(
    words=st.lists(
        st.builds(
            Word,
            text=st.sampled_from(["we", "hire.", "why?", "ok"]),
            speaker=st.sampled_from(["A", "B", ""]),
            number=st.integers(1, 99),
            start_s=st.none() | st.floats(0, 100),
            end_s=st.none() | st.floats(0, 100),
        ),
        max_size=120,
    )
)
def test_joined_words_are_all_there_in_order(words: list[Word]) -> None:
    voices = list(join_words(words))
    assert " ".join(voice.text for voice in voices).split() == [word.text for word in words]
    flat = [voice.speaker for voice in voices for _ in voice.text.split()]
    assert flat == [word.speaker for word in words]


@settings(max_examples=80, deadline=None)
@given(
    content=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(_KEYS),
                inner,
                max_size=5,
            )
        ),
        max_leaves=30,
    )
)
def test_json_of_any_shape_gives_turns_or_a_coded_error(content: Any) -> None:
    try:
        transcript = read_bytes(json.dumps(content).encode())
    except DiscoveryError:
        return
    assert all(turn.text for turn in transcript.turns)


@settings(max_examples=100, deadline=None)
@given(value=st.integers() | st.floats() | st.text(max_size=40) | st.none() | st.booleans())
def test_a_time_of_any_kind_is_a_finite_number_or_none(value: Any) -> None:
    found = seconds(value)
    assert found is None or abs(found) < float("inf")
