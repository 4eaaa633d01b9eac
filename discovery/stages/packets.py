"""What goes out to another reader: the study's instructions, and packets of its interviews."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from discovery.codebook import load_codebook
from discovery.errors import ReaderError
from discovery.privacy import Pseudonyms
from discovery.reader import Packet, make_instructions, make_packets
from discovery.reader.instructions import Instructions
from discovery.readings import PacketRecord, TypeEntry
from discovery.records import Employer, Interview, Notice, NoticeKind, Turn
from discovery.stages.analysis import load_study_catalogue
from discovery.stages.sharing import described_employers, study_names
from discovery.stages.work import Work

LIMIT_WORDS = 6000
OVERLAP_TURNS = 6
READABLE = ("quote", "paraphrase")
"""Consents with which an interview may be read by somebody within the team."""


@dataclass(frozen=True, slots=True)
class PacketSet:
    """The packets of a study, and whose interviews were left out.

    Args:
        packets: Packets, by transcript file and part.
        notices: What was left out, or wants care, with counts.
    """

    packets: tuple[Packet, ...]
    notices: tuple[Notice, ...]


def study_types(work: Work) -> tuple[TypeEntry, ...]:
    """List the mismatch types of this study as a reader is told of them."""
    return tuple(
        TypeEntry(
            kind.key,
            kind.label,
            kind.definition,
            kind.stated.what,
            kind.actual.what,
            kind.against,
            kind.probes,
        )
        for kind in load_study_catalogue(work).types
    )


def study_instructions(work: Work) -> Instructions:
    """Write the instructions of this study from the codebook and its own catalogue."""
    return make_instructions(load_codebook(), study_types(work))


def study_packets(
    work: Work,
    *,
    limit_words: int = LIMIT_WORDS,
    overlap_turns: int = OVERLAP_TURNS,
    consents: Sequence[str] = READABLE,
) -> PacketSet:
    """Make the packets of every interview whose employer agreed to be read.

    Args:
        work: An opened study that has been run.
        limit_words: Most words of interview in a packet.
        overlap_turns: Turns that parts of one interview share.
        consents: Consents that let an interview out; ``none`` never does.
    """
    instructions, names = study_instructions(work), study_names(work)
    interviews = work.store.load("interviews", Interview)
    employers = {employer.id: employer for employer in described_employers(work, interviews)}
    packets: list[Packet] = []
    refused, paraphrased, silent = 0, 0, 0
    for interview in sorted(interviews, key=lambda one: one.source):
        employer = employers[interview.employer]
        if employer.consent == "none" or employer.consent not in consents:
            refused += 1
            continue
        made = make_packets(
            work.store.load("turns", Turn, stage=f"read:{interview.source}"),
            employer=_shown_name(employer, names),
            instructions=instructions,
            limit_words=limit_words,
            overlap_turns=overlap_turns,
            names=names,
            employer_id=employer.id,
        )
        silent += not made
        paraphrased += employer.consent == "paraphrase" and bool(made)
        packets += made
    return PacketSet(tuple(packets), _notices(refused, silent, paraphrased))


def write_packets(
    work: Work, folder: Path, *, limit_words: int = LIMIT_WORDS, overlap_turns: int = OVERLAP_TURNS
) -> tuple[list[Path], tuple[Notice, ...]]:
    """Write every packet to a file of its own and remember it.

    A file is named by the employer's pseudonym, the part and the packet's id, never by the transcript.

    Args:
        work: An opened study that has been run.
        folder: Where to write; it is made where it does not exist.
        limit_words: Most words of interview in a packet.
        overlap_turns: Turns that parts of one interview share.

    Returns:
        The files, and what was left out.

    Raises:
        ReaderError: No employer agreed to be read, or the folder cannot be written to.
    """
    made = study_packets(work, limit_words=limit_words, overlap_turns=overlap_turns)
    if not made.packets:
        raise ReaderError("reader.no-packets")
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for packet in made.packets:
            path = folder / packet_name(packet)
            aside = path.with_name(f".{path.name}.part")
            aside.write_text(packet.text(), encoding="utf-8", newline="\n")
            aside.replace(path)
            paths.append(path)
    except OSError as problem:
        raise ReaderError(
            "reader.write", file=folder.name, reason=problem.strerror or "no reason given"
        ) from None
    remember_packets(work, made.packets)
    return paths, made.notices


def packet_name(packet: Packet) -> str:
    """Name the file of a packet: pseudonym, part, id."""
    whose = re.sub(r"[^\w]+", "-", packet.employer.lower()).strip("-") or "employer"
    part = f"-part-{packet.part}-of-{packet.parts}" if packet.parts > 1 else ""
    return f"{whose}{part}-{packet.id}.md"


def record_packet(packet: Packet, at: str) -> PacketRecord:
    """Note what the study needs to know a packet again."""
    numbers = [turn.original.number for turn in packet.turns]
    return PacketRecord(
        packet.id,
        packet.source,
        packet.employer_id,
        packet.part,
        packet.parts,
        numbers[0],
        numbers[-1],
        packet.words,
        packet.prompt_version,
        packet.turns_sha256,
        at,
    )


def remember_packets(work: Work, packets: Sequence[Packet], at: str = "") -> None:
    """Remember packets that are handed out, each once.

    Args:
        work: An opened study.
        packets: The packets.
        at: When, ISO 8601; now where nothing is given.
    """
    at = at or datetime.now(UTC).isoformat(timespec="seconds")
    known = {record.id for record in work.store.load("packets", PacketRecord)}
    work.store.add_packets(record_packet(packet, at) for packet in packets if packet.id not in known)


class PacketDesk:
    """Finds packets that were handed out again, as the interviews stand now.

    Args:
        work: An opened study that has been run.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._records = {record.id: record for record in work.store.load("packets", PacketRecord)}
        self._instructions = study_instructions(work)
        self._names = study_names(work)
        interviews = work.store.load("interviews", Interview)
        self._employers = {employer.id: employer for employer in described_employers(work, interviews)}
        self._owners = {interview.source: interview.employer for interview in interviews}

    def record(self, packet: str) -> PacketRecord | None:
        """Return what the study remembers of a packet, None where it made no such packet."""
        return self._records.get(packet)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all packets that were handed out."""
        return tuple(self._records)

    def packet(self, record: PacketRecord) -> Packet | None:
        """Make a packet again from the interview as it is now, under the id it went out with.

        Returns:
            The packet, None where its interview is no longer in the study.
        """
        owner = self._owners.get(record.source)
        if owner is None:
            return None
        turns = self._work.store.load("turns", Turn, stage=f"read:{record.source}")
        own = [turn for turn in turns if record.first <= turn.number <= record.last]
        employer = self._employers[owner]
        made = make_packets(
            own,
            employer=_shown_name(employer, self._names),
            instructions=self._instructions,
            limit_words=max(sum(len(turn.text.split()) for turn in own) * 4, 1),
            names=self._names,
            employer_id=employer.id,
        )
        return replace(made[0], id=record.id, part=record.part, parts=record.parts) if made else None


def _shown_name(employer: Employer, names: Pseudonyms) -> str:
    return employer.pseudonym or names.apply(employer.name)


def _notices(refused: int, silent: int, paraphrased: int) -> tuple[Notice, ...]:
    rows = (
        (NoticeKind.DROPPED, "interviews whose employer did not agree to be read by others", refused),
        (NoticeKind.DROPPED, "interviews in which nobody speaks for the employer", silent),
        (
            NoticeKind.GUESSED,
            "interviews that may only be paraphrased: keep their packets within the team",
            paraphrased,
        ),
    )
    return tuple(Notice("reader", kind, what, count=count) for kind, what, count in rows if count)
