"""Texts made fit to be shown to somebody outside, with an exact way back to the original."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from discovery.privacy.pseudonyms import Pseudonyms
from discovery.privacy.redaction import redact


@dataclass(frozen=True, slots=True)
class Swap:
    """A stretch that is shown otherwise; all offsets half-open: ``start:end`` in the original."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as it is shown, and the map back.

    Args:
        text: The text with pseudonyms, without private details.
        original: The text as the transcript has it.
        swaps: Where the two differ, in order, never overlapping.
    """

    text: str
    original: str
    swaps: tuple[Swap, ...]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Find the stretch of the original behind a stretch of the shown text.

        Args:
            start: Offset of its first character in :attr:`text`.
            end: Offset just past its last character.

        Returns:
            Half-open offsets in :attr:`original`; a border inside a pseudonym moves to the border
            of the name it stands for.

        >>> from discovery.records import Speaker
        >>> shown = show("So Ann hires.", Pseudonyms.for_study([], [Speaker("Ann")]))
        >>> shown.text, shown.locate(3, 11)
        ('So Person 1 hires.', (3, 6))
        """
        pairs = [(swap.new_start, swap.new_end, swap.start, swap.end) for swap in self.swaps]
        return _moved(start, pairs, last=False), _moved(end, pairs, last=True)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Find where a stretch of the original is shown, the way back of :meth:`locate`.

        Args:
            start: Offset of its first character in :attr:`original`.
            end: Offset just past its last character.

        Returns:
            Half-open offsets in :attr:`text`; a border inside a name moves to the pseudonym's border.
        """
        pairs = [(swap.start, swap.end, swap.new_start, swap.new_end) for swap in self.swaps]
        return _moved(start, pairs, last=False), _moved(end, pairs, last=True)


def show(text: str, names: Pseudonyms) -> Shown:
    """Take private details out of a text, put pseudonyms for names, and keep the way back.

    Args:
        text: Any text of the study.
        names: Its pseudonyms.
    """
    cleaned = redact(text)
    replaced = names.replace(cleaned.text)
    cuts = [(cut.new_start, cut.new_end, cut.start, cut.end) for cut in cleaned.cuts]
    changes = [(one.start, one.end, one.new_start, one.new_end) for one in replaced.changes]
    touched = _merged(
        [*((start, end) for start, end, *_ in cuts), *((start, end) for start, end, *_ in changes)]
    )
    swaps = tuple(
        Swap(
            _moved(start, cuts, last=False),
            _moved(end, cuts, last=True),
            _moved(start, changes, last=False),
            _moved(end, changes, last=True),
        )
        for start, end in touched
    )
    return Shown(replaced.text, text, swaps)


def _merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that overlap; those that only touch stay apart."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _moved(offset: int, pairs: Sequence[tuple[int, int, int, int]], *, last: bool) -> int:
    """Carry an offset over: each pair is a stretch here (start, end) and there (start, end)."""
    shift = 0
    for start, end, there_start, there_end in pairs:
        if offset <= start:
            break
        if offset < end:
            return there_end if last else there_start
        shift = there_end - end
    return offset + shift
