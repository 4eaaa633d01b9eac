"""What other readers answered: taken in file by file, kept, and looked up again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from discovery.errors import ReaderError
from discovery.reader import join_readings, verify_answer
from discovery.reader.answers import parse_answer
from discovery.reader.joining import Joined
from discovery.readings import BUILT_IN, REASONS, Reader, ReaderKind, Reading
from discovery.records import Mismatch, Notice, NoticeKind, Span, Turn
from discovery.stages.packets import PacketDesk
from discovery.stages.work import Work

SUFFIXES = (".json", ".txt", ".md", ".jsonl")
"""Files of a folder that may be answers."""

_PACKET_FILE = re.compile(r"^\ufeff?\s*# Packet ([0-9a-f]{12})\b")
_FATAL = frozenset(REASONS) - {"answer.cut-off"}


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


def check_reader_name(name: str) -> str:
    """Bring a reader's name to one line; the package's own name is taken.

    Raises:
        ReaderError: There is no name, or it is the package's own.
    """
    tidy = " ".join(name.split())
    if not tidy or tidy.lower() == BUILT_IN:
        raise ReaderError("reader.name", name=name.strip() or "an empty name")
    return tidy


def reader_kind(kind: str, model: str) -> ReaderKind:
    """Tell a person from a model: by what was said, else by whether a model was named.

    Raises:
        ReaderError: There is no such kind of reader.
    """
    known = (ReaderKind.PERSON, ReaderKind.MODEL)
    if kind and kind not in known:
        raise ReaderError("reader.kind", kind=kind, known=", ".join(known))
    return ReaderKind(kind) if kind else known[bool(model.strip())]


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
        made = _import_one(desk, path, reader, anchor_threshold)
        reading = made.reading
        known = reading is not None and any(same_answer(reading, other) for other in kept)
        if reading is not None and not known:
            work.store.add_reading(reading)
            kept.append(reading)
        done.append(replace(made, known=known))
    return ImportReport(tuple(done))


def _import_one(desk: PacketDesk, path: Path, reader: Reader, threshold: float) -> Imported:
    text = _text(path)
    if text is None:
        return Imported(path.name, reason="answer.unreadable")
    packet_file = _PACKET_FILE.match(text)
    parsed = parse_answer(text, packet_file.group(1) if packet_file else "")
    if packet_file and parsed.packet != packet_file.group(1):
        return Imported(path.name, reason="answer.is-packet")
    named = parsed.packet or next((key for key in desk.ids if key in path.stem), "")
    if not named:
        return Imported(path.name, reason=parsed.fault or "answer.no-packet")
    record = desk.record(named)
    if record is None:
        return Imported(path.name, reason="answer.unknown-packet")
    packet = desk.packet(record)
    if packet is None:
        return Imported(path.name, reason="answer.no-interview")
    who = replace(reader, prompt_version=record.prompt_version)
    reading = verify_answer(text, packet, reader=who, anchor_threshold=threshold)
    if packet.turns_sha256 != record.turns_sha256:
        what = "answers to an interview that has changed since its packet was made; every quote was checked"
        notice = Notice("reader", NoticeKind.GUESSED, what, record.source)
        reading = replace(reading, notices=(*reading.notices, notice))
    return Imported(path.name, reading)


def _text(path: Path) -> str | None:
    """Read a file as UTF-8, or as UTF-16 where it says so; None where it is no text."""
    try:
        raw = path.read_bytes()
        wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    return None if "\x00" in text else text


def same_answer(reading: Reading, other: Reading) -> bool:
    """Tell whether an answer came in before, from the same reader, and held up in the same way."""
    return replace(reading, reader=replace(reading.reader, at="")) == replace(
        other, reader=replace(other.reader, at="")
    )


def is_usable(reading: Reading) -> bool:
    """Tell whether an answer was sound enough to count, be it in part."""
    return not any(one.part == "answer" and one.reason in _FATAL for one in reading.rejections)


def current_readings(readings: Sequence[Reading]) -> list[Reading]:
    """Choose the answers that count: for each reader and packet the last whole one, else the last part.

    Of an interview that was handed out more than once in other packets, the packets of the last
    answer count.

    Args:
        readings: All readings, oldest first.
    """
    best: dict[tuple[str, str], Reading] = {}
    for reading in readings:
        key = reading.reader.name, reading.packet
        if is_usable(reading) and (key not in best or not reading.fault or best[key].fault):
            best.pop(key, None)
            best[key] = reading
    layout: dict[tuple[str, str], tuple[str, int]] = {}
    for reading in best.values():
        layout[reading.reader.name, reading.source] = _layout(reading)
    return [one for one in best.values() if layout[one.reader.name, one.source] == _layout(one)]


def _layout(reading: Reading) -> tuple[str, int]:
    return reading.reader.prompt_version, reading.parts


def standing(reading: Reading, turns: Mapping[tuple[str, int], Turn]) -> tuple[Reading, int]:
    """Keep what still stands in the interviews as they are now.

    Args:
        reading: A verified reading.
        turns: Turns of the study by file and number.

    Returns:
        The reading without what no longer stands, and how much was left out.
    """

    def stands(span: Span) -> bool:
        turn = turns.get((span.source, span.turn))
        return turn is not None and turn.text[span.start : span.end] == span.quote

    claims = tuple(one for one in reading.claims if stands(one.span))
    mismatches = tuple(one for one in reading.mismatches if stands(one.stated) and stands(one.actual))
    lost = reading.taken - len(claims) - len(mismatches)
    return replace(reading, claims=claims, mismatches=mismatches), lost


def readings_by_employer(work: Work) -> dict[str, dict[str, Joined]]:
    """Join what each other reader found, by employer and reader, as the interviews stand now."""
    turns = {(turn.source, turn.number): turn for turn in work.store.load("turns", Turn)}
    grouped: dict[tuple[str, str], list[Reading]] = {}
    lost: Counter[tuple[str, str]] = Counter()
    for reading in current_readings(work.store.load("readings", Reading)):
        kept, left_out = standing(reading, turns)
        grouped.setdefault((reading.employer, reading.reader.name), []).append(kept)
        lost[reading.employer, reading.reader.name] += left_out
    found: dict[str, dict[str, Joined]] = {}
    for (employer, name), readings in sorted(grouped.items()):
        joined = join_readings(readings)
        gone = "items of a reader whose words no longer stand in the interviews"
        notices = (
            [Notice("reader", NoticeKind.DROPPED, gone, count=lost[employer, name])]
            if lost[employer, name]
            else []
        )
        found.setdefault(employer, {})[name] = replace(joined, notices=(*joined.notices, *notices))
    return found


def mismatches_by_reader(found: Mapping[str, Mapping[str, Joined]]) -> dict[str, list[Mismatch]]:
    """Gather the mismatches of each reader over all employers."""
    everything: dict[str, list[Mismatch]] = {}
    for readers in found.values():
        for name, joined in readers.items():
            everything.setdefault(name, []).extend(joined.mismatches)
    return everything
