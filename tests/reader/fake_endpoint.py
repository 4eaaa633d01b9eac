"""A chat endpoint on loopback that behaves as a test tells it to."""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TURN = re.compile(r"^\[(\d+)\] (\w+) \(([^)]*)\): (.*)$", re.MULTILINE)


@dataclass
class Say:
    """One reply: status, body, headers, and how the body is sent."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0
    delay: float = 0.0
    hang_up: bool = False


def completion(text: str | None, finish: str = "stop") -> Say:
    message = {"role": "assistant", "content": text}
    return Say(json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": finish}]}).encode())


def refusal(status: int, headers: dict[str, str] | None = None, **error: Any) -> Say:
    return Say(json.dumps({"error": error or {"message": "no"}}).encode(), status, headers or {})


def asked_packet(request: dict[str, Any]) -> str:
    return re.search(r"^Packet id: (\w+)$", request["messages"][-1]["content"], re.MULTILINE)[1]


def asked_turns(request: dict[str, Any]) -> list[tuple[int, str, str]]:
    found = TURN.findall(request["messages"][-1]["content"])
    return [(int(number), role, text) for number, role, _, text in found]


def good_answer(request: dict[str, Any]) -> dict[str, Any]:
    """What a careful model might say: one claim an employer turn, one mismatch of the first and last."""
    spoken = [(n, " ".join(text.split()[:6])) for n, role, text in asked_turns(request) if role == "employer"]
    claims = [{"turn": n, "quote": quote, "stance": "practice", "facet": "channel"} for n, quote in spoken]
    sides = [{"turn": n, "quote": quote} for n, quote in (spoken[0], spoken[-1])]
    pair = {"type": "need-vs-channel", "stated": sides[0], "actual": sides[1], "note": "They pull apart."}
    return {
        "packet": asked_packet(request),
        "claims": claims,
        "mismatches": [pair] if len(spoken) > 1 else [],
    }


def good(request: dict[str, Any]) -> Say:
    return completion(json.dumps(good_answer(request)))


Behaviour = Callable[[dict[str, Any]], Say]


@dataclass
class FakeEndpoint:
    """Where it listens, what it was asked, and how many requests were under way at once."""

    behaviour: Behaviour = good
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    most_at_once: int = 0
    port: int = 0
    _under_way: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def bodies(self) -> str:
        """Everything that was ever sent here, as one text."""
        return json.dumps(self.requests, ensure_ascii=False)

    def reply_to(self, request: dict[str, Any], headers: dict[str, str]) -> Say:
        with self._lock:
            self.requests.append(request)
            self.headers.append(headers)
            self.at.append(time.monotonic())
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            said = self.behaviour(request)
            time.sleep(said.delay)
            return said
        finally:
            with self._lock:
                self._under_way -= 1


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Behave in these ways one after the other, the last one ever after."""
    waiting = list(behaviours)
    lock = threading.Lock()

    def next_one(request: dict[str, Any]) -> Say:
        with lock:
            behaviour = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return behaviour(request)

    return next_one


def always(said: Say) -> Behaviour:
    return lambda request: said


@contextlib.contextmanager
def serve(behaviour: Behaviour = good) -> Iterator[FakeEndpoint]:
    """Listen on a free port of 127.0.0.1 while the test runs."""
    fake = FakeEndpoint(behaviour)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            said = fake.reply_to(json.loads(body), {k.lower(): v for k, v in self.headers.items()})
            with contextlib.suppress(OSError):
                self._answer(said)

        def _answer(self, said: Say) -> None:
            if said.hang_up:
                self.close_connection = True
                return
            self.send_response(said.status)
            for name, value in {"content-type": "application/json", **said.headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(said.body)))
            self.end_headers()
            pieces = [said.body[at : at + 1] for at in range(len(said.body))] if said.drip else [said.body]
            for piece in pieces:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(said.drip)

        def log_message(self, *words: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    fake.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
