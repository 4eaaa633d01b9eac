"""The application: registers one module a command and turns faults into one line.

Command modules import the rooms inside their functions, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer

from discovery import __version__
from discovery.cli.console import Exit, errors, say_fault
from discovery.errors import DiscoveryError

COMMANDS = (
    "init",
    "run",
    "brief",
    "read",
    "layouts",
    "export",
    "names",
    "review",
    "reader",
    "guide",
    "lint",
    "coverage",
    "codebook",
    "evaluate",
    "train",
)

_HELP = "Employer customer-discovery research: from interview transcripts to a programme design brief."

app = typer.Typer(
    help=_HELP,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def _options(
    debug: bool = typer.Option(False, "--debug", help="Show a traceback when something fails."),
    version: bool = typer.Option(False, "--version", help="Show the version and stop.", is_eager=True),
) -> None:
    if version:
        typer.echo(f"discovery {__version__}")
        raise typer.Exit


def _register(name: str) -> None:
    command: Callable[..., Any] | typer.Typer = getattr(import_module(f"discovery.cli.{name}"), name)
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=name)
    else:
        app.command(name)(command)


for _name in COMMANDS:
    _register(_name)


def main() -> None:
    """Run the command line; a user's fault ends in one line, a bug in a short notice or a traceback."""
    debug = "--debug" in sys.argv[1:]
    if debug:  # accepted anywhere on the line, not only before the command
        sys.argv = [sys.argv[0], "--debug", *(word for word in sys.argv[1:] if word != "--debug")]
    try:
        app()
    except DiscoveryError as fault:
        if debug:
            raise
        say_fault(fault)
        sys.exit(Exit.FAILED)
    except Exception as bug:
        if debug:
            raise
        errors.print(
            f"something went wrong inside Discovery ({type(bug).__name__}); nothing was half written. "
            "Run the same command with --debug and report what it prints [internal]",
            markup=False,
            style="red",
        )
        sys.exit(Exit.FAILED)
