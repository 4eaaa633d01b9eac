"""One request to a chat endpoint, through the client library, within one deadline."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

from discovery.errors import ReaderError
from discovery.reader.live.dialect import Dialect
from discovery.reader.live.endpoint import Endpoint
from discovery.reader.live.failures import (
    TryFailedError,
    broken_by,
    is_too_long,
    parameter_of,
    retry_after,
)
from discovery.reader.live.hosts import Destination

KEY_VARIABLE = "DISCOVERY_READER_KEY"
"""Variable of the environment that holds the key; it is read from nowhere else and kept nowhere."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered.

    Args:
        text: Its words.
        finish: Why it stopped, as the server says: ``stop``, ``length`` where it ran into the limit.
        at: When the answer came, ISO 8601.
        read: Tokens of the request, as the server counts them; 0 where it does not say.
    """

    text: str
    finish: str = ""
    at: str = ""
    read: int = 0


def key_from_environment() -> str:
    """Return the key that the environment holds, empty where there is none.

    Raises:
        ReaderError: It could not be sent as it is; the key itself is not repeated.
    """
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if any(not "!" <= sign <= "~" for sign in key):
        raise ReaderError("reader.key-form", variable=KEY_VARIABLE)
    return key


class ChatClient:
    """A connection to one chat endpoint.

    Args:
        endpoint: The endpoint and its limits.
        place: Where it is, already checked.
        key: Key to send, empty for none.

    Raises:
        ReaderError: The client library is not installed.
    """

    def __init__(self, endpoint: Endpoint, place: Destination, key: str) -> None:
        """Open the library's client; nothing is sent yet."""
        try:
            import httpx2
            import openai

            from discovery.reader.live.wire import open_wire
        except ImportError:
            raise ReaderError("reader.library") from None
        logging.getLogger("openai").setLevel(logging.WARNING)  # some of its versions put requests into it
        self._openai, self._response, self._endpoint = openai, httpx2.Response, endpoint
        self._http = open_wire(endpoint, place, key)
        # The library's own retries are off: each try is paced, logged and counted by whoever asks.
        self._client = openai.AsyncOpenAI(
            api_key=key or "none", base_url=endpoint.url, max_retries=0, http_client=self._http
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def send(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any], dialect: Dialect
    ) -> Reply:
        """Send one request and wait for its whole answer.

        Args:
            messages: The conversation, as roles and contents.
            schema: JSON schema of the answer.
            dialect: Which fields this server takes.

        Raises:
            TryFailedError: No usable answer came in time.
        """
        body = {
            "model": self._endpoint.model,
            "messages": list(messages),
            **dialect.fields(self._endpoint, schema),
        }
        try:
            # One deadline for the whole answer: each byte of a slow drip would start a time-out anew.
            async with asyncio.timeout(self._endpoint.timeout):
                # The raw response: servers differ from the library's types, and each field is checked below.
                response = await self._client.post("/chat/completions", cast_to=self._response, body=body)
        except (TimeoutError, self._openai.APITimeoutError):
            raise TryFailedError("timeout") from None
        except self._openai.APIStatusError as fault:
            raise _refused(fault.response, fault.body) from None
        except self._openai.APIConnectionError as fault:
            raise broken_by(fault) from None
        return _reply(response.content)


def _refused(response: Any, body: object) -> TryFailedError:
    if 300 <= response.status_code < 400:
        return TryFailedError("redirect", status=response.status_code, host=_target(response))
    return TryFailedError(
        "context" if is_too_long(body) else "status",
        status=response.status_code,
        retry_after=retry_after(response.headers, time.time()),
        parameter=parameter_of(body),
    )


def _target(response: Any) -> str:
    """Return the host that a redirect leads to, if it is one that may be printed."""
    try:
        host = urlsplit(str(response.headers.get("location", ""))).hostname or ""
    except ValueError:
        host = ""
    return host if re.fullmatch(r"[a-z0-9.:_-]{1,100}", host) else "another address"


def _reply(body: bytes) -> Reply:
    """Take the answer out of a chat completion, trusting nothing about its form."""
    try:
        data = json.loads(body)
        choice = data["choices"][0]
        message, finish = choice["message"], choice.get("finish_reason")
        content = message.get("content")
        if isinstance(content, list):
            content = "".join(part.get("text") or "" for part in content)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise TryFailedError("form") from None
    if message.get("refusal") or finish == "content_filter":
        finish = "refused"
    if not isinstance(content, str | None):
        raise TryFailedError("form")
    content = (content or "").encode("utf-8", "replace").decode()  # half characters cannot be kept
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Reply(content, finish if isinstance(finish, str) else "", at, _tokens_read(data))


def _tokens_read(data: dict[str, Any]) -> int:
    usage = data.get("usage")
    count = usage.get("prompt_tokens") if isinstance(usage, dict) else None
    return count if isinstance(count, int) and 0 < count < 10**9 else 0
