"""Safe ways into a JSON file that anyone may have written, cut off or changed by hand."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from discovery.errors import TranscriptError
from discovery.records import NoticeKind
from discovery.transcripts.base import Draft, RawFile, Voice
from discovery.transcripts.times import seconds as clock_seconds

_OPENING = re.compile(r'\s*(?:\{\s*(?:["}]|\Z)|\[\s*(?:[\[{\]"]|\Z))')
_BARE_NUMBER = re.compile(r"\d{1,3}", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?s?", re.ASCII)


def looks_like_json(file: RawFile) -> bool:
    """Tell whether a file opens the way JSON does, whole or cut off."""
    return file.text is not None and _OPENING.match(file.text) is not None


@lru_cache(maxsize=1)
def _parse(text: str) -> tuple[Any, str, int | None]:
    try:
        return json.loads(text), "", None
    except json.JSONDecodeError as error:
        cut_off = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        return None, "it ends too early" if cut_off else "it is not valid JSON here", error.lineno
    except RecursionError:
        return None, "it is nested too deeply", None
    except ValueError:
        return None, "it holds a number that is too long", None


def peek(file: RawFile) -> Any:
    """Return the parsed JSON for sniffing, or None where it cannot be parsed.

    Args:
        file: The file as the registry hands it over.

    Returns:
        Whatever the file holds; treat it as read-only, it is shared by all readers.
    """
    if not looks_like_json(file):
        return None
    return _parse(file.text or "")[0]


def load(file: RawFile, layout: str) -> Any:
    """Return the parsed JSON of a file that is being read.

    Args:
        file: The file as the registry hands it over.
        layout: Label of the layout, for the error.

    Returns:
        Whatever the file holds; treat it as read-only.

    Raises:
        TranscriptError: The JSON is cut off, invalid or nested too deeply.
    """
    value, reason, line = _parse(file.text or "")
    if reason:
        raise TranscriptError("transcript.broken", source=file.name, line=line, layout=layout, reason=reason)
    return value


def mentions(file: RawFile, *keys: str) -> bool:
    """Tell whether a JSON file too broken to parse names all these keys near its start.

    >>> mentions(RawFile("a.json", b"", '{"segments": [{"sta'), "segments")
    True
    """
    if not looks_like_json(file) or not _parse(file.text or "")[1]:
        return False
    head = (file.text or "")[:200_000]
    return all(f'"{key}"' in head for key in keys)


def at(value: Any, *path: str | int) -> Any:
    """Follow keys and list positions; None as soon as one is not there.

    >>> at({"a": [{"b": 3}]}, "a", 0, "b")
    3
    """
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def listed(value: Any) -> list[Any]:
    """Return a list as it is, and an empty one for anything else."""
    return value if isinstance(value, list) else []


def items(value: Any, draft: Draft, what: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number the objects of a list from 1, counting entries that are no objects as skipped."""
    for number, item in enumerate(listed(value), start=1):
        if isinstance(item, dict):
            yield number, item
        else:
            draft.skip(number, f"{what} is not an object")


def seconds(value: Any, *, per_second: float = 1.0) -> float | None:
    """Turn a number, a numeric string or a clock string into seconds.

    Args:
        value: What the file gives as a time.
        per_second: How many of its units make a second (1000 for milliseconds).

    Returns:
        Seconds from the start as the file has them, even negative; None where it is no time.

    >>> seconds("1:02.5"), seconds("7.25"), seconds(1500, per_second=1000), seconds(None)
    (62.5, 7.25, 1.5, None)
    """
    if isinstance(value, str):
        return _from_text(value.strip(), per_second)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        result = float(value) / per_second
    except OverflowError:
        return None
    return result if math.isfinite(result) else None


def _from_text(value: str, per_second: float) -> float | None:
    if len(value) > 32:
        return None
    if _NUMBER.fullmatch(value):
        return float(value.removesuffix("s").replace(",", ".")) / per_second
    return clock_seconds(value)


def clean(text: str) -> tuple[str, bool]:
    r"""Replace halves of broken characters, which no file could be written with.

    >>> clean("ok \ud83d")
    ('ok \ufffd', True)
    """
    mended = _SURROGATE.sub("\ufffd", text)
    return mended, mended != text


def letter_name(speaker: Any) -> Any:
    """Write a speaker ``A`` as ``Speaker A``: alone it would pass for the A of questions and answers.

    >>> letter_name("A"), letter_name("Ann")
    ('Speaker A', 'Ann')
    """
    return f"Speaker {speaker.strip()}" if isinstance(speaker, str) and len(speaker.strip()) == 1 else speaker


class Collector:
    """Fills a draft from entries whose fields may be missing or of the wrong type.

    Args:
        draft: Where voices, skipped entries and notices go.
        unit: What an entry is called in reasons ("segment", "utterance", "row").
        per_second: Units of the file's times in a second.
    """

    def __init__(self, draft: Draft, unit: str, *, per_second: float = 1.0) -> None:
        """Start with nothing counted."""
        self.draft = draft
        self.unit = unit
        self.per_second = per_second
        self._odd_times = 0
        self._odd_speakers = 0
        self._mended = 0

    def add(self, number: int, speaker: Any, text: Any, start: Any = None, end: Any = None) -> None:
        """Add one entry as a voice, or count why it is none."""
        words = self.text(number, text, self.unit)
        if words:
            voice = Voice(self.speaker(speaker), words, number, self.time(start), self.time(end))
            self.draft.voices.append(voice)

    def text(self, number: int, value: Any, unit: str) -> str:
        """Read the words of one entry; count why there are none."""
        if not isinstance(value, str):
            reason = f"{unit} without text" if value is None else f"{unit} whose text is of the wrong type"
            self.draft.skip(number, reason)
            return ""
        if not value.strip():
            self.draft.skip(number, f"empty {unit}")
            return ""
        words, mended = clean(value)
        self._mended += mended
        return words

    def speaker(self, value: Any) -> str:
        """Name a speaker; a number becomes ``Speaker 3``, anything but text and numbers nobody."""
        if isinstance(value, str):
            name, mended = clean(value)
            self._mended += mended
            return f"Speaker {name.strip()}" if _BARE_NUMBER.fullmatch(name.strip()) else name.strip()
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return f"Speaker {int(value)}"
        self._odd_speakers += value is not None
        return ""

    def time(self, value: Any) -> float | None:
        """Read a time; count it where it is given but is none."""
        result = seconds(value, per_second=self.per_second)
        self._odd_times += result is None and value not in (None, "")
        return result

    def finish(self) -> Draft:
        """Add the counts as notices and hand the draft back."""
        counts = (
            (self._odd_times, NoticeKind.DROPPED, "times that cannot be read were left out"),
            (self._odd_speakers, NoticeKind.DROPPED, "speakers of the wrong type were left out"),
            (self._mended, NoticeKind.REPAIRED, "halves of broken characters were replaced"),
        )
        for count, kind, what in counts:
            if count:
                self.draft.notice(kind, what, count=count)
        return self.draft
