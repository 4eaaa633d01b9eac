"""When the next request may go out: so many a minute, and none while the server asks to wait."""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable

from discovery.reader.live.failures import TryFailedError

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]

MOST_TRIES = 4
_MOST_TIMEOUTS = 2
"""Tries that may run into the time limit: an answer that took too long twice will the third time."""

_FIRST_WAIT = 1.0
_LONGEST_WAIT = 60.0
_MINUTE = 60.0


class Pace:
    """Holds requests back, for all that ask side by side.

    Args:
        per_minute: Requests in any 60 seconds at most; 0 sets no limit.
        clock: Tells seconds that never run backwards.
        sleep: Waits so many seconds.
    """

    def __init__(
        self, per_minute: float, *, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        """Start with nothing sent."""
        self._most = max(1, int(per_minute)) if per_minute else 0
        self._window = _MINUTE * self._most / per_minute if per_minute else _MINUTE
        self._clock, self._sleep = clock, sleep
        self._sent: deque[float] = deque()
        self._held_until = float("-inf")

    async def turn(self) -> None:
        """Wait until the next request may go out, and count it."""
        while (wait := self._wait()) > 0:
            await self._sleep(wait)
        self._sent.append(self._clock())

    def hold(self, seconds: float) -> None:
        """Let nothing out for so long."""
        self._held_until = max(self._held_until, self._clock() + seconds)

    async def pause(self, seconds: float) -> None:
        """Keep one of those that ask waiting; the others go on."""
        await self._sleep(seconds)

    def _wait(self) -> float:
        now = self._clock()
        while self._sent and self._sent[0] <= now - self._window:
            self._sent.popleft()
        full = self._most and len(self._sent) >= self._most
        return max(self._held_until - now, self._sent[0] + self._window - now if full else 0.0)


def may_try_again(failure: TryFailedError, tries: int, timeouts: int) -> bool:
    """Tell whether one more try is worth it.

    Args:
        failure: How the last one ended.
        tries: Tries made so far.
        timeouts: How many of them ran into the time limit.
    """
    return failure.passes and tries < MOST_TRIES and timeouts < _MOST_TIMEOUTS


def wait_before(tries: int, key: str) -> float:
    """Return how many seconds to wait before the next try where the server does not say.

    Args:
        tries: Tries made so far.
        key: What is asked for; spreads the waits of requests that failed together.

    Source:
        Exponential backoff with jitter (M. Brooker, "Exponential Backoff and Jitter", 2015).

    >>> 0.75 <= wait_before(1, "a") <= 1
    True
    """
    spread = random.Random(f"{key}:{tries}").uniform(0.75, 1.0)
    return min(_FIRST_WAIT * 2.0 ** (tries - 1), _LONGEST_WAIT) * spread
