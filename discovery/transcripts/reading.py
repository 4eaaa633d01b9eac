"""The way from a file to a transcript: decode, choose a reader, read, assemble, report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from discovery.errors import TranscriptError
from discovery.records import ReadReport, Speaker, Transcript
from discovery.transcripts.assemble import assemble
from discovery.transcripts.decode import load
from discovery.transcripts.registry import choose, load_readers


class Layout(NamedTuple):
    """A layout that can be read: the name to give it by, and what it is."""

    name: str
    label: str


def layouts() -> tuple[Layout, ...]:
    """List every layout that can be read, by name."""
    return tuple(sorted(Layout(reader.layout, reader.label) for reader in load_readers()))


def read_transcript(path: Path, *, layout: str | None = None) -> Transcript:
    """Read a transcript file as a recording tool exported it.

    Args:
        path: Any file; its layout is told by its content, never by its suffix.
        layout: Name of a layout to read it as, where the content does not tell.

    Returns:
        Turns numbered from 0 with texts tidied and merged by speaker, the speakers in
        order of appearance with no roles yet, and the report of the reading.

    Raises:
        TranscriptError: The file is missing, too large, empty, binary, of no known
            layout or of several, broken, or holds no speech.
    """
    path = Path(path)
    file, decoded = load(path)
    reader, seen = choose(file, layout=layout, kind=decoded.kind)
    try:
        draft = reader.read(file)
    except TranscriptError as problem:
        if problem.source:
            raise
        raise TranscriptError(problem.code, source=path.name, line=problem.line, **problem.facts) from problem
    found = assemble(draft, path.name)
    if not found.turns:
        raise TranscriptError("transcript.no-speech", source=path.name, layout=reader.layout)
    repairs = tuple(replace(notice, source=path.name) for notice in decoded.notices)
    report = ReadReport(
        path.name,
        reader.layout,
        round(seen.confidence, 3),
        seen.reason,
        found.skipped,
        repairs + found.notices,
    )
    names = dict.fromkeys(turn.speaker for turn in found.turns)
    return Transcript(path.name, reader.layout, found.turns, tuple(Speaker(name) for name in names), report)


def speaker_shares(transcript: Transcript) -> dict[str, float]:
    """Say how much of the words each speaker has, 0 to 1, in order of appearance."""
    words = dict.fromkeys((speaker.name for speaker in transcript.speakers), 0)
    for turn in transcript.turns:
        words[turn.speaker] += len(turn.text.split())
    total = sum(words.values()) or 1
    return {name: count / total for name, count in words.items()}
