"""Times as recording tools write them, to seconds."""

from __future__ import annotations

import re

TIME = r"-?(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,6})?"
"""Pattern of one time: hours may be missing, the fraction too; a comma or a dot."""

CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}"
"""Pattern of a time to the second, as text exports write it."""

_TIME = re.compile(r"(-?)(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,6}))?")
TIMING = re.compile(rf"\s*({TIME})\s*-->\s*({TIME})(?:\s.*)?$", re.ASCII)
"""A whole timing line of a caption file; cue settings may follow."""


def seconds(time: str) -> float | None:
    """Turn ``h:mm:ss.fff``, ``mm:ss,fff`` or ``m:ss`` into seconds.

    >>> seconds("00:02:24.720"), seconds("1:05"), seconds("-00:01"), seconds("soon")
    (144.72, 65.0, -1.0, None)
    """
    match = _TIME.fullmatch(time.strip())
    if match is None:
        return None
    sign, hours, minutes, whole, fraction = match.groups()
    value = int(hours or 0) * 3600 + int(minutes) * 60 + int(whole)
    exact = value + int(fraction) / 10 ** len(fraction) if fraction else float(value)
    return -exact if sign else exact
