"""Exchanges: every turn in exactly one, the asking words verbatim, backchannels merged."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.annotated import load_source
from discovery.exchanges import MATCH_THRESHOLD_WORDS, pair_exchanges
from discovery.matching import load_weights
from discovery.records import Question, Role, Turn

ASKS, TELLS = Role.INTERVIEWER, Role.EMPLOYER

BANK = (
    Question(
        "hard", "What is the hardest role to fill right now?", "talent", probes=("And what came of that?",)
    ),
    Question(
        "channels", "Where do the people you hire come from?", "talent", probes=("Which agency do you use?",)
    ),
)


def _turns(*said: tuple[Role, str], source: str = "a.vtt") -> list[Turn]:
    return [
        Turn(source, number, "Ann" if role is ASKS else "Bo", text, role)
        for number, (role, text) in enumerate(said)
    ]


def test_a_backchannel_does_not_open_an_exchange():
    turns = _turns(
        (ASKS, "Where do the people you hire come from?"),
        (TELLS, "From the college, mostly, and the canteen smells of garlic."),
        (ASKS, "Garlic."),
        (TELLS, "All day."),
        (ASKS, "Mm. Right."),
        (TELLS, "And from friends."),
    )
    (exchange,) = pair_exchanges(turns)
    assert exchange.asked == (0,)
    assert exchange.answered == (1, 3, 5)
    assert exchange.backchannels == (2, 4)
    assert exchange.question == turns[0].span(0, len(turns[0].text))


def test_talk_before_the_first_question_was_asked_nothing():
    first, second = pair_exchanges(
        _turns(
            (TELLS, "Come in, mind the step."), (ASKS, "Thanks. So, who do you hire?"), (TELLS, "Welders.")
        )
    )
    assert (first.asked, first.answered, first.question) == ((), (0,), None)
    assert second.question is not None
    assert second.question.quote == "So, who do you hire?"
    assert (second.asked, second.answered) == ((1,), (2,))


def test_the_question_is_the_asking_sentences_only():
    turns = _turns((ASKS, "I saw your yard. It has grown. Who runs it? And since when?"), (TELLS, "Dale."))
    (exchange,) = pair_exchanges(turns)
    assert exchange.question is not None
    assert exchange.question.quote == "Who runs it? And since when?"


def test_a_prompt_without_question_form_asks_as_a_whole():
    turns = _turns(
        (ASKS, "Who do you hire?"),
        (TELLS, "People who have run a crew."),
        (ASKS, "So you would take somebody who had done it before."),
        (TELLS, "Yes."),
    )
    exchanges = pair_exchanges(turns)
    assert [exchange.question.quote for exchange in exchanges if exchange.question] == [
        "Who do you hire?",
        "So you would take somebody who had done it before.",
    ]


def test_follow_ups_are_chained_and_a_new_subject_is_not():
    exchanges = pair_exchanges(
        _turns(
            (ASKS, "Where do the people you hire come from?"),
            (TELLS, "From one college in town."),
            (ASKS, "And why that college?"),
            (TELLS, "My sister teaches there."),
            (ASKS, "Since when?"),
            (TELLS, "2011."),
            (ASKS, "Let's turn to pay. What does a welder earn in the first year?"),
            (TELLS, "Enough."),
        )
    )
    assert [exchange.follows for exchange in exchanges] == [None, 0, 1, None]


def test_questions_without_question_marks_are_found():
    exchanges = pair_exchanges(
        _turns(
            (ASKS, "okay so um tell me what you do here"),
            (TELLS, "we do bikes"),
            (ASKS, "mm hm"),
            (TELLS, "cargo bikes mostly"),
            (ASKS, "and how many of you are there"),
            (TELLS, "twenty six"),
        )
    )
    assert [(exchange.asked, exchange.answered, exchange.backchannels) for exchange in exchanges] == [
        ((0,), (1, 3), (2,)),
        ((4,), (5,), ()),
    ]


def test_bank_questions_are_matched_by_words_and_others_are_off_guide():
    exact, near, off = pair_exchanges(
        _turns(
            (ASKS, "What is the hardest role to fill right now?"),
            (TELLS, "Welders."),
            (ASKS, "So where do the people that you hire come from?"),
            (TELLS, "The college."),
            (ASKS, "Did you watch the match on Saturday evening?"),
            (TELLS, "No."),
        ),
        questions=BANK,
    )
    assert (exact.bank_question, exact.match) == ("hard", 1.0)
    assert near.bank_question == "channels"
    assert MATCH_THRESHOLD_WORDS <= near.match < 1
    assert off.bank_question is None
    assert 0 < off.match < MATCH_THRESHOLD_WORDS


def test_a_loose_probe_only_counts_within_its_own_thread():
    asked = (ASKS, "And what came of that?")
    alone = pair_exchanges(_turns(asked, (TELLS, "Nothing.")), questions=BANK)
    thread = pair_exchanges(
        _turns((ASKS, BANK[0].text), (TELLS, "Welders, so we ran a course."), asked, (TELLS, "Nothing.")),
        questions=BANK,
    )
    assert alone[0].bank_question is None
    assert (thread[1].bank_question, thread[1].follows) == ("hard", 0)


def test_a_question_beyond_the_banks_words_is_matched_by_meaning(encoder):
    asked = "So which of your roles right now would you call the hardest one to fill?"
    turns = _turns((ASKS, asked), (TELLS, "Welders."))
    (with_words,) = pair_exchanges(turns, questions=BANK)
    (with_meaning,) = pair_exchanges(turns, questions=BANK, encoder=encoder)
    assert with_words.bank_question is None
    assert with_meaning.bank_question == "hard"
    assert load_weights().threshold <= with_meaning.match <= 1


def test_the_banks_own_words_match_whatever_the_vectors_say(encoder):
    turns = _turns((ASKS, BANK[0].text), (TELLS, "Welders."), (ASKS, BANK[1].text), (TELLS, "The college."))
    exchanges = pair_exchanges(turns, questions=BANK, encoder=encoder)
    assert [(each.bank_question, each.match) for each in exchanges] == [("hard", 1.0), ("channels", 1.0)]


def test_a_new_bank_question_matched_by_meaning_starts_a_thread_of_its_own(encoder):
    first, second = pair_exchanges(
        _turns(
            (ASKS, BANK[0].text),
            (TELLS, "Welders, for all the people we hire."),
            (ASKS, "And of the people that you hire, where do they all come from mostly?"),
            (TELLS, "The college."),
        ),
        questions=BANK,
        encoder=encoder,
    )
    assert first.bank_question == "hard"
    assert (second.bank_question, second.follows) == ("channels", None)


@pytest.mark.model
def test_a_rewording_is_matched_by_meaning():
    from discovery.language import MiniLM

    turns = _turns(
        (ASKS, "Which position gives you the most trouble filling at the moment?"), (TELLS, "Welders.")
    )
    (exchange,) = pair_exchanges(turns, questions=BANK, encoder=MiniLM())
    assert exchange.bank_question == "hard"


def test_several_sources_are_kept_apart_and_numbered_from_zero():
    turns = _turns((ASKS, "Who?"), (TELLS, "Bo."), source="b.vtt") + _turns(
        (ASKS, "Where?"), (TELLS, "Here."), source="a.vtt"
    )
    exchanges = pair_exchanges(turns)
    assert [(exchange.source, exchange.number) for exchange in exchanges] == [("b.vtt", 0), ("a.vtt", 0)]


def test_an_unanswered_question_and_the_goodbye_are_kept():
    exchanges = pair_exchanges(
        _turns(
            (ASKS, "Who do you hire?"),
            (TELLS, "Welders."),
            (ASKS, "Thank you so much."),
            (TELLS, "Bye."),
            (ASKS, "Why?"),
        )
    )
    assert [(exchange.asked, exchange.answered) for exchange in exchanges] == [
        ((0,), (1,)),
        ((2,), (3,)),
        ((4,), ()),
    ]
    assert exchanges[1].question is None


_TEXTS = st.sampled_from(
    [
        "Who do you hire?",
        "Mm.",
        "Right.",
        "We hire welders.",
        "tell me more",
        "Thank you.",
        "And then?",
        "[laughs]",
        "?",
    ]
)


@given(st.lists(st.tuples(st.sampled_from([ASKS, TELLS]), _TEXTS), max_size=20))
def test_each_turn_with_a_role_is_in_exactly_one_exchange(said):
    turns = _turns(*said)
    exchanges = pair_exchanges(turns, questions=BANK)
    asked = Counter(n for x in exchanges for n in (*x.asked, *x.backchannels))
    answered = Counter(n for x in exchanges for n in x.answered)
    assert asked == Counter(turn.number for turn in turns if turn.role is ASKS)
    assert answered == Counter(turn.number for turn in turns if turn.role is TELLS)
    assert [exchange.number for exchange in exchanges] == list(range(len(exchanges)))
    assert all(x.follows is None or x.follows < x.number for x in exchanges)
    for exchange in exchanges:
        if exchange.question is not None:
            assert turns[exchange.question.turn].text[exchange.question.start : exchange.question.end] == (
                exchange.question.quote
            )
            assert exchange.question.turn in exchange.asked


def test_most_interviewer_turns_of_real_length_interviews_ask(training_folder):
    paths = sorted(training_folder.glob("t4*.json"))
    asking = total = 0
    for path in paths:
        exchanges = pair_exchanges(load_source(path).turns)
        asking += sum(exchange.question is not None for exchange in exchanges)
        total += len(exchanges)
    assert total > 200
    assert asking / total > 0.9
