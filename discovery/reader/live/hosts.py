"""Where text may go: this computer, or a host that study.toml names for employers who agreed."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from discovery.errors import ReaderError
from discovery.reader.live.endpoint import Endpoint

Resolve = Callable[..., Iterable[tuple[Any, ...]]]

_RELAYED = re.compile(r"[:-]cloud$")
_RELAY = "ollama.com"
"""Ollama passes requests for models with such a tag on to this host, from an address on this computer."""

_PATIENCE = 2.0
"""Seconds for a server on this computer to accept a connection."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the text of a study would go.

    Args:
        scheme: ``http`` or ``https``.
        host: The host that study.toml names.
        port: Its port.
        addresses: Addresses on this computer to connect to; empty for any other host.
        reads: The host whose model reads: ``host``, or the one that a local server passes text on to.
    """

    scheme: str
    host: str
    port: int
    addresses: tuple[str, ...]
    reads: str

    @property
    def is_local(self) -> bool:
        """Whether all text stays on this computer."""
        return bool(self.addresses) and self.reads == self.host

    @property
    def place(self) -> str:
        """Host and port in one word, for messages and the log."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def find_destination(endpoint: Endpoint, *, resolve: Resolve = socket.getaddrinfo) -> Destination:
    """Find out where an endpoint is, and refuse one that text may not go to.

    An address is on this computer when everything its name resolves to lies in 127.0.0.0/8 or is ::1.
    Any other host must be named in ``allow_hosts`` and be reached over https.

    Args:
        endpoint: The endpoint.
        resolve: Looks names up, as ``socket.getaddrinfo`` does.

    Raises:
        ReaderError: No endpoint is set, the host is not allowed, or text would travel in the clear.
    """
    if not endpoint.url or not endpoint.model:
        raise ReaderError("reader.unset")
    parts = urlsplit(endpoint.url)
    host = plain_host(parts.hostname or "")
    addresses = _loopback(host, resolve)
    relayed = bool(addresses) and _RELAYED.search(endpoint.model.strip().lower())
    port = parts.port or (443 if parts.scheme == "https" else 80)
    place = Destination(parts.scheme, host, port, addresses, _RELAY if relayed else host)
    if place.is_local:
        return place
    if place.reads not in {plain_host(name) for name in endpoint.allow_hosts}:
        if relayed:
            raise ReaderError("reader.relay", model=endpoint.model, host=place.reads)
        raise ReaderError("reader.host", host=place.reads)
    if not addresses and place.scheme != "https":
        raise ReaderError("reader.https", host=place.host)
    return place


def answering(place: Destination) -> Destination:
    """Keep the one address on this computer that accepts a connection, so that no later look-up can move it.

    Args:
        place: Where text goes; another host comes back as it is.

    Raises:
        ReaderError: No server listens there.
    """
    for address in place.addresses:
        try:
            socket.create_connection((address, place.port), timeout=_PATIENCE).close()
        except OSError:
            continue
        return Destination(place.scheme, place.host, place.port, (address,), place.reads)
    if place.addresses:
        raise ReaderError("reader.down", place=place.place)
    return place


def plain_host(host: str) -> str:
    """Return a host name as it is compared: small letters, no brackets, no final dot."""
    return host.strip().strip("[]").rstrip(".").lower()


def _loopback(host: str, resolve: Resolve) -> tuple[str, ...]:
    """Return the addresses of a host if all of them are on this computer, else none."""
    try:
        found = [entry[4][0] for entry in resolve(host, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return ()
    on_this = [_is_loopback(address) for address in found]
    # 127.0.0.1 first: most local servers listen there and not on ::1.
    return tuple(sorted(dict.fromkeys(found), key=lambda one: ":" in one)) if found and all(on_this) else ()


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_loopback
