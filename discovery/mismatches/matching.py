"""When a found pair is a marked one: the annotation guide's section 4."""

from __future__ import annotations

from collections.abc import Sequence

from discovery.mismatches.pairs import Talk
from discovery.mismatches.ranking import Ranked
from discovery.nearness import near
from discovery.records import AnnotatedInterview, Mismatch, Span


def matches(stated: Span, actual: Span, marked: Mismatch) -> bool:
    """Tell whether both sides of a pair are near the marked ones, whatever the type."""
    return near(stated, marked.stated) and near(actual, marked.actual)


def tally(
    interviews: Sequence[AnnotatedInterview],
    talks: Sequence[Talk],
    shown: Sequence[Sequence[Ranked]],
    kinds: Sequence[str],
) -> dict[str, float]:
    """Count shown pairs against the marks; the best scores match first."""
    hits = total = marked = 0
    for interview, talk, pairs in zip(interviews, talks, shown, strict=True):
        left = list(interview.mismatches)
        total, marked = total + len(pairs), marked + len(left)
        for kind, stated, actual, _ in sorted(pairs, key=lambda pair: -pair[3]):
            spans = talk.units[stated].span, talk.units[actual].span
            hit = next((m for m in left if m.type == kinds[kind] and matches(*spans, m)), None)
            if hit is not None:
                left.remove(hit)
                hits += 1
    precision, recall = hits / max(total, 1), hits / max(marked, 1)
    f1 = 2 * hits / max(total + marked, 1)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
