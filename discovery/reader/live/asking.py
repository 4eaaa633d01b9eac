"""Asking a model about many packets: side by side, paced, and never twice for the same answer."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from discovery.reader.live.asked import Asked, Asking, Round, answer_key
from discovery.reader.live.client import ChatClient
from discovery.reader.live.dialect import Dialect
from discovery.reader.live.hosts import answering
from discovery.reader.live.pacing import Pace
from discovery.reader.live.tries import NOT_ASKED, PacketTries, ServerState, server_name
from discovery.reader.packets import Packet

Result = TypeVar("Result")


def ask_model(packets: Sequence[Packet], asking: Asking) -> Round:
    """Ask a model about packets; what was answered before is not asked again.

    Args:
        packets: The packets, in the order of the result.
        asking: Endpoint, place, memory, log and limits.

    Returns:
        One entry a packet. A fault that would meet every packet (a refused key, a server that went
        away) ends the round early; what came before it is in the result and in the memory.

    Raises:
        ReaderError: The client library is missing, or no server listens.
    """
    done: dict[str, Asked] = {}
    for packet in [] if asking.again else packets:
        kept = asking.memory.recall(answer_key(packet, asking.endpoint))
        fault = asking.check(packet, kept).fault if kept else ""
        if kept and not (fault and asking.retry):
            done[packet.id] = Asked(packet, kept, fault, remembered=True)
            asking.advance()
    waiting = [packet for packet in packets if packet.id not in done]
    stopped = None
    if waiting:
        fresh = _FreshRound(asking)
        _run(fresh.ask_all(waiting))
        done |= fresh.done
        stopped = fresh.state.stopped
    return Round(tuple(done[packet.id] for packet in packets), stopped)


class _FreshRound:
    """One round over packets that must be sent."""

    def __init__(self, asking: Asking) -> None:
        known = asking.memory.recall_dialect(server_name(asking))
        self.state = ServerState(known or Dialect(), settled=known is not None)
        self.done: dict[str, Asked] = {}
        self._asking = asking
        self._pace = asking.pace or Pace(asking.endpoint.requests_per_minute)

    async def ask_all(self, packets: Sequence[Packet]) -> None:
        """Ask one by one until it is known what the server takes, then side by side."""
        endpoint = self._asking.endpoint
        waiting = deque(packets)
        async with ChatClient(endpoint, answering(self._asking.place), self._asking.key) as client:
            while waiting and not self.state.settled and not self.state.stopped:
                await self._finish(client, waiting.popleft())
            try:
                async with asyncio.TaskGroup() as side_by_side:
                    for _ in range(min(endpoint.at_once, len(waiting))):
                        side_by_side.create_task(self._work(client, waiting))
            except BaseExceptionGroup as faults:
                raise _first(faults) from None
        for packet in packets:
            self.done.setdefault(packet.id, Asked(packet, fault=NOT_ASKED))

    async def _work(self, client: ChatClient, waiting: deque[Packet]) -> None:
        while waiting and not self.state.stopped:
            await self._finish(client, waiting.popleft())

    async def _finish(self, client: ChatClient, packet: Packet) -> None:
        asked = await PacketTries(packet, client, self.state, self._asking, self._pace).ask()
        if asked.reply is not None:
            self._asking.memory.keep(answer_key(packet, self._asking.endpoint), asked.reply)
        self.done[packet.id] = asked
        self._asking.advance()


def _first(faults: BaseExceptionGroup[BaseException]) -> BaseException:
    one = faults.exceptions[0]
    return _first(one) if isinstance(one, BaseExceptionGroup) else one


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end, in a thread of its own where a notebook already runs an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    outcome: list[Result] = []
    faults: list[BaseException] = []

    def in_thread() -> None:
        try:
            outcome.append(asyncio.run(work))
        except BaseException as fault:
            faults.append(fault)

    thread = threading.Thread(target=in_thread)
    thread.start()
    thread.join()
    if faults:
        raise faults[0]
    return outcome[0]
