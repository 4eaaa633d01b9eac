"""Asking about one packet: in the fields the server takes, and again where that may help."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from discovery.errors import ReaderError
from discovery.reader.live.asked import Asked, Asking, Verdict, content_hash
from discovery.reader.live.client import KEY_VARIABLE, ChatClient, Reply
from discovery.reader.live.dialect import Dialect
from discovery.reader.live.failures import TryFailedError
from discovery.reader.live.pacing import Pace, may_try_again, wait_before
from discovery.reader.packets import Packet

NOT_ASKED = "not asked: the round ended before"

Messages = Sequence[Mapping[str, str]]

_LONGEST_HOLD = 300.0
"""Seconds a server may ask to wait; for longer, the round ends and is taken up again later."""

_GIVEN_UP_IN_A_ROW = 3
_MOST_OBJECTIONS = 8


@dataclass
class ServerState:
    """What is known of the server in this round, shared by all that ask side by side.

    Args:
        dialect: Which fields it is thought to take.
        settled: Whether it is known well enough to ask side by side.
        proven: Whether it has answered in this dialect in this round.
        given_up: Packets in a row that it failed to answer.
        stopped: Why nothing more is to be sent.
    """

    dialect: Dialect = field(default_factory=Dialect)
    settled: bool = False
    proven: bool = False
    given_up: int = 0
    stopped: ReaderError | None = None


class PacketTries:
    """All requests about one packet.

    Args:
        packet: The packet.
        client: Connection to the server.
        state: What is known of the server.
        asking: Limits, memory and log.
        pace: Holds requests back.
    """

    def __init__(
        self, packet: Packet, client: ChatClient, state: ServerState, asking: Asking, pace: Pace
    ) -> None:
        """Start with nothing sent."""
        self._packet, self._client, self._state = packet, client, state
        self._asking, self._pace = asking, pace
        self._sent = self._tries = self._timeouts = self._objections = 0
        self._first_dialect = state.dialect

    async def ask(self) -> Asked:
        """Ask until there is a usable answer; an answer of the wrong shape is asked for once more.

        Returns:
            The answer, or why there is none.
        """
        best, worth = None, Verdict(-1)
        for messages in (self._packet.messages(), None):
            try:
                reply = await self._reply(messages or _once_more(self._packet.messages(), worth.fault))
            except TryFailedError as failure:
                self._give_up(failure)
                return self._outcome(best, worth.fault or failure.words)
            if reply is None:
                return self._outcome(best, worth.fault or NOT_ASKED)
            verdict = self._asking.check(self._packet, reply)
            if best is None or not verdict.fault or verdict.kept > worth.kept:
                best, worth = reply, verdict
            if not verdict.fault or reply.finish == "length":  # what was cut off would be cut off again
                break
        return self._outcome(best, worth.fault)

    def _outcome(self, reply: Reply | None, fault: str) -> Asked:
        return Asked(self._packet, reply, fault, tries=self._sent)

    async def _reply(self, messages: Messages) -> Reply | None:
        """Return the next answer, None where the round ends first."""
        self._tries = self._timeouts = 0
        while True:
            await self._pace.turn()
            if self._state.stopped:
                return None
            dialect = self._state.dialect
            try:
                reply = await self._send(messages, dialect)
            except TryFailedError as failure:
                if not self._adapted(dialect, failure):
                    await self._wait_after(failure)
                continue
            self._learn(dialect)
            return reply

    async def _send(self, messages: Messages, dialect: Dialect) -> Reply:
        """Send one request, with a line in the log before and after."""
        self._sent += 1
        packet, asking = self._packet, self._asking
        common = {
            "host": asking.place.place,
            "reads": asking.place.reads,
            "model": asking.endpoint.model,
            "packet": packet.id,
            "try": self._sent,
        }
        sizes = {"words": packet.words, "characters": sum(len(one["content"]) for one in messages)}
        asking.log.add("sent", **common, sha256=content_hash(list(messages)), **sizes, format=dialect.format)
        begun = time.monotonic()
        try:
            reply = await self._client.send(messages, packet.schema, dialect)
        except TryFailedError as failure:
            asking.log.add("failed", **common, status=failure.status or failure.kind, seconds=_since(begun))
            raise
        size = len(reply.text)
        asking.log.add("answered", **common, status=200, answer_characters=size, seconds=_since(begun))
        return reply

    def _adapted(self, dialect: Dialect, failure: TryFailedError) -> bool:
        """Leave out what the server objects to; once it has answered, an objection is about the packet."""
        state = self._state
        if failure.kind != "status":
            return False
        self._objections += 1
        simpler = dialect.without(failure.status, failure.parameter)
        if state.proven or self._objections > _MOST_OBJECTIONS:
            return False
        if simpler is None:
            state.dialect = self._first_dialect
            return False
        if state.dialect == dialect:
            state.dialect = simpler
        return True

    async def _wait_after(self, failure: TryFailedError) -> None:
        """Wait before the next try, or raise where there should be none."""
        self._tries += 1
        self._timeouts += failure.kind == "timeout"
        if failure.retry_after is not None and failure.passes:
            if failure.retry_after > _LONGEST_HOLD:
                self._stop(ReaderError("reader.busy", host=self._host, seconds=round(failure.retry_after)))
                raise failure
            self._pace.hold(failure.retry_after)
        if not may_try_again(failure, self._tries, self._timeouts):
            raise failure
        if failure.retry_after is None:
            await self._pace.pause(wait_before(self._tries, self._packet.id))

    def _learn(self, dialect: Dialect) -> None:
        state = self._state
        state.given_up = 0
        if not state.proven and dialect == state.dialect:
            state.proven = state.settled = True
            self._asking.memory.keep_dialect(server_name(self._asking), dialect)

    @property
    def _host(self) -> str:
        return self._asking.place.place

    def _give_up(self, failure: TryFailedError) -> None:
        """End the round where every other packet would meet the same fault."""
        host, status = self._host, failure.status
        if failure.kind == "connection":
            self._stop(ReaderError("reader.down", place=host))
        elif failure.kind == "certificate":
            self._stop(ReaderError("reader.certificate", host=host))
        elif failure.kind == "redirect":
            self._stop(ReaderError("reader.redirect", host=host, target=failure.host))
        elif status in (401, 403):
            self._stop(ReaderError("reader.key", host=host, status=status, variable=KEY_VARIABLE))
        elif status in (404, 405):
            self._stop(
                ReaderError("reader.model", host=host, model=self._asking.endpoint.model, status=status)
            )
        elif failure.passes:
            self._state.given_up += 1
            if self._state.given_up >= _GIVEN_UP_IN_A_ROW:
                count = self._state.given_up
                self._stop(ReaderError("reader.failing", host=host, count=count, reason=failure.words))

    def _stop(self, why: ReaderError) -> None:
        self._state.stopped = self._state.stopped or why


def server_name(asking: Asking) -> str:
    """Return what a server is remembered by."""
    return f"{asking.endpoint.url.rstrip('/')} {asking.endpoint.model}"


def _once_more(messages: Messages, fault: str) -> Messages:
    """Ask for the same answer again, saying what was wrong with the last one."""
    *before, last = messages
    reminder = f"Your last answer could not be used: {fault}. Answer with the one JSON object alone."
    return [*before, {**last, "content": f"{last['content']}\n\n{reminder}"}]


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 2)
