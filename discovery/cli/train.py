"""``discovery train``: remake the shipped weights from annotated interviews."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from discovery.cli.console import console


def train(
    data: Annotated[
        Path, typer.Option("--data", help="Folder of annotated interviews in source form.")
    ] = Path("training/interviews"),
    seed: Annotated[int, typer.Option("--seed", help="Fixes every draw; 0 makes the shipped weights.")] = 0,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="Write to OUTPUT/claims and OUTPUT/mismatches, not into the package."
        ),
    ] = None,
) -> None:
    """Train the claim model and the mismatch model, and say how well they do on interviews held out."""
    import discovery
    from discovery.annotated import load_folder
    from discovery.claims import train_claims
    from discovery.exchanges import pair_exchanges
    from discovery.language import MiniLM
    from discovery.mismatches import train_mismatches

    started = time.monotonic()
    interviews = load_folder(data)
    exchanges = [exchange for interview in interviews for exchange in pair_exchanges(interview.turns)]
    encoder = MiniLM()
    package = Path(discovery.__file__).parent
    places = {
        room: output / room if output else package / room / "weights" for room in ("claims", "mismatches")
    }
    with console.status(f"Claims: learning from {len(interviews)} interviews ..."):
        manifest = train_claims(interviews, encoder, places["claims"], seed=seed, exchanges=exchanges)
    _say("Claims", manifest, started)
    with console.status("Mismatches: learning from the same interviews ..."):
        manifest = train_mismatches(interviews, encoder, places["mismatches"], seed=seed)
    _say("Mismatches", manifest, started)
    console.print(f"Trained in {(time.monotonic() - started) / 60:.1f} minutes.")


def _say(what: str, manifest: Mapping[str, Any], started: float) -> None:
    """One line: figures from cross-validation, and the minutes so far."""
    metrics = manifest.get("metrics", {})
    figures = ", ".join(
        f"{name} {value}" for name, value in metrics.items() if isinstance(value, int | float)
    )
    minutes = (time.monotonic() - started) / 60
    console.print(f"{what}: {figures or 'done'} (held out, {minutes:.1f} min)", markup=False)
