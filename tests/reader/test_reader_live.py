"""The room that asks: every fault of a server, driven against a fake one on loopback."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import time
from dataclasses import replace

import pytest

from discovery.codebook import load_codebook
from discovery.errors import ReaderError
from discovery.reader import make_instructions, make_packets, verify_answer
from discovery.reader.live import Asking, Endpoint, ask_model, find_destination
from discovery.reader.live.asked import Verdict, answer_key
from discovery.reader.live.dialect import AnswerFormat, Dialect
from discovery.reader.live.log import ReaderLog
from discovery.reader.live.pacing import Pace
from discovery.readings import Reader, ReaderKind, TypeEntry
from discovery.records import Role, Turn
from tests.reader.fake_endpoint import (
    Say,
    always,
    asked_packet,
    completion,
    good,
    good_answer,
    in_turn,
    refusal,
    serve,
)

TYPES = (TypeEntry("need-vs-channel", "Need", "Wants one, recruits another.", "wants", "recruits"),)
READER = Reader("small", ReaderKind.MODEL, "small-1")


def packet_of(name: str):
    said = (
        (Role.INTERVIEWER, "Dana", "Whom are you looking for?"),
        (Role.EMPLOYER, "Ola", f"Grown ups for {name}, people who have led a crew before."),
        (Role.INTERVIEWER, "Dana", "Where do they come from?"),
        (Role.EMPLOYER, "Ola", "The spring fair at the college, nearly every one of them."),
    )
    turns = [Turn(f"{name}.txt", n, who, text, role) for n, (role, who, text) in enumerate(said)]
    (packet,) = make_packets(
        turns, employer="Employer 1", employer_id=name, instructions=make_instructions(load_codebook(), TYPES)
    )
    return packet


class Shelf:
    """A memory that a test can look into."""

    def __init__(self):
        self.replies, self.dialects = {}, {}

    def recall(self, key):
        return self.replies.get(key)

    def keep(self, key, reply):
        self.replies[key] = reply

    def recall_dialect(self, server):
        return self.dialects.get(server)

    def keep_dialect(self, server, dialect):
        self.dialects[server] = dialect


class Waits:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    async def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds
        await asyncio.sleep(0)

    def pace(self, per_minute=0):
        return Pace(per_minute, clock=lambda: self.now, sleep=self.sleep)


def check(packet, reply):
    reading = verify_answer(reply.text, packet, reader=READER)
    return Verdict(reading.taken, reading.fault)


@pytest.fixture
def room(tmp_path):
    """Ask about packets with everything in reach: memory, log, waits."""

    class Room:
        memory, waits = Shelf(), Waits()
        log = ReaderLog(tmp_path / "reports" / "reader-log.jsonl")

        def ask(self, url, packets, *, key="", retry=False, again=False, per_minute=0, **limits):
            endpoint = Endpoint(**{"url": url, "model": "small-1", "at_once": 2, "timeout": 30, **limits})
            asking = Asking(
                endpoint, find_destination(endpoint), self.memory, self.log, check, key,
                self.waits.pace(per_minute), retry=retry, again=again,
            )  # fmt: skip
            return ask_model(packets, asking)

        @property
        def lines(self):
            return [json.loads(line) for line in self.log.path.read_text().splitlines()]

    return Room()


def test_good_answers_come_back_in_the_order_of_the_packets(room):
    packets = [packet_of(name) for name in ("alder", "birch", "cedar", "elm")]
    with serve() as fake:
        done = room.ask(fake.url, packets)
    assert [one.packet.id for one in done.asked] == [packet.id for packet in packets]
    assert [one.fault for one in done.asked] == [""] * 4
    assert done.stopped is None
    assert done.sent == len(fake.requests) == 4
    reading = verify_answer(done.asked[0].reply.text, packets[0], reader=READER)
    assert (len(reading.claims), len(reading.mismatches)) == (2, 1)


def test_a_request_holds_what_structured_output_needs(room):
    with serve() as fake:
        room.ask(fake.url, [packet_of("alder")], seed=11, max_tokens=900)
    (request,) = fake.requests
    assert request["model"] == "small-1"
    assert (request["temperature"], request["seed"], request["max_tokens"]) == (0, 11, 900)
    assert request["response_format"]["json_schema"]["schema"]["required"] == [
        "packet",
        "claims",
        "mismatches",
    ]
    assert [one["role"] for one in request["messages"]] == ["system", "user"]


def test_nothing_is_sent_again_while_nothing_changes(room):
    packets = [packet_of("alder"), packet_of("birch")]
    with serve() as fake:
        room.ask(fake.url, packets)
        second = room.ask(fake.url, packets)
        assert len(fake.requests) == 2
        assert all(one.remembered for one in second.asked)
        room.ask(fake.url, packets, temperature=0.5)
        assert len(fake.requests) == 4
        room.ask(fake.url, packets, again=True)
        assert len(fake.requests) == 6


def test_a_changed_word_is_asked_about_again(room):
    packet = packet_of("alder")
    other = replace(packet, prompt_version="reader/1-0000")
    endpoint = Endpoint("http://127.0.0.1:1/v1", "m")
    keys = {answer_key(one, endpoint) for one in (packet, other, packet_of("birch"))}
    assert len(keys) == 3
    assert answer_key(packet, endpoint) in keys
    assert answer_key(packet, replace(endpoint, model="n")) not in keys
    assert answer_key(packet, replace(endpoint, at_once=9, timeout=9)) in keys


def test_requests_run_side_by_side_up_to_the_limit(room):
    packets = [packet_of(f"firm{number}") for number in range(9)]

    def wait_for_company(request):
        """Answer the first alone, the others once three are under way."""
        until = time.monotonic() + 10
        while len(fake.requests) > 1 and fake.most_at_once < 3 and time.monotonic() < until:
            time.sleep(0.01)
        return replace(good(request), delay=0.02)

    with serve() as fake:
        fake.behaviour = wait_for_company
        room.ask(fake.url, packets, at_once=3, timeout=30)
    assert fake.most_at_once == 3
    assert len(fake.requests) == 9


def test_an_interrupted_round_keeps_what_came_back(room):
    packets = [packet_of("alder"), packet_of("birch"), packet_of("cedar")]

    class Interrupted(BaseException):
        pass

    kept = room.memory.keep

    def keep_then_stop(key, reply):
        kept(key, reply)
        raise Interrupted

    room.memory.keep = keep_then_stop
    with serve() as fake:
        with pytest.raises(Interrupted):
            room.ask(fake.url, packets)
        room.memory.keep = kept
        done = room.ask(fake.url, packets)
        assert len(fake.requests) == 3
    assert [one.remembered for one in done.asked] == [True, False, False]


def test_a_server_that_is_not_there_is_one_line(room):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ReaderError) as fault:
        room.ask(f"http://127.0.0.1:{port}/v1", [packet_of("alder")])
    assert fault.value.code == "reader.down"
    assert not room.log.path.exists()


def test_a_server_that_hangs_up_is_tried_again_and_then_left(room):
    with serve(always(Say(hang_up=True))) as fake:
        done = room.ask(fake.url, [packet_of("alder"), packet_of("birch")])
    assert done.stopped.code == "reader.down"
    assert [one.tries for one in done.asked] == [4, 0]
    assert done.asked[1].fault.startswith("not asked")
    assert all(0.75 * 2**n <= wait <= 2**n for n, wait in enumerate(room.waits.slept))
    assert len(room.waits.slept) == 3


@pytest.mark.parametrize(
    ("status", "code"), [(401, "reader.key"), (403, "reader.key"), (404, "reader.model")]
)
def test_a_refusal_ends_the_round_at_once(room, status, code):
    with serve(always(refusal(status))) as fake:
        done = room.ask(fake.url, [packet_of("alder"), packet_of("birch")], key="sk-secret-1")
        assert len(fake.requests) == 1
    assert done.stopped.code == code
    assert "sk-secret-1" not in str(done.stopped)


def test_retry_after_is_kept_to_by_everyone(room):
    busy = always(refusal(429, {"Retry-After": "7"}))
    with serve(in_turn(busy, good)) as fake:
        done = room.ask(fake.url, [packet_of("alder")])
    assert not done.asked[0].fault
    assert done.asked[0].tries == 2
    assert room.waits.slept == [7.0]


def test_while_the_server_asks_to_wait_nobody_sends(room):
    waits, pace = room.waits, room.waits.pace()
    sent = []

    async def one(name):
        await pace.turn()
        sent.append((name, waits.now))

    async def story():
        await one("first")
        pace.hold(7)
        await asyncio.gather(one("second"), one("third"))

    asyncio.run(story())
    assert sorted(name for name, _ in sent) == ["first", "second", "third"]
    assert sent[0][1] == 0
    assert min(at for _, at in sent[1:]) >= 7


def test_a_server_that_asks_for_an_hour_ends_the_round(room):
    with serve(always(refusal(429, {"Retry-After": "3600"}))) as fake:
        done = room.ask(fake.url, [packet_of("alder"), packet_of("birch")])
        assert len(fake.requests) == 1
    assert done.stopped.code == "reader.busy"
    assert "3600" in str(done.stopped)
    assert room.waits.slept == []


def test_a_broken_server_is_tried_four_times_a_packet_and_three_packets_at_most(room):
    packets = [packet_of(f"firm{number}") for number in range(5)]
    with serve(always(refusal(500))) as fake:
        done = room.ask(fake.url, packets, at_once=1)
    assert len(fake.requests) == 12
    assert done.stopped.code == "reader.failing"
    assert [one.tries for one in done.asked] == [4, 4, 4, 0, 0]
    assert "status 500" in done.asked[0].fault


def test_one_bad_packet_does_not_stop_the_others(room):
    bad = packet_of("bad")
    broken = lambda request: refusal(500) if asked_packet(request) == bad.id else good(request)  # noqa: E731
    with serve(broken) as fake:
        done = room.ask(fake.url, [packet_of("alder"), bad, packet_of("birch")])
    assert [bool(one.fault) for one in done.asked] == [False, True, False]
    assert done.stopped is None
    assert len(fake.requests) == 6


def test_failures_count_only_in_a_row(room):
    packets = [packet_of(f"firm{number}") for number in range(8)]
    bad = {packet.id for packet in (*packets[0:2], *packets[3:5], packets[6])}
    broken = lambda request: refusal(500) if asked_packet(request) in bad else good(request)  # noqa: E731
    with serve(broken) as fake:
        done = room.ask(fake.url, packets, at_once=1)
    assert done.stopped is None
    assert [bool(one.fault) for one in done.asked] == [packet.id in bad for packet in packets]
    assert len(fake.requests) == 5 * 4 + 3


def test_a_slow_drip_ends_at_the_deadline(room):
    drip = lambda request: replace(good(request), drip=0.05)  # noqa: E731
    with serve(drip) as fake:
        done = room.ask(fake.url, [packet_of("alder")], timeout=0.3)
        assert len(fake.requests) == 2
    assert done.asked[0].fault == "no whole answer in time"
    assert [line["status"] for line in room.lines if line["event"] == "failed"] == ["timeout", "timeout"]


def test_an_answer_without_end_is_cut(room, monkeypatch):
    from discovery.reader.live import wire

    monkeypatch.setattr(wire, "_MOST_BYTES", 1000)
    with serve(always(Say(b" " * 5000))) as fake:
        done = room.ask(fake.url, [packet_of("alder")])
        assert len(fake.requests) == 1
    assert done.asked[0].fault == "the answer does not end"


def test_a_compressed_reply_is_not_unpacked(room):
    import gzip

    packed = lambda request: replace(  # noqa: E731
        good(request), body=gzip.compress(good(request).body), headers={"content-encoding": "gzip"}
    )
    with serve(packed) as fake:
        done = room.ask(fake.url, [packet_of("alder")])
    assert "compressed" in done.asked[0].fault
    assert len(fake.requests) == 1


def test_what_cannot_be_put_down_is_not_sent(room):
    room.log.path.mkdir(parents=True)
    with serve() as fake, pytest.raises(ReaderError) as fault:
        room.ask(fake.url, [packet_of("alder")])
    assert fault.value.code == "reader.log"
    assert fake.requests == []


@pytest.mark.parametrize(
    "said",
    [
        Say(b"<html>Sign in</html>", headers={"content-type": "text/html"}),
        Say(b'{"choices": []}'),
        Say(b'{"choices": [{"message": {"content": 3}}]}'),
        Say(b"[1, 2]"),
        Say(b'"text"'),
        Say(b"\xff\xfe"),
    ],
)
def test_a_reply_that_is_no_completion_is_named(room, said):
    with serve(always(said)) as fake:
        done = room.ask(fake.url, [packet_of("alder")])
    assert done.asked[0].fault == "the server's reply is no chat completion"
    assert done.asked[0].tries == len(fake.requests) == 4


def test_half_a_character_is_repaired(room):
    with serve(lambda request: completion('{"packet": "\ud800"}')) as fake:
        done = room.ask(fake.url, [packet_of("alder")])
    assert "?" in done.asked[0].reply.text


def test_an_answer_of_the_wrong_shape_is_asked_for_once_more(room):
    with serve(in_turn(always(completion("I cannot do that.")), good)) as fake:
        done = room.ask(fake.url, [packet_of("alder")])
    assert (done.asked[0].fault, done.asked[0].tries) == ("", 2)
    assert "answer.no-json" in fake.requests[1]["messages"][-1]["content"]
    assert fake.requests[1]["messages"][0] == fake.requests[0]["messages"][0]


def test_a_model_that_never_finds_the_shape_is_named_and_remembered(room):
    packet = packet_of("alder")
    with serve(always(completion("Hm."))) as fake:
        first = room.ask(fake.url, [packet])
        second = room.ask(fake.url, [packet])
        assert len(fake.requests) == 2
        fake.behaviour = good
        third = room.ask(fake.url, [packet], retry=True)
        assert len(fake.requests) == 3
        room.ask(fake.url, [packet], retry=True)
        assert len(fake.requests) == 3
    assert first.asked[0].fault == second.asked[0].fault == "answer.no-json"
    assert third.asked[0].fault == ""


def test_an_answer_that_broke_off_keeps_its_good_half_and_is_not_asked_for_again(room):
    def cut(request):
        return completion(json.dumps(good_answer(request))[:-60], "length")

    with serve(cut) as fake:
        done = room.ask(fake.url, [packet_of("alder")])
        assert len(fake.requests) == 1
    assert done.asked[0].fault == "answer.cut-off"
    assert len(verify_answer(done.asked[0].reply.text, done.asked[0].packet, reader=READER).claims) == 2


def test_the_better_of_two_faulty_answers_is_kept(room):
    def cut(request):
        return completion(json.dumps(good_answer(request))[:-60])

    with serve(in_turn(cut, always(completion("Hm.")))) as fake:
        done = room.ask(fake.url, [packet_of("alder")])
    assert done.asked[0].fault == "answer.cut-off"
    assert done.asked[0].tries == 2
    assert fake.requests


def test_an_answer_to_another_packet_is_not_taken(room):
    def wrong(request):
        return completion(json.dumps({**good_answer(request), "packet": "000000000000"}))

    with serve(wrong) as fake:
        done = room.ask(fake.url, [packet_of("alder")])
    assert done.asked[0].fault == "answer.wrong-packet"
    assert len(fake.requests) == 2


@pytest.mark.parametrize(
    ("takes", "formats"),
    [
        ("json_object", ["json_schema", "json_object"]),
        ("", ["json_schema", "json_object", None]),
    ],
)
def test_a_server_without_structured_output_is_asked_in_what_it_takes(room, takes, formats):
    def picky(request):
        given = request.get("response_format", {}).get("type", "")
        return good(request) if given in ("", takes) else refusal(400, message="response_format")

    packets = [packet_of(name) for name in ("alder", "birch", "cedar")]
    with serve(picky) as fake:
        done = room.ask(fake.url, packets)
        given = [request.get("response_format", {}).get("type") for request in fake.requests]
        assert given == [*formats, *formats[-1:] * 2]
        fake.requests.clear()
        room.ask(fake.url, [packet_of("elm")])
        assert len(fake.requests) == 1
    assert [one.fault for one in done.asked] == ["", "", ""]


def test_a_field_the_server_names_is_left_out(room):
    def newer(request):
        for name in ("max_tokens", "temperature", "seed"):
            if name in request:
                return refusal(400, param=name)
        return good(request)

    with serve(newer) as fake:
        done = room.ask(fake.url, [packet_of("alder")])
    assert done.asked[0].fault == ""
    assert fake.requests[-1]["max_completion_tokens"] == 8192
    assert fake.requests[-1]["response_format"]["type"] == "json_schema"


def test_a_packet_the_server_objects_to_does_not_change_how_others_are_asked(room):
    long = packet_of("long")
    behaviour = lambda request: refusal(400) if asked_packet(request) == long.id else good(request)  # noqa: E731
    with serve(behaviour) as fake:
        done = room.ask(fake.url, [long, packet_of("alder")])
    assert "status 400" in done.asked[0].fault
    assert done.asked[1].fault == ""
    assert fake.requests[-1]["response_format"]["type"] == "json_schema"
    assert room.memory.dialects.popitem()[1] == Dialect(AnswerFormat.SCHEMA)


@pytest.mark.parametrize(
    "error", [{"code": "context_length_exceeded"}, {"code": 400, "type": "exceed_context_size_error"}]
)
def test_a_packet_that_does_not_fit_the_context_is_sent_once(room, error):
    long = packet_of("long")
    behaviour = (  # noqa: E731
        lambda request: refusal(400, **error) if asked_packet(request) == long.id else good(request)
    )
    with serve(behaviour) as fake:
        done = room.ask(fake.url, [long, packet_of("alder")])
    assert "--words" in done.asked[0].fault
    assert [one.tries for one in done.asked] == [1, 1]
    assert len(fake.requests) == 2


def test_a_redirect_is_not_followed(room):
    with serve() as elsewhere:
        target = f"http://127.0.0.1:{elsewhere.port}/v1/chat/completions"
        with serve(always(Say(status=307, headers={"location": target}))) as fake:
            done = room.ask(fake.url, [packet_of("alder"), packet_of("birch")])
        assert elsewhere.requests == []
    assert done.stopped.code == "reader.redirect"
    assert len(fake.requests) == 1


def test_only_needed_headers_leave(room, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-other")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with serve() as fake:
        done = room.ask(fake.url, [packet_of("alder")])
        room.ask(fake.url, [packet_of("birch")], key="sk-own")
    assert done.asked[0].fault == ""
    plain, keyed = fake.headers
    allowed = {
        "host",
        "content-type",
        "content-length",
        "accept",
        "connection",
        "user-agent",
        "accept-encoding",
    }
    assert set(plain) <= allowed
    assert set(keyed) <= allowed | {"authorization"}
    assert keyed["authorization"] == "Bearer sk-own"
    assert plain["user-agent"] == "discovery"


def test_the_log_tells_what_was_sent_where_without_a_word_of_it(room):
    packet = packet_of("alder")
    with serve() as fake:
        room.ask(fake.url, [packet], key="sk-own")
    sent, answered = room.lines
    assert (sent["event"], answered["event"], answered["status"]) == ("sent", "answered", 200)
    assert sent["host"] == f"127.0.0.1:{fake.port}"
    assert (sent["packet"], sent["words"]) == (packet.id, packet.words)
    assert len(sent["sha256"]) == 64
    text = room.log.path.read_text()
    assert "sk-own" not in text
    assert "crew" not in text
    assert "college" not in text


def test_no_log_of_a_library_holds_text_or_key(room, caplog, monkeypatch):
    monkeypatch.setenv("OPENAI_LOG", "debug")
    caplog.set_level(logging.DEBUG)
    logging.getLogger("openai").setLevel(logging.DEBUG)
    with serve() as fake:
        room.ask(fake.url, [packet_of("alder")], key="sk-own")
    assert "/v1/chat/completions" in caplog.text
    for word in ("crew", "college", "Employer 1", "sk-own"):
        assert word not in caplog.text


def test_requests_a_minute_are_held_to(room):
    packets = [packet_of(f"firm{number}") for number in range(5)]
    with serve() as fake:
        room.ask(fake.url, packets, per_minute=2, at_once=1)
    assert len(fake.requests) == 5
    assert room.waits.slept == [60.0, 60.0]


def test_an_orderly_call_within_a_running_loop(room):
    packet = packet_of("alder")

    async def notebook(url):
        return room.ask(url, [packet])

    with serve() as fake:
        done = asyncio.run(notebook(fake.url))
    assert done.asked[0].fault == ""


def test_a_missing_library_is_one_line_with_the_command(room, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "openai", None)
    with serve() as fake, pytest.raises(ReaderError) as fault:
        room.ask(fake.url, [packet_of("alder")])
    assert fault.value.code == "reader.library"
    assert "pip install" in str(fault.value)
    assert fake.requests == []
