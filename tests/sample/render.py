"""Write the sample study's transcripts as recording tools export them.

Each file in ``tests/sample/annotations`` holds the turns of one invented interview and what a
careful coder marked in it. This script writes those turns to ``transcripts/`` in the layout
named in ``LAYOUTS``. The same annotations always give the same bytes.

    python tests/sample/render.py [FOLDER]
"""

from __future__ import annotations

import html
import io
import json
import random
import sys
import textwrap
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import docx

ROOT = Path(__file__).resolve().parents[2]
ANNOTATIONS = Path(__file__).resolve().parent / "annotations"
SECONDS_A_WORD = 0.38


@dataclass(frozen=True)
class Caption:
    """A few words of one turn, with the seconds at which they start and end."""

    speaker: str
    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Recording:
    """One interview as a tool would have it: its turns, cut into captions."""

    name: str
    employer: str
    held: datetime
    turns: tuple[tuple[str, str], ...]

    def captions(self, shortest: int, longest: int) -> Iterator[Caption]:
        """Cut every turn at word borders into captions of the given numbers of words."""
        chance = random.Random(self.name)
        clock = 1.5
        for speaker, text in self.turns:
            for piece in _pieces(text.split(), shortest, longest, chance):
                end = clock + SECONDS_A_WORD * len(piece) + 0.3 * chance.random()
                yield Caption(speaker, " ".join(piece), round(clock, 3), round(end, 3))
                clock = end + 0.25 * chance.random()
            clock += 0.6 * chance.random()

    def speakers(self) -> list[str]:
        """Names in the order in which they are first heard."""
        return list(dict.fromkeys(speaker for speaker, _ in self.turns))


def _pieces(words: list[str], shortest: int, longest: int, chance: random.Random) -> Iterator[list[str]]:
    """Cut words into runs, at the end of a sentence where one is near, with no tiny rest."""
    while words:
        size = chance.randint(shortest, longest)
        ends = [n for n in range(shortest, size + 1) if words[n - 1 : n] and words[n - 1][-1] in ".?!"]
        size = ends[-1] if ends else size
        if len(words) - size < min(3, shortest):
            size = len(words)
        yield words[:size]
        words = words[size:]


def clock(seconds: float, mark: str = ".") -> str:
    """Write seconds as ``HH:MM:SS.mmm``."""
    thousandths = round(seconds * 1000)
    whole, rest = divmod(thousandths, 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{mark}{rest:03d}"


def short_clock(seconds: float) -> str:
    """Write seconds as ``m:ss``, or ``h:mm:ss`` past the hour."""
    whole = int(seconds)
    minutes = f"{whole // 60}:{whole % 60:02d}"
    return minutes if whole < 3600 else f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def zoom_vtt(recording: Recording) -> bytes:
    """Zoom cloud recording: numbered cues, the full name before the words, CRLF."""
    lines = ["WEBVTT", ""]
    for number, cue in enumerate(recording.captions(7, 20), 1):
        lines += [str(number), f"{clock(cue.start)} --> {clock(cue.end)}", f"{cue.speaker}: {cue.text}", ""]
    return "\r\n".join(lines).encode()


def zoom_captions(recording: Recording) -> bytes:
    """Zoom saved captions: name in brackets and elapsed time, then the words."""
    blocks = [f"[{c.speaker}] {clock(c.start)[:8]}\n{c.text}\n" for c in recording.captions(12, 34)]
    return "\n".join(blocks).encode()


def teams_vtt(recording: Recording) -> bytes:
    """Teams, current form: GUID ids, voice tags with "Last, First", words wrapped inside the tag."""
    meeting = uuid.uuid5(uuid.NAMESPACE_URL, recording.name)
    lines = ["WEBVTT", ""]
    for number, cue in enumerate(recording.captions(8, 26), 3):
        words = "\n".join(textwrap.wrap(html.escape(cue.text, quote=False), 64, break_on_hyphens=False))
        lines += [
            f"{meeting}/{number}-0",
            f"{clock(cue.start)} --> {clock(cue.end)}",
            f"<v {cue.speaker}>{words}</v>",
            "",
        ]
    return "\n".join(lines).encode()


def teams_docx(recording: Recording) -> bytes:
    """Teams transcript as a Word file: title, date, length, then name and time above each paragraph."""
    document = docx.Document()
    held = recording.held
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = held
    captions = list(recording.captions(25, 60))
    stamp = held.strftime("%Y%m%d_%H%M%S")
    document.add_paragraph(f"Discovery session-{stamp}-Meeting Recording")
    document.add_paragraph(f"{held:%B} {held.day}, {held.year}, {held.hour % 12 or 12}:{held:%M%p}")
    minutes, seconds = divmod(int(captions[-1].end), 60)
    document.add_paragraph(f"{minutes}m {seconds}s")
    for caption in captions:
        heading = document.add_paragraph()
        heading.add_run(caption.speaker).bold = True
        heading.add_run(f"   {short_clock(caption.start)}")
        document.add_paragraph(caption.text)
    return _fixed_zip(document)


def _fixed_zip(document: docx.document.Document) -> bytes:
    """Save a Word file with fixed dates inside its archive, so that the bytes repeat."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def otter_txt(recording: Recording) -> bytes:
    """Otter text export: name, two spaces, time; then a paragraph; a footer at the end."""
    blocks = [f"{c.speaker}  {short_clock(c.start)}  \n{c.text}\n" for c in recording.captions(30, 80)]
    return ("\n".join(blocks) + "\nTranscribed by https://otter.ai\n").encode()


def srt(recording: Recording) -> bytes:
    """SubRip: numbered cues, decimal comma, the name before the words, two short lines."""
    blocks = []
    for number, cue in enumerate(recording.captions(6, 13), 1):
        words = "\n".join(textwrap.wrap(f"{cue.speaker}: {cue.text}", 46, break_on_hyphens=False))
        blocks.append(f"{number}\n{clock(cue.start, ',')} --> {clock(cue.end, ',')}\n{words}\n")
    return "\n".join(blocks).encode()


def whisperx_json(recording: Recording) -> bytes:
    """WhisperX: segments in seconds, speakers numbered by first appearance, words with times."""
    label = {name: f"SPEAKER_{n:02d}" for n, name in enumerate(recording.speakers())}
    chance = random.Random(recording.name + " scores")
    segments = []
    for cue in recording.captions(6, 22):
        words, step = cue.text.split(), (cue.end - cue.start) / len(cue.text.split())
        timed = [
            {
                "word": word,
                "start": round(cue.start + n * step, 3),
                "end": round(cue.start + (n + 0.9) * step, 3),
                "score": round(0.55 + 0.44 * chance.random(), 3),
                "speaker": label[cue.speaker],
            }
            for n, word in enumerate(words)
        ]
        segments.append(
            {
                "start": cue.start,
                "end": cue.end,
                "text": f" {cue.text}",
                "words": timed,
                "speaker": label[cue.speaker],
            }
        )
    return json.dumps({"segments": segments, "language": "en"}, ensure_ascii=False).encode()


def markdown(recording: Recording) -> bytes:
    """A transcript tidied by hand: a heading, a date and a bold name before each turn."""
    title = f"# Discovery session: {recording.employer}\n\n*{recording.held:%Y-%m-%d}*\n\n"
    return (title + "\n\n".join(f"**{name}:** {text}" for name, text in recording.turns) + "\n").encode()


def google_meet(recording: Recording) -> bytes:
    """Google Meet document saved as text: a time every five minutes, names, closing lines."""
    lines = ["📖 Transcript", "", f"{recording.held:%b} {recording.held.day}, {recording.held.year}", ""]
    lines += [f"Discovery session: {recording.employer} - Transcript", ""]
    shown, end = -1, 0.0
    for caption in recording.captions(400, 400):
        block = int(caption.start // 300)
        if block > shown:
            lines += [clock(block * 300)[:8], ""]
            shown = block
        lines += [f"{caption.speaker}: {caption.text}", ""]
        end = caption.end
    lines += [f"Transcription ended after {clock(end)[:8]}", ""]
    lines += [
        "This editable transcript was computer generated and might contain errors. "
        "People can also change the text after it was created.",
        "",
    ]
    return "\ufeff".encode() + "\r\n".join(lines).encode()


def plain(recording: Recording) -> bytes:
    """Typed up by hand: one line a turn, the name and a colon first, CRLF."""
    return "\r\n".join(f"{name}: {text}" for name, text in recording.turns).encode() + b"\r\n"


LAYOUTS: dict[str, tuple[Callable[[Recording], bytes], str, datetime]] = {
    "brannock-hospital": (teams_docx, ".docx", datetime(2025, 9, 23, 10, 2, 11)),
    "dunmarrow-energy": (plain, ".txt", datetime(2025, 10, 9, 13, 30)),
    "fernhill-retail": (zoom_captions, ".txt", datetime(2025, 10, 14, 9, 0)),
    "harbour-msp": (zoom_vtt, ".vtt", datetime(2025, 9, 16, 15, 0)),
    "lanternfish-games": (whisperx_json, ".json", datetime(2025, 10, 1, 16, 30)),
    "marlow-university": (google_meet, ".txt", datetime(2025, 10, 7, 11, 0)),
    "northquay-logistics": (srt, ".srt", datetime(2025, 9, 30, 8, 15)),
    "pebblestack-saas": (teams_vtt, ".vtt", datetime(2025, 10, 2, 14, 0)),
    "port-amery-city": (markdown, ".md", datetime(2025, 9, 25, 14, 30)),
    "tidewater-credit-union": (otter_txt, ".txt", datetime(2025, 9, 18, 9, 30)),
}


def render_all(folder: Path) -> list[Path]:
    """Write every annotated interview into ``folder`` and return the files, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for source in sorted(ANNOTATIONS.glob("*.json")):
        data = json.loads(source.read_text(encoding="utf-8"))
        layout, suffix, held = LAYOUTS[source.stem]
        turns = tuple((speaker, text) for speaker, text in data["turns"])
        path = folder / f"{source.stem}{suffix}"
        path.write_bytes(layout(Recording(source.stem, data["employer"], held, turns)))
        written.append(path)
    return written


if __name__ == "__main__":
    render_all(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "transcripts")
