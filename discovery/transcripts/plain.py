"""Typed transcripts: a name and a colon before the words, with or without Markdown."""

from __future__ import annotations

import re
from dataclasses import replace

from discovery.transcripts.base import NO, Draft, Evidence, RawFile
from discovery.transcripts.furniture import furniture
from discovery.transcripts.labelled import Labels, find_labels, read_labelled
from discovery.transcripts.markup import decode_entities
from discovery.transcripts.names import split_label

_QUESTION_ANSWER = frozenset({"q", "a", "question", "answer"})
_BOLD_NAME = re.compile(
    r"\s{0,3}(?:[>*+-]\s{1,3}){0,2}(\*\*|__)\s?(?P<name>[^*\n]{1,62}?)\s?(?:[:：]\s?\1|\1\s?[:：])\s{0,2}"
)
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s|$)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])\1(?![\w*])")
_UNDERLINED = re.compile(r"(?<!\w)(_{1,2})(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_FEWEST = 0.15


class PlainText:
    """Lines that open with a name and a colon."""

    layout = "plain-txt"
    label = "plain `Name: text` lines, names in any case"

    def sniff(self, file: RawFile) -> Evidence:
        """Ask for names at the start of lines or paragraphs."""
        labels = self._labels(file)
        if labels is None or {name.casefold() for name in labels.names} <= _QUESTION_ANSWER:
            return NO
        return weigh(labels, 0.75, "names")

    def read(self, file: RawFile) -> Draft:
        """Read one voice a label; other lines go on with the speaker before."""
        draft = Draft()
        labels = find_labels(file.lines, file.text or "", split_label)
        read_labelled(file.lines, labels, split_label, draft)
        return draft

    @staticmethod
    def _labels(file: RawFile) -> Labels | None:
        text = file.text or ""
        if "-->" in text or (":" not in text and "：" not in text):
            return None
        return find_labels(file.lines, text, split_label)


class QuestionAnswer:
    """Lines that open with ``Q:`` and ``A:``."""

    layout = "question-answer"
    label = "`Q:` / `A:` lines"

    def sniff(self, file: RawFile) -> Evidence:
        """Ask for both letters."""
        if file.text is None or ":" not in file.text or "-->" in file.text:
            return NO
        labels = find_labels(file.lines, file.text, _split_question)
        return weigh(labels, 0.85, "Q and A") if len(labels.names) > 1 else NO

    def read(self, file: RawFile) -> Draft:
        """Read one voice a letter."""
        draft = Draft()
        labels = find_labels(file.lines, file.text or "", _split_question)
        read_labelled(file.lines, labels, _split_question, draft)
        return draft


class Markdown:
    """Paragraphs that open with a bold name."""

    layout = "markdown"
    label = "Markdown `**Name:** text` or `**Name**: text`"

    def sniff(self, file: RawFile) -> Evidence:
        """Ask for bold names at the start of paragraphs."""
        if file.text is None or ("**" not in file.text and "__" not in file.text):
            return NO
        return weigh(find_labels(file.lines, file.text, split_bold), 0.92, "bold names")

    def read(self, file: RawFile) -> Draft:
        """Read one voice a bold name; emphasis marks inside the words are taken off."""
        draft = Draft()
        labels = find_labels(file.lines, file.text or "", split_bold)
        read_labelled(file.lines, labels, split_bold, draft, aside=_markdown_furniture)
        draft.voices = [replace(voice, text=strip_emphasis(voice.text)) for voice in draft.voices]
        return draft


def split_bold(line: str) -> tuple[str, str] | None:
    """Cut a line at a bold label.

    >>> split_bold("**Dana W.:** we hire"), split_bold("__Q__: why?")
    (('Dana W.', 'we hire'), ('Q', 'why?'))
    """
    match = _BOLD_NAME.match(line) if "**" in line[:16] or "__" in line[:16] else None
    if match is None:
        return None
    return split_label(f"{match['name']}: {line[match.end() :]}")


def strip_emphasis(text: str) -> str:
    r"""Take Markdown emphasis and escapes off, words untouched.

    >>> strip_emphasis(r"we **really** need *two* 5\*5 & a_b_c")
    'we really need two 5*5 & a_b_c'
    """
    if "*" in text:
        text = _EMPHASIS.sub(r"\2", text)
    if "_" in text:
        text = _UNDERLINED.sub(r"\2", text)
    return decode_entities(_ESCAPED.sub(r"\1", text) if "\\" in text else text)


def weigh(labels: Labels, most: float, what: str) -> Evidence:
    """Say how sure labels make a layout: less where few lines or paragraphs open with one.

    Three or more labels of which none comes twice are a list of facts, not a talk.

    Args:
        labels: What was found.
        most: Confidence where every paragraph opens with a label.
        what: What the labels are, for the reason.
    """
    all_different = len(labels.names) == labels.lines > 2
    if not labels.names or labels.share < _FEWEST or all_different:
        return NO
    confidence = most * (0.6 if labels.lines < 2 else min(1.0, 0.7 + labels.share))
    speakers = f"{len(labels.names)} speaker{'s' if len(labels.names) > 1 else ''}"
    return Evidence(confidence, f"{labels.lines} lines open with {what} and a colon ({speakers})")


def _markdown_furniture(line: str) -> str:
    return "a heading" if _HEADING.match(line) else furniture(line)


def _split_question(line: str) -> tuple[str, str] | None:
    pair = split_label(line)
    return pair if pair and pair[0].casefold() in _QUESTION_ANSWER else None
