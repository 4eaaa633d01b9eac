"""Risks and what speaks against the findings; open questions and the next round."""

from __future__ import annotations

from collections import Counter

from discovery.briefs.evidence import Evidence
from discovery.briefs.model import Block, Heading, Inline, Section, Table, say
from discovery.briefs.sections.shared import bullets, led, nothing
from discovery.briefs.wording import FACETS, capital, count, listed
from discovery.records import Facet, Status

FEW = 6
"""Employers below which a finding may still turn round with the next interview."""

MOST = 12
"""Rows of counter-evidence and of questions in the body."""


def risks(evidence: Evidence) -> Section:
    """What could be wrong with this brief, counted."""
    items = [*_base_risks(evidence), *_mismatch_risks(evidence)]
    blocks: list[Block] = (
        [bullets(items)] if items else [nothing("nothing counted here speaks against the findings")]
    )
    against = [
        (shown.label, evidence.label(shown.mismatch.employer), evidence.door.text(shown.mismatch.against))
        for shown in evidence.mismatches
        if shown.mismatch.against and evidence.quotable(shown.mismatch.employer)
    ]
    if against:
        rest = f" ({len(against) - MOST} more in the mismatch table)" if len(against) > MOST else ""
        header = ("No", "Employer", "What would speak against it")
        blocks += [
            Heading("Against single mismatches"),
            Table(
                "table:against", f"What would speak against{rest}", header, tuple(against[:MOST]), (1, 3, 9)
            ),
        ]
    return Section("risks", "Risks, and what speaks against", tuple(blocks))


def _base_risks(evidence: Evidence) -> list[tuple[Inline, ...]]:
    items = []
    if 0 < evidence.total < FEW and not evidence.only_employer:
        items.append(
            led(
                "Few voices. ",
                f"{capital(count(evidence.total, 'employer'))}: one more could turn a finding round.",
            )
        )
    talks = Counter(each.employer for each in evidence.interviews)
    once = sum(1 for each in evidence.employers if talks[each.id] == 1)
    if once:
        items.append(
            led(
                "One conversation each. ",
                f"{capital(evidence.of(once))} {'was' if once == 1 else 'were'} heard once.",
            )
        )
    if evidence.guarded:
        items.append(
            led(
                "Words set aside. ",
                f"{capital(count(len(evidence.guarded), 'claim'))} left out of every count because the "
                "words are "
                "hypothetical, past, denied, a joke, a plan or about someone else.",
            )
        )
    shaky = [
        t for t in evidence.material.topics if t.stability is not None and t.stability < 0.5 and t.number >= 0
    ]
    if shaky:
        items.append(
            led("Unstable topics. ", f"{capital(count(len(shaky), 'topic'))} with a stability under 0.5.")
        )
    return items


def _mismatch_risks(evidence: Evidence) -> list[tuple[Inline, ...]]:
    states = Counter(each.status for each in evidence.all_mismatches)
    unsure = sum(1 for each in evidence.mismatches if each.mismatch.score < 0.5)
    clean = evidence.total - evidence.voices(evidence.all_mismatches)
    items = []
    if states[Status.PROPOSED]:
        proposed = capital(count(states[Status.PROPOSED], "mismatch", "mismatches"))
        text = f"{proposed} proposed by the detector that nobody has checked."
        items.append(led("Not reviewed. ", text))
    if states[Status.REJECTED]:
        rejected = capital(count(states[Status.REJECTED], "mismatch", "mismatches"))
        text = f"{rejected} rejected in review and not counted."
        items.append(led("Rejected. ", text))
    if unsure:
        items.append(
            led(
                "Uncertain. ",
                f"{capital(count(unsure, 'mismatch', 'mismatches'))} shown with a confidence under 0.5.",
            )
        )
    if clean and evidence.all_mismatches:
        voices = evidence.of(clean)
        text = f"At {voices} there is no mismatch: what is wanted and done fits as far as was heard."
        items.append(led("No mismatch. ", text))
    return items


def next_round(evidence: Evidence) -> Section:
    """Questions to ask next: from the mismatches, from what nobody spoke of, from what was not asked."""
    blocks: list[Block] = []
    probes = _probes(evidence)
    if probes:
        blocks += [
            Heading("Ask the same employers"),
            Table(
                "table:probes",
                "Questions that would settle a mismatch",
                ("No", "Employer", "Question"),
                probes[:MOST],
                (1.6, 3, 8.4),
            ),
        ]
        if len(probes) > MOST:
            blocks.append(
                say(f"{len(probes) - MOST} more questions stand with the mismatches they belong to.")
            )
    silent = [facet for facet in Facet if not evidence.pick((), (facet,))]
    if silent:
        blocks.append(Heading("Nobody spoke of"))
        blocks.append(say(f"{capital(listed(FACETS[facet] for facet in silent))}."))
    unasked = _unasked(evidence)
    if unasked:
        blocks.append(Heading("Not asked yet"))
        blocks.append(
            say(f"{capital(count(len(unasked), 'question'))} of the bank matched no exchange, among them:")
        )
        blocks.append(bullets(unasked[:8]))
    if not blocks:
        blocks.append(nothing("nothing is left open by what was handed in"))
    return Section("next", "Open questions and the next round", tuple(blocks))


def _probes(evidence: Evidence) -> tuple[tuple[str, ...], ...]:
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    for shown in evidence.mismatches:
        found = shown.mismatch
        if found.probe and evidence.quotable(found.employer):
            key = (found.employer, found.probe)
            label = f"{rows[key][0]}, {shown.label}" if key in rows else shown.label
            rows[key] = (label, evidence.label(found.employer), evidence.door.text(found.probe))
    return tuple(rows.values())


def _unasked(evidence: Evidence) -> list[str]:
    asked = {each.bank_question for each in evidence.exchanges}
    if not evidence.exchanges:
        return []
    return [evidence.door.plain(each.text) for each in evidence.material.questions if each.id not in asked]
