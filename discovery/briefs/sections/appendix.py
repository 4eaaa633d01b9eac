"""Appendices: methods, evidence, coverage, what was dropped or guessed, data handling."""

from __future__ import annotations

from collections import Counter

from discovery.briefs.evidence import Evidence
from discovery.briefs.model import Block, Heading, Section, Table, remark, say
from discovery.briefs.sections.opening import LONG, people_table
from discovery.briefs.sections.readers import reader_blocks
from discovery.briefs.sections.shared import bullets, nothing
from discovery.briefs.wording import STANCES, capital, count, share
from discovery.records import Claim, Role, Span

EVIDENCE_ROWS = 600
"""Rows of the evidence table; above it the best claims of each employer are kept."""


def methods(evidence: Evidence) -> Section:
    """How the findings came about, with every model and rule version."""
    rows = [
        (evidence.door.plain(str(name)), evidence.door.plain(str(value)))
        for name, value in evidence.material.methods.items()
    ]
    made = [each.model for each in evidence.claims] + [each.model for each in evidence.all_mismatches]
    models = sorted(set(made) - {""})
    rows += [("Model behind claims or mismatches", evidence.door.plain(name)) for name in models]
    blocks: list[Block] = [
        say(
            "Turns of the employer side were split into sentences; each was judged for whether it "
            "makes a claim, for its "
            "stance (need, requirement, practice, exception, rationale, challenge, success) and its "
            "facet. Pairs of claims "
            "of one employer that pull against each other were proposed as mismatches; the score is "
            "the estimated "
            "probability that a careful coder would mark the pair. People accept or reject. Claims "
            "with a guard "
            "(hypothetical, past, denied, someone else, joke, other role, plan) are kept and never counted."
        )
    ]
    if rows:
        blocks.append(
            Table("table:methods", "Models, rules and settings", ("What", "Which"), tuple(rows), (4, 8))
        )
    else:
        blocks.append(nothing("no model or setting was handed in"))
    blocks += reader_blocks(evidence)
    return Section("methods", "Methods", tuple(blocks), appendix=True)


def evidence_table(evidence: Evidence) -> Section:
    """Every quote of the brief and the claims behind the counts, with file, turn and time."""
    entries = _entries(evidence)
    total = sum(1 for claim in evidence.claims if evidence.quotable(claim.employer))
    if not entries or not evidence.audience.places:
        if entries:
            text = "The quotes' places in the transcripts are kept by the study team."
            return Section("evidence", "Evidence", (say(text),), appendix=True)
        return Section("evidence", "Evidence", (nothing("no quote may be shown"),), appendix=True)
    rows = []
    for span, (employer, kind) in entries.items():
        source, turn, time = evidence.place(span)
        quote = f"“{evidence.door.text(span.quote).strip()}”"
        rows.append((evidence.label(employer), kind, quote, source, f"{turn}", time or "none"))
    blocks: list[Block] = [
        say("Turn numbers count from 0 over all turns of the file, interviewer turns included.")
    ]
    left = total - sum(1 for _, kind in entries.values() if "·" in kind)
    if left > 0:
        blocks.append(
            say(
                f"{capital(count(left, 'claim'))} of lower rank counted and not printed; export the "
                "table of claims for all."
            )
        )
    header = ("Employer", "Kind", "Quote", "Where", "Turn", "Time")
    blocks.append(
        Table("table:evidence", "Evidence", header, tuple(rows), (2, 2.3, 6.2, 3.2, 1, 1.3), (4, 5))
    )
    return Section("evidence", "Evidence", tuple(blocks), appendix=True)


def _entries(evidence: Evidence) -> dict[Span, tuple[str, str]]:
    kinds = {claim.span: f"{STANCES[claim.stance]} · {claim.facet}" for claim in evidence.claims}
    spans = dict(evidence.cited)
    for claim in _best(evidence, EVIDENCE_ROWS - len(spans)):
        spans.setdefault(claim.span, claim.employer)
    order = {each.id: at for at, each in enumerate(evidence.employers)}
    ranked = sorted(spans.items(), key=lambda item: (order[item[1]], item[0]))
    return {span: (employer, kinds.get(span, "mismatch")) for span, employer in ranked}


def _best(evidence: Evidence, room: int) -> list[Claim]:
    """The best claims, each employer in turn, up to the room left."""
    seen: Counter[str] = Counter()
    ranked: list[tuple[int, int, Claim]] = []
    for claim in evidence.claims:
        if evidence.quotable(claim.employer):
            ranked.append((seen[claim.employer], len(ranked), claim))
            seen[claim.employer] += 1
    return [claim for _, _, claim in sorted(ranked, key=lambda each: each[:2])][: max(0, room)]


def coverage(evidence: Evidence) -> Section:
    """How the interviews went: what was asked, who spoke how much, and when nothing new came up."""
    blocks: list[Block] = []
    if evidence.audience.rows and evidence.total > LONG:
        blocks.append(people_table(evidence, "table:everyone"))
    if evidence.interviews and evidence.audience.workings:
        blocks.append(_craft_table(evidence))
    blocks += _bank(evidence) + _saturation(evidence)
    if not blocks:
        blocks.append(nothing("there is no interview to describe"))
    return Section("coverage", "Coverage and interview craft", tuple(blocks), appendix=True)


def _craft_table(evidence: Evidence) -> Table:
    asked = Counter(each.source for each in evidence.exchanges)
    guided = Counter(each.source for each in evidence.exchanges if each.bank_question)
    claims = Counter(claim.span.source for claim in evidence.claims)
    rows = []
    for each in evidence.interviews:
        spoken = evidence.words_by_role(each.source)
        words = sum(spoken.values())
        own = f"{spoken.get(Role.INTERVIEWER, 0) / words:.0%}" if words else "not known"
        on_guide = f"{guided[each.source]} of {asked[each.source]}" if asked[each.source] else "not known"
        name = evidence.source(each.source)
        rows.append(
            (
                name,
                evidence.label(each.employer),
                f"{each.turns}",
                f"{each.words:,}",
                own,
                on_guide,
                f"{claims[each.source]}",
            )
        )
    header = (
        "Interview",
        "Employer",
        "Turns",
        "Words",
        "Interviewer spoke",
        "Questions from the bank",
        "Claims",
    )
    return Table(
        "table:craft",
        "Interviews one by one",
        header,
        tuple(rows),
        (4, 2.4, 1.3, 1.5, 2.2, 2.4, 1.4),
        (2, 3, 4, 5, 6),
    )


def _bank(evidence: Evidence) -> list[Block]:
    questions = evidence.material.questions
    if not questions or not evidence.exchanges:
        return []
    used = {each.bank_question for each in evidence.exchanges if each.bank_question}
    asked = sum(1 for each in questions if each.id in used)
    off = sum(1 for each in evidence.exchanges if each.question and not each.bank_question)
    return [
        say(
            f"{capital(share(asked, len(questions), 'question'))} of the bank were asked at least once; "
            f"{count(off, 'exchange')} went off the guide."
        )
    ]


def _saturation(evidence: Evidence) -> list[Block]:
    """New combinations of stance and facet with each interview, in the order of the study."""
    if len(evidence.interviews) < 3 or not evidence.claims:
        return []
    kinds: dict[str, set[tuple[str, str]]] = {}
    for claim in evidence.claims:
        kinds.setdefault(claim.span.source, set()).add((claim.stance, claim.facet))
    seen: set[tuple[str, str]] = set()
    fresh = []
    for each in evidence.interviews:
        new = kinds.get(each.source, set()) - seen
        seen |= new
        fresh.append(len(new))
    last = sum(fresh[-2:])
    return [
        Heading("Does the next interview still bring something new?"),
        say(
            f"New combinations of stance and facet, interview by interview: {', '.join(map(str, fresh))}. "
            f"The last two brought {last} of {len(seen)} ({last / len(seen):.0%})."
        ),
        remark(
            "This is saturation of codes, not of meaning, and depends on the order of the interviews "
            "(Guest, Namey and Chen 2020)."
        ),
    ]


def changed(evidence: Evidence) -> Section:
    """What was dropped, merged, guessed or repaired on the way."""
    rows = [*_noticed(evidence), *_left_out_here(evidence)]
    title = "What was dropped, merged or guessed"
    if not rows:
        return Section("changed", title, (nothing("nothing was reported"),), appendix=True)
    header = ("What", "Stage", "Which", "Files", "Count")
    caption, widths = "Dropped, merged, guessed and repaired", (2, 2.2, 7.4, 1.2, 1.4)
    table = Table("table:changed", caption, header, tuple(rows), widths, (3, 4))
    return Section("changed", title, (table,), appendix=True)


def _noticed(evidence: Evidence) -> list[tuple[str, ...]]:
    """One row a kind of notice, with the files it came up in and how often."""
    groups: Counter[tuple[str, str, str]] = Counter()
    files: dict[tuple[str, str, str], set[str]] = {}
    for notice in evidence.material.notices:
        key = (str(notice.kind), notice.stage, notice.what)
        groups[key] += notice.count
        files.setdefault(key, set()).add(notice.source)
    door = evidence.door
    return [
        (capital(key[0]), door.text(key[1]), door.text(key[2]), f"{len(files[key] - {''})}", f"{number:,}")
        for key, number in sorted(groups.items())
    ]


def _left_out_here(evidence: Evidence) -> list[tuple[str, ...]]:
    """What composing the brief itself took out."""
    removed, guarded = evidence.door.removed, len(evidence.guarded)
    rows = (
        ("Repaired", "brief", "Characters that documents cannot hold were taken out", "", removed),
        ("Dropped", "claims", "Claims with a guard, left out of every count", "", guarded),
    )
    return [(*words, f"{number:,}") for *words, number in rows if number]


def data(evidence: Evidence) -> Section:
    """How the words of employers are handled in this brief."""
    counted = Counter(each.consent for each in (*evidence.employers, *evidence.withheld))
    items = [
        f"{capital(count(counted['quote'], 'employer'))} may be quoted, {counted['paraphrase']} may be "
        "counted only, "
        f"{counted['none']} agreed to nothing leaving the study.",
        "Employers appear under their own names."
        if evidence.named_openly
        else "Employers appear under pseudonyms; names in quotes are replaced.",
        "File names of transcripts are shown to trace each quote."
        if evidence.audience.files
        else "File names of transcripts are not shown.",
        "The document's properties carry no name of a person or an employer.",
        "Quotes are the words of the transcript; only names and characters that documents cannot hold "
        "are replaced.",
    ]
    return Section("data", "Data handling", (bullets(items),), appendix=True)
