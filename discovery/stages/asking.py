"""Asking a model about a study's interviews: what came back, and what of it was taken over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from discovery.reader import Packet, verify_answer
from discovery.reader.live import Asking, Round, ask_model
from discovery.reader.live.asked import Asked, Verdict
from discovery.reader.live.client import Reply, key_from_environment
from discovery.reader.live.log import ReaderLog
from discovery.reader.live.pacing import Pace
from discovery.readings import REASONS, Reader, ReaderKind, Reading
from discovery.records import Notice, NoticeKind
from discovery.stages.ask_plan import CHARACTERS_PER_TOKEN, AskPlan, StoreMemory
from discovery.stages.packets import remember_packets
from discovery.stages.readings import check_reader_name, same_answer
from discovery.stages.work import Work

LOG = "reader-log.jsonl"
"""Name of the log in ``reports/``."""


@dataclass(frozen=True, slots=True)
class AskReport:
    """What came of asking.

    Args:
        plan: What was to be asked.
        round: What became of each packet.
        readings: What was verified of each packet that has an answer.
        added: Readings that the study did not have yet.
        notices: What was joined, cut, placed by likeness or may have been read in part, with counts.
    """

    plan: AskPlan
    round: Round
    readings: tuple[Reading, ...]
    added: int
    notices: tuple[Notice, ...]

    @property
    def faulty(self) -> tuple[Asked, ...]:
        """Packets without an answer, or with one that is faulty as a whole."""
        return tuple(one for one in self.round.asked if one.fault)

    @property
    def sound(self) -> int:
        """Packets with a sound answer."""
        return len(self.round.asked) - len(self.faulty)

    @property
    def reasons(self) -> dict[str, int]:
        """How often each reason kept an item or an answer out, most frequent first."""
        counts = Counter(one.reason for reading in self.readings for one in reading.rejections)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def taken(self) -> tuple[int, int]:
        """Claims and mismatches taken over."""
        found = [(len(reading.claims), len(reading.mismatches)) for reading in self.readings]
        return sum(claims for claims, _ in found), sum(mismatches for _, mismatches in found)


def ask_about(
    work: Work,
    plan: AskPlan,
    *,
    at: str,
    name: str = "",
    anchor_threshold: float = 90,
    pace: Pace | None = None,
) -> AskReport:
    """Ask the model about what was planned, verify each answer, and keep what holds.

    Args:
        work: An opened study that has been run.
        plan: What to ask, and where.
        at: The present, ISO 8601.
        name: Name of the reader; the model's where nothing is given.
        anchor_threshold: Least likeness, 0 to 100, of a quote that is not verbatim.
        pace: Holds requests back; as study.toml says where nothing is given.

    Raises:
        ReaderError: The name is taken, the client library is missing, or no server listens.
    """
    reader = check_reader_name(name or plan.endpoint.model)

    def read(packet: Packet, reply: Reply) -> Reading:
        who = Reader(reader, ReaderKind.MODEL, plan.endpoint.model, packet.prompt_version, reply.at)
        return verify_answer(reply.text, packet, reader=who, anchor_threshold=anchor_threshold)

    def check(packet: Packet, reply: Reply) -> Verdict:
        reading = read(packet, reply)
        return Verdict(reading.taken, _fault(reading, reply))

    remember_packets(work, plan.packets, at)
    with work.progress.stage("Asking the model", len(plan.packets)) as advance:
        asking = Asking(
            plan.endpoint,
            plan.place,
            StoreMemory(work.store),
            ReaderLog(work.folder / "reports" / LOG),
            check,
            key_from_environment(),
            pace,
            advance,
            plan.again,
            plan.retry,
        )
        done = ask_model(plan.packets, asking)
    readings = tuple(read(one.packet, one.reply) for one in done.asked if one.reply)
    return AskReport(plan, done, readings, _add(work, readings), (*plan.notices, *_notices(done, readings)))


def _fault(reading: Reading, reply: Reply) -> str:
    """Say what is wrong with an answer as a whole, empty where nothing is."""
    if not reading.fault:
        return ""
    if reply.finish == "refused":
        return "the model refused to answer"
    words = REASONS[reading.fault]
    return f"{words} (it ran into max_tokens)" if reply.finish == "length" else words


def _add(work: Work, readings: Sequence[Reading]) -> int:
    known = work.store.load("readings", Reading)
    added = 0
    for reading in readings:
        if not any(same_answer(reading, other) for other in known):
            work.store.add_reading(reading)
            added += 1
    return added


def _notices(done: Round, readings: Sequence[Reading]) -> list[Notice]:
    totals: Counter[tuple[NoticeKind, str]] = Counter()
    for reading in readings:
        for notice in reading.notices:
            totals[notice.kind, notice.what] += notice.count
    made = [Notice("reader", kind, what, count=count) for (kind, what), count in sorted(totals.items())]
    short = sum(_read_in_part(one) for one in done.asked)
    what = "packets that the server counts far fewer tokens of than were sent: give it a longer context"
    return [*made, Notice("reader", NoticeKind.GUESSED, what, count=short)] if short else made


def _read_in_part(asked: Asked) -> bool:
    """Tell whether a server seems to have cut a packet: it counts half the tokens expected, or fewer."""
    read = asked.reply.read if asked.reply else 0
    sent = sum(len(message["content"]) for message in asked.packet.messages())
    return 0 < read * 2 * CHARACTERS_PER_TOKEN < sent
