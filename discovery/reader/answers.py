"""The JSON of an answer, found within whatever a model or a person wrote around it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

LARGEST = 4_000_000
"""Characters above which nothing is looked for: no answer to a packet is that long."""

_LISTS = ("claims", "mismatches")
_ROOT = re.compile(r'\{\s*"(?:packet|claims|mismatches)"\s*:')
_PACKET = re.compile(r'"packet"\s*:\s*"([^"]*)"')
_ID = re.compile(r"\b[0-9a-f]{12}\b")
_SPACE = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer holds, before anything in it is believed.

    Args:
        packet: Id of the packet it says it answers; empty where it says none.
        claims: Items of its list of claims, whatever they are.
        mismatches: Items of its list of mismatches.
        fault: Why nothing more could be taken, a key of ``REASONS``; empty where all is there.
    """

    packet: str = ""
    claims: tuple[Any, ...] = ()
    mismatches: tuple[Any, ...] = ()
    fault: str = ""


def parse_answer(text: str, packet: str = "") -> Answer:
    """Find the answer's JSON in a text with prose, code fences or a byte-order mark around it.

    Where several objects look like an answer the last one counts, one that names the packet
    before others. Of an answer that breaks off, the items complete before the break are kept.

    Args:
        text: The answer as it came.
        packet: Id of the packet it should answer, where that is known.

    >>> parse_answer('Sure! ```json {"packet": "ab", "claims": [], "mismatches": []} ```').packet
    'ab'
    """
    clean = text.strip().lstrip("\ufeff")
    if not clean:
        return Answer(fault="answer.empty")
    if len(clean) > LARGEST:
        return Answer(fault="answer.too-large")
    whole = _whole_objects(clean)
    if whole:
        return next((one for one in reversed(whole) if packet and one.packet == packet), whole[-1])
    return _pieces(clean)


def answered_packets(text: str) -> tuple[str, ...]:
    """List the packets that the complete answers in a text name, in order, each once.

    >>> answered_packets('{"packet": "ab", "claims": []} {"packet": "cd", "claims": []}')
    ('ab', 'cd')
    """
    if len(text) > LARGEST:
        return ()
    return tuple(dict.fromkeys(one.packet for one in _whole_objects(text) if one.packet))


def _whole_objects(text: str) -> list[Answer]:
    """Every complete object that looks like an answer, in order."""
    found: list[Answer] = []
    end = 0
    for root in _ROOT.finditer(text):
        if root.start() < end:
            continue
        try:
            data, end = _DECODER.raw_decode(text, root.start())
        except (ValueError, RecursionError):
            continue
        if all(isinstance(data.get(name, []), list) for name in _LISTS) and any(n in data for n in _LISTS):
            packet = data.get("packet", "")
            claims, mismatches = (tuple(data.get(name, ())) for name in _LISTS)
            found.append(Answer(_packet_id(packet), claims, mismatches))
    return found


def _pieces(text: str) -> Answer:
    """What stands complete in an answer that breaks off or is faulty further on."""
    starts = [re.search(rf'"{name}"\s*:\s*\[', text) for name in _LISTS]
    named = _PACKET.search(text)
    packet = _packet_id(named.group(1)) if named else ""
    if not any(starts):
        return Answer(packet, fault="answer.shape" if named or _is_json(text) else "answer.no-json")
    claims, mismatches = (_items(text, start.end()) if start else () for start in starts)
    return Answer(packet, claims, mismatches, "answer.cut-off")


def _items(text: str, at: int) -> tuple[Any, ...]:
    """Decode the items of a list one by one until it ends or one of them is not complete."""
    items: list[Any] = []
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if text[at : at + 1] in ("", "]"):
            return tuple(items)
        try:
            item, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return tuple(items)
        items.append(item)


def _packet_id(value: Any) -> str:
    """Read the id out of what was written for it, such as "Packet 4f2855ad0a81"."""
    if not isinstance(value, str):
        return ""
    found = _ID.search(value.lower())
    return found.group() if found else value.strip()


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
