"""Untapped pools and channels: who is overlooked, and where employers look today."""

from __future__ import annotations

from discovery.briefs.evidence import Evidence
from discovery.briefs.model import Block, Heading, Section, Table, say
from discovery.briefs.sections.shared import bullets, employers_of, led, nothing, numbers, support, value_rows
from discovery.briefs.wording import capital, listed
from discovery.records import Facet, Stance

_STAND_INS = (Facet.CREDENTIAL, Facet.EXPERIENCE, Facet.SECTOR, Facet.LEVEL)


def pools(evidence: Evidence) -> Section:
    """People whom the present way of recruiting overlooks, and the channels in use."""
    blocks: list[Block] = [*_overlooked(evidence), *_channels(evidence)]
    reach = evidence.pick((), (Facet.REACH,))
    blocks.append(Heading("What employers say about a wider pool"))
    if reach:
        blocks.append(say(f"{capital(support(evidence, reach))} on diversity and untapped pools."))
        blocks += evidence.quotes(reach, 3)
    else:
        blocks.append(
            nothing(
                "no employer spoke of a wider or more diverse pool",
                "Ask whom they never see among applicants.",
            )
        )
    return Section("pools", "Untapped pools and channels", tuple(blocks))


def _overlooked(evidence: Evidence) -> list[Block]:
    groups = evidence.by_type()
    broken = evidence.pick((Stance.EXCEPTION,), _STAND_INS)
    inside = evidence.pick((Stance.PRACTICE, Stance.EXCEPTION, Stance.SUCCESS), (Facet.MOBILITY,))
    items = []
    if broken:
        items.append(
            led(
                "People without the usual requirement: ",
                f"{support(evidence, broken)} of having taken someone without a credential, "
                "the years, the background or the level asked for.",
            )
        )
    if inside:
        items.append(
            led("People already inside: ", f"{support(evidence, inside)} about moves and promotion inside.")
        )
    for key, lead in (
        ("proxy-requirement", "People with the competency and without the stand-in: "),
        ("posted-vs-hired", "People the posting turns away and the team would hire: "),
        ("reach-vs-channel", "People outside the present network: "),
        ("need-vs-channel", "People at the wanted level who are not in the channels used: "),
    ):
        if key in groups:
            found = groups[key]
            voices = evidence.of(employers_of(evidence, found))
            items.append(led(lead, f"{voices} ({numbers(found)})."))
    if not items:
        return [
            nothing(
                "nothing shows a pool that employers overlook", "Ask about hires who did not fit the posting."
            )
        ]
    quotes = evidence.quotes(broken, 2)
    return [say("Groups that the evidence shows as overlooked:"), bullets(items), *quotes]


def _channels(evidence: Evidence) -> list[Block]:
    claims = evidence.pick((), (Facet.CHANNEL,))
    blocks: list[Block] = [Heading("Channels in use")]
    if not claims:
        return [
            *blocks,
            nothing("no employer named a recruiting channel", "Ask where the last three hires came from."),
        ]
    channels = value_rows(evidence, evidence.pick((Stance.PRACTICE, Stance.EXCEPTION)), "channel")
    if not channels:
        return [
            *blocks,
            say(f"{capital(support(evidence, claims))} about channels."),
            *evidence.quotes(claims, 2),
        ]
    rows = []
    for name, who, _ in channels[:12]:
        voices = evidence.cell(len(who))
        rows.append(
            (capital(name), voices, listed(who, most=6))
            if evidence.audience.rows
            else (capital(name), voices)
        )
    header: tuple[str, ...] = (
        ("Channel", "Employers", "Who") if evidence.audience.rows else ("Channel", "Employers")
    )
    widths = (4, 2, 6) if evidence.audience.rows else (6, 2)
    single = sum(1 for _, who, _ in channels if len(who) == 1)
    table = Table("table:pools", "Who uses which channel", header, tuple(rows), widths, (1,))
    tail = say(f"{single} of {len(channels)} channels are named by one employer only.") if single else None
    return [*blocks, table, *([tail] if tail else [])]
