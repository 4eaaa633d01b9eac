"""Texts in which a label and a colon open a speaker's words: what plain, Markdown and Meet files share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from discovery.records import NoticeKind
from discovery.transcripts.base import Draft, Voice
from discovery.transcripts.furniture import furniture, time_mark
from discovery.transcripts.names import Likeness, accept_names, known_label, likeness

Splitter = Callable[[str], tuple[str, str] | None]
"""Cuts a line into label and words, or returns None."""

_PREAMBLE_LINES = 15


@dataclass(frozen=True, slots=True)
class Labels:
    """Speakers of a typed transcript, and how much of the file they open.

    Args:
        names: Labels that are speakers.
        lines: How many lines open with one.
        share: Their share among lines or among paragraphs, whichever is larger.
        once: Names that were seen once only.
        left: Lines with a colon whose label was not taken as a speaker.
        introduced: Numbers of lines at the top that only say who takes part.
    """

    names: frozenset[str]
    lines: int
    share: float
    once: int
    left: int
    introduced: frozenset[int] = frozenset()


def find_labels(lines: Sequence[str], text: str, split: Splitter) -> Labels:
    """Gather the labels of a file and keep those that are speakers.

    Args:
        lines: Lines of the file.
        text: The whole text, to tell names from ordinary words.
        split: Cuts one line into label and words.
    """
    pairs = [split(line) for line in lines]
    counts = Counter(pair[0] for pair in pairs if pair)
    introduced = _introductions(pairs, counts)
    for number in introduced:
        pairs[number] = None
    found = [pair[0] if pair else "" for pair in pairs]
    names, once = accept_names(Counter(label for label in found if label), text)
    opened = [label in names for label in found]
    filled = [bool(line.strip()) for line in lines]
    heads = [
        opens for number, opens in enumerate(opened) if filled[number] and not (number and filled[number - 1])
    ]
    share = max(sum(opened) / max(sum(filled), 1), sum(heads) / max(len(heads), 1))
    left = sum(1 for label in found if label and label not in names)
    return Labels(names, sum(opened), share, once, left, frozenset(introduced))


def _introductions(pairs: Sequence[tuple[str, str] | None], counts: Mapping[str, int]) -> list[int]:
    """Find ``Interviewer: Jane Doe`` at the top of a file: a role named once, and nothing but a name."""
    numbers: list[int] = []
    for number, pair in enumerate(pairs[:_PREAMBLE_LINES]):
        if pair is None:
            continue
        label, words = pair
        if counts[label] > 1:
            break
        if (
            likeness(label) is Likeness.SURE
            and likeness(words) is Likeness.LIKELY
            and not words.endswith(".")
        ):
            numbers.append(number)
    return numbers if sum(counts.values()) > len(numbers) + 1 else []


@dataclass(slots=True)
class _Walk:
    """Where the reading of a typed transcript stands."""

    draft: Draft
    speaker: str = ""
    said: list[str] = field(default_factory=list)
    at: int = 0
    start: float | None = None
    pending: float | None = None
    begun: bool = False

    def open(self, speaker: str, words: str, number: int) -> None:
        self.close()
        self.speaker, self.said, self.at = speaker, [words] if words.strip() else [], number
        self.start, self.pending, self.begun = self.pending, None, True

    def close(self) -> None:
        if not self.begun:
            return
        if self.speaker and not self.said:
            self.draft.skip(self.at, "a speaker without words")
        self.draft.voices.append(Voice(self.speaker, "\n".join(self.said), self.at, self.start))


def read_labelled(
    lines: Sequence[str],
    labels: Labels,
    split: Splitter,
    draft: Draft,
    *,
    aside: Callable[[str], str] = furniture,
    first: int = 1,
) -> None:
    """Walk over a typed transcript and collect its voices.

    A line without a label goes on with the paragraph before it; after a blank line it is a
    voice of its own without a speaker, which the assembly counts as guessed.

    Args:
        lines: Lines of the file.
        labels: Its speakers.
        split: Cuts one line into label and words.
        draft: Collects voices, skipped lines and notices.
        aside: Says why a line is not speech, empty where it is.
        first: Number of the first line.
    """
    walk = _Walk(draft)
    after_blank = False
    odd = 0
    for number, line in enumerate(lines, first):
        if not line.strip():
            after_blank = True
            continue
        mark = time_mark(line) if after_blank or not walk.begun or _is_surely_a_time(line) else None
        reason = "a time mark" if mark is not None else aside(line)
        pair = None if reason or number - first in labels.introduced else split(line)
        if pair is None and not reason and walk.begun:
            pair = known_label(line, labels.names)
            odd += pair is not None
        if reason:
            walk.pending = mark if mark is not None else walk.pending
            draft.skip(number, reason)
        elif pair and pair[0] in labels.names:
            walk.open(*pair, number)
        elif not walk.begun:
            draft.skip(number, "before the first speaker")
        elif (after_blank or walk.pending is not None) and walk.said:
            walk.open("", line, number)
        else:
            walk.said.append(line)
        after_blank = False
    walk.close()
    tell_guesses(labels, draft, odd)


def _is_surely_a_time(line: str) -> bool:
    """Tell a time mark from the answer "10:30": marks have hours, brackets or heading signs."""
    line = line.strip()
    return line.count(":") > 1 or not line[0].isdigit()


def tell_guesses(labels: Labels, draft: Draft, odd: int = 0) -> None:
    """Say which labels were taken as speakers, or not, on thin ground.

    Args:
        labels: Speakers of the file.
        draft: Collects the notices.
        odd: How many lines open with a known name, but not written as the others.
    """
    if odd:
        what = "lines with a known name, written unlike the others, taken as that speaker"
        draft.notice(NoticeKind.GUESSED, what, count=odd)
    if labels.once:
        what = "words before a colon, seen once, taken as a speaker"
        draft.notice(NoticeKind.GUESSED, what, count=labels.once)
    if labels.left:
        what = "lines with a colon taken as speech, not as a speaker"
        draft.notice(NoticeKind.GUESSED, what, count=labels.left)
