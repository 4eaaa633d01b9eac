"""WebVTT files: Teams with voice tags, Zoom with names before a colon, and those that name nobody."""

from __future__ import annotations

import re

from discovery.records import NoticeKind
from discovery.transcripts.attribution import Names, attribute, find_names
from discovery.transcripts.base import NO, Draft, Evidence, RawFile, Voice
from discovery.transcripts.cues import RawCue, cut_cues, timing_lines
from discovery.transcripts.markup import strip_tags
from discovery.transcripts.times import TIMING

_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,60})?[ \t\n]+([^<>]{0,200})>")
_VOICE_END = re.compile(r"</v\s{0,3}>")
_UNCLOSED = re.compile(r"<v(?:\.[^\s<>]{0,60})?[ \t\n]+(?=[^<>]{0,4000}(?:<|$))")
_HEADER_MISSING = "the WEBVTT header is missing"


class TeamsVtt:
    """Microsoft Teams captions: every speech in a voice tag, ids of any kind or none."""

    layout = "teams-vtt"
    label = "Microsoft Teams .vtt, or any WebVTT with <v Name> tags"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for voice tags in a caption file."""
        confidence = _vtt_confidence(file)
        voices = len(_VOICE.findall(file.text or "")) if confidence else 0
        if not voices:
            return NO
        return Evidence(0.98 * confidence, f"{_described(file)} with {voices} voice tags")

    def read(self, file: RawFile) -> Draft:
        """Read one voice for each tag, and text outside tags as the speaker before it."""
        draft = Draft()
        cues = _cues(file, draft)
        known = {_name(written) for written in set(_VOICE.findall(file.text or ""))}
        for cue in cues:
            _tagged_voices(cue, known, draft)
        return draft


class ZoomVtt:
    """Zoom captions: the speaker's name and a colon before the words."""

    layout = "zoom-vtt"
    label = "Zoom .vtt, or any WebVTT with `Name: text` cues"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for names at the start of cues."""
        confidence = _vtt_confidence(file)
        if not confidence or _VOICE.search(file.text or ""):
            return NO
        cues, names = _plain_names(file)
        if not _names_speakers(cues, names):
            return NO
        reason = f"{_described(file)} with names before a colon in {names.cues} of {len(cues)} cues"
        return Evidence(0.95 * confidence, reason)

    def read(self, file: RawFile) -> Draft:
        """Read one voice for each name; cues without one go on with the speaker before."""
        draft = Draft()
        cues = _cues(file, draft)
        attribute(cues, _plain_names(file)[1], draft)
        return draft


class PlainVtt:
    """Captions that name nobody, such as YouTube's."""

    layout = "vtt"
    label = "WebVTT without speakers (YouTube, Teams without attribution)"

    def sniff(self, file: RawFile) -> Evidence:
        """Take what is WebVTT and names no speaker."""
        confidence = _vtt_confidence(file)
        if not confidence or _VOICE.search(file.text or "") or _names_speakers(*_plain_names(file)):
            return NO
        return Evidence(0.9 * confidence, f"{_described(file)}; no cue names a speaker")

    def read(self, file: RawFile) -> Draft:
        """Read cues as they come; ``>>`` and dashes mark a change of speaker."""
        draft = Draft()
        attribute(_cues(file, draft), Names(frozenset(), frozenset(), 0), draft)
        return draft


def _vtt_confidence(file: RawFile) -> float:
    """Say how surely the file is WebVTT: by its header, or by timings with a dot."""
    if file.text is None:
        return 0.0
    if file.text.lstrip().startswith("WEBVTT"):
        return 1.0
    if "-->" not in file.text:
        return 0.0
    timings = [line for line in file.lines if "-->" in line and TIMING.match(line)]
    if not timings or sum("," in line for line in timings) * 2 >= len(timings):
        return 0.0
    return 0.9


def _described(file: RawFile) -> str:
    header = (file.text or "").lstrip().startswith("WEBVTT")
    cues = timing_lines(file.lines)
    return f"{'WEBVTT header' if header else 'timing lines without a WEBVTT header'}, {cues} cues"


def _cues(file: RawFile, draft: Draft) -> list[RawCue]:
    def cut() -> tuple[list[RawCue], Draft]:
        seen = Draft()
        if not (file.text or "").lstrip().startswith("WEBVTT"):
            seen.notice(NoticeKind.REPAIRED, _HEADER_MISSING)
        return cut_cues(file.lines, seen), seen

    cues, seen = file.once("vtt cues", cut)
    draft.skipped.extend(seen.skipped)
    draft.notices.extend(seen.notices)
    return cues


def _plain_names(file: RawFile) -> tuple[list[RawCue], Names]:
    def scan() -> tuple[list[RawCue], Names]:
        cues = _cues(file, Draft())
        return cues, find_names(cues, file.text or "")

    return file.once("vtt names", scan)


def _names_speakers(cues: list[RawCue], names: Names) -> bool:
    """Ask for names in one cue of twenty: tools may name a speaker only on change."""
    return names.any and names.cues * 20 >= len(cues)


def _tagged_voices(cue: RawCue, known: set[str], draft: Draft) -> None:
    text, at = cue.text, 0
    speaker, before = "", len(draft.voices)
    for match in _VOICE.finditer(text):
        _say(cue, speaker, text[at : match.start()], at, known, draft)
        speaker, at = _name(match[1]), match.end()
    _say(cue, speaker, text[at:], at, known, draft)
    if len(draft.voices) == before:
        draft.skip(cue.line, "a cue without words")


def _say(cue: RawCue, speaker: str, text: str, at: int, known: set[str], draft: Draft) -> None:
    """Add what stands between two voice tags; words after a closing tag lose the name."""
    closing = _VOICE_END.search(text)
    inside, outside = (text[: closing.start()], text[closing.end() :]) if closing else (text, "")
    for who, words in ((speaker, inside), ("", outside)):
        if not words or words.isspace():
            continue
        unclosed = _UNCLOSED.search(words) if "<v" in words else None
        if unclosed:
            who, words = _mend_unclosed(words, unclosed, who, known, draft, cue.line)
        spoken = strip_tags(words)
        if spoken.strip():
            draft.voices.append(Voice(who, spoken, _line_of(cue, at), cue.start_s, cue.end_s))


def _mend_unclosed(
    words: str, tag: re.Match[str], who: str, known: set[str], draft: Draft, line: int
) -> tuple[str, str]:
    """Read ``<v Name words`` without its bracket, where the name is known from other cues."""
    rest = words[tag.end() :]
    draft.notice(NoticeKind.REPAIRED, "a voice tag is not closed", line)
    for name in sorted(known, key=len, reverse=True):
        if name and " ".join(rest[: len(name) + 10].split()).startswith(name):
            size = len(re.match(r"\s*".join(map(re.escape, name.split())), rest.lstrip())[0])  # type: ignore[index]
            return name, words[: tag.start()] + rest.lstrip()[size:]
    return who, words[: tag.start()] + rest


def _name(annotation: str) -> str:
    return " ".join(strip_tags(annotation).split())


def _line_of(cue: RawCue, at: int) -> int:
    place = cue.text.count("\n", 0, at)
    return cue.lines[min(place, len(cue.lines) - 1)][0]
