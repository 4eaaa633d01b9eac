"""The command line: one module a command, the only place that prints."""

from discovery.cli.app import main

__all__ = ["main"]
