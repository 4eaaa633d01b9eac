"""Coverage, craft and the next round: small interviews with figures counted by hand."""

from __future__ import annotations

import pytest

from discovery.errors import BankError
from discovery.guides import lint_questions, load_banks
from discovery.guides.coverage import Asked, cover
from discovery.guides.craft import review_craft
from discovery.guides.next_round import next_round
from discovery.guides.phases import MISMATCH_TYPES
from discovery.records import (
    Claim,
    Exchange,
    Facet,
    Guard,
    Mismatch,
    Question,
    Role,
    Span,
    Stance,
    Status,
    Turn,
)

BANK = load_banks()
WHERE = Question("where", "Where do you look?", "channels", facets=(Facet.CHANNEL,))
WHO = Question("who", "Who decides?", "screening", facets=(Facet.SCREENING,))
LATER = Question("later", "What came later?", "pace", facets=(Facet.SPEED,))

TURNS = [
    Turn("a.txt", 0, "Ann", "Where do you look?", Role.INTERVIEWER),
    Turn("a.txt", 1, "Bo", "We go to the college and ask around.", Role.EMPLOYER),
    Turn("a.txt", 2, "Ann", "Do you always go there?", Role.INTERVIEWER),
    Turn("a.txt", 3, "Bo", "Yes.", Role.EMPLOYER),
    Turn("a.txt", 4, "Ann", "And surely they like it, don't they? Is it far?", Role.INTERVIEWER),
    Turn("a.txt", 5, "Bo", "Hm.", Role.EMPLOYER),
    Turn("b.txt", 0, "Bo", "Nobody asked me anything at all today.", Role.EMPLOYER),
]


def asked(number: int, turn: int, answer: int, question: str | None) -> Exchange:
    text = TURNS[turn].text
    return Exchange(
        "a.txt", number, (turn,), (answer,), Span("a.txt", turn, 0, len(text), text), None, question
    )


EXCHANGES = [asked(0, 0, 1, "where"), asked(1, 2, 3, "who"), asked(2, 4, 5, None)]


def test_coverage_tells_answered_asked_and_skipped_apart():
    covered = cover([WHERE, WHO, LATER], EXCHANGES, TURNS)
    assert covered.interviews == ("a.txt", "b.txt")
    assert covered.cells == (
        (Asked.ANSWERED, Asked.SKIPPED),
        (Asked.ASKED, Asked.SKIPPED),
        (Asked.SKIPPED, Asked.SKIPPED),
    )
    assert covered.status("who", "a.txt") is Asked.ASKED
    assert covered.rows()[0] == {
        "question": "where", "phase": "channels", "text": "Where do you look?",
        "a.txt": "answered", "b.txt": "skipped",
    }  # fmt: skip
    with pytest.raises(KeyError):
        covered.status("who", "c.txt")


def test_a_question_asked_again_and_then_answered_is_answered():
    again = [asked(0, 2, 3, "where"), asked(1, 0, 1, "where"), asked(2, 2, 3, "where")]
    assert cover([WHERE], again, TURNS).cells == ((Asked.ANSWERED, Asked.SKIPPED),)


def test_thin_facets_are_those_answered_in_too_few_interviews():
    thin = cover([WHERE, WHO, LATER], EXCHANGES, TURNS).thin(share=0.5)
    assert [each.facet for each in thin] == [facet for facet in Facet if facet is not Facet.CHANNEL]
    assert {(each.answered, each.interviews) for each in thin} == {(0, 2)}


def test_a_claim_shows_that_its_facet_was_spoken_about():
    said = Span("b.txt", 0, 0, 6, "Nobody")
    claims = [
        Claim(said, "b", "Bo", Stance.PRACTICE, Facet.SPEED, 0.9),
        Claim(said, "b", "Bo", Stance.PRACTICE, Facet.OFFER, 0.9, guards=(Guard.JOKE,)),
    ]
    thin = {each.facet for each in cover([WHERE], EXCHANGES, TURNS, claims).thin(share=0.5)}
    assert thin == set(Facet) - {Facet.CHANNEL, Facet.SPEED}


def test_craft_counts_words_shares_runs_and_quotes_the_worst():
    first, second = review_craft(TURNS, EXCHANGES)
    assert first.talk_share == pytest.approx(19 / (19 + 8 + 1 + 1))
    assert (first.longest.turn, first.longest_words) == (4, 10)
    assert first.questions == 3
    assert first.open_share == pytest.approx(1 / 3)
    assert first.closed_share == pytest.approx(1 / 3)
    assert first.leading_share == pytest.approx(1 / 3)
    assert first.longest_closed_run == 1
    assert [(remark.asked.turn, remark.rules[0]) for remark in first.worst] == [(4, "leading"), (2, "closed")]
    for remark in first.worst:
        assert TURNS[remark.asked.turn].text[remark.asked.start : remark.asked.end] == remark.asked.quote
    assert (second.talk_share, second.longest, second.questions) == (0.0, None, 0)
    assert (second.open_share, second.closed_share, second.leading_share) == (None, None, None)


def test_craft_without_roles_has_no_talk_share():
    (only,) = review_craft([Turn("c.txt", 0, "X", "Hello there.")], [])
    assert only.talk_share is None


def mismatch(kind: str, score: float, probe: str = "", status: Status = Status.PROPOSED) -> Mismatch:
    stated, actual = Span("a.txt", 1, 0, 2, "We"), Span("a.txt", 3, 0, 3, "Yes")
    return Mismatch(kind, "acme", stated, actual, score, "why", status, probe=probe)


def test_the_next_round_asks_about_open_mismatches_gaps_and_the_programme():
    covered = cover(BANK, [], TURNS[:2])
    found = [
        mismatch("urgency-vs-process", 0.9, probe="What happened in the last week before the offer?"),
        mismatch("posted-vs-hired", 0.8, probe="Don't you contradict yourself?"),
        mismatch("reach-vs-channel", 0.95, status=Status.REJECTED),
    ]
    guide = next_round(BANK, found, covered, employer="Acme", minutes=60)
    ids = [question.id for question in guide.questions]
    assert (ids[0], ids[-1]) == ("validation-read-back", "closing-not-asked")
    assert {"next-urgency-vs-process", "next-posted-vs-hired", "validation-profile"} <= set(ids) or len(
        ids
    ) > 6
    assert "next-reach-vs-channel" not in ids
    by_id = {question.id: question for question in guide.questions}
    assert "What happened in the last week before the offer?" in by_id["next-urgency-vs-process"].probes
    assert all("contradict" not in probe for probe in by_id["next-posted-vs-hired"].probes)
    assert guide.planned <= 60


@pytest.mark.parametrize("minutes", [20, 45, 90])
def test_the_next_round_is_clean_neutral_and_fits_whatever_was_found(minutes):
    found = [mismatch(kind, 0.5) for kind in MISMATCH_TYPES]
    guide = next_round(BANK, found, cover(BANK, [], TURNS[:2]), employer="Acme", minutes=minutes)
    assert guide.planned <= minutes
    assert any(question.id.startswith("next-") for question in guide.questions)
    texts = [text for question in guide.questions for text in (question.text, *question.probes)]
    for linted in lint_questions(texts):
        assert linted.findings == (), linted.question
    assert not any("contradict" in text or "mismatch" in text for text in texts)


def test_a_type_of_the_study_s_own_is_asked_about_with_its_own_probe():
    found = [mismatch("own-type", 0.5, probe="What happened the last time you lent people out?")]
    guide = next_round(BANK, found, cover(BANK, [], TURNS[:2]), employer="Acme")
    (own,) = (question for question in guide.questions if question.id == "next-own-type")
    assert own.text == "What happened the last time you lent people out?"


def test_the_next_round_needs_time_for_one_question():
    with pytest.raises(BankError) as caught:
        next_round(BANK, [], cover(BANK, [], TURNS[:2]), employer="Acme", minutes=6)
    assert caught.value.code == "guide.budget"
    least = float(caught.value.facts["least"])
    assert (
        next_round(BANK, [mismatch("own", 1)], cover(BANK, [], TURNS), employer="A", minutes=least).planned
        <= least
    )


def test_figures_show_every_interview_and_number():
    from discovery.guides.figures import coverage_figure, craft_figure

    figure = coverage_figure(cover([WHERE, WHO, LATER], EXCHANGES, TURNS), {"a.txt": "Firm A"})
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_xticklabels()] == ["Firm A", "b.txt"]
    assert axes.get_yticklabels()[0].get_text() == "Where they look (1)"
    assert [text.get_text() for text in axes.texts] == ["1", "0", "0", "0", "0", "0"]
    shares, talk = craft_figure(review_craft(TURNS, EXCHANGES)).axes
    assert len(shares.patches) == 3 * 2
    assert [bar.get_width() for bar in talk.patches] == [pytest.approx(100 * 19 / 29), 0]
