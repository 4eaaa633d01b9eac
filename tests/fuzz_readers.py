"""Fuzz every reader for a bounded time: `python -m tests.fuzz_readers --seconds 60`.

Fixtures and made-up talks are mutated (bytes flipped, lines cut, doubled, moved and spliced between
layouts, marks of one layout dropped into another, files cut short) and read twice: as the registry
chooses, and as a layout named at random. An input that reaches lines of the readers that no input
before it reached is kept and mutated further (coverage by `sys.settrace`, as lines of the room).

Anything but a transcript or a DiscoveryError is a failure: the input is written to
``.fuzz/SHA.bin`` under the current folder, the exception is named, and the exit status is 1.
A reading that takes longer than ``--slow`` seconds is a failure too. The same ``--seed`` makes the
same inputs, as long as the machine is fast enough to reach them.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from discovery.errors import DiscoveryError
from discovery.records import Transcript
from discovery.transcripts import reading
from discovery.transcripts.reading import layouts, read_transcript

ROOM = str(Path(reading.__file__).parent)
DATA = Path(__file__).parent / "transcripts" / "data"
GOLD = Path(__file__).parent / "gold"
LARGEST = 20_000
MARKS = (
    b"\n", b"\r", b"\r\n\r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x85", b"\xe2\x80\xa8",
    b"WEBVTT\n\n", b"NOTE ", b"00:00:01.000 --> 00:00:02.000\n", b"00:00:01,000 --> 00:00:02,000\n",
    b" --> ", b"-00:00:01.000", b"<v Ann>", b"<v ", b"</v>", b"<", b">", b"&amp;", b"&#x110000;",
    b"&#99999999;", b"Ann: ", b"**Ann:** ", b"[Ann] 00:00:12\n", b"Ann  0:15\n", b"Ann (00:15): ",
    b"[00:00:03:18 - 00:00:08:08]\n", b"\xf0\x9f\xa6\x8a", b"\xd8\x00", b"{", b"}", b"[", b"]", b'"', b"\\",
    b"\\ud800", b"1e999", b"null", b"[[[[[[[[", b"99999999999999999999", b":", b"\xef\xbc\x9a", b"=" * 200,
    b"Q: ", b"A: ", b">> ", b"- ", b"Transcription ended after 00:10:00\n", b"PK\x03\x04", b"%PDF-1.7\n",
)  # fmt: skip


def seeds() -> list[bytes]:
    """Fixtures of every layout, and the beginnings of whole transcripts, by name."""
    paths = [path for path in sorted(DATA.glob("*/*")) if not path.name.endswith(".expected.json")]
    paths += [path for path in sorted(GOLD.iterdir()) if not path.name.endswith(".gold.json")]
    return [path.read_bytes()[: LARGEST * 3] for path in paths if path.is_file()]


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change a few things at random; ``other`` is where spliced pieces come from."""
    for _ in range(chance.randint(1, 6)):
        data = chance.choice(_MUTATIONS)(data, other, chance)
    return data[: LARGEST * 3]


def _flip(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, other: bytes, chance: random.Random) -> bytes:
    start, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    return data[:start] + data[end:] if chance.random() < 0.7 else data[start:end]


def _insert(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(MARKS) * chance.choice((1, 1, 1, 2, 40)) + data[at:]


def _double(data: bytes, other: bytes, chance: random.Random) -> bytes:
    start, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    return data[:end] + data[start:end] + data[end:]


def _splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _shuffle_lines(data: bytes, other: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    piece = lines[at : at + 6]
    chance.shuffle(piece)
    return b"\n".join([*lines[:at], *piece, *lines[at + 6 :]])


_MUTATIONS: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (
    _flip,
    _cut,
    _insert,
    _insert,
    _double,
    _splice,
    _shuffle_lines,
)


def read_or_refuse(path: Path, layout: str | None) -> Transcript | None:
    """Read a file; None where it is refused as a user's fault. Checks what every result must hold."""
    try:
        transcript = read_transcript(path, layout=layout)
    except DiscoveryError:
        return None
    for turn in transcript.turns:
        assert turn.text, "a turn without text"
        assert " ".join(turn.text[cue.start : cue.end] for cue in turn.cues) == turn.text, "cues do not fit"
        turn.text.encode("utf-8")
        turn.speaker.encode("utf-8")
    return transcript


class Coverage:
    """Lines of the transcripts room that were reached, by file and number."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, int]] = set()

    def _trace(self, frame: FrameType, event: str, arg: Any) -> Any:
        if not frame.f_code.co_filename.startswith(ROOM):
            return None
        if event == "line":
            self.seen.add((frame.f_code.co_filename, frame.f_lineno))
        return self._trace

    def new_lines(self, action: Callable[[], object]) -> int:
        """Run an action and count the lines it reached first."""
        before = len(self.seen)
        sys.settrace(self._trace)
        try:
            action()
        finally:
            sys.settrace(None)
        return len(self.seen) - before


def inputs(chance: random.Random, pool: list[bytes]) -> Iterator[bytes]:
    """Mutate what is in the pool, the newest more often; the pool grows from outside."""
    while True:
        index = (
            chance.randrange(len(pool)) if chance.random() < 0.6 else -chance.randint(1, min(20, len(pool)))
        )
        yield mutate(pool[index], chance.choice(pool), chance)


def fuzz(seconds: float, seed: int, slow: float, folder: Path) -> int:
    """Fuzz for a while; return how many inputs failed."""
    chance, pool, coverage = random.Random(seed), seeds(), Coverage()
    names = [layout.name for layout in layouts()]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "input"
    tried = 0
    faults: Counter[str] = Counter()
    end = time.monotonic() + seconds
    for data in inputs(chance, pool):
        if time.monotonic() > end:
            break
        layout = chance.choice([None, None, *names])
        path.write_bytes(data)
        started = time.monotonic()
        tried += 1
        try:
            fresh = coverage.new_lines(lambda layout=layout: read_or_refuse(path, layout))
            took = time.monotonic() - started
            fault = f"took more than {slow:g} s" if took > slow else ""
        except Exception as bug:
            fresh, fault = 0, _place(bug)
        if fresh and len(data) < LARGEST:
            pool.append(data)
        if fault:
            faults[fault] += 1
        if faults[fault] == 1:
            kept = folder / f"{hashlib.sha256(data).hexdigest()[:12]}.bin"
            kept.write_bytes(data)
            print(f"{kept} as {layout or 'the registry chooses'}: {fault}")
    path.unlink(missing_ok=True)
    failed = sum(faults.values())
    reached = f"{len(pool):,} in the pool, {len(coverage.seen):,} lines reached"
    print(f"{tried:,} inputs, {reached}, {failed} failed in {len(faults)} ways")
    return failed


def _place(bug: Exception) -> str:
    """Name an exception by its kind and where it was raised, so that each way to fail is shown once."""
    last = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{type(bug).__name__} at {Path(last.filename).name}:{last.lineno}"


def main() -> None:
    """Parse the options, fuzz, and exit with 1 where an input failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--slow", type=float, default=20.0, help="seconds after which one reading is a failure"
    )
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"))
    options = parser.parse_args()
    sys.exit(1 if fuzz(options.seconds, options.seed, options.slow, options.folder) else 0)


if __name__ == "__main__":
    main()
