"""Shares with the interval that their small numbers deserve."""

from __future__ import annotations

import math

_Z = 1.959963984540054
"""Standard normal quantile of 95 %."""


def wilson_interval(count: int, total: int) -> tuple[float, float]:
    """Give the 95 % interval of a share.

    Args:
        count: Cases that count.
        total: All cases.

    Returns:
        Lower and upper end, 0 to 1; (0, 1) without any case.

    Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".

    >>> [round(end, 3) for end in wilson_interval(5, 10)]
    [0.237, 0.763]
    """
    if total == 0:
        return 0.0, 1.0
    share, z2 = count / total, _Z * _Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return max(0.0, middle - half), min(1.0, middle + half)
