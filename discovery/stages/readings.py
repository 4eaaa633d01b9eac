"""What other readers answered, as it counts now: the last sound answers, on the interviews as they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from discovery.errors import ReaderError
from discovery.reader import join_readings
from discovery.reader.joining import Joined
from discovery.readings import BUILT_IN, REASONS, ReaderKind, Reading
from discovery.records import Interview, Mismatch, Notice, NoticeKind, Role, Span, Turn
from discovery.stages.work import Work

_FATAL = frozenset(REASONS) - {"answer.cut-off"}

_TELLING_WORDS = 5
"""Words from which on a quote is looked for in other turns, as the annotation guide matches evidence."""


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
    """Keep what still stands in the interviews as they are now; words that have moved are found again.

    Args:
        reading: A verified reading.
        turns: Turns of the study by file and number.

    Returns:
        The reading without what no longer stands, and how much was left out.
    """
    claims = [
        replace(one, span=span)
        for one in reading.claims
        if (span := _find_again(one.span, turns)) is not None
    ]
    mismatches = []
    for one in reading.mismatches:
        stated, actual = _find_again(one.stated, turns), _find_again(one.actual, turns)
        if stated is not None and actual is not None:
            mismatches.append(replace(one, stated=stated, actual=actual))
    lost = reading.taken - len(claims) - len(mismatches)
    return replace(reading, claims=tuple(claims), mismatches=tuple(mismatches)), lost


def _find_again(span: Span, turns: Mapping[tuple[str, int], Turn]) -> Span | None:
    """Find words where they stood, elsewhere in their turn, or in the one employer turn that has them."""
    turn = turns.get((span.source, span.turn))
    if turn is not None and turn.role is Role.EMPLOYER:
        if turn.text[span.start : span.end] == span.quote:
            return span
        if found := turn.find(span.quote):
            return found
    if len(span.quote.split()) < _TELLING_WORDS:
        return None
    elsewhere = [
        found
        for (source, _), other in turns.items()
        if source == span.source and other.role is Role.EMPLOYER and (found := other.find(span.quote))
    ]
    return elsewhere[0] if len(elsewhere) == 1 else None


def readings_by_employer(work: Work) -> dict[str, dict[str, Joined]]:
    """Join what each other reader found, by employer and reader, as the interviews stand now."""
    turns = {(turn.source, turn.number): turn for turn in work.store.load("turns", Turn)}
    owners = {interview.source: interview.employer for interview in work.store.load("interviews", Interview)}
    grouped: dict[tuple[str, str], list[Reading]] = {}
    lost: Counter[tuple[str, str]] = Counter()
    for reading in current_readings(work.store.load("readings", Reading)):
        kept, left_out = standing(_owned(reading, owners), turns)
        grouped.setdefault((kept.employer, kept.reader.name), []).append(kept)
        lost[kept.employer, kept.reader.name] += left_out
    found: dict[str, dict[str, Joined]] = {}
    for (employer, name), readings in sorted(grouped.items()):
        joined = join_readings(readings)
        counts = (
            (
                "items of other readers rejected because they did not stand up to the transcript",
                sum(len(reading.rejections) for reading in readings),
            ),
            ("items of other readers whose words no longer stand in the interviews", lost[employer, name]),
        )
        dropped = [Notice("reader", NoticeKind.DROPPED, what, count=count) for what, count in counts if count]
        noted = [notice for reading in readings for notice in reading.notices]
        found.setdefault(employer, {})[name] = replace(joined, notices=(*noted, *joined.notices, *dropped))
    return found


def _owned(reading: Reading, owners: Mapping[str, str]) -> Reading:
    """Give a reading to the employer that its interview belongs to now."""
    owner = owners.get(reading.source, reading.employer)
    if owner == reading.employer:
        return reading
    claims = tuple(replace(one, employer=owner) for one in reading.claims)
    mismatches = tuple(replace(one, employer=owner) for one in reading.mismatches)
    return replace(reading, employer=owner, claims=claims, mismatches=mismatches)


def mismatches_by_reader(found: Mapping[str, Mapping[str, Joined]]) -> dict[str, list[Mismatch]]:
    """Gather the mismatches of each reader over all employers."""
    everything: dict[str, list[Mismatch]] = {}
    for readers in found.values():
        for name, joined in readers.items():
            everything.setdefault(name, []).extend(joined.mismatches)
    return everything
