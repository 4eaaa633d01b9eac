"""JSON that many tools write: somewhere in it a list of speeches, each with text and perhaps a speaker."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from discovery.errors import TranscriptError
from discovery.transcripts.base import NO, Draft, Evidence, RawFile
from discovery.transcripts.structured.columns import find_columns, settle_text
from discovery.transcripts.structured.values import Collector, at, items, load, looks_like_json, peek

_DEEPEST = 6
_FEW = 3
_MOST_CHILDREN = 2000


class GenericJson:
    """A list of objects, or one object a line, with text, speaker and times under any usual name."""

    layout = "json"
    label = "JSON list, or JSON lines, of speaker and text"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for the longest list of objects that hold text."""
        if not looks_like_json(file):
            return NO
        found = _find(_content(file)[0])
        if found is None:
            broken = peek(file) is None and not _content(file)[0]
            return Evidence(0.4, "it opens like JSON, but cannot be parsed") if broken else NO
        shape, entries = found
        speakers = sum(1 for entry in entries if shape.field(entry, "speaker") is not None)
        if not speakers:
            return Evidence(0.45, f"JSON with a list of {len(entries)} texts and no speakers")
        return Evidence(0.75, f"JSON with a list of {len(entries)} texts, {speakers} with a speaker")

    def read(self, file: RawFile) -> Draft:
        """Turn each object of the list into a voice.

        Raises:
            TranscriptError: The JSON cannot be parsed, or holds no such list.
        """
        content, broken = _content(file)
        found = _find(content or load(file, "JSON"))
        if found is None:
            reason = "it holds no list of objects with text"
            raise TranscriptError("transcript.broken", source=file.name, layout="JSON", reason=reason)
        shape, entries = found
        draft = Draft()
        for line in broken:
            draft.skip(line, "not valid JSON")
        collect = Collector(draft, "entry", per_second=shape.per_second)
        for number, entry in items(entries, draft, "entry"):
            wanted = (shape.field(entry, kind) for kind in ("speaker", "text", "start", "end"))
            collect.add(number, *wanted)
        return collect.finish()


def _content(file: RawFile) -> tuple[Any, tuple[int, ...]]:
    """Return the whole JSON, or its lines where each is an object of its own, and the broken lines."""
    content = peek(file)
    return (content, ()) if content is not None else _json_lines(file.text or "")


@lru_cache(maxsize=1)
def _json_lines(text: str) -> tuple[list[Any], tuple[int, ...]]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) < 2 or not all(line.lstrip().startswith("{") for _, line in lines[:50]):
        return [], ()
    entries, broken = [], []
    for number, line in lines:
        try:
            entries.append(json.loads(line))
        except (ValueError, RecursionError):
            broken.append(number)
    return (entries, tuple(broken)) if len(entries) > len(broken) else ([], ())


@dataclass(frozen=True, slots=True)
class _Shape:
    """Under which keys the objects of a list hold what; a path, as a value may be an object itself."""

    text: tuple[str, ...]
    speaker: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    per_second: float = 1.0

    def field(self, entry: Any, kind: str) -> Any:
        """Return one field of an object, None where it has none."""
        path: tuple[str, ...] = getattr(self, kind)
        return at(entry, *path) if path else None


def _find(content: Any) -> tuple[_Shape, list[Any]] | None:
    """Choose the list with most words; speakers count double, and of equals the shorter list wins.

    Files give the same speech as sentences and again word by word: sentences are wanted.
    """
    best: tuple[tuple[int, int], _Shape, list[Any]] | None = None
    for entries in _lists(content):
        shape = _shape(entries)
        if shape is None:
            continue
        texts = [text for entry in entries if isinstance(text := shape.field(entry, "text"), str)]
        weight = sum(len(text.split()) for text in texts) * (2 if shape.speaker else 1), -len(entries)
        if weight[0] and (best is None or weight > best[0]):
            best = weight, shape, entries
    return best[1:] if best else None


def _lists(content: Any) -> Iterator[list[Any]]:
    """Walk over the lists of objects near the top, level by level."""
    level: list[Any] = [content]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for value in level:
            if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
                yield value
                below.extend(entry for entry in value[:_FEW] if isinstance(entry, dict))
            elif isinstance(value, dict):
                below.extend(child for child in value.values() if isinstance(child, list | dict))
        level = below[:_MOST_CHILDREN]


def _shape(entries: list[Any]) -> _Shape | None:
    """Find out under which keys the objects of a list hold speaker, text and times."""
    counts: Counter[str] = Counter()
    for entry in entries[:500]:
        if isinstance(entry, dict):
            counts.update(key for key, value in entry.items() if not isinstance(value, list))
    names = [key for key, _ in counts.most_common(60)]
    columns = find_columns(names)
    if columns is None:
        return None
    columns = settle_text(columns, ([at(entry, name) for name in names] for entry in entries[:500]))
    places = (columns.speaker, columns.start, columns.end)
    speaker, start, end = (_inside(entries, names[place]) if place is not None else () for place in places)
    return _Shape((names[columns.text],), speaker, start, end, columns.per_second)


def _inside(entries: list[Any], key: str) -> tuple[str, ...]:
    """Step into a speaker that is an object of its own, to its name."""
    for entry in entries:
        value = at(entry, key)
        if isinstance(value, dict):
            inner = next((name for name in ("name", "label", "id") if value.get(name) is not None), None)
            return (key, inner) if inner else (key,)
        if value is not None:
            break
    return (key,)
