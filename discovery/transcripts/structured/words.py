"""Words with times, one by one, joined into cues a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from discovery.transcripts.base import Voice

PAUSE_S = 1.0
"""A silence this long, in seconds, ends a cue."""

MOST_WORDS = 40
"""A cue without a pause or a full stop ends after this many words."""

_ENDS = (".", "?", "!", "…", "。", "？", "！")


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word or mark.

    Args:
        text: The word, punctuation attached where the service attaches it.
        speaker: Who says it; empty when the service does not tell.
        number: Item of the file it comes from, from 1.
        start_s: Seconds from the start; None where unknown.
        end_s: Likewise for the end.
        attached: Whether it follows the word before without a space.
    """

    text: str
    speaker: str
    number: int
    start_s: float | None = None
    end_s: float | None = None
    attached: bool = False


@dataclass(slots=True)
class _Cue:
    words: list[Word] = field(default_factory=list)

    def closes_before(self, word: Word) -> bool:
        """Tell whether the next word belongs to a new cue."""
        if not self.words or word.attached:
            return False
        last = self.words[-1]
        if (
            word.speaker != self.words[0].speaker
            or last.text.endswith(_ENDS)
            or len(self.words) >= MOST_WORDS
        ):
            return True
        ends = [other.end_s for other in self.words if other.end_s is not None]
        return bool(ends) and word.start_s is not None and word.start_s - ends[-1] >= PAUSE_S

    def voice(self) -> Voice:
        """Write the cue as one voice."""
        text = "".join(word.text if word.attached else f" {word.text}" for word in self.words)
        starts = [word.start_s for word in self.words if word.start_s is not None]
        ends = [word.end_s for word in self.words if word.end_s is not None]
        first = self.words[0]
        return Voice(
            first.speaker, text, first.number, starts[0] if starts else None, ends[-1] if ends else None
        )


def join_words(words: Iterable[Word]) -> Iterator[Voice]:
    """Join words into cues: a new one at each change of speaker, sentence end or pause.

    Args:
        words: Words in the order they are said.

    Yields:
        Voices; together they hold every word once, in order.

    >>> said = [Word("Yes", "A", 1), Word(".", "A", 2, attached=True), Word("Why?", "B", 3)]
    >>> [(voice.speaker, voice.text.strip()) for voice in join_words(said)]
    [('A', 'Yes.'), ('B', 'Why?')]
    """
    cue = _Cue()
    for word in words:
        if cue.closes_before(word):
            yield cue.voice()
            cue = _Cue()
        cue.words.append(word)
    if cue.words:
        yield cue.voice()
