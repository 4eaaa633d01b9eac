"""How often the models cry wolf: `python -m benchmarks.false_alarms FOLDER`.

FOLDER holds talk without any hiring in it, in any layout the readers know, or plain text whose
paragraphs are then taken for turns. Prints for each file, and over all, how many claims and
mismatches are reported per 10,000 words, with the 95 % interval of a count (Poisson), and the score of the
best candidate. Where it is not clear who asks, every voice is taken for the employer's, which is the
harder case. The exit status is 1 where more than `MOST` mismatches per 10,000 words are reported.

`benchmarks/talk_without_hiring` holds such talk, invented for this measure alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scipy.stats import chi2

from discovery.claims import extract_claims
from discovery.errors import DiscoveryError, RolesError, TranscriptError
from discovery.exchanges import pair_exchanges
from discovery.language import AnswerEncoder, MiniLM
from discovery.mismatches import detect_mismatches
from discovery.records import Claim, Mismatch, Role, Turn
from discovery.transcripts import assign_roles, read_transcript

MOST = 0.5
"""Mismatches per 10,000 words that are borne."""

_PER = 10_000


@dataclass(frozen=True, slots=True)
class Alarms:
    """What was reported on one talk that holds nothing to report.

    Args:
        source: File name.
        words: Words of all voices.
        claims: Claims without a guard.
        mismatches: Mismatches over the threshold.
        best: Score of the best candidate; 0 where there is none.
    """

    source: str
    words: int
    claims: tuple[Claim, ...]
    mismatches: tuple[Mismatch, ...]
    best: float


def main() -> int:
    """Measure every file of a folder and print one line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quotes", action="store_true", help="print what was reported, too")
    options = parser.parse_args()
    encoder = MiniLM()
    every = []
    for path in sorted(options.folder.iterdir()):
        if path.is_file() and not path.name.startswith(("README", ".")):
            every.append(measure(read_turns(path), encoder))
            print(in_words(every[-1].source, every[-1:]), flush=True)
            if options.quotes:
                print_quotes(every[-1])
    if not every:
        parser.error(f"no transcript in {options.folder}")
    print(in_words(f"all {len(every)} files", every))
    return int(rate(every, "mismatches")[0] > MOST)


def read_turns(path: Path) -> list[Turn]:
    """Read a transcript, or any text, to turns that all have a role."""
    try:
        transcript = read_transcript(path)
    except TranscriptError:
        return _paragraphs(path)
    try:
        return list(assign_roles(transcript).turns)
    except RolesError:
        return [replace(turn, role=Role.EMPLOYER) for turn in transcript.turns]


def _paragraphs(path: Path) -> list[Turn]:
    texts = [" ".join(part.split()) for part in path.read_text(encoding="utf-8").split("\n\n")]
    said = [text for text in texts if text]
    return [Turn(path.name, number, "", text, Role.EMPLOYER) for number, text in enumerate(said)]


def measure(turns: Sequence[Turn], encoder: AnswerEncoder) -> Alarms:
    """Look for claims and mismatches as a run does."""
    exchanges = pair_exchanges(turns, encoder=encoder)
    extracted = extract_claims(turns, exchanges, employer="nobody", encoder=encoder)
    claims = extracted.claims
    found = detect_mismatches(
        turns, claims, employer="nobody", exchanges=exchanges, outside=extracted.outside, encoder=encoder
    )
    return Alarms(
        turns[0].source if turns else "",
        sum(len(turn.text.split()) for turn in turns),
        tuple(claim for claim in claims if not claim.guards),
        found.mismatches,
        max((candidate.score for candidate in found.candidates), default=0.0),
    )


def rate(every: Sequence[Alarms], what: str) -> tuple[float, float, float]:
    """Reported per 10,000 words, with the exact 95 % interval of a Poisson count.

    Source: Garwood 1936, "Fiducial limits for the Poisson distribution".
    """
    count = sum(len(getattr(one, what)) for one in every)
    words = max(sum(one.words for one in every), 1)
    low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    high = chi2.ppf(0.975, 2 * count + 2) / 2
    return count / words * _PER, float(low) / words * _PER, float(high) / words * _PER


def in_words(name: str, every: Sequence[Alarms]) -> str:
    """One line: words, and both rates."""
    parts = [f"{name:<28}", f"{sum(one.words for one in every):>7,} words"]
    for what in ("claims", "mismatches"):
        count = sum(len(getattr(one, what)) for one in every)
        value, low, high = rate(every, what)
        parts.append(f"{what} {count:>3} ({value:.1f} per 10,000 words; {low:.1f} to {high:.1f})")
    parts.append(f"best candidate {max(one.best for one in every):.2f}")
    return "  ".join(parts)


def print_quotes(one: Alarms) -> None:
    """Print the reported quotes; the talk is invented or open, and this is a workbench."""
    for claim in one.claims:
        print(f"    claim {claim.score:.2f} {claim.stance}/{claim.facet}: {claim.span.quote}")
    for found in one.mismatches:
        print(f"    MISMATCH {found.score:.2f} {found.type}: {found.stated.quote} | {found.actual.quote}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DiscoveryError as fault:
        sys.exit(str(fault))
