"""Answers of other readers, taken in file by file; a file that is not sound never stops the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from discovery.errors import ReaderError
from discovery.reader import verify_answer
from discovery.reader.answers import answered_packets, parse_answer
from discovery.readings import Reader, Reading
from discovery.records import Notice, NoticeKind
from discovery.stages.packets import PacketDesk
from discovery.stages.readings import check_reader_name, is_usable, same_answer
from discovery.stages.work import Work

SUFFIXES = (".json", ".txt", ".md", ".jsonl")
"""Files of a folder that may be answers."""

_PACKET_FILE = re.compile(r"^\ufeff?\s*# Packet ([0-9a-f]{12})\b")


@dataclass(frozen=True, slots=True)
class Imported:
    """One file of answers.

    Args:
        file: Its name.
        reading: What was taken from it; None where its packet is not known.
        reason: Why nothing could be taken, a key of ``REASONS``; empty otherwise.
        known: Whether the same answer had been imported before.
    """

    file: str
    reading: Reading | None = None
    reason: str = ""
    known: bool = False

    @property
    def sound(self) -> bool:
        """Whether the answer could be taken whole, with nothing rejected."""
        return self.reading is not None and not self.reading.rejections


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Args:
        files: One entry a file, in order.
    """

    files: tuple[Imported, ...]

    @property
    def reasons(self) -> dict[str, int]:
        """How often each reason kept something out, most frequent first."""
        counts = Counter(one.reason for one in self.files if one.reason)
        for one in self.files:
            if one.reading is not None:
                counts.update(rejection.reason for rejection in one.reading.rejections)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def taken(self) -> int:
        """Files of which an answer could be taken, be it in part."""
        return sum(one.reading is not None and is_usable(one.reading) for one in self.files)


def find_answers(paths: Sequence[Path]) -> list[Path]:
    """List the files to import; a folder stands for the files in it that may be answers.

    Raises:
        ReaderError: There is no such file, or no file at all.
    """
    missing = [path.name for path in paths if not path.exists()]
    if missing:
        raise ReaderError("reader.missing", names=", ".join(missing))
    found: list[Path] = []
    for path in paths:
        inside = (
            [one for one in sorted(path.iterdir()) if one.suffix.lower() in SUFFIXES]
            if path.is_dir()
            else [path]
        )
        found += [one for one in inside if one.is_file() and not one.name.startswith(".")]
    if not found:
        raise ReaderError("reader.no-files")
    return list(dict.fromkeys(found))


def import_answers(
    work: Work, paths: Sequence[Path], reader: Reader, *, anchor_threshold: float = 90
) -> ImportReport:
    """Take in answers; a file that is not sound never stops the others.

    Args:
        work: An opened study that has been run.
        paths: Files and folders.
        reader: Who answered; the prompt version is taken from the packet.
        anchor_threshold: Least likeness, 0 to 100, of a quote that is not verbatim.

    Raises:
        ReaderError: The name is taken, or there is nothing to import.
    """
    check_reader_name(reader.name)
    desk = PacketDesk(work)
    kept = work.store.load("readings", Reading)
    done: list[Imported] = []
    for path in find_answers(paths):
        for made in _import_file(desk, path, reader, anchor_threshold):
            reading = made.reading
            known = reading is not None and any(same_answer(reading, other) for other in kept)
            if reading is not None and not known:
                work.store.add_reading(reading)
                kept.append(reading)
            done.append(replace(made, known=known))
    return ImportReport(tuple(done))


def _import_file(desk: PacketDesk, path: Path, reader: Reader, threshold: float) -> list[Imported]:
    """Take in one file: one answer, or several to different packets."""
    text = _text(path)
    if text is None:
        return [Imported(path.name, reason="answer.unreadable")]
    named = answered_packets(text)
    packet_file = _PACKET_FILE.match(text)
    if packet_file:  # the packet itself, perhaps with an answer written below it
        named = tuple(one for one in named if one == packet_file.group(1))
        if not named:
            return [Imported(path.name, reason="answer.is-packet")]
    if not named:
        parsed = parse_answer(text)
        guess = parsed.packet or next((key for key in desk.ids if key in path.stem), "")
        if not guess:
            return [Imported(path.name, reason=parsed.fault or "answer.no-packet")]
        named = (guess,)
    return [_import_answer(desk, path.name, text, packet, (reader, threshold)) for packet in named]


def _import_answer(desk: PacketDesk, file: str, text: str, named: str, how: tuple[Reader, float]) -> Imported:
    reader, threshold = how
    record = desk.record(named)
    if record is None:
        return Imported(file, reason="answer.unknown-packet")
    packet = desk.packet(record)
    if packet is None:
        return Imported(file, reason="answer.no-interview")
    who = replace(reader, prompt_version=record.prompt_version)
    reading = verify_answer(text, packet, reader=who, anchor_threshold=threshold)
    if packet.turns_sha256 != record.turns_sha256:
        what = "answers to an interview that has changed since its packet was made; every quote was checked"
        notice = Notice("reader", NoticeKind.GUESSED, what, record.source)
        reading = replace(reading, notices=(*reading.notices, notice))
    return Imported(file, reading)


def _text(path: Path) -> str | None:
    """Read a file as UTF-8, or as UTF-16 where it says so; None where it is no text."""
    try:
        raw = path.read_bytes()
        wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    return None if "\x00" in text else text
