"""How well words are held back by guards: ``python -m benchmarks.guards [--half even|odd] [--errors GUARD]``.

The interviews ``u...`` of the training data mark both claims and words that sound like one and are none,
each with its guard. The rules were written while looking at the interviews with odd numbers; those with
even numbers were measured on. Printed for each guard: how many marked words there are, the share of them
on which it fires (recall), the share on which any guard fires (held back), and the share of marked claims
on which it fires (wrongly). The rules see the words alone; what is said by the words around is for the model.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path

from discovery.annotated import load_source
from discovery.claims.guards import guards_of, guards_version
from discovery.records import AnnotatedInterview, Guard

INTERVIEWS = Path(__file__).resolve().parents[1] / "training" / "interviews"
HALVES = {"odd": 1, "even": 0}
_NUMBER = re.compile(r"\d+")


def load(half: str) -> list[AnnotatedInterview]:
    """Read the interviews of one half that mark guards."""
    paths = sorted(INTERVIEWS.glob("u*.json"))
    wanted = [path for path in paths if int(_NUMBER.findall(path.name)[0]) % 2 == HALVES[half]]
    return [interview for interview in map(load_source, wanted) if interview.guards]


def marked(interviews: Iterable[AnnotatedInterview]) -> list[tuple[str, Guard]]:
    """List the words held back by a coder, with the guard."""
    return [(words.span.quote, words.guard) for interview in interviews for words in interview.guards]


def claimed(interviews: Iterable[AnnotatedInterview]) -> list[str]:
    """List the quotes of claims."""
    return [claim.span.quote for interview in interviews for claim in interview.claims]


def report(half: str, errors: str = "") -> None:
    """Print one half: a row a guard, and all together."""
    interviews = load(half)
    held = [(quote, guard, guards_of(quote)) for quote, guard in marked(interviews)]
    claims = [(quote, guards_of(quote)) for quote in claimed(interviews)]
    print(f"\n{half} numbers: {len(interviews)} interviews, {len(held)} marked words, {len(claims)} claims")
    print(f"{'guard':<14}{'n':>5}{'recall':>8}{'held back':>11}{'wrongly':>9}")
    for guard in Guard:
        own = [found for _, wanted, found in held if wanted is guard]
        right, any_ = sum(guard in found for found in own), sum(bool(found) for found in own)
        wrongly = sum(guard in found for _, found in claims)
        print(
            f"{guard:<14}{len(own):>5}{right / max(1, len(own)):>8.3f}{any_ / max(1, len(own)):>11.3f}"
            f"{wrongly / max(1, len(claims)):>9.4f}"
        )
    right = sum(guard in found for _, guard, found in held)
    any_ = sum(bool(found) for *_, found in held)
    wrongly = sum(bool(found) for _, found in claims)
    print(
        f"{'all':<14}{len(held):>5}{right / len(held):>8.3f}{any_ / len(held):>11.3f}"
        f"{wrongly / len(claims):>9.4f}"
    )
    for quote, found in claims if errors else ():
        if errors in found:
            print(f"  claim: {quote}")
    for quote, guard, found in held if errors else ():
        if (guard == errors) != (errors in found):
            print(f"  {'missed' if guard == errors else f'rather {guard}'}: {quote}")


def main() -> None:
    """Measure both halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=tuple(HALVES), help="only this half")
    parser.add_argument("--errors", default="", help="list the misjudged words of this guard")
    given = parser.parse_args()
    print(guards_version())
    for half in [given.half] if given.half else HALVES:
        report(half, given.errors)


if __name__ == "__main__":
    main()
