"""Programme design: what the evidence says for a programme, and what each partner would have to change."""

from __future__ import annotations

import re

from discovery.briefs.evidence import Evidence, Shown
from discovery.briefs.model import Block, Heading, Reference, Section, Table, say
from discovery.briefs.sections.lastmile import routes
from discovery.briefs.sections.shared import bullets, employers_of, nothing, numbers, support
from discovery.briefs.wording import FACETS, capital, listed, type_words
from discovery.records import Claim, Facet, Stance

LISTED = 15
"""Employers whose changes the body lists."""

_CONDITIONS = (
    Facet.CREDENTIAL,
    Facet.EXPERIENCE,
    Facet.SECTOR,
    Facet.LEVEL,
    Facet.SKILL,
    Facet.SCREENING,
    Facet.OFFER,
)


def design(evidence: Evidence) -> Section:
    """What a programme should look like, each part with the evidence it rests on."""
    blocks: list[Block] = [
        say(
            "Each part below is derived from claims and mismatches and says how many stand behind it. "
            "It is a proposal to check with the same employers."
        )
    ]
    whole = (_roles, _entry, routes, _inside, _conditions, _offers, _changes, _measures)
    for part in (routes, _conditions, _offers, _changes) if evidence.only_employer else whole:
        blocks += part(evidence)
    return Section("design", "Programme design", tuple(blocks))


def _roles(evidence: Evidence) -> list[Block]:
    blocks: list[Block] = [Heading("Target roles")]
    roles = evidence.material.programme.roles
    if not roles:
        return [*blocks, nothing("the study names no target roles", "Name them in study.toml.")]
    rows = []
    for role in roles:
        naming = _naming(evidence, role)
        claims = [claim for claim in evidence.claims if _says(claim.span.quote, role)]
        rows.append((evidence.door.plain(role), evidence.cell(naming), f"{len(claims)}"))
    header = ("Role", "Employers naming it", "Claims naming it")
    table = Table(
        "table:roles", "Target roles and who speaks of them", header, tuple(rows), (6, 3, 3), (1, 2)
    )
    unnamed = [row[0] for row in rows if row[1].startswith("0 ")]
    blocks += [table]
    if unnamed:
        blocks.append(say(f"No employer used the words for {listed(unnamed)}; ask what they call the role."))
    return blocks


def _naming(evidence: Evidence, role: str) -> int:
    owner = {each.source: each.employer for each in evidence.interviews}
    speaking = (turn for turn in evidence.turns if turn.role == "employer")
    return len({owner[turn.source] for turn in speaking if _says(turn.text, role)})


def _says(text: str, role: str) -> bool:
    words = re.findall(r"\w+", role.lower())
    if not words:
        return False
    pattern = r"\W+".join(re.escape(word) for word in words)
    return re.search(rf"\b{pattern}s?\b", text.lower()) is not None


def _entry(evidence: Evidence) -> list[Block]:
    blocks: list[Block] = [Heading("Entry profile")]
    qualities = evidence.pick((Stance.NEED, Stance.SUCCESS), (Facet.SKILL, Facet.LEVEL, Facet.SECTOR))
    if not qualities:
        return [
            *blocks,
            nothing("no employer said which qualities make people fit", "Ask who did well, and why."),
        ]
    worked = evidence.pick((Stance.SUCCESS,))
    blocks.append(
        say(
            f"Choose entrants for what employers want or see succeed ({support(evidence, qualities)}), "
            "and leave to the programme what they train anyway."
        )
    )
    if worked:
        blocks.append(say(f"What is said to make hires succeed or fail: {support(evidence, worked)}."))
    return blocks + list(evidence.quotes(qualities, 3))


def _inside(evidence: Evidence) -> list[Block]:
    blocks: list[Block] = [Heading("Internal-mobility routes")]
    claims = evidence.pick((), (Facet.MOBILITY,))
    found = evidence.by_type().get("growth-vs-mobility", [])
    if not claims and not found:
        return [
            *blocks,
            nothing("no employer spoke of moves inside", "Ask who moved up last, and from which job."),
        ]
    text = f"{capital(support(evidence, claims))} about promotion and moves inside." if claims else ""
    if found:
        voices = evidence.of(employers_of(evidence, found))
        text += f" At {voices} there is a want and no path ({numbers(found)})."
    return [*blocks, say(text.strip()), *evidence.quotes(claims, 2)]


def _conditions(evidence: Evidence) -> list[Block]:
    blocks: list[Block] = [Heading("Non-negotiables, and who waives them")]
    waived_pairs = evidence.by_type().get("posted-vs-hired", [])
    rows = []
    for facet in _CONDITIONS:
        asked = evidence.pick((Stance.REQUIREMENT,), (facet,))
        if not asked:
            continue
        waived = evidence.pick((Stance.EXCEPTION,), (facet,))
        rows.append(
            (capital(FACETS[facet]), _who(evidence, asked), _who(evidence, waived), _held(asked, waived))
        )
    if not rows:
        return [
            *blocks,
            nothing(
                "no employer stated a requirement",
                "Ask what they would never give up, and when they last did.",
            ),
        ]
    header = ("Condition", "Required by", "Waived at times by", "Held by all others")
    blocks.append(
        Table("table:conditions", "Requirements and exceptions", header, tuple(rows), (3.2, 4, 4, 2.2))
    )
    if waived_pairs:
        voices = evidence.of(employers_of(evidence, waived_pairs))
        blocks.append(
            say(
                f"At {voices} a stated requirement and a hire without it stand side by side "
                f"({numbers(waived_pairs)})."
            )
        )
    else:
        blocks.append(
            say(
                "No mismatch shown here is about a broken requirement; an exception may concern another role."
            )
        )
    return blocks


def _who(evidence: Evidence, claims: list[Claim]) -> str:
    if not claims:
        return "no one said so"
    text = evidence.cell(evidence.voices(claims))
    if evidence.single or not evidence.audience.rows:
        return text
    return f"{text}: {listed(evidence.named({claim.employer for claim in claims}), most=5)}"


def _held(asked: list[Claim], waived: list[Claim]) -> str:
    held = {claim.employer for claim in asked} - {claim.employer for claim in waived}
    return f"{len(held)} of {len({claim.employer for claim in asked})}"


def _offers(evidence: Evidence) -> list[Block]:
    blocks: list[Block] = [Heading("Offers to hiring partners")]
    groups = [(key, group) for key, group in evidence.by_type().items() if type_words(key).offer]
    if not groups:
        return [*blocks, nothing("no mismatch shows what a programme could take off employers' hands")]
    rows = tuple(
        (
            type_words(key).offer,
            evidence.title_of(key),
            evidence.cell(employers_of(evidence, group)),
        )
        for key, group in groups
    )
    header = ("Offer", "What it answers", "Employers")
    return [*blocks, Table("table:offers", "What a programme can offer", header, rows, (6, 5, 2), (2,))]


def _changes(evidence: Evidence) -> list[Block]:
    whom = "this" if evidence.only_employer else "each"
    blocks: list[Block] = [Heading(f"What {whom} employer would have to change")]
    per_employer: dict[str, list[Shown]] = {}
    for shown in evidence.mismatches:
        if type_words(shown.mismatch.type).change:
            per_employer.setdefault(shown.mismatch.employer, []).append(shown)
    if not per_employer:
        return [*blocks, nothing("no mismatch shows a change that an employer would have to make")]
    if evidence.single or not evidence.audience.rows:
        groups = [(key, group) for key, group in evidence.by_type().items() if type_words(key).change]
        items = []
        for key, group in groups:
            whose = numbers(group) if evidence.single else evidence.of(employers_of(evidence, group))
            items.append(f"{type_words(key).change} ({whose}).")
        return [*blocks, bullets(items)]
    order = sorted(per_employer.items(), key=lambda item: (-len(item[1]), evidence.label(item[0])))
    blocks.append(change_table(evidence, order[:LISTED], "table:changes"))
    if len(order) > LISTED:
        blocks.append(
            say(f"{len(order) - LISTED} more employers: see ", Reference("changes", "the full brief"), ".")
        )
    return blocks


def change_table(evidence: Evidence, order: list[tuple[str, list[Shown]]], key: str) -> Table:
    """One row an employer with its changes and the mismatches they rest on."""
    rows = []
    for employer, found in order:
        changes = list(dict.fromkeys(type_words(each.mismatch.type).change for each in found))
        rows.append((evidence.label(employer), ". ".join(changes) + ".", numbers(found)))
    return Table(
        key, "Changes by employer", ("Employer", "Would have to", "Rests on"), tuple(rows), (3, 8.5, 2.5)
    )


def changes(evidence: Evidence) -> Section | None:
    """Changes of the employers that the body leaves out; None where it lists all."""
    per_employer: dict[str, list[Shown]] = {}
    for shown in evidence.mismatches:
        if type_words(shown.mismatch.type).change:
            per_employer.setdefault(shown.mismatch.employer, []).append(shown)
    order = sorted(per_employer.items(), key=lambda item: (-len(item[1]), evidence.label(item[0])))
    if not evidence.audience.rows or len(order) <= LISTED:
        return None
    table = change_table(evidence, order[LISTED:], "table:changes-rest")
    return Section("changes", "Changes by employer, continued", (table,), appendix=True)


def _measures(evidence: Evidence) -> list[Block]:
    blocks: list[Block] = [Heading("How to tell that it works")]
    measures = (
        (
            "Placement: share of graduates hired by partners, and in how many weeks",
            evidence.pick((Stance.NEED,)),
        ),
        (
            "Retention: share still there after a year",
            evidence.pick((Stance.CHALLENGE,), (Facet.MOBILITY, Facet.OFFER)),
        ),
        ("Time to fill: weeks from opening to start, against today", evidence.pick((), (Facet.SPEED,))),
        ("Fit: partners who rate graduates ready after the last mile", evidence.pick((), (Facet.TRAINING,))),
        (
            "Reach: share of graduates from pools that partners did not see before",
            evidence.pick((), (Facet.REACH,)),
        ),
        ("Growth: moves inside within two years", evidence.pick((), (Facet.MOBILITY,))),
    )
    rows = tuple((measure, support(evidence, claims)) for measure, claims in measures if claims)
    if not rows:
        return [
            *blocks,
            nothing("no claim says what employers would call a success", "Ask what would be different."),
        ]
    header = ("Measure", "Employers care, going by")
    table = Table(
        "table:measures", "Success measures and the claims that call for them", header, rows, (8, 4.5)
    )
    aims = [evidence.door.plain(aim) for aim in evidence.material.programme.aims]
    own = [say(f"The programme's own aims: {listed(aims)}.")] if aims else []
    return [*blocks, *own, table]
