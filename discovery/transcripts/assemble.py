"""Voices to turns: tidied, merged by speaker, numbered, every cue located in its turn's text."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from discovery.annotated import tidy
from discovery.records import Cue, Notice, NoticeKind, SkippedLine, Turn
from discovery.transcripts.base import UNKNOWN_SPEAKER, Draft, Voice
from discovery.transcripts.names import INVISIBLE

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_UNKNOWN = "voices without a name kept as an unknown speaker"
_GOES_ON = "voices without a name taken as going on with the speaker before"
_SLACK_S = 0.05
_CLEARLY_WRONG = 0.2


@dataclass(slots=True)
class _Open:
    """A turn that is still growing."""

    speaker: str
    texts: list[str] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    size: int = 0

    def add(self, text: str, voice: Voice) -> None:
        start = self.size + (1 if self.texts else 0)
        self.size = start + len(text)
        self.texts.append(text)
        self.cues.append(Cue(start, self.size, voice.start_s, voice.end_s, voice.line))

    def close(self, source: str, number: int) -> Turn:
        starts = [cue.start_s for cue in self.cues if cue.start_s is not None]
        ends = [cue.end_s for cue in self.cues if cue.end_s is not None]
        return Turn(
            source, number, self.speaker, " ".join(self.texts), None,
            min(starts, default=None), max(ends, default=None), tuple(self.cues),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assembled:
    """Turns of a file with everything that was skipped, merged, guessed or repaired."""

    turns: tuple[Turn, ...]
    skipped: tuple[SkippedLine, ...]
    notices: tuple[Notice, ...]


def assemble(draft: Draft, source: str) -> Assembled:
    """Join the voices of a file into turns.

    Consecutive voices of one speaker are one turn. A voice without a speaker goes on with
    the speaker before it; where nobody has been named yet, or the file marks a change, it
    belongs to :data:`UNKNOWN_SPEAKER`. Times are taken as they are; those that cannot be
    (negative, ending before they start) are left out and counted.

    Args:
        draft: What a reader collected.
        source: File name.

    Returns:
        Turns numbered from 0, texts tidy, cue offsets half-open code points into them.
    """
    skipped = list(draft.skipped)
    counts: Counter[tuple[NoticeKind, str]] = Counter()
    voices = _timed(draft.voices, counts)
    spellings = _spellings(voices, counts)
    named = any(voice.speaker for voice in voices)
    turns: list[_Open] = []
    speaker = ""
    for voice in voices:
        unknown = not voice.speaker and (voice.change or speaker in ("", UNKNOWN_SPEAKER))
        if voice.speaker:
            speaker = spellings[voice.speaker]
        elif unknown:
            speaker = UNKNOWN_SPEAKER
        text = _clean(voice.text, counts)
        if not text:
            if not voice.speaker:
                skipped.append(SkippedLine(voice.line, "no words"))
            continue
        if named and not voice.speaker:
            counts[NoticeKind.GUESSED, _UNKNOWN if unknown else _GOES_ON] += 1
        if not turns or turns[-1].speaker != speaker or (voice.change and not voice.speaker):
            turns.append(_Open(speaker))
        turns[-1].add(text, voice)
    if turns and not named:
        counts[NoticeKind.GUESSED, "the file names no speaker; all words are an unknown speaker's"] += 1
    cues = sum(len(turn.cues) for turn in turns)
    if cues > len(turns):
        counts[NoticeKind.MERGED, "cues joined into turns of one speaker"] = cues - len(turns)
    closed = tuple(turn.close(source, number) for number, turn in enumerate(turns))
    added = [Notice("read", kind, what, count=count) for (kind, what), count in counts.items()]
    notices = tuple(replace(notice, source=source) for notice in (*draft.notices, *added))
    return Assembled(closed, tuple(sorted(skipped, key=lambda item: item.line)), notices)


def _clean(text: str, counts: Counter[tuple[NoticeKind, str]]) -> str:
    """Tidy a text; characters that no text may hold are left out and counted."""
    if _UNPRINTABLE.search(text):
        text, removed = _UNPRINTABLE.subn("", text)
        counts[NoticeKind.REPAIRED, "control characters left out of the text"] += removed
    return tidy(text)


def _spellings(voices: Sequence[Voice], counts: Counter[tuple[NoticeKind, str]]) -> dict[str, str]:
    """Map every name as written to one spelling: the most frequent, then the first."""
    seen = Counter(voice.speaker for voice in voices if voice.speaker)
    best: dict[str, str] = {}
    for written, _ in sorted(seen.items(), key=lambda item: -item[1]):
        clean = _name(written)
        best.setdefault(clean.casefold(), clean)
    result = {written: best[_name(written).casefold()] or UNKNOWN_SPEAKER for written in seen}
    merged = len({_name(written) for written in seen}) - len(set(result.values()))
    if merged > 0:
        counts[NoticeKind.MERGED, "spellings of a name that differ in case only"] = merged
    return result


def _name(written: str) -> str:
    return tidy(INVISIBLE.sub("", _UNPRINTABLE.sub("", written)))


def _timed(voices: Sequence[Voice], counts: Counter[tuple[NoticeKind, str]]) -> list[Voice]:
    """Drop times that cannot be, and put voices in order where file order is clearly wrong."""
    kept = [_possible_times(voice, counts) for voice in voices]
    starts = [voice.start_s for voice in kept if voice.start_s is not None]
    back = sum(1 for one, two in pairwise(starts) if two < one - _SLACK_S)
    if back:
        if len(starts) == len(kept) and back >= len(starts) * _CLEARLY_WRONG and back > 1:
            counts[NoticeKind.REPAIRED, "cues out of order put in the order of their times"] = back
            kept.sort(key=lambda voice: voice.start_s or 0.0)
        else:
            counts[NoticeKind.GUESSED, "cues out of order kept as the file has them"] = back
    overlaps = sum(1 for one, two in pairwise(kept) if _overlap(one, two))
    if overlaps:
        counts[NoticeKind.GUESSED, "cues that overlap in time kept one after the other"] = overlaps
    return kept


def _possible_times(voice: Voice, counts: Counter[tuple[NoticeKind, str]]) -> Voice:
    start, end = voice.start_s, voice.end_s
    if start is not None and not (math.isfinite(start) and start >= 0):
        counts[NoticeKind.REPAIRED, "negative or impossible times left out"] += 1
        start = None
    if end is not None and not (math.isfinite(end) and end >= 0):
        counts[NoticeKind.REPAIRED, "negative or impossible times left out"] += 1
        end = None
    if start is not None and end is not None and end < start:
        counts[NoticeKind.REPAIRED, "end times before their start left out"] += 1
        end = None
    if start == voice.start_s and end == voice.end_s:
        return voice
    return replace(voice, start_s=start, end_s=end)


def _overlap(one: Voice, two: Voice) -> bool:
    if one.start_s is None or one.end_s is None or two.start_s is None or two.end_s is None:
        return False
    same_cue = one.start_s == two.start_s and one.end_s == two.end_s
    return not same_cue and two.start_s < one.end_s - _SLACK_S and one.start_s < two.end_s - _SLACK_S
