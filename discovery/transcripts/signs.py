"""Signs of which side a speaker is on, measured from how they talk and not from what about."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from discovery.language import split_units
from discovery.language.questions import asks, is_backchannel
from discovery.language.words import words
from discovery.records import Turn

SIGNS: dict[str, tuple[str, str]] = {
    "asking": ("asks in most turns", "seldom asks"),
    "questions": ("puts most of the questions", "puts few of the questions"),
    "brevity": ("speaks in short turns", "speaks in long turns"),
    "address": ("speaks of 'you' and 'your'", "speaks of 'we' and 'our'"),
    "opening": ("opens the conversation", "does not open the conversation"),
    "inviting": ("invites the other to tell", "invites nobody to tell"),
    "position": ("presents no post or firm", "presents a post or a firm"),
    "answering": ("follows the answers", "follows the questions"),
}
"""Each sign in words: where it speaks for the interviewer, and where for the employer."""

_YOURS = frozenset(words("you your you're you've you'd you'll yours yourself"))
_OURS = frozenset(words("we our us we're we've we'd we'll ours i i'm i've i'd i'll my me mine"))
_INVITES = re.compile(
    r"\b(?:(?:tell|talk|walk|take|give) (?:me|us)|describe|say (?:a bit )?more|last question"
    r"|your (?:team|company|role|job|people|firm|organi[sz]ation|business)|(?:what|how|where|who) do you"
    r"|thanks?(?: you)?(?: so much| both| all| very much| again)? for (?:making|taking|your|doing|having)"
    r"|thanks?(?: you)? for (?:coming|the time)|recording|transcribing|anything (?:else )?(?:I|we|you))\b",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"\b(?:I(?:['’]m| am) (?:the|an?|head|director|chief|vice|VP|C[EOT]O|HR|in charge|responsible|over)\b"
    r"|I (?:run|lead|manage|own|head|look after|started|founded|oversee|hire|report to)\b"
    r"|(?:my|our) (?:title|team|company|firm|boss|managers?|people|posting|ad|clients?|customers?)\b"
    r"|we(?:['’]re| are| have|['’]ve| do| make| run| build| sell| hire| employ| take| pay| train| look)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Voiceprint:
    """How one speaker talks.

    Args:
        speaker: Name as the transcript gives it.
        words: Number of words spoken.
        signs: A value for each key of :data:`SIGNS`; the higher, the more like an interviewer.
            Shares from 0 to 1, ``brevity`` from -1 to 1.
    """

    speaker: str
    words: int
    signs: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one turn shows."""

    speaker: str
    words: int
    asks: bool
    nods: bool
    yours: int
    ours: int
    invites: bool
    presents: bool
    after_question: bool


def measure(turns: Sequence[Turn]) -> list[Voiceprint]:
    """Measure every speaker of a transcript, in order of appearance.

    Args:
        turns: All turns of one transcript; roles are not looked at.

    Returns:
        One voiceprint for each speaker.
    """
    heard: list[_Heard] = []
    for turn in turns:
        heard.append(_hear(turn, heard[-1] if heard else None))
    return [_voiceprint(speaker, heard) for speaker in dict.fromkeys(turn.speaker for turn in turns)]


def _hear(turn: Turn, before: _Heard | None) -> _Heard:
    spoken = words(turn.text)
    return _Heard(
        speaker=turn.speaker,
        words=len(spoken),
        asks=any(asks(unit.span.quote) for unit in split_units([turn])[-3:]),
        nods=is_backchannel(turn.text),
        yours=sum(word in _YOURS for word in spoken),
        ours=sum(word in _OURS for word in spoken),
        invites=_INVITES.search(turn.text) is not None,
        presents=_POSITION.search(turn.text) is not None,
        after_question=before is not None and before.asks and before.speaker != turn.speaker,
    )


def _voiceprint(speaker: str, heard: Sequence[_Heard]) -> Voiceprint:
    own = [turn for turn in heard if turn.speaker == speaker and not turn.nods]
    others = [turn for turn in heard if turn.speaker != speaker and not turn.nods]
    asked = sum(turn.asks for turn in own)
    signs = {
        "asking": _share(asked, len(own)),
        "questions": _share(asked, asked + sum(turn.asks for turn in others)),
        "brevity": _clipped(math.log(_mean_words(others) / _mean_words(own)) / 2),
        "address": _share(sum(turn.yours for turn in own), sum(turn.yours + turn.ours for turn in own)),
        "opening": float(heard[0].speaker == speaker),
        "inviting": _share(sum(turn.invites for turn in own), len(own)),
        "position": 1 - _share(sum(turn.presents for turn in own), len(own)),
        "answering": 1 - _share(sum(turn.after_question for turn in own), len(own)),
    }
    return Voiceprint(speaker, sum(turn.words for turn in heard if turn.speaker == speaker), signs)


def _share(part: int, whole: int) -> float:
    """A share drawn towards one half where there is little to go by."""
    return (part + 0.5) / (whole + 1)


def _mean_words(turns: Sequence[_Heard]) -> float:
    return (sum(turn.words for turn in turns) + 10) / (len(turns) + 1)


def _clipped(value: float) -> float:
    return max(-1.0, min(1.0, value))
