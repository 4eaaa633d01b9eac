"""Lines of text exports that are not speech: rules, page numbers, footers, time marks."""

from __future__ import annotations

import re

from discovery.transcripts.times import CLOCK, seconds

_RULE = re.compile(r"\s*([-*_=~#•.])(?:\s*\1){2,}\s*")
_PAGE = re.compile(r"\s*page\s+\d{1,4}\s*(?:of|/)\s*\d{1,4}\s*", re.IGNORECASE)
_FOOTER = re.compile(
    r"\W{0,6}(?:transcribed (?:by|with|using)\s+(?:https?://|www\.)?[\w.:/ -]{1,60}"
    r"|transcription ended after .{1,20}"
    r"|this (?:editable )?transcript was computer generated .{0,120})\W{0,6}",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:the )?end of (?:the )?(?:transcript(?:ion)?|recording|interview|audio|file|tape)"
    r"|(?:transcript(?:ion)?|recording|interview|audio) (?:ends|ended|starts|started|begins))",
    re.IGNORECASE,
)
_FENCES = "[]()*_-=# ."
_TIME_MARK = re.compile(rf"\s*(?:#{{1,6}}\s)?\W{{0,4}}({CLOCK})(?:[.,]\d{{1,3}})?\s*[\])*]{{0,3}}\s*")
_LONGEST = 200


def furniture(line: str) -> str:
    """Say why a line is not speech; empty for a line that may be.

    >>> furniture("-----"), furniture("Transcribed by https://otter.ai"), furniture("We hire.")
    ('a rule', 'footer of the recording tool', '')
    """
    if len(line) > _LONGEST:
        return ""
    if _RULE.fullmatch(line):
        return "a rule"
    if _PAGE.fullmatch(line):
        return "a page number"
    return "footer of the recording tool" if _FOOTER.fullmatch(line) or _closes(line) else ""


def _closes(line: str) -> bool:
    """Tell ``[End of recording]`` and ``END OF TRANSCRIPT`` from the same words said by a speaker."""
    inner = line.strip().strip(_FENCES)
    marked = line.strip()[:1] in "[(*_-=#" or (inner.isupper() and len(inner) > 3)
    return marked and _CLOSING.fullmatch(inner) is not None


def time_mark(line: str) -> float | None:
    """Return the seconds of a line that is nothing but a time, else None.

    >>> time_mark("[00:12:30]"), time_mark("at 12:30")
    (750.0, None)
    """
    match = _TIME_MARK.fullmatch(line) if len(line) < 40 else None
    return seconds(match[1]) if match else None
