"""What a brief says: counts, consent, audiences, extracts, and honesty where nothing was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from discovery.briefs import Brief, Material, compose_brief
from discovery.briefs.compose import SECTIONS
from discovery.briefs.material import EmployerTopics, SuppliedFigure
from discovery.briefs.model import Figure, Heading, Quote, Section, Table
from discovery.errors import BriefError
from discovery.records import Employer, Facet, Span, Stance, Status

Make = Callable[..., Material]


def texts(item: Any) -> Iterator[str]:
    """All strings of a brief that a writer may print."""
    if isinstance(item, Span):
        return
    if isinstance(item, str):
        yield item
    elif isinstance(item, tuple | list):
        for each in item:
            yield from texts(each)
    elif is_dataclass(item):
        for each in fields(item):
            yield from texts(getattr(item, each.name))


def section(brief: Brief, key: str) -> Section:
    return next(each for each in brief.sections if each.key == key)


def quotes(brief: Brief) -> list[Quote]:
    return [block for part in brief.sections for block in part.blocks if isinstance(block, Quote)]


def tables(brief: Brief) -> dict[str, Table]:
    return {block.key: block for part in brief.sections for block in part.blocks if isinstance(block, Table)}


def said(brief: Brief) -> str:
    return "\n".join(texts(brief))


def test_every_section_in_reading_order(rich: Material) -> None:
    keys = [each.key for each in compose_brief(rich).sections]
    assert keys == [key for key in SECTIONS if key not in ("further", "changes")]


def test_same_material_same_brief(make: Make) -> None:
    assert compose_brief(make()) == compose_brief(make())


def test_quotes_are_verbatim_and_carry_file_turn_and_time(make: Make) -> None:
    material = make(pseudonymise=str)
    turns = {(turn.source, turn.number): turn.text for turn in material.turns}
    found = quotes(compose_brief(material))
    assert len(found) > 40
    for quote in found:
        assert quote.span is not None
        assert (
            turns[quote.source, quote.turn or 0][quote.span.start : quote.span.end]
            == quote.span.quote
            == quote.text
        )
        assert quote.time


def test_time_is_that_of_the_cue_the_quote_starts_in(rich: Material) -> None:
    first = quotes(compose_brief(rich, only=["mismatches"]))[0]
    assert (first.source, first.turn, first.time) == ("interview-01.vtt", 1, "0:10")


def test_mismatch_section_gives_both_quotes_why_confidence_and_status(rich: Material) -> None:
    brief = compose_brief(rich, only=["mismatches"])
    blocks = section(brief, "mismatches").blocks
    at = blocks.index(Heading("M1  Employer A", 3))
    stated, actual = blocks[at + 1], blocks[at + 2]
    assert isinstance(stated, Quote)
    assert isinstance(actual, Quote)
    assert (stated.side, actual.side) == ("stated", "actual")
    words = list(texts(blocks[at + 3 : at + 5]))
    assert "Wants level and acts otherwise on channel." in words
    assert "very likely (0.93). " in words
    assert "accepted by a reviewer." in words


def test_type_table_counts_employers_and_status(rich: Material) -> None:
    rows = {row[0]: row[1:] for row in tables(compose_brief(rich))["table:types"].rows}
    assert rows["The people wanted are not where employers look"] == ("3 of 7", "3", "3", "0", "0")
    assert rows["What is required is not what is hired"] == ("3 of 7", "3", "0", "3", "0")


def test_needs_table_is_counted_by_hand(rich: Material) -> None:
    needs = {Stance.NEED, Stance.REQUIREMENT, Stance.CHALLENGE}
    level = [
        c
        for c in rich.claims
        if c.facet == Facet.LEVEL and c.stance in needs and not c.guards and c.employer != "e07"
    ]
    rows = {row[0]: row[1:] for row in tables(compose_brief(rich))["table:needs"].rows}
    assert rows["Seniority and maturity"] == (f"{len({c.employer for c in level})} of 7", str(len(level)))


def test_without_consent_nothing_is_shown_and_it_is_counted(make: Make) -> None:
    material = make()
    brief = compose_brief(material)
    everything = said(brief)
    assert "Employer H" not in everything
    assert "interview-08.vtt" not in everything
    assert "1 more employer agreed to nothing leaving the study" in everything
    left = replace(
        material, employers=tuple(replace(e, consent="") if e.id == "e07" else e for e in material.employers)
    )
    assert said(compose_brief(left)).count("interview-08.vtt") == 0


def test_paraphrase_only_employers_are_counted_and_never_quoted(make: Make) -> None:
    material = make(employers=8)
    brief = compose_brief(material)
    assert all(quote.source != "interview-04.vtt" for quote in quotes(brief))
    own = [c.span.quote for c in material.claims if c.employer == "e03"]
    everything = said(brief)
    assert own
    assert not [words for words in own if words in everything]
    assert tables(brief)["table:people"].rows[3][:2] == ("Employer D", "health care")


def test_names_are_replaced_unless_the_team_wants_them(make: Make) -> None:
    material = make()
    claim = material.claims[0]
    turn = next(t for t in material.turns if (t.source, t.number) == (claim.span.source, claim.span.turn))
    named = replace(claim, span=turn.span(0, len(turn.text)), score=0.99)
    material = replace(material, claims=(named, *material.claims[1:]))
    assert "Kestrel Hosting" not in said(compose_brief(material))
    assert "at Employer A it goes like this" in said(compose_brief(material))
    open_names = replace(material, show_names=True)
    assert "Kestrel Hosting" in said(compose_brief(open_names))
    assert "Kestrel Hosting" not in said(compose_brief(open_names, audience="employer"))


def test_own_pseudonyms_are_used_and_never_clash(make: Make) -> None:
    employers = (Employer("a", "Alpha", "Employer B"), Employer("b", "Beta"), Employer("c", "Gamma"))
    rows = tables(compose_brief(Material("T", employers=employers)))["table:people"].rows
    assert [row[0] for row in rows] == ["Employer B", "Employer A", "Employer C"]


def test_private_details_never_leave(make: Make) -> None:
    material = make()
    turn = replace(
        material.turns[1], text="We want people who write to boss@kestrel.example at once and call."
    )
    claim = replace(material.claims[0], span=turn.span(0, len(turn.text)), score=0.99)
    brief = compose_brief(
        replace(material, turns=(turn, *material.turns[2:]), claims=(claim,), mismatches=())
    )
    assert "boss@" not in said(brief)
    assert "write to [e-mail] at once" in said(brief)


def test_employers_audience_sees_no_file_names_and_the_public_no_places(rich: Material) -> None:
    for_employers = compose_brief(rich, audience="employer")
    assert ".vtt" not in said(for_employers)
    assert quotes(for_employers)[0].place.startswith("interview 1, turn ")
    public = compose_brief(rich, audience="public")
    assert ".vtt" not in said(public)
    assert {quote.place for quote in quotes(public)} == {""}
    assert "120 people" not in said(public)
    assert all("accepted by a reviewer" in text for text in texts(public.sections) if "reviewer" in text)


def test_public_brief_shows_accepted_mismatches_only(rich: Material) -> None:
    rows = tables(compose_brief(rich, audience="public"))["table:types"].rows
    assert sum(int(row[2]) for row in rows) == sum(int(row[3]) for row in rows) == 5


def test_status_narrows_and_says_what_is_hidden(rich: Material) -> None:
    brief = compose_brief(rich, status="accepted")
    assert {row[4] for row in tables(brief)["table:types"].rows} == {"0"}
    assert "11 mismatches of another status not shown" in said(section(brief, "findings"))  # type: ignore[arg-type]
    rejected = compose_brief(rich, status=Status.REJECTED)
    assert "rejected by a reviewer." in said(section(rejected, "mismatches"))  # type: ignore[arg-type]


def test_one_employer_sheet_speaks_of_that_employer_alone(rich: Material) -> None:
    brief = compose_brief(rich, employer="e01")
    everything = said(brief)
    assert "feedback for Employer B" in brief.subtitle
    assert {quote.source for quote in quotes(brief)} == {"interview-02.vtt"}
    assert "Employer A" not in everything
    assert "of 7 employers" not in everything
    assert brief.short


def test_only_keeps_what_was_asked_for_and_mends_references(rich: Material) -> None:
    brief = compose_brief(rich, only=["next", "findings"])
    assert [each.key for each in brief.sections] == ["findings", "next"]
    assert "mismatches" not in brief.labels()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"audience": "press"}, "brief.audience"),
        ({"status": "perhaps"}, "brief.status"),
        ({"only": ["weather"]}, "brief.section"),
        ({"employer": "nobody"}, "brief.employer"),
    ],
)
def test_unknown_choices_are_named(rich: Material, options: dict[str, Any], code: str) -> None:
    with pytest.raises(BriefError) as caught:
        compose_brief(rich, **options)
    assert caught.value.code == code


def test_empty_study_says_so_in_every_section(empty: Material) -> None:
    brief = compose_brief(empty)
    for key in ("findings", "needs", "practice", "mismatches", "requirements", "pools", "design", "evidence"):
        assert any(text.startswith("No evidence: ") for text in texts(section(brief, key))), key
    assert not quotes(brief)


def test_recommendations_need_evidence(make: Make) -> None:
    brief = compose_brief(make(mismatches=(), claims=()))
    keys = tables(brief)
    assert not {"table:offers", "table:changes", "table:lastmile", "table:measures"} & set(keys)
    headings = [b.text for b in section(brief, "design").blocks if isinstance(b, Heading)]
    assert "Offers to hiring partners" in headings


def test_last_mile_routes_rest_on_durations(rich: Material) -> None:
    rows = {row[0]: row for row in tables(compose_brief(rich))["table:lastmile"].rows}
    eight_weeks = {
        c.employer
        for c in rich.claims
        if not c.guards and "8 weeks" in (c.value or "") and c.employer != "e07"
    }
    assert rows["A 2–3-month course"][2] == f"{len(eight_weeks)} of 7 employers, {len(eight_weeks)} claims"
    assert rows["A 2–3-month course"][3] == "none"
    assert set(rows) == {"A 2–3-month course", "An apprenticeship", "Learning in the flow of work"}


def test_guarded_claims_never_count(make: Make) -> None:
    material = make()
    guarded = sum(1 for c in material.claims if c.guards and c.employer != "e07")
    brief = compose_brief(material)
    assert guarded > 0
    assert f"{guarded} claims left out of every count" in said(section(brief, "risks"))  # type: ignore[arg-type]
    shown = {quote.span for quote in quotes(brief)}
    assert not shown & {c.span for c in material.claims if c.guards} - {
        side for m in material.mismatches for side in (m.stated, m.actual)
    }


def test_control_characters_are_taken_out_and_counted(make: Make) -> None:
    brief = compose_brief(make(title="Cloud\x00 and\x0b security\u202e", methods={"Note": "a\x01b"}))
    assert brief.title == "Cloud and security"
    assert sum(notice.count for notice in brief.notices) == 4
    rows = tables(brief)["table:changed"].rows
    assert ("Repaired", "brief", "Characters that documents cannot hold were taken out", "", "4") in rows


def test_figures_of_others_stand_in_their_section(make: Make) -> None:
    figure = SuppliedFigure("topics", b"\x89PNG", "Topic map", "A map of topics", "practice")
    blocks = section(compose_brief(make(figures=(figure,))), "practice").blocks
    assert Figure("figure:topics", "Topic map", "A map of topics", b"\x89PNG") in blocks


def test_every_figure_and_table_has_words_and_fits_its_header(rich: Material) -> None:
    for part in compose_brief(rich).sections:
        for block in part.blocks:
            if isinstance(block, Figure):
                assert len(block.alt) > 40
            if isinstance(block, Table):
                assert block.caption
                assert {len(row) for row in block.rows} == {len(block.header)}
                assert len(block.widths) == len(block.header)


def test_sixty_employers_stay_readable(make: Make) -> None:
    brief = compose_brief(make(60))
    keys = tables(brief)
    assert keys["table:people"].header[0] == "Sector"
    assert len(keys["table:everyone"].rows) == 53
    full = sum(1 for b in section(brief, "mismatches").blocks if isinstance(b, Heading) and b.level == 3)
    assert full <= 18
    shown = len(keys["table:further"].rows) + full
    assert shown == sum(int(row[2]) for row in keys["table:types"].rows)
    assert len(keys["table:evidence"].rows) <= 700
    assert len(keys["table:changes"].rows) == 15
    total = len(keys["table:changes"].rows) + len(keys["table:changes-rest"].rows)
    assert total == len(
        {m.employer for m in make(60).mismatches if m.status != Status.REJECTED} - _withheld(make(60))
    )


def _withheld(material: Material) -> set[str]:
    return {each.id for each in material.employers if each.consent == "none"}


def test_topics_not_acted_on_stand_by_employer_and_as_totals_in_public(rich: Material) -> None:
    topics = (
        EmployerTopics("e00", 12, 20, 0.31, (0.1, 0.5), True, (("Skills: code, cloud", 4),), ()),
        EmployerTopics("e01", 2, 9, None, None, False, (), (("Schools", 3),)),
        EmployerTopics("e07", 12, 20, 0.9, (0.8, 1.0), True, (("Hidden", 9),), ()),
    )
    material = replace(rich, employer_topics=topics)
    table = tables(compose_brief(material, only=["mismatches"]))["table:topicgaps"]
    assert list(table.rows) == [
        ("Employer A", "12 : 20", "0.31 (0.10 to 0.50)", "Skills (4)", "none"),
        ("Employer B", "2 : 9", "too little text to say", "none", "Schools (3)"),
    ]
    public = list(texts(section(compose_brief(material, audience="public"), "mismatches").blocks))
    assert any("Most often asked for and not acted on: Skills (1 of 7 employers)." in text for text in public)
    assert not any("Hidden" in text for text in public)
    assert "table:topicgaps" not in tables(compose_brief(material, audience="public"))


def test_a_flow_is_drawn_from_claims_at_the_quotes(rich: Material) -> None:
    blocks = section(compose_brief(rich, only=["mismatches"]), "mismatches").blocks
    drawn = next(block for block in blocks if isinstance(block, Figure) and block.key == "figure:flow")
    assert "7 employers" in drawn.caption
    few = replace(rich, mismatches=rich.mismatches[:2])
    blocks = section(compose_brief(few, only=["mismatches"]), "mismatches").blocks
    assert not any(isinstance(block, Figure) and block.key == "figure:flow" for block in blocks)
