"""Saturation: how many new topics or codes each further interview still brings."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from discovery.errors import TopicsError

if TYPE_CHECKING:
    import pandas as pd

CAVEAT = (
    "This is code saturation, not meaning saturation: it says how seldom something new is named, "
    "not how well it is understood (Hennink, Kaiser & Marconi 2017), and it depends on who was "
    "interviewed. Topics are drawn from all interviews together and are few, so they level off early; "
    "codes say more. Reflexive thematic analysis rejects the notion (Braun & Clarke 2021)."
)


@dataclass(frozen=True)
class Saturation:
    """How new topics or codes dry up from interview to interview.

    Args:
        table: One row an interview, in the order given: ``interview`` (from 1), ``new``,
            ``seen`` (so far), ``low`` and ``high`` (95 % band of ``seen`` over shuffled
            orders), ``middle`` (their median), ``ratio`` (new in the run that ends here over
            those of the base; missing before the first full run).
        reached: Interviews up to the base and first run with a ratio at or under the
            threshold; None where no run gets there.
        notation: Like ``6+2``: interviews before the run, and the run.
        shuffled_share: Share of shuffled orders that reach the threshold at all.
        verdict: The finding in one plain sentence.
        caveat: What it does not say.
    """

    table: pd.DataFrame
    reached: int | None
    notation: str
    shuffled_share: float
    verdict: str
    caveat: str = CAVEAT


def saturation(
    interviews: Sequence[Collection[Hashable]],
    *,
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    shuffles: int = 500,
    seed: int = 0,
) -> Saturation:
    """Follow how many topics or codes are new in each interview.

    Args:
        interviews: For each interview, in the order held, the topics or codes it contains.
        base: First interviews, which the later ones are measured against.
        run: Interviews looked at together.
        threshold: Greatest share of new items in a run, relative to the base, that counts as
            saturated; 0.05 or 0 are usual.
        shuffles: Random orders for the band.
        seed: Seed of the orders.

    Returns:
        The curve, whether it levels off, and how much that hangs on the order.

    Raises:
        TopicsError: Base, run, threshold or shuffles are out of range.

    Source: Guest, Namey & Chen 2020, "A simple method to assess and report thematic saturation".

    >>> found = saturation([{1, 2, 3}, {2, 4}, {1}, {3, 5}, {1}, {2}], base=4, run=2, shuffles=10)
    >>> found.notation, found.reached
    ('4+2', 6)
    """
    faults = [
        text
        for bad, text in (
            (base < 1, "base must be 1 or more"),
            (run < 1, "run must be 1 or more"),
            (not 0 <= threshold <= 1, "threshold must be from 0 to 1"),
            (shuffles < 1, "shuffles must be 1 or more"),
        )
        if bad
    ]
    if faults:
        raise TopicsError("topics.settings", faults="; ".join(faults))
    new = _new_items(interviews)
    rng = np.random.default_rng([seed, 17])
    orders = [
        _new_items([interviews[at] for at in rng.permutation(len(interviews))]) for _ in range(shuffles)
    ]
    ratios = _ratios(new, base, run)
    ends = [at for at, ratio in enumerate(ratios) if not np.isnan(ratio) and ratio <= threshold]
    reached = ends[0] + 1 if ends else None
    lucky = [bool((_ratios(order, base, run) <= threshold).any()) for order in orders]
    share = float(np.mean(lucky)) if len(interviews) >= base + run else 0.0
    notation = f"{reached - run}+{run}" if reached else ""
    return Saturation(
        _table(new, ratios, orders),
        reached,
        notation,
        share,
        _verdict(len(interviews), base, run, threshold, notation, share, int(new.sum())),
    )


def _new_items(interviews: Sequence[Collection[Hashable]]) -> NDArray[np.int64]:
    """Count what each interview names first."""
    seen: set[Hashable] = set()
    new = []
    for items in interviews:
        fresh = set(items) - seen
        new.append(len(fresh))
        seen |= fresh
    return np.array(new, dtype=np.int64)


def _ratios(new: NDArray[np.int64], base: int, run: int) -> NDArray[np.float64]:
    """For each interview that ends a run after the base: new items of the run over those of the base."""
    ratios = np.full(len(new), np.nan)
    found = new[:base].sum()
    for end in range(base + run - 1, len(new)):
        ratios[end] = new[end - run + 1 : end + 1].sum() / found if found else np.nan
    return ratios


def _table(
    new: NDArray[np.int64], ratios: NDArray[np.float64], orders: Sequence[NDArray[np.int64]]
) -> pd.DataFrame:
    import pandas as pd

    curves = np.cumsum(np.array(orders).reshape(len(orders), len(new)), axis=1)
    low, middle, high = np.quantile(curves, [0.025, 0.5, 0.975], axis=0)
    return pd.DataFrame(
        {
            "interview": np.arange(1, len(new) + 1),
            "new": new,
            "seen": np.cumsum(new),
            "low": low,
            "middle": middle,
            "high": high,
            "ratio": ratios,
        }
    )


def _verdict(
    interviews: int, base: int, run: int, threshold: float, notation: str, share: float, items: int
) -> str:
    """Say in one sentence whether the curve levels off and how far that hangs on the order."""
    if interviews < base + run:
        least = f"{base + run} are the least (base {base}, run {run})"
        return f"{interviews} interviews are too few to tell; {least}."
    if not items:
        return "No topic or code was found, so there is nothing to saturate."
    if not notation:
        return (
            f"New items keep coming: no run of {run} interviews brings {threshold:.0%} or less of what the "
            f"first {base} brought."
        )
    return (
        f"Saturation at {notation} (base {base}, new items at most {threshold:.0%}); "
        f"{share:.0%} of shuffled orders get there too."
    )
