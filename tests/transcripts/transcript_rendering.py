"""Talks made up at random, and how each text layout would write them.

A talk is a list of (speaker, words). Words are plain, so that a layout's own marks can be told
from speech; the strange cases are in the fixtures.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

from hypothesis import strategies as st

Talk = list[tuple[str, str]]

NAMES = (
    "Mike Tan", "Dana Whitlock", "Ana de Souza", "Zoë O'Neil", "SPEAKER_01", "Ginsberg, Corey", "Łukasz Żak",
)  # fmt: skip
WORDS = (
    "we", "hire", "welders", "and", "fitters", "so", "yes", "no", "12", "10:30", "the", "café", "naïve",
    "R&D", "a-b", "don’t", "it's", "€5", "(laughs)", "really?", "never.", "well,", "half", "“quoted”", "100%",
    "NOTE", "Q3", "at", "https://example.org", "is:", "o'clock", "A/B", "e.g.", "…", "–", "50/50", "#1", "ok",
    "mm-hmm", "[inaudible]",
)  # fmt: skip

sayings = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


@st.composite
def talks(draw: st.DrawFn) -> Talk:
    """Speakers that come more than once, as they do in an interview; never the same one twice in a row."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True))
    rounds = draw(st.integers(min_value=3, max_value=6))
    order = [names[number % len(names)] for number in range(rounds * len(names))]
    return [(name, draw(sayings)) for name in order]


def clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"


def stamp(seconds: int, mark: str = ".") -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}000"


def timing(number: int, mark: str = ".") -> str:
    return f"{stamp(number * 3, mark)} --> {stamp(number * 3 + 2, mark)}"


def zoom_vtt(talk: Talk) -> str:
    cues = [f"{n + 1}\n{timing(n)}\n{name}: {said}\n" for n, (name, said) in enumerate(talk)]
    return "WEBVTT\n\n" + "\n".join(cues)


def teams_vtt(talk: Talk) -> str:
    guid = "2f0b6d1e-6f0c-4b7e-9a51-0c8f3c1d2a44"
    cues = [
        f"{guid}/{n}-0\n{timing(n)}\n<v {escape(name, quote=False)}>{escape(said, quote=False)}</v>\n"
        for n, (name, said) in enumerate(talk)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def srt(talk: Talk) -> str:
    cues = [f"{n + 1}\n{timing(n, ',')}\n{name}: {said}\n" for n, (name, said) in enumerate(talk)]
    return "\n".join(cues)


def otter(talk: Talk) -> str:
    return "".join(f"{name}  {clock(n * 3)}  \n{said}\n\n" for n, (name, said) in enumerate(talk))


def zoom_captions(talk: Talk) -> str:
    return "".join(f"[{name}] {stamp(n * 3)[:-4]}\n{said}\n\n" for n, (name, said) in enumerate(talk))


def rev(talk: Talk) -> str:
    return "".join(f"{name} ({clock(n * 3).zfill(5)}):\n{said}\n\n" for n, (name, said) in enumerate(talk))


def name_time(talk: Talk) -> str:
    return "".join(f"{name} [{clock(n * 3).zfill(5)}]\n{said}\n\n" for n, (name, said) in enumerate(talk))


def time_name(talk: Talk) -> str:
    return "".join(f"{stamp(n * 3)[:-4]} {name}\n{said}\n\n" for n, (name, said) in enumerate(talk))


def descript(talk: Talk) -> str:
    return "".join(f"[{stamp(n * 3)[:-4]}] {name}: {said}\n\n" for n, (name, said) in enumerate(talk))


def resolve(talk: Talk) -> str:
    return "".join(
        f"[{stamp(n * 3)[:-4]}:11 - {stamp(n * 3 + 2)[:-4]}:08]\n{name}\n {said}\n\n"
        for n, (name, said) in enumerate(talk)
    )


def whisper(talk: Talk) -> str:
    return "".join(f"[{timing(n)}]  {name}: {said}\n" for n, (name, said) in enumerate(talk))


def meet(talk: Talk) -> str:
    lines = "".join(f"{name}: {said}\n" for name, said in talk)
    return f"📖 Transcript\nOct 14, 2025\n00:00:00\n{lines}Transcription ended after 00:31:10\n"


def plain(talk: Talk) -> str:
    return "".join(f"{name}: {said}\n" for name, said in talk)


def markdown(talk: Talk) -> str:
    return "# Interview\n\n" + "\n\n".join(f"**{name}:** {said}" for name, said in talk) + "\n"


def otranscribe(talk: Talk) -> str:
    body = "".join(f"<p>{escape(name, quote=False)}: {escape(said, quote=False)}</p>" for name, said in talk)
    return json.dumps({"text": body, "media": "a.mp3", "media-time": 1})


RENDERERS: dict[str, Callable[[Talk], str]] = {
    "zoom-vtt": zoom_vtt,
    "teams-vtt": teams_vtt,
    "srt": srt,
    "otter-txt": otter,
    "zoom-captions": zoom_captions,
    "rev-txt": rev,
    "name-time": name_time,
    "time-name": time_name,
    "descript": descript,
    "davinci-resolve": resolve,
    "whisper-txt": whisper,
    "meet-txt": meet,
    "plain-txt": plain,
    "markdown": markdown,
    "otranscribe": otranscribe,
}
