from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from discovery.errors import CODES, DiscoveryError, TranscriptError


def test_an_error_says_where_what_and_what_next():
    fault = TranscriptError("transcript.ambiguous", source="a.txt", line=3, candidates="otter, plain")
    assert str(fault) == (
        "a.txt:3: several layouts fit equally well: otter, plain; say which one with `--layout NAME` "
        "[transcript.ambiguous]"
    )


def test_an_error_survives_a_process_border():
    fault = TranscriptError("transcript.empty", source="a.txt", line=3)
    again = pickle.loads(pickle.dumps(fault))
    assert (type(again), str(again), again.source, again.line) == (TranscriptError, str(fault), "a.txt", 3)


def test_an_unknown_code_is_a_bug():
    with pytest.raises(KeyError):
        DiscoveryError("no.such-code")


def test_every_code_used_is_in_the_table_and_every_code_in_the_table_is_used(root: Path):
    code = "\n".join(path.read_text(encoding="utf-8") for path in (root / "discovery").rglob("*.py"))
    used = set(re.findall(r"\b\w*(?:Error|fault|refuse)\w*\(\s*\"([a-z]+\.[a-z-]+)\"", code))
    assert used <= set(CODES)
    mentioned = set(
        re.findall(r"\"([a-z]+\.[a-z-]+)\"", code.replace((root / "discovery/errors.py").read_text(), ""))
    )
    assert set(CODES) <= mentioned


@pytest.mark.parametrize("code", CODES)
def test_every_message_ends_without_a_stop_and_has_a_hint(code):
    words = CODES[code]
    assert words.hint
    assert not words.message.endswith(".")
