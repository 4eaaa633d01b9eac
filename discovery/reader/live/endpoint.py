"""What study.toml says under ``[reader]``: the chat endpoint, its model and the limits of asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A chat endpoint to ask, as the table ``[reader]`` of study.toml describes it.

    Args:
        url: Address of the endpoint up to the version, such as ``http://127.0.0.1:11434/v1``.
        model: Name of the model, as the server knows it.
        allow_hosts: Hosts other than this computer that may be sent text.
        at_once: Requests under way at the same time.
        timeout: Seconds until one answer must be there in full.
        requests_per_minute: Requests sent in any 60 seconds at most; 0 sets no limit.
        max_tokens: Tokens one answer may have.
        temperature: How freely the model chooses its words; 0 repeats itself best.
        seed: Seed of the model's random choices, where the server takes one.
    """

    url: str = ""
    model: str = ""
    allow_hosts: tuple[str, ...] = ()
    at_once: int = 2
    timeout: float = 600
    requests_per_minute: float = 0
    max_tokens: int = 8192
    temperature: float = 0
    seed: int = 0


_RANGES: dict[str, tuple[type, float, float, str]] = {
    "at_once": (int, 1, 64, "a whole number from 1 to 64"),
    "timeout": (float, 1, 7200, "a number of seconds from 1 to 7200"),
    "requests_per_minute": (float, 0, 100_000, "a number from 0 (no limit) to 100000"),
    "max_tokens": (int, 256, 1_000_000, "a whole number from 256 to 1000000"),
    "temperature": (float, 0, 2, "a number from 0 to 2"),
    "seed": (int, 0, 2**31 - 1, "a whole number from 0 to 2147483647"),
}
"""Kind, least and most of each number, and how they are said."""

KEYS = ("url", "model", "allow_hosts", *_RANGES)


def endpoint_faults(table: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Find all faults of the table ``[reader]``.

    Args:
        table: The table as TOML gives it.

    Returns:
        Key and fault, in the order of the table. A fault never repeats a value: an address may hold a key.

    >>> endpoint_faults({"url": "ftp://a", "at_once": 0, "model": "m"})[1]
    ('at_once', 'at_once must be a whole number from 1 to 64')
    """
    found = [(key, fault) for key, value in table.items() if (fault := _fault(key, value))]
    if ("url" in table) != ("model" in table):
        given, missing = ("url", "model") if "url" in table else ("model", "url")
        found.append((given, f"{given} needs {missing} beside it in [reader]"))
    return found


def _fault(key: str, value: Any) -> str | None:
    if key not in KEYS:
        return f"there is no key {key} in [reader]; known are {', '.join(KEYS)}"
    if key == "url":
        return _url_fault(value)
    if key == "model":
        return None if isinstance(value, str) and value.strip() else "model must be a text in quotes"
    if key == "allow_hosts":
        right = isinstance(value, list) and all(isinstance(host, str) and _is_host(host) for host in value)
        return None if right else 'allow_hosts must be a list of host names such as ["llm.example.org"]'
    kind, least, most, words = _RANGES[key]
    number = isinstance(value, int if kind is int else (int, float)) and not isinstance(value, bool)
    return None if number and least <= value <= most else f"{key} must be {words}"


def _is_host(text: str) -> bool:
    """Tell whether a text is one host name or address: no scheme, port, path or pattern."""
    return (
        bool(text) and not set(text) & set("/\\*?#@ \t\n") and ("." in text or ":" in text or text.isalnum())
    )


def _url_fault(value: Any) -> str | None:
    words = 'url must be an address such as "http://127.0.0.1:11434/v1"'
    if not isinstance(value, str) or any(sign.isspace() or sign == "\\" for sign in value):
        return words
    try:
        parts = urlsplit(value)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return words
    if not named:
        return words
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        return f"{words}; a key belongs in the environment as DISCOVERY_READER_KEY, never in the address"
    return None
