"""Where text may go, what study.toml may say, and the small rules of asking."""

from __future__ import annotations

import asyncio
import itertools
import socket
import ssl

import pytest

from discovery.errors import ReaderError, StudyError
from discovery.reader.live import Endpoint, find_destination
from discovery.reader.live.client import key_from_environment
from discovery.reader.live.dialect import AnswerFormat, Dialect
from discovery.reader.live.endpoint import endpoint_faults
from discovery.reader.live.failures import TryFailedError, broken_by, parameter_of, retry_after
from discovery.reader.live.hosts import answering
from discovery.reader.live.pacing import Pace, may_try_again, wait_before
from discovery.settings import load_settings


def resolving(**names):
    """Look names up in a table instead of the network; addresses stand for themselves."""

    def resolve(host, port, **wanted):
        for address in names.get(host.replace(".", "_").replace("-", "_"), [host]):
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            if not address.replace(".", "").replace(":", "").isalnum() or address[0].isalpha():
                raise socket.gaierror
            yield family, wanted["type"], 6, "", (address, 0)

    return resolve


def place_of(url, *, model="m", allow=(), **names):
    return find_destination(Endpoint(url, model, allow_hosts=tuple(allow)), resolve=resolving(**names))


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:11434/v1", "http://127.8.9.1/v1", "http://[::1]:8000/v1", "https://127.0.0.1/v1"],
)
def test_loopback_addresses_are_this_computer(url):
    assert place_of(url).is_local


def test_a_name_is_this_computer_only_if_all_it_resolves_to_is():
    assert place_of("http://localhost:1/v1", localhost=["::1", "127.0.0.1"]).addresses == ("127.0.0.1", "::1")
    with pytest.raises(ReaderError) as fault:
        place_of("http://box.example:1/v1", box_example=["127.0.0.1", "192.0.2.7"])
    assert fault.value.code == "reader.host"


@pytest.mark.parametrize(
    "url",
    [
        "https://192.168.1.20/v1",
        "https://10.0.0.5/v1",
        "https://0.0.0.0/v1",
        "https://[::]/v1",
        "https://[fe80::1]/v1",
        "https://llm.example.org/v1",
        "https://localhost.example.org/v1",
    ],
)
def test_any_other_host_is_refused(url):
    with pytest.raises(ReaderError) as fault:
        place_of(url)
    assert fault.value.code == "reader.host"
    assert "nothing was sent" in str(fault.value)


def test_a_mapped_loopback_address_is_this_computer_and_a_mapped_other_is_not():
    assert place_of("http://[::ffff:127.0.0.1]:1/v1").is_local
    with pytest.raises(ReaderError):
        place_of("https://[::ffff:192.0.2.7]:1/v1")


def test_a_named_host_is_allowed_over_https_only():
    place = place_of("https://LLM.example.org./v1", allow=["llm.example.org"])
    assert (place.is_local, place.place, place.addresses) == (False, "llm.example.org:443", ())
    with pytest.raises(ReaderError) as fault:
        place_of("http://llm.example.org/v1", allow=["llm.example.org"])
    assert fault.value.code == "reader.https"
    with pytest.raises(ReaderError) as fault:
        place_of("https://other.example.org/v1", allow=["llm.example.org", "example.org"])
    assert fault.value.code == "reader.host"


@pytest.mark.parametrize("model", ["gpt-oss:120b-cloud", "GLM-4.6:cloud"])
def test_a_local_server_that_passes_text_on_counts_as_the_host_it_passes_it_to(model):
    with pytest.raises(ReaderError) as fault:
        place_of("http://127.0.0.1:11434/v1", model=model)
    assert fault.value.code == "reader.relay"
    allowed = place_of("http://127.0.0.1:11434/v1", model=model, allow=["ollama.com"])
    assert (allowed.is_local, allowed.reads) == (False, "ollama.com")


def test_no_model_is_a_fault_with_the_lines_to_add():
    with pytest.raises(ReaderError) as fault:
        find_destination(Endpoint())
    assert fault.value.code == "reader.unset"
    assert "11434" in str(fault.value)


def test_the_address_that_answers_is_the_one_connected_to():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        place = place_of(f"http://localhost:{port}/v1", localhost=["127.0.0.9", "127.0.0.1"])
        assert answering(place).addresses == ("127.0.0.1",)


TABLE = """
[study]
seed = 7

[reader]
url = "ftp://127.0.0.1"
allow_hosts = ["https://llm.example.org/v1"]
at_once = 0
timeout = "long"
requests_per_minute = -1
max_tokens = true
temperature = 3
seed = -1
colour = "red"
"""


def settings_of(folder, text):
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return load_settings(folder)


def test_all_faults_of_the_reader_table_are_named_at_once_with_their_lines(tmp_path):
    with pytest.raises(StudyError) as fault:
        settings_of(tmp_path, TABLE)
    words = str(fault.value)
    assert fault.value.code == "study.settings"
    for part in (
        "line 6: url must be",
        "line 6: url needs model",
        "line 7: allow_hosts",
        "line 8: at_once",
        "line 9: timeout",
        "line 10: requests_per_minute",
        "line 11: max_tokens",
        "line 12: temperature",
        "line 13: seed",
        "line 14: there is no key colour",
    ):
        assert part in words
    assert words.count("line ") == 10


def test_every_key_of_the_reader_table_arrives(tmp_path):
    settings = settings_of(
        tmp_path,
        '[reader]\nurl = "http://127.0.0.1:8080/v1"\nmodel = "m"\nallow_hosts = ["llm.example.org"]\n'
        "at_once = 3\ntimeout = 90\nrequests_per_minute = 0.5\n"
        "max_tokens = 2000\ntemperature = 0.2\nseed = 5\n",
    )
    expected = Endpoint("http://127.0.0.1:8080/v1", "m", ("llm.example.org",), 3, 90, 0.5, 2000, 0.2, 5)
    assert settings.reader == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n[reader]\nmodel = 3\n", 3),
        ("\nreader.model = 3\n", 2),
        ("\n\nreader = { model = 3 }\n", 3),
        ('[study]\ntitle = "model"\n[ "reader" ]\n"model" = 3\n', 4),
    ],
)
def test_a_fault_is_found_however_the_table_is_written(tmp_path, text, line):
    with pytest.raises(StudyError) as fault:
        settings_of(tmp_path, text)
    assert f"line {line}: model must be" in str(fault.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://user:sk-secret@127.0.0.1/v1",
        "http://sk-secret@127.0.0.1/v1",
        "http://127.0.0.1/v1?key=sk-secret",
        "http://127.0.0.1/v1#sk-secret",
        "http://127.0.0.1\\@evil.example/v1",
        "http://127.0.0.1 /v1",
        "http:///v1",
        "http://127.0.0.1:99999/v1",
        "file:///etc/passwd",
        "",
        7,
    ],
)
def test_an_address_that_hides_something_is_a_fault_that_does_not_repeat_it(url):
    faults = endpoint_faults({"url": url, "model": "m"})
    assert [key for key, _ in faults] == ["url"]
    assert "sk-secret" not in faults[0][1]


def test_hosts_are_names_not_patterns():
    for host in ("*", "*.example.org", "https://a.example", "a.example/v1", "a b.example", ""):
        assert endpoint_faults({"allow_hosts": [host]}), host
    assert not endpoint_faults({"allow_hosts": ["a.example", "llmbox", "10.0.0.5", "fd00::5"]})


def test_the_key_comes_from_the_environment_alone(monkeypatch):
    monkeypatch.delenv("DISCOVERY_READER_KEY", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
    assert key_from_environment() == ""
    monkeypatch.setenv("DISCOVERY_READER_KEY", " sk-own\n")
    assert key_from_environment() == "sk-own"
    monkeypatch.setenv("DISCOVERY_READER_KEY", "sk own")
    with pytest.raises(ReaderError) as fault:
        key_from_environment()
    assert "sk own" not in str(fault.value)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("3", 3.0), ("0.5", 0.5), ("-4", 0.0), ("", None), ("soon", None), ("nan", None), ("inf", None)],
)
def test_retry_after_is_read_as_servers_write_it(value, seconds):
    assert retry_after({"retry-after": value}, now=0) == seconds


def test_a_certificate_is_told_from_other_broken_connections():
    inner = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] self-signed")
    outer = ConnectionError("Connection error.")
    outer.__cause__ = inner
    assert broken_by(outer).kind == "certificate"
    assert not broken_by(outer).passes
    assert broken_by(ConnectionError("reset")).kind == "connection"


def test_only_a_word_is_taken_from_an_error_body():
    assert parameter_of({"error": {"param": "response_format"}}) == "response_format"
    assert parameter_of({"param": "seed"}) == "seed"
    for body in (
        None,
        "text",
        [],
        {"error": "x"},
        {"error": {"param": "we hire from fairs"}},
        {"error": {"param": 3}},
    ):
        assert parameter_of(body) == ""


@pytest.mark.parametrize(
    ("kind", "status", "passes"),
    [
        ("timeout", 0, True),
        ("connection", 0, True),
        ("status", 429, True),
        ("status", 500, True),
        ("status", 503, True),
        ("status", 400, False),
        ("status", 401, False),
        ("redirect", 307, False),
        ("size", 0, False),
    ],
)
def test_what_may_pass_is_tried_again(kind, status, passes):
    failure = TryFailedError(kind, status=status)
    assert failure.passes is passes
    assert may_try_again(failure, 1, 0) is passes
    assert not may_try_again(failure, 4, 0)
    assert not may_try_again(failure, 2, 2)


def test_waits_grow_and_stay_bounded():
    waits = [wait_before(tries, "a") for tries in range(1, 12)]
    assert all(0.75 * min(2**n, 60) <= wait <= min(2**n, 60) for n, wait in enumerate(waits))
    assert waits == [wait_before(tries, "a") for tries in range(1, 12)]


@pytest.mark.parametrize(("per_minute", "gap"), [(60, 0.0), (1, 60.0), (0.5, 120.0)])
def test_the_pace_holds_in_any_window(per_minute, gap):
    now = [0.0]
    sent = []

    async def sleep(seconds):
        now[0] += seconds

    async def send(pace, count):
        for _ in range(count):
            await pace.turn()
            sent.append(now[0])

    asyncio.run(send(Pace(per_minute, clock=lambda: now[0], sleep=sleep), 3))
    assert [later - earlier for earlier, later in itertools.pairwise(sent)] == [gap, gap]


def test_a_dialect_is_taken_up_again_only_if_it_can_be_read():
    dialect = Dialect(AnswerFormat.OBJECT, "max_completion_tokens", temperature=False)
    assert Dialect.remembered(dialect.to_remember()) == dialect
    for broken in (None, {}, {"format": "xml"}, {"format": "plain", "colour": 1}):
        assert Dialect.remembered(broken) is None


def test_every_objection_leaves_less_until_nothing_is_left():
    seen, dialect = [], Dialect()
    while dialect is not None:
        seen.append(dialect)
        dialect = dialect.without(400, "")
    assert [one.format for one in seen] == ["json_schema", "json_object", "plain"]
    assert Dialect().without(500, "") is None


def guarded(place, url, key=""):
    """Take a request through the last door before the network, and return it as it would go out."""
    import httpx2

    from discovery.reader.live.wire import open_wire

    endpoint = Endpoint(url, "m", timeout=1)
    request = httpx2.Request("POST", f"{url}/chat/completions", headers={"x-stainless-os": "Linux"}, json={})

    async def through():
        async with open_wire(endpoint, place, key) as client:
            for hook in client.event_hooks["request"]:
                await hook(request)

    asyncio.run(through())
    return request


def test_the_last_door_connects_to_the_address_that_was_checked():
    place = place_of("https://box.example:8443/v1", box_example=["127.0.0.5"])
    request = guarded(place, "https://box.example:8443/v1")
    assert (request.url.host, request.url.port) == ("127.0.0.5", 8443)
    assert request.headers["host"] == "box.example:8443"
    assert request.extensions["sni_hostname"] == "box.example"
    assert "x-stainless-os" not in request.headers
    assert "authorization" not in request.headers


def test_the_last_door_leaves_a_named_host_as_it_is():
    place = place_of("https://llm.example.org/v1", allow=["llm.example.org"])
    request = guarded(place, "https://llm.example.org/v1", key="sk-own")
    assert str(request.url) == "https://llm.example.org/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer sk-own"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://[::1]:8000/v1", "::1"),
        ("http://127.0.0.1/v1", "127.0.0.1"),
        ("http://LOCALHOST:80/v1", "127.0.0.1"),
    ],
)
def test_the_last_door_knows_the_place_however_it_is_written(url, address):
    place = find_destination(Endpoint(url, "m"), resolve=resolving(localhost=["127.0.0.1"]))
    assert guarded(place, url).url.host == address


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example.org/v1",
        "http://llm.example.org/v1",
        "https://llm.example.org:8443/v1",
        "https://llm.example.org@evil.example/v1",
    ],
)
def test_the_last_door_lets_nothing_out_to_another_place(url):
    place = place_of("https://llm.example.org/v1", allow=["llm.example.org"])
    with pytest.raises(ReaderError) as fault:
        guarded(place, url, key="sk-own")
    assert fault.value.code == "reader.host"


def test_proxies_of_the_environment_are_used_for_other_hosts_only(monkeypatch):
    from discovery.reader.live.wire import open_wire

    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    here = place_of("http://127.0.0.1:9/v1")
    there = place_of("https://llm.example.org/v1", allow=["llm.example.org"])
    proxied = []
    for place, url in ((here, "http://127.0.0.1:9/v1"), (there, "https://llm.example.org/v1")):
        client = open_wire(Endpoint(url, "m"), place, "")
        proxied.append(
            client._transport_for_url(client.build_request("POST", url).url) is not client._transport
        )
        asyncio.run(client.aclose())
    assert proxied == [False, True]
