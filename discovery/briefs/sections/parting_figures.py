"""Mismatches drawn: which employer shows which type, and from what to what the two sides lead."""

from __future__ import annotations

from collections import Counter, defaultdict

from discovery.briefs.evidence import Evidence, Shown
from discovery.briefs.figures import Cell, mismatch_matrix
from discovery.briefs.flow_figure import Flow, flow_chart
from discovery.briefs.model import Block, Figure
from discovery.briefs.wording import count
from discovery.records import Facet, Span

WIDE = 24
"""Employers up to which they are drawn one by one."""

_FEWEST = 3
"""Mismatches from which a flow can be seen."""


def matrix(evidence: Evidence, groups: dict[str, list[Shown]]) -> list[Block]:
    """Employers by types, as long as a reader can still take it in."""
    ids = {shown.mismatch.employer for shown in evidence.mismatches}
    shown_employers = [each.id for each in evidence.employers if each.id in ids]
    if evidence.single or not evidence.audience.rows or len(shown_employers) > WIDE:
        return []
    cells: dict[tuple[int, int], Cell] = {}
    for row, group in enumerate(groups.values()):
        for shown in sorted(group, key=lambda each: each.mismatch.score):
            column = shown_employers.index(shown.mismatch.employer)
            cells[row, column] = (shown.mismatch.status, shown.mismatch.score)
    titles = [evidence.title_of(key) for key in groups]
    drawn = mismatch_matrix(titles, [evidence.label(each) for each in shown_employers], cells)
    caption = "Which employer shows which mismatch; the surest one of each kind"
    return [Figure("figure:matrix", caption, drawn.alt, drawn.png)]


def flow(evidence: Evidence) -> list[Block]:
    """From what the stated sides are about to what the actual sides are about."""
    mismatches: Counter[Flow] = Counter()
    employers: dict[Flow, set[str]] = defaultdict(set)
    left_out = 0
    for shown in evidence.mismatches:
        sides = _about(evidence, shown.mismatch.stated), _about(evidence, shown.mismatch.actual)
        if sides[0] is None or sides[1] is None:
            left_out += 1
            continue
        mismatches[sides[0], sides[1]] += 1
        employers[sides[0], sides[1]].add(shown.mismatch.employer)
    if evidence.single or mismatches.total() < _FEWEST:
        return []
    drawn = flow_chart(mismatches, {key: len(who) for key, who in employers.items()}, evidence.total)
    caption = (
        "From what is asked for to what is done. A band is as thick as it has mismatches; the number on it "
        f"says how many of {count(evidence.total, 'employer')} stand behind it"
    )
    if left_out:
        caption += f"; {count(left_out, 'mismatch', 'mismatches')} without a claim at its quotes left out"
    return [Figure("figure:flow", caption, drawn.alt, drawn.png)]


def _about(evidence: Evidence, span: Span) -> Facet | None:
    """What the surest claim in a quote is about; None where no claim lies there."""
    return next((claim.facet for claim in evidence.claims if claim.span.overlaps(span)), None)
