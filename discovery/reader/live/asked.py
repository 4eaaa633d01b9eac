"""The nouns of asking: what a round needs, what becomes of each packet, what is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from discovery.errors import ReaderError
from discovery.reader.live.client import Reply
from discovery.reader.live.dialect import Dialect
from discovery.reader.live.endpoint import Endpoint
from discovery.reader.live.hosts import Destination
from discovery.reader.live.log import ReaderLog
from discovery.reader.live.pacing import Pace
from discovery.reader.packets import Packet


class Memory(Protocol):
    """Keeps what was answered, so that nothing is asked twice."""

    def recall(self, key: str) -> Reply | None:
        """Return the answer kept under a key."""

    def keep(self, key: str, reply: Reply) -> None:
        """Keep an answer at once, so that an interrupted round loses nothing."""

    def recall_dialect(self, server: str) -> Dialect | None:
        """Return what a server is known to take."""

    def keep_dialect(self, server: str, dialect: Dialect) -> None:
        """Keep what a server takes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one packet.

    Args:
        packet: The packet.
        reply: The answer, the better one where two came; None where none did.
        fault: What is wrong with it as a whole, or why there is none; empty where all is well.
        remembered: Whether the answer was kept from an earlier round.
        tries: Requests sent for it.
    """

    packet: Packet
    reply: Reply | None = None
    fault: str = ""
    remembered: bool = False
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """What came of asking about all packets.

    Args:
        asked: One entry a packet, in the order given.
        stopped: Why no further packet was asked about, None where all were.
    """

    asked: tuple[Asked, ...]
    stopped: ReaderError | None = None

    @property
    def sent(self) -> int:
        """Requests sent in all."""
        return sum(one.tries for one in self.asked)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is worth.

    Args:
        kept: Items of it that hold.
        fault: What is wrong with it as a whole, empty where nothing is.
    """

    kept: int
    fault: str = ""


Check = Callable[[Packet, Reply], Verdict]
"""Looks through an answer before it is kept."""


def _nothing() -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything one round of asking needs.

    Args:
        endpoint: The endpoint and its limits.
        place: Where it is, already checked.
        memory: Keeps answers.
        log: Notes what was sent where.
        check: Tells what an answer is worth.
        key: Key to send, empty for none; never shown.
        pace: Holds requests back; as the endpoint's limits say where nothing is given.
        advance: Called once a packet is done.
        again: Ask even where an answer is kept.
        retry: Ask again where the answer kept has a fault.
    """

    endpoint: Endpoint
    place: Destination
    memory: Memory
    log: ReaderLog
    check: Check
    key: str = field(default="", repr=False)
    pace: Pace | None = None
    advance: Callable[[], None] = _nothing
    again: bool = False
    retry: bool = False


def answer_key(packet: Packet, endpoint: Endpoint) -> str:
    """Return the key of an answer: the packet as sent, its prompt version, server, model and parameters.

    Args:
        packet: What is asked about.
        endpoint: Who is asked, and how.
    """
    return content_hash(
        packet.messages(), packet.schema, packet.prompt_version, endpoint.url.rstrip("/"), endpoint.model,
        endpoint.max_tokens, endpoint.temperature, endpoint.seed,
    )  # fmt: skip


def content_hash(*parts: object) -> str:
    """Return one SHA-256 of values that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
