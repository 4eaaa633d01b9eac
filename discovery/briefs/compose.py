"""Compose the brief: material in, sections in reading order out, for one audience."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from discovery.briefs.audience import choose_audience, choose_statuses
from discovery.briefs.evidence import Evidence
from discovery.briefs.figures import render
from discovery.briefs.material import Material
from discovery.briefs.model import Brief, Figure, Section, Table
from discovery.briefs.sections import appendix, design, opening, outlook, parting, pools, voices
from discovery.briefs.wording import STATES, count, listed
from discovery.errors import BriefError
from discovery.records import Notice, NoticeKind, Status

_MAKERS: dict[str, Callable[[Evidence], Section | None]] = {
    "findings": opening.findings,
    "people": opening.people,
    "needs": voices.needs,
    "practice": voices.practice,
    "mismatches": parting.mismatches,
    "requirements": parting.requirements,
    "pools": pools.pools,
    "design": design.design,
    "risks": outlook.risks,
    "next": outlook.next_round,
    "methods": appendix.methods,
    "further": parting.further,
    "changes": design.changes,
    "coverage": appendix.coverage,
    "evidence": appendix.evidence_table,
    "changed": appendix.changed,
    "data": appendix.data,
}
"""Sections in reading order. Those that count what others used come after them."""

SECTIONS = tuple(_MAKERS)
"""Keys that ``only`` knows."""

_NEW_PAGE = {"findings", "people", "design", "methods", "evidence"}
"""Sections that open a part; others follow on, so that no page stands nearly empty."""

_PER_EMPLOYER = {"Employer", "Employers", "Employers naming it", "Who"}
"""Columns that say nothing where there is one employer."""

_FEEDBACK = ("findings", "needs", "practice", "mismatches", "design", "next", "data")
"""Sections of a one-employer feedback sheet."""


def compose_brief(
    material: Material,
    *,
    audience: str = "internal",
    status: Status | str | None = None,
    only: Sequence[str] | None = None,
    employer: str | None = None,
) -> Brief:
    """Turn what a study found into a programme design brief that any writer can set.

    Args:
        material: The records of the study.
        audience: ``internal`` (file names, workings, mismatches nobody has rejected), ``employer``
            (no file names) or ``public`` (totals instead of rows, accepted mismatches only).
        status: Show only mismatches of this status; None leaves it to the audience.
        only: Keys of the sections wanted, see :data:`SECTIONS`; None means all.
        employer: Id of one employer, for a feedback sheet to bring to the next meeting.

    Returns:
        The brief; the same material always gives the same brief.

    Raises:
        BriefError: An unknown audience, status, section or employer.
    """
    reader = choose_audience(audience)
    statuses = choose_statuses(status, reader)
    wanted = _wanted(only, employer)
    evidence = Evidence(material, reader, statuses, employer)
    if employer is not None and not evidence.employers and not evidence.withheld:
        raise BriefError("brief.employer", employer=employer)
    title, subtitle, cover = (
        evidence.door.plain(material.title),
        _subtitle(evidence),
        _cover(evidence, statuses),
    )
    short = employer is not None or not (evidence.claims or evidence.mismatches)
    sections = [_laid_out(made, evidence, short) for key in wanted if (made := _MAKERS[key](evidence))]
    removed = evidence.door.removed
    repaired = Notice("brief", NoticeKind.REPAIRED, "characters that documents cannot hold", count=removed)
    notices = (repaired,) if removed else ()
    return Brief(title, subtitle, cover, tuple(sections), reader.key, reader.marking, short, notices)


def _laid_out(section: Section, evidence: Evidence, short: bool) -> Section:
    """Add pictures drawn elsewhere, drop columns that say nothing about one employer, choose the page."""
    blocks = [
        _narrowed(block) if evidence.single and isinstance(block, Table) else block
        for block in section.blocks
    ]
    supplied = () if evidence.only_employer else evidence.material.figures
    for each in supplied:
        if each.section == section.key:
            png = each.picture if isinstance(each.picture, bytes) else render(each.picture())
            caption, alt = evidence.door.text(each.caption), evidence.door.text(each.alt)
            blocks.append(Figure(f"figure:{each.name}", caption, alt, png))
    return replace(section, blocks=tuple(blocks), new_page=not short and section.key in _NEW_PAGE)


def _narrowed(table: Table) -> Table:
    keep = [at for at, name in enumerate(table.header) if name not in _PER_EMPLOYER]
    return replace(
        table,
        header=tuple(table.header[at] for at in keep),
        rows=tuple(tuple(row[at] for at in keep) for row in table.rows),
        widths=tuple(table.widths[at] for at in keep) if table.widths else (),
        numbers=tuple(new for new, old in enumerate(keep) if old in table.numbers),
    )


def _wanted(only: Sequence[str] | None, employer: str | None) -> tuple[str, ...]:
    if only is None:
        return _FEEDBACK if employer is not None else SECTIONS
    unknown = [key for key in only if key not in _MAKERS]
    if unknown:
        raise BriefError("brief.section", section=", ".join(unknown), known=", ".join(SECTIONS))
    return tuple(key for key in SECTIONS if key in set(only))


def _subtitle(evidence: Evidence) -> str:
    if evidence.only_employer is not None:
        return f"What we heard: feedback for {evidence.label(evidence.only_employer)}"
    return "Programme design brief from employer discovery interviews"


def _cover(evidence: Evidence, statuses: frozenset[Status]) -> tuple[tuple[str, str], ...]:
    programme = evidence.material.programme
    plain = evidence.door.plain
    base = f"{count(len(evidence.interviews), 'interview')} with {count(evidence.total, 'employer')}"
    if not evidence.interviews:
        base = "no interview yet"
    states = [STATES[state] for state in STATES if state in statuses and evidence.all_mismatches]
    rows = (
        ("Programme", plain(programme.name)),
        ("Target roles", listed([plain(role) for role in programme.roles])),
        ("Region", plain(programme.region)),
        ("Aims", listed([plain(aim) for aim in programme.aims])),
        ("Evidence", base),
        ("Mismatches shown", listed(states)),
        ("Date", plain(evidence.material.date)),
    )
    return tuple((label, value) for label, value in rows if value)
