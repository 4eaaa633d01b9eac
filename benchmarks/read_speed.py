"""How fast transcripts are read: `python -m benchmarks.read_speed`.

Three figures, each measured in this one run:

- reading a 5,000-cue .vtt to turns (decode, choose, read, assemble) against webvtt-py's bare
  parse of the same file (aim: at most 2 times), for Zoom and for Teams;
- a single line of 100,000 words in every text layout's way of writing it (aim: under 2 s each);
- peak memory while one-hour transcripts are read one after the other (aim: it does not grow).

The exit status is 1 where an aim is missed.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import webvtt

from discovery.transcripts.reading import read_transcript
from tests.transcripts.transcript_rendering import RENDERERS, Talk

CUES = 5000
TIMES = 7
MOST_TIMES_SLOWER = 2.0
MOST_SECONDS_A_LINE = 2.0
HOURS = 60


def talk(cues: int, words: int = 12) -> Talk:
    """Make up a talk of three speakers, always the same."""
    chance = random.Random(7)
    names = ("Mike Tan", "Dana Whitlock", "Ana de Souza")
    vocabulary = (
        "we",
        "hire",
        "welders",
        "and",
        "fitters",
        "so",
        "the",
        "thing",
        "is:",
        "training",
        "pay",
        "R&D",
    )
    return [(chance.choice(names), " ".join(chance.choices(vocabulary, k=words))) for _ in range(cues)]


def seconds(action: Callable[[], object]) -> float:
    """Time one run."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def compare_with_webvtt(folder: Path) -> bool:
    """Print both times and their ratio for each kind of .vtt: the best of runs that take turns."""
    good = True
    for layout in ("zoom-vtt", "teams-vtt"):
        path = folder / f"{layout}.vtt"
        path.write_text(RENDERERS[layout](talk(CUES)), encoding="utf-8")
        both = [(partial(webvtt.read, path), partial(read_transcript, path)) for _ in range(TIMES + 1)]
        spent = [(seconds(theirs), seconds(ours)) for theirs, ours in both][1:]
        theirs, ours = min(pair[0] for pair in spent), min(pair[1] for pair in spent)
        good &= ours / theirs <= MOST_TIMES_SLOWER
        print(
            f"{layout}, {CUES:,} cues: {ours:.3f} s to turns, webvtt-py's bare parse {theirs:.3f} s,", end=" "
        )
        print(f"ratio {ours / theirs:.2f}")
    return good


def read_long_lines(folder: Path) -> bool:
    """Print the slowest reading of a talk in which one line has 100,000 words."""
    slowest = ("", 0.0)
    for layout, render in RENDERERS.items():
        path = folder / layout
        long = talk(6)
        long[3] = (long[3][0], " ".join(["welders:", "and", "a - b", "(so)"] * 25_000))
        path.write_text(render(long), encoding="utf-8")
        started = time.perf_counter()
        read_transcript(path)
        slowest = max(slowest, (layout, time.perf_counter() - started), key=lambda pair: pair[1])
    print(f"a line of 100,000 words: at most {slowest[1]:.3f} s ({slowest[0]})")
    return slowest[1] <= MOST_SECONDS_A_LINE


def watch_memory(folder: Path) -> bool:
    """Print the peak memory of the first and of the last one-hour transcript."""
    path = folder / "hour.vtt"
    path.write_text(RENDERERS["zoom-vtt"](talk(900)), encoding="utf-8")
    peaks = []
    tracemalloc.start()
    for _ in range(HOURS):
        tracemalloc.reset_peak()
        read_transcript(path)
        peaks.append(tracemalloc.get_traced_memory()[1] / 1024 / 1024)
    tracemalloc.stop()
    print(f"peak memory of {HOURS} one-hour transcripts: {peaks[1]:.1f} MB first, {peaks[-1]:.1f} MB last")
    return peaks[-1] <= peaks[1] * 1.2


def main() -> None:
    """Measure, print, and say by the exit status whether the aims are met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        met = [compare_with_webvtt(folder), read_long_lines(folder), watch_memory(folder)]
    sys.exit(0 if all(met) else 1)


if __name__ == "__main__":
    main()
