"""What was asked and how the interviews were led, drawn for the brief's appendix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from discovery.guides.coverage import Asked, Coverage, cover
from discovery.guides.craft import Craft, review_craft
from discovery.guides.figures import coverage_figure, craft_figure
from discovery.records import Claim, Employer, Exchange, Interview, Turn

if TYPE_CHECKING:
    from discovery.briefs.material import SuppliedFigure
    from discovery.stages.work import Work


def craft_pictures(work: Work, employers: Sequence[Employer]) -> tuple[SuppliedFigure, ...]:
    """Draw bank questions against interviews, and how the interviews were led.

    Args:
        work: An opened study that has been run.
        employers: Employers of the study; interviews of those who agreed to nothing are left out.
    """
    from discovery.briefs.material import SuppliedFigure

    shown = {employer.id for employer in employers if employer.consent in ("quote", "paraphrase")}
    names = _names(work, shown)
    turns = [turn for turn in work.store.load("turns", Turn) if turn.source in names]
    exchanges = [one for one in work.store.load("exchanges", Exchange) if one.source in names]
    claims = [claim for claim in work.store.load("claims", Claim) if claim.span.source in names]
    if not exchanges:
        return ()
    covered = cover(work.questions, exchanges, turns, claims)
    crafts = review_craft(turns, exchanges)
    asked, led = _said_of_coverage(covered), _said_of_craft(crafts)
    return (
        SuppliedFigure("asked", lambda: coverage_figure(covered, names), asked, asked, "coverage"),
        SuppliedFigure("craft", lambda: craft_figure(crafts, names), led, led, "coverage"),
    )


def _names(work: Work, shown: set[str]) -> Mapping[str, str]:
    """Call interviews by number: a file name often names the employer."""
    interviews = enumerate(work.store.load("interviews", Interview), 1)
    return {one.source: f"Interview {number}" for number, one in interviews if one.employer in shown}


def _said_of_coverage(covered: Coverage) -> str:
    answered = sum(Asked.ANSWERED in cells for cells in covered.cells)
    thin = ", ".join(each.facet.value for each in covered.thin()) or "none"
    return (
        f"Bank questions answered, by phase and interview: {answered} of {len(covered.questions)} were "
        f"answered at least once. Facets that fewer than half of the interviews tell about: {thin}."
    )


def _said_of_craft(crafts: Sequence[Craft]) -> str:
    talk = [craft.talk_share for craft in crafts if craft.talk_share is not None]
    leading = [craft.leading_share for craft in crafts if craft.leading_share is not None]
    if not talk or not leading:
        return "How the interviews were led."
    return (
        f"How the interviews were led: the interviewer speaks {min(talk):.0%} to {max(talk):.0%} of the "
        f"words; {sum(leading) / len(leading):.0%} of the questions lead, on average."
    )
