"""``discovery codebook``: what is marked in an interview, and what each mark means."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Annotated

import typer

from discovery.cli.console import console


def codebook(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line an entry.")] = False,
) -> None:
    """Print the stances, facets and guards with their definitions and examples."""
    from discovery.codebook import codebook_rows, load_codebook

    book = load_codebook()
    rows = codebook_rows(book)
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
        return
    console.print(f"[bold]Claim[/bold] ({book.version})")
    console.print(f"  {book.claim}", highlight=False)
    console.print("\n[bold]Not a claim[/bold]")
    for line in book.not_a_claim:
        console.print(f"  - {line}", highlight=False)
    for kind, group in groupby(rows, key=lambda row: row["kind"]):
        console.print(f"\n[bold]{kind.capitalize()}s[/bold]")
        for row in group:
            _print_entry(row)


def _print_entry(row: dict[str, str | list[str]]) -> None:
    console.print(f"  [bold]{row['key']}[/bold]  {row['definition']}", highlight=False)
    for phrase in row["wording"]:
        console.print(f"      wording: {phrase}", highlight=False, markup=False)
    for example in row["examples"]:
        console.print(f"      example: {example}", highlight=False, markup=False)
