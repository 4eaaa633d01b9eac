"""The findings on one page, and who was interviewed."""

from __future__ import annotations

from collections import Counter

from discovery.briefs.evidence import Evidence, Shown
from discovery.briefs.model import (
    Block,
    Callout,
    Facts,
    Heading,
    Inline,
    Reference,
    Section,
    Table,
    line,
    say,
    strong,
)
from discovery.briefs.sections.shared import bullets, employers_of, facet_rows, led, nothing, numbers
from discovery.briefs.wording import (
    FACETS,
    STATUSES,
    capital,
    confidence,
    count,
    listed,
    type_words,
)
from discovery.records import Employer, Facet, Role, Stance, Status

TOP = 5
"""Findings on the first page."""

ROOM = 500
"""Characters of quotes on the first page."""

LONG = 20
"""Employers above which the body groups them and the appendix lists them."""


def findings(evidence: Evidence) -> Section:
    """The whole brief on one page: numbers, main findings, what they point to, how sure they are."""
    blocks: list[Block] = [_facts(evidence)]
    if not evidence.claims and not evidence.mismatches:
        blocks.append(nothing("no claim and no mismatch was found in what was handed in"))
        blocks.append(_sureness(evidence))
        return Section("findings", "The findings on one page", tuple(blocks))
    needs = facet_rows(evidence, evidence.pick((Stance.NEED, Stance.REQUIREMENT, Stance.CHALLENGE)))
    practice = facet_rows(evidence, evidence.pick((Stance.PRACTICE, Stance.EXCEPTION)))
    if needs:
        blocks.append(say(strong("What they say they need. "), _spread(evidence, needs), "."))
    if practice:
        blocks.append(say(strong("What they say they do. "), _spread(evidence, practice), "."))
    blocks += _parting(evidence)
    blocks.append(_sureness(evidence))
    return Section("findings", "The findings on one page", tuple(blocks))


def _spread(evidence: Evidence, rows: list[tuple[Facet, int, int]]) -> str:
    named = [
        FACETS[facet] if evidence.single else f"{FACETS[facet]} ({evidence.of(voices)})"
        for facet, voices, _ in rows[:3]
    ]
    return f"Most often about {listed(named)}"


def _facts(evidence: Evidence) -> Facts:
    words = sum(each.words for each in evidence.interviews)
    return Facts(
        (
            (f"{evidence.total:,}", "employers" if evidence.total != 1 else "employer"),
            (f"{len(evidence.interviews):,}", "interviews" if len(evidence.interviews) != 1 else "interview"),
            (f"{words:,}", "words read"),
            (f"{len(evidence.claims):,}", "claims"),
            (f"{len(evidence.mismatches):,}", "mismatches" if len(evidence.mismatches) != 1 else "mismatch"),
        )
    )


def _parting(evidence: Evidence) -> list[Block]:
    groups = evidence.by_type()
    if not groups:
        return [nothing("no mismatch of the kind asked for was found", "The needs and practices stand.")]
    voices = employers_of(evidence, evidence.mismatches)
    opening = say(
        strong("Where the two part. "),
        f"Stated needs and actual practice pull against each other at {evidence.of(voices)} "
        f"({count(len(evidence.mismatches), 'mismatch', 'mismatches')}, ",
        Reference("mismatches", "not in this extract"),
        "):",
    )
    items = [_finding(evidence, key, group) for key, group in list(groups.items())[:TOP]]
    blocks: list[Block] = [opening, bullets(items)]
    if len(groups) > TOP:
        rest = [evidence.title_of(key).lower() for key in list(groups)[TOP:]]
        blocks.append(say(f"Less spread: {listed(rest)}."))
    offers = [(type_words(key).offer, group) for key, group in groups.items() if type_words(key).offer]
    if offers:
        blocks += _words(evidence)
        blocks.append(Heading("What this points to", 2))
        blocks.append(
            bullets([line(f"{offer} (answers {numbers(group, 4)}).") for offer, group in offers[:3]])
        )
    return blocks


def _words(evidence: Evidence) -> list[Block]:
    """The first pair of quotes that may be shown, as long as it leaves room on the page."""
    for shown in evidence.mismatches:
        found = shown.mismatch
        fits = len(found.stated.quote) + len(found.actual.quote) < ROOM
        if fits and evidence.quotable(found.employer):
            sides = (("stated", found.stated), ("actual", found.actual))
            quotes = [evidence.quote(span, found.employer, side) for side, span in sides]
            return [Heading(f"In their words ({shown.label})"), *(each for each in quotes if each)]
    return []


def _finding(evidence: Evidence, key: str, group: list[Shown]) -> tuple[Inline, ...]:
    voices = "" if evidence.single else f"{evidence.of(employers_of(evidence, group))}, "
    accepted = sum(1 for each in group if each.mismatch.status == Status.ACCEPTED)
    reviewed = f"{accepted} accepted in review" if accepted else "not yet accepted in review"
    best = confidence(max(each.mismatch.score for each in group))
    return led(
        f"{evidence.title_of(key)}: ",
        f"{voices}{count(len(group), 'mismatch', 'mismatches')}, {reviewed}; the surest is {best}.",
    )


def _sureness(evidence: Evidence) -> Callout:
    states = Counter(each.mismatch.status for each in evidence.mismatches)
    parts = [f"{states[state]} {STATUSES[state]}" for state in STATUSES if states[state]]
    text = (
        f"Of {count(len(evidence.mismatches), 'mismatch', 'mismatches')}: {listed(parts)}. " if parts else ""
    )
    hidden = len(evidence.all_mismatches) - len(evidence.mismatches)
    if hidden:
        text += f"{capital(count(hidden, 'mismatch', 'mismatches'))} of another status not shown. "
    base = (
        f"Everything here rests on {count(len(evidence.interviews), 'interview')} "
        f"with {count(evidence.total, 'employer')}; it describes them and is no survey of a market."
    )
    if not evidence.interviews:
        base = "No interview was handed in, so nothing can be concluded yet."
    return Callout("How sure this is", line(text + base), "caution" if not evidence.interviews else "note")


def people(evidence: Evidence) -> Section:
    """Who was interviewed, as far as the audience may see it."""
    blocks: list[Block] = []
    if not evidence.interviews and not evidence.employers:
        blocks.append(nothing("no interview was handed in"))
    else:
        blocks.append(say(_opening(evidence)))
        if evidence.audience.rows and evidence.total <= LONG:
            blocks.append(people_table(evidence, "table:people"))
        elif evidence.total:
            blocks.append(_group_table(evidence))
            if evidence.audience.rows:
                blocks.append(
                    say("All employers are listed in ", Reference("coverage", "the full brief"), ".")
                )
    if evidence.withheld:
        blocks.append(
            say(
                f"{capital(count(len(evidence.withheld), 'more employer'))} agreed to nothing leaving "
                "the study; "
                "what they said is left out everywhere, counts included."
            )
        )
    return Section("people", "Who was interviewed", tuple(blocks))


def _opening(evidence: Evidence) -> str:
    voices = sum(
        1 for each in evidence.interviews for speaker in each.speakers if speaker.role == Role.EMPLOYER
    )
    paraphrased = sum(1 for each in evidence.employers if each.consent == "paraphrase")
    text = f"{capital(count(len(evidence.interviews), 'interview'))} with {count(evidence.total, 'employer')}"
    text += f", in which {count(voices, 'person', 'people')} spoke for the employers." if voices else "."
    silent = evidence.total - len({each.employer for each in evidence.interviews})
    if silent:
        text += f" There is no interview with {count(silent, 'of these', 'of these')}."
    if paraphrased:
        text += f" {capital(count(paraphrased, 'employer'))} may be counted and not quoted."
    return text


def people_table(evidence: Evidence, key: str) -> Table:
    """One row an employer."""
    consent = {"quote": "quotes", "paraphrase": "counts only"}
    rows = []
    for each in evidence.employers:
        talks = [talk for talk in evidence.interviews if talk.employer == each.id]
        told = (each.sector, each.size, each.region) if evidence.audience.workings else (each.sector,)
        rows.append(
            (
                evidence.label(each.id),
                *(evidence.door.plain(fact) or "not given" for fact in told),
                f"{len(talks)}",
                f"{sum(talk.words for talk in talks):,}",
                consent.get(each.consent, each.consent),
            )
        )
    last = ("Interviews", "Words", "May show")
    if not evidence.audience.workings:
        header: tuple[str, ...] = ("Employer", "Sector", *last)
        return Table(key, "Employers interviewed", header, tuple(rows), (3, 5, 2, 2, 2), (2, 3))
    header = ("Employer", "Sector", "Size", "Region", *last)
    return Table(key, "Employers interviewed", header, tuple(rows), (3, 4, 2.4, 2.6, 2.1, 1.7, 2.3), (4, 5))


def _group_table(evidence: Evidence) -> Table:
    groups: dict[str, list[Employer]] = {}
    for each in evidence.employers:
        groups.setdefault(evidence.door.plain(each.sector) or "not given", []).append(each)
    rows = []
    for sector, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        ids = {each.id for each in group}
        talks = [talk for talk in evidence.interviews if talk.employer in ids]
        rows.append((sector, f"{len(group)}", f"{len(talks)}", f"{sum(talk.words for talk in talks):,}"))
    header = ("Sector", "Employers", "Interviews", "Words")
    return Table(
        "table:people", "Employers interviewed, by sector", header, tuple(rows), (5, 2, 2, 2), (1, 2, 3)
    )
