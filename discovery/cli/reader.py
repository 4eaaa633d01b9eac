"""``discovery reader``: another reader beside the built-in one, a model or a person."""

from __future__ import annotations

from importlib import import_module

import typer

SUBCOMMANDS = ("ask", "export", "import", "list", "training")

reader = typer.Typer(
    help="Let a model or a person read the interviews too; everything that comes back is verified.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)

for _name in SUBCOMMANDS:
    reader.command(_name)(getattr(import_module(f"discovery.cli.reader_{_name}"), f"reader_{_name}"))
