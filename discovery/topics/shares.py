"""Topic shares by employer, sector and side, in one long table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from discovery.records import TopicDocument
from discovery.statistics import wilson_interval

if TYPE_CHECKING:
    import pandas as pd


def topic_shares(
    documents: Sequence[TopicDocument],
    sides: Sequence[tuple[str, int]],
    labels: Mapping[int, str],
    sectors: Mapping[str, str],
) -> pd.DataFrame:
    """Put topic shares by employer, sector and side into one long table.

    Args:
        documents: Stretches of employer talk with their topics.
        sides: Side and topic of each claim that stands on one.
        labels: Label by topic number.
        sectors: Sector by employer id.

    Returns:
        Columns ``by``, ``group``, ``topic``, ``label``, ``count``, ``total``, ``share``, and the
        95 % Wilson interval ``low`` and ``high``.
    """
    import pandas as pd

    members = [("employer", d.employer, d.topic) for d in documents if d.topic in labels]
    members += [
        ("sector", sectors[d.employer], d.topic)
        for d in documents
        if d.topic in labels and sectors.get(d.employer)
    ]
    members += [("side", side, topic) for side, topic in sides]
    totals: dict[tuple[str, str], int] = {}
    counts: dict[tuple[str, str, int], int] = {}
    for by, group, topic in members:
        totals[by, group] = totals.get((by, group), 0) + 1
        counts[by, group, topic] = counts.get((by, group, topic), 0) + 1
    rows = []
    for (by, group), total in sorted(totals.items()):
        for topic in sorted(labels):
            count = counts.get((by, group, topic), 0)
            rows.append(
                (by, group, topic, labels[topic], count, total, count / total, *wilson_interval(count, total))
            )
    columns = ["by", "group", "topic", "label", "count", "total", "share", "low", "high"]
    return pd.DataFrame(rows, columns=columns)
