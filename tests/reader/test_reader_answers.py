"""Finding the JSON of an answer in whatever surrounds it."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.reader.answers import LARGEST, answered_packets, parse_answer

DATA = {"packet": "ab12", "claims": [{"turn": 1}, {"turn": 2}], "mismatches": [{"type": "x"}]}
SOUND = json.dumps(DATA, indent=1)


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        f"\ufeff{SOUND}",
        f"Sure, here it is:\n```json\n{SOUND}\n```\nHope that helps {{}}!",
        f"<think>first a draft {{\"packet\": \"ab12\", \"claims\": []}}</think>{SOUND}",
        f'{{"answer": {SOUND}}}',
        f'I read "claims": none. {SOUND}',
        f"  \n{json.dumps(DATA)}",
        SOUND.replace("\n", "\r\n"),
    ],
)  # fmt: skip
def test_an_answer_is_found_in_what_surrounds_it(text):
    found = parse_answer(text, "ab12")
    assert (found.packet, list(found.claims), list(found.mismatches)) == (
        "ab12",
        DATA["claims"],
        DATA["mismatches"],
    )
    assert found.fault == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "answer.empty"),
        (" \n\t", "answer.empty"),
        ("\ufeff", "answer.empty"),
        ("I am sorry, I cannot help with that.", "answer.no-json"),
        ("Der Arbeitgeber sucht Führungskräfte.", "answer.no-json"),
        ("{}", "answer.shape"),
        ("[]", "answer.shape"),
        ('{"packet": "ab12"}', "answer.shape"),
        ('{"packet": "ab12", "claims": "none"}', "answer.shape"),
        ("x" * (LARGEST + 1), "answer.too-large"),
        ("[" * 100_000, "answer.no-json"),
        ('{"claims": ' + "[" * 100_000, "answer.cut-off"),
    ],
)
def test_what_is_no_answer_is_told_apart(text, fault):
    found = parse_answer(text)
    assert found.fault == fault
    assert not found.claims
    assert not found.mismatches


@given(st.integers(1, len(SOUND) - 1))
def test_an_answer_that_breaks_off_keeps_what_was_complete(at):
    found = parse_answer(SOUND[:at])
    assert found.fault
    claims, mismatches = list(found.claims), list(found.mismatches)
    assert claims == DATA["claims"][: len(claims)]
    assert mismatches == DATA["mismatches"][: len(mismatches)]
    assert len(claims) == sum(at >= SOUND.index(f'"turn": {n}') + len(f'"turn": {n}\n  }}') for n in (1, 2))
    assert found.packet in ("", "ab12")


def test_a_comma_too_many_costs_nothing_but_the_note():
    found = parse_answer('{"packet": "ab12", "claims": [{"turn": 1},], "mismatches": [],}')
    assert (list(found.claims), found.fault) == ([{"turn": 1}], "answer.cut-off")


@pytest.mark.parametrize(
    "written", ["4f2855ad0a81", "Packet 4f2855ad0a81", "`4F2855AD0A81`", " #4f2855ad0a81."]
)
def test_the_id_of_a_packet_is_read_whatever_is_written_around_it(written):
    assert parse_answer(json.dumps({"packet": written, "claims": []})).packet == "4f2855ad0a81"


def test_of_several_answers_the_one_to_this_packet_counts_then_the_last():
    one, two = ({"packet": key, "claims": [{"turn": turn}]} for key, turn in (("aa", 1), ("bb", 2)))
    text = f"{json.dumps(one)}\n{json.dumps(two)}"
    assert parse_answer(text, "aa").claims == ({"turn": 1},)
    assert parse_answer(text).claims == parse_answer(text, "cc").claims == ({"turn": 2},)
    assert answered_packets(text) == ("aa", "bb")


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from('{}[]",: \\claims"packet"mismatches1'), max_size=80).map("".join)
)
def test_no_text_breaks_the_search(text):
    parse_answer(text)
    answered_packets(text)


def test_a_long_answer_that_breaks_off_is_searched_in_short_time():
    claims = [{"turn": n, "quote": "{" * random.Random(n).randrange(9)} for n in range(20_000)]
    text = json.dumps({"packet": "ab12", "claims": claims})[:-40]
    assert len(parse_answer(text).claims) >= 19_990
