"""What a model would be asked about a study's interviews, and where they would go; nothing is sent here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from discovery.errors import ReaderError
from discovery.privacy import review_names
from discovery.reader import Packet, verify_answer
from discovery.reader.live import Destination, Endpoint, find_destination
from discovery.reader.live.asked import answer_key
from discovery.reader.live.client import Reply
from discovery.reader.live.dialect import Dialect
from discovery.readings import Reader, ReaderKind
from discovery.records import Notice, NoticeKind
from discovery.stages.packets import LIMIT_WORDS, READABLE, study_packets
from discovery.stages.sharing import study_names
from discovery.stages.work import Work
from discovery.store import Store

OUTSIDE = ("quote",)
"""Consents with which an interview may go to a host that study.toml names."""

CHARACTERS_PER_TOKEN = 4
"""What a token is taken for where the model's own counting is not known: usual for English prose."""


@dataclass(frozen=True, slots=True)
class AskPlan:
    """What would be asked, and where it would go.

    Args:
        endpoint: The endpoint and its limits.
        place: Where it is; already checked.
        packets: Packets that may go there.
        waiting: Those of them that would be sent; the others are answered already.
        notices: Interviews left out, with counts.
        names_left: Capitalised names that pseudonyms leave in what would go to another host.
        again: Whether packets are sent even where an answer is kept.
        retry: Whether packets are sent again where the answer kept is faulty.
    """

    endpoint: Endpoint
    place: Destination
    packets: tuple[Packet, ...]
    waiting: tuple[Packet, ...]
    notices: tuple[Notice, ...]
    names_left: int
    again: bool = False
    retry: bool = False

    @property
    def words(self) -> int:
        """Words of interview to be sent."""
        return sum(packet.words for packet in self.waiting)

    @property
    def characters(self) -> int:
        """Characters to be sent, instructions and schema of each packet included."""
        return sum(_characters(packet) for packet in self.waiting)

    @property
    def tokens(self) -> int:
        """Tokens to be sent, estimated: one for every four characters."""
        return -(-self.characters // CHARACTERS_PER_TOKEN)


def plan_asking(
    work: Work, *, limit_words: int = LIMIT_WORDS, again: bool = False, retry: bool = False
) -> AskPlan:
    """Find out what would be asked and where it would go; nothing is sent.

    To a model on this computer go the interviews of employers who may be quoted or paraphrased. To
    any other host go those alone that employers.csv lists as to be quoted. With consent ``none``
    nothing ever goes.

    Args:
        work: An opened study that has been run.
        limit_words: Most words of interview in a packet.
        again: Ask even where an answer is kept.
        retry: Ask again where the answer kept is faulty.

    Raises:
        ReaderError: No model is set, text may not go there, or no employer agreed.
    """
    endpoint = work.settings.reader
    place = find_destination(endpoint)
    made = study_packets(work, limit_words=limit_words, consents=READABLE if place.is_local else OUTSIDE)
    packets, notices = made.packets, made.notices
    if not place.is_local:
        packets, unasked = _asked_employers(work, packets)
        notices += unasked
    if not packets:
        raise ReaderError("reader.no-packets")
    waiting = tuple(packet for packet in packets if again or _is_open(work.store, packet, endpoint, retry))
    left = 0 if place.is_local else _names_left(work, waiting)
    return AskPlan(endpoint, place, packets, waiting, notices, left, again, retry)


class StoreMemory:
    """Keeps answers in the study's database.

    Args:
        store: The database.
    """

    def __init__(self, store: Store) -> None:
        """Open nothing yet."""
        self._store = store

    def recall(self, key: str) -> Reply | None:
        """Return the answer kept under a key."""
        kept = self._store.answer(key)
        return Reply(**kept) if kept else None

    def keep(self, key: str, reply: Reply) -> None:
        """Keep an answer at once."""
        answer = {"text": reply.text, "finish": reply.finish, "at": reply.at, "read": reply.read}
        self._store.keep_answer(key, answer)

    def recall_dialect(self, server: str) -> Dialect | None:
        """Return what a server is known to take."""
        return Dialect.remembered(self._store.server(server))

    def keep_dialect(self, server: str, dialect: Dialect) -> None:
        """Keep what a server takes."""
        self._store.keep_server(server, dialect.to_remember())


def _asked_employers(work: Work, packets: Sequence[Packet]) -> tuple[tuple[Packet, ...], tuple[Notice, ...]]:
    """Keep the packets of employers with a line in employers.csv: nobody else has been asked for consent."""
    known = {employer.id for employer in work.employers}
    asked = tuple(packet for packet in packets if packet.employer_id in known)
    left = len({packet.source for packet in packets} - {packet.source for packet in asked})
    what = "interviews whose employer has no line with a consent in employers.csv"
    return asked, (Notice("reader", NoticeKind.DROPPED, what, count=left),) if left else ()


def _names_left(work: Work, packets: Sequence[Packet]) -> int:
    shown = [turn.shown.text for packet in packets for turn in packet.turns]
    return sum(one.count for one in review_names(shown, study_names(work)).left)


def _is_open(store: Store, packet: Packet, endpoint: Endpoint, retry: bool) -> bool:
    kept = StoreMemory(store).recall(answer_key(packet, endpoint))
    if kept is None or not retry:
        return kept is None
    nobody = Reader("", ReaderKind.MODEL)
    return bool(verify_answer(kept.text, packet, reader=nobody).fault)


def _characters(packet: Packet) -> int:
    messages = sum(len(message["content"]) for message in packet.messages())
    return messages + len(json.dumps(packet.schema))
