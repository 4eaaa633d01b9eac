"""Bad input: never a traceback, never silence, never minutes."""

from __future__ import annotations

import contextlib
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.errors import DiscoveryError, TranscriptError
from discovery.transcripts.reading import layouts, read_transcript
from tests.fuzz_readers import MARKS, mutate, read_or_refuse, seeds
from tests.transcripts.transcript_rendering import RENDERERS

QUIET = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
NAMES = [layout.name for layout in layouts()]
SEEDS = seeds()


@QUIET
@given(data=st.binary(max_size=600), layout=st.sampled_from([None, *NAMES]))
def test_random_bytes(tmp_path: Path, data: bytes, layout: str | None) -> None:
    path = tmp_path / "input"
    path.write_bytes(data)
    read_or_refuse(path, layout)


@QUIET
@given(
    pieces=st.lists(
        st.one_of(st.text(max_size=20), st.sampled_from(MARKS).map(lambda mark: mark.decode("latin-1")))
    ),
    layout=st.sampled_from([None, *NAMES]),
)
def test_random_text_with_marks_of_every_layout(
    tmp_path: Path, pieces: list[str], layout: str | None
) -> None:
    path = tmp_path / "input"
    path.write_text("".join(pieces), encoding="utf-8", errors="replace", newline="")
    read_or_refuse(path, layout)


@pytest.mark.parametrize("seed", range(12))
def test_mutated_fixtures(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "input"
    for _ in range(25):
        path.write_bytes(mutate(chance.choice(SEEDS), chance.choice(SEEDS), chance))
        read_or_refuse(path, chance.choice([None, *NAMES]))


@pytest.mark.parametrize("layout", sorted(RENDERERS))
def test_a_file_cut_short_anywhere_is_read_or_refused(tmp_path: Path, layout: str) -> None:
    talk = [("Mike Tan", "Who do you hire?"), ("Dana Whitlock", "Welders.")] * 3
    data = RENDERERS[layout](talk).encode()
    path = tmp_path / "input"
    said = {word for _, text in talk for word in text.split()}
    for size in range(1, len(data), 7):
        path.write_bytes(data[:size])
        transcript = read_or_refuse(path, None)
        if transcript is not None and size > len(data) * 0.8:
            words = [word for turn in transcript.turns for word in turn.text.split()]
            assert said <= set(words)


PATTERNS = {
    "spaces": " " * 200_000,
    "stars": "*" * 100_000,
    "bold": "**a" * 50_000,
    "emphasis": "*a " * 50_000 + "_b " * 50_000,
    "colons": "a:" * 100_000,
    "names": "Ann: " * 40_000,
    "brackets": "[(" * 100_000,
    "tags": "<v " * 60_000,
    "open tags": "<" * 100_000,
    "ampersands": "&a" * 100_000,
    "times": "00:00:01.000 " * 20_000,
    "arrows": "00:00:01.000 --> " * 10_000,
    "digits": "1" * 200_000,
    "dashes": "- " * 100_000,
    "braces": "{" * 100_000,
    "quotes": '"' * 100_000,
    "words": "welders and fitters " * 34_000,
}


FRAMES = {
    "bare": "{}",
    "teams": "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ann>{}",
    "srt": "1\n00:00:01,000 --> 00:00:02,000\n{}",
    "plain": "Ann: hi\nBob: {}\nAnn: so\n",
    "markdown": "**Ann:** hi\n\n**Bob:** {}\n\n**Ann:** so\n",
    "otter": "Ann  0:15\n{}\n",
    "descript": "[00:15] Ann: {}\n[00:16] Bob: no\n",
}


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
@pytest.mark.parametrize("frame", sorted(FRAMES))
def test_one_endless_line_takes_no_longer_than_its_length(tmp_path: Path, pattern: str, frame: str) -> None:
    path = tmp_path / "input"
    path.write_text(FRAMES[frame].format(PATTERNS[pattern]), encoding="utf-8")
    started = time.process_time()
    with contextlib.suppress(DiscoveryError):
        read_transcript(path)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "line",
    ["1\n", "\n", "a:\n", "Ann: x\n", "00:00:01.000 --> 00:00:02.000\n", "<v Ann>\n", "[00:01] A: b\n"],
)
def test_very_many_short_lines(tmp_path: Path, line: str) -> None:
    path = tmp_path / "input"
    path.write_text("WEBVTT\n\n" * ("-->" in line) + line * 30_000 + "end", encoding="utf-8")
    started = time.process_time()
    read_or_refuse(path, None)
    assert time.process_time() - started < 10


def test_deeply_nested_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text('{"text": ' + "[" * 100_000 + '"media": 1', encoding="utf-8")
    with pytest.raises(TranscriptError):
        read_transcript(path)
    with pytest.raises(TranscriptError, match=r"transcript\.broken"):
        read_transcript(path, layout="otranscribe")


def test_an_error_never_repeats_what_was_said(tmp_path: Path) -> None:
    secret = "salary of eighty thousand"
    for number, data in enumerate(SEEDS[::5]):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(secret.encode() + b"\n" + data[: len(data) // 2] + secret.encode())
        for layout in NAMES:
            assert secret not in _fault_of(path, layout)


def test_notices_and_skipped_lines_never_repeat_what_was_said(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(
        "Confidential memo\n\nAnn: hi\nBob: Budget: nothing\nAnn: so\n\nsecretly\n", encoding="utf-8"
    )
    report = read_transcript(path).report
    told = " ".join([*(line.reason for line in report.skipped), *(notice.what for notice in report.notices)])
    for word in ("Confidential", "Budget", "secretly"):
        assert word not in told


def _fault_of(path: Path, layout: str) -> str:
    try:
        read_transcript(path, layout=layout)
    except DiscoveryError as fault:
        return str(fault)
    return ""
