"""The last door before the network: only the checked place, only needed headers, no endless answer.

This module needs the client library and is imported where a request is about to be sent.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2

from discovery.errors import ReaderError
from discovery.reader.live.endpoint import Endpoint
from discovery.reader.live.failures import TryFailedError
from discovery.reader.live.hosts import Destination, plain_host

_HEADERS = frozenset({"host", "content-type", "content-length", "accept", "connection", "transfer-encoding"})
"""Headers a request needs; what a library adds about this computer and its user stays here."""

_MOST_BYTES = 16 * 1024 * 1024
_CONNECT_SECONDS = 10.0


def open_wire(endpoint: Endpoint, place: Destination, key: str) -> httpx2.AsyncClient:
    """Open an HTTP client that can reach one place only.

    Proxies of the environment are not used for an address on this computer, and redirects are never followed.

    Args:
        endpoint: The endpoint and its limits.
        place: Where it is, already checked.
        key: Key to send, empty for none.
    """
    return httpx2.AsyncClient(
        follow_redirects=False,
        trust_env=not place.addresses,
        timeout=httpx2.Timeout(endpoint.timeout, connect=min(_CONNECT_SECONDS, endpoint.timeout)),
        limits=httpx2.Limits(max_connections=endpoint.at_once),
        event_hooks={"request": [_Guard(place, key)], "response": [_bound]},
    )


class _Guard:
    """Lets a request out only to the place that was checked, with the headers it needs and no others."""

    def __init__(self, place: Destination, key: str) -> None:
        self._place, self._key = place, key

    async def __call__(self, request: httpx2.Request) -> None:
        url, place = request.url, self._place
        port = url.port or (443 if url.scheme == "https" else 80)
        if (url.scheme, plain_host(url.host), port) != (place.scheme, place.host, place.port):
            raise ReaderError("reader.host", host=plain_host(url.host))
        for name in [name for name in request.headers if name.lower() not in _HEADERS]:
            del request.headers[name]
        request.headers["user-agent"] = "discovery"
        request.headers["accept-encoding"] = "identity"
        if self._key:
            request.headers["authorization"] = f"Bearer {self._key}"
        if place.addresses:
            # The name is not looked up again: what was checked is what is connected to.
            request.extensions = {**request.extensions, "sni_hostname": place.host}
            request.url = url.copy_with(host=place.addresses[0])


async def _bound(response: httpx2.Response) -> None:
    # A compressed reply could hold far more than is counted on its way in.
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise TryFailedError("packed")
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Bounded(response.stream)


class _Bounded(httpx2.AsyncByteStream):
    """Stops reading an answer that does not end."""

    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for chunk in self._inner:
            read += len(chunk)
            if read > _MOST_BYTES:
                raise TryFailedError("size")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()
