"""Typed transcripts: a name and a colon before the words, with or without Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from discovery.records import NoticeKind
from discovery.transcripts.base import NO, Draft, Evidence, RawFile, Voice
from discovery.transcripts.furniture import furniture, time_mark
from discovery.transcripts.markup import decode_entities
from discovery.transcripts.names import accept_names, split_label

Splitter = Callable[[str], tuple[str, str] | None]
"""Cuts a line into label and words, or returns None."""

_QUESTION_ANSWER = frozenset({"q", "a", "question", "answer"})
_BOLD_NAME = re.compile(
    r"\s{0,3}(?:[>*+-]\s{1,3}){0,2}(\*\*|__)\s?(?P<name>[^*\n]{1,62}?)\s?(?::\s?\1|\1\s?:)\s?(?P<words>.*)",
    re.DOTALL,
)
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s|$)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])\1(?![\w*])")
_UNDERLINED = re.compile(r"(?<!\w)(_{1,2})(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")


@dataclass(frozen=True, slots=True)
class Labels:
    """Speakers of a typed transcript, and how much of the file they open."""

    names: frozenset[str]
    lines: int
    paragraphs: float
    once: int
    left: int


def find_labels(lines: Sequence[str], text: str, split: Splitter) -> Labels:
    """Gather the labels of a file and keep those that are speakers.

    Args:
        lines: Lines of the file, or paragraphs.
        text: The whole text, to tell names from ordinary words.
        split: Cuts one line into label and words.
    """
    found = [pair[0] if (pair := split(line)) else "" for line in lines]
    names, once = accept_names(Counter(label for label in found if label), text)
    named = sum(label in names for label in found)
    heads = [
        label in names
        for number, (line, label) in enumerate(zip(lines, found, strict=True))
        if line.strip() and (number == 0 or not lines[number - 1].strip())
    ]
    filled = sum(1 for line in lines if line.strip())
    share = max(named / max(filled, 1), sum(heads) / max(len(heads), 1))
    return Labels(names, named, share, once, sum(1 for label in found if label and label not in names))


def read_labelled(lines: Sequence[str], labels: Labels, split: Splitter, draft: Draft) -> None:
    """Walk over a typed transcript and collect its voices.

    Args:
        lines: Lines of the file.
        labels: Its speakers.
        split: Cuts one line into label and words.
        draft: Collects voices, skipped lines and notices.
    """
    said: list[str] = []
    speaker, at = "", 0
    start: float | None = None
    begun = after_blank = False
    pending: float | None = None

    def flush() -> None:
        if said or speaker:
            draft.voices.append(Voice(speaker, "\n".join(said), at, start))

    for number, line in enumerate(lines, 1):
        if not line.strip():
            after_blank = True
            continue
        reason = furniture(line) or ("a heading" if split is split_bold and _HEADING.match(line) else "")
        mark = time_mark(line)
        if reason or mark is not None:
            pending = pending if mark is None else mark
            draft.skip(number, reason or "a time mark")
            continue
        pair = split(line)
        if pair and pair[0] in labels.names:
            if begun:
                flush()
            (speaker, words), at, start, pending = pair, number, pending, None
            said, begun = [words] if words.strip() else [], True
        elif not begun:
            draft.skip(number, "before the first speaker")
        elif after_blank and said:
            flush()
            speaker, said, at, start, pending = "", [line], number, pending, None
        else:
            said.append(line)
        after_blank = False
    flush()
    _tell_guesses(labels, draft)


def _tell_guesses(labels: Labels, draft: Draft) -> None:
    if labels.once:
        what = "words before a colon, seen once, taken as a speaker"
        draft.notice(NoticeKind.GUESSED, what, count=labels.once)
    if labels.left:
        what = "lines with a colon taken as speech, not as a speaker"
        draft.notice(NoticeKind.GUESSED, what, count=labels.left)


class PlainText:
    """Lines that open with a name and a colon."""

    layout = "plain-txt"
    label = "plain `Name: text` lines, names in any case"

    def sniff(self, file: RawFile) -> Evidence:
        """Ask for names at the start of lines or paragraphs."""
        if file.text is None or (":" not in file.text and "：" not in file.text) or "-->" in file.text:
            return NO
        labels = find_labels(file.lines, file.text, split_label)
        if not labels.names or {name.casefold() for name in labels.names} <= _QUESTION_ANSWER:
            return NO
        return _weigh(labels, 0.75, "names")

    def read(self, file: RawFile) -> Draft:
        """Read one voice a label; other lines go on with the speaker before."""
        draft = Draft()
        read_labelled(file.lines, find_labels(file.lines, file.text or "", split_label), split_label, draft)
        return draft


class QuestionAnswer:
    """Lines that open with ``Q:`` and ``A:``."""

    layout = "question-answer"
    label = "`Q:` / `A:` lines"

    def sniff(self, file: RawFile) -> Evidence:
        """Ask for both letters, and no other speaker."""
        if file.text is None or ":" not in file.text or "-->" in file.text:
            return NO
        labels = find_labels(file.lines, file.text, _split_question)
        if len(labels.names) < 2:
            return NO
        return _weigh(labels, 0.85, "Q and A")

    def read(self, file: RawFile) -> Draft:
        """Read one voice a letter."""
        draft = Draft()
        read_labelled(
            file.lines, find_labels(file.lines, file.text or "", _split_question), _split_question, draft
        )
        return draft


class Markdown:
    """Paragraphs that open with a bold name."""

    layout = "markdown"
    label = "Markdown `**Name:** text` or `**Name**: text`"

    def sniff(self, file: RawFile) -> Evidence:
        """Ask for bold names at the start of paragraphs."""
        if file.text is None or ("**" not in file.text and "__" not in file.text):
            return NO
        labels = find_labels(file.lines, file.text, split_bold)
        return _weigh(labels, 0.92, "bold names") if labels.names else NO

    def read(self, file: RawFile) -> Draft:
        """Read one voice a bold name; emphasis marks inside the words are taken off."""
        draft = Draft()
        read_labelled(file.lines, find_labels(file.lines, file.text or "", split_bold), split_bold, draft)
        draft.voices = [
            Voice(v.speaker, strip_emphasis(v.text), v.line, v.start_s, v.end_s, v.change)
            for v in draft.voices
        ]
        return draft


def split_bold(line: str) -> tuple[str, str] | None:
    """Cut a line at a bold label.

    >>> split_bold("**Dana W.:** we hire"), split_bold("__Q__: why?")
    (('Dana W.', 'we hire'), ('Q', 'why?'))
    """
    match = _BOLD_NAME.match(line) if "**" in line[:12] or "__" in line[:12] else None
    if match is None:
        return None
    return split_label(f"{match['name']}: {match['words']}")


def strip_emphasis(text: str) -> str:
    r"""Take Markdown emphasis and escapes off, words untouched.

    >>> strip_emphasis(r"we **really** need *two* 5\\*5 & a_b_c")
    'we really need two 5*5 & a_b_c'
    """
    if "*" in text:
        text = _EMPHASIS.sub(r"\2", text)
    if "_" in text:
        text = _UNDERLINED.sub(r"\2", text)
    return decode_entities(_ESCAPED.sub(r"\1", text) if "\\" in text else text)


def _split_question(line: str) -> tuple[str, str] | None:
    pair = split_label(line)
    return pair if pair and pair[0].casefold() in _QUESTION_ANSWER else None


def _weigh(labels: Labels, most: float, what: str) -> Evidence:
    """Lower the confidence where few lines or paragraphs open with a label."""
    if labels.paragraphs < 0.15:
        return NO
    few = labels.lines < 2
    confidence = most * (0.6 if few else min(1.0, 0.7 + labels.paragraphs))
    return Evidence(
        confidence, f"{labels.lines} lines open with {what} and a colon ({len(labels.names)} speakers)"
    )
