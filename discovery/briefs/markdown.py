"""Set a brief as Markdown, pictures in a folder beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from discovery.briefs.clean import harmless
from discovery.briefs.model import (
    Block,
    Brief,
    Bullets,
    Callout,
    Facts,
    Figure,
    Heading,
    Inline,
    Paragraph,
    Quote,
    Reference,
    Run,
    Table,
)
from discovery.briefs.text import named, write_aside

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$^])")
_OPENS_BLOCK = re.compile(r"^(\s*)(?:([-=>:])|(\d+)([.)]))")


def write_markdown(brief: Brief, path: Path) -> None:
    """Write the brief as one Markdown file; pictures go to a folder of the same name beside it.

    Args:
        brief: What to write.
        path: Where to write it.

    Raises:
        BriefError: A file cannot be written (``brief.write``).
    """
    path = Path(path)
    folder = path.with_name(f"{path.stem}_figures")
    labels = brief.labels()
    lines = [f"# {escape(brief.title)}", "", escape(brief.subtitle), ""]
    lines += [
        f"- {escape(label)}: {escape(value)}" for label, value in (*brief.cover, ("For", brief.marking))
    ]
    pictures: dict[str, bytes] = {}
    for number, section in brief.numbered():
        lead = f"Appendix {number}" if section.appendix else number
        lines += ["", f'<a id="{_anchor(section.key)}"></a>', "", f"## {lead} {escape(section.title)}"]
        for block in section.blocks:
            if isinstance(block, Figure):
                name = f"{_anchor(block.key)}.png"
                pictures[name] = block.png
                target = f"<{folder.name}/{name}>"
                lines += [
                    "",
                    f"![{escape(block.alt)}]({target})",
                    "",
                    f"*{labels[block.key]}: {escape(block.caption)}*",
                ]
            else:
                lines += ["", *_block(block, labels)]
    for name, png in pictures.items():
        write_aside(folder / name, png)
    write_aside(path, ("\n".join(lines) + "\n").encode())


def escape(text: str) -> str:
    r"""Make text harmless in Markdown and in the HTML that Markdown allows.

    >>> escape("<script>*a*")
    '&lt;script&gt;\\*a\\*'
    """
    plain = (
        re.sub(r"\s+", " ", harmless(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    )
    marked = _SPECIAL.sub(r"\\\1", plain)
    return _OPENS_BLOCK.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", marked
    )


def _block(block: Block, labels: dict[str, str]) -> list[str]:
    if isinstance(block, Heading):
        return [f"{'#' * (block.level + 1)} {escape(block.text)}"]
    if isinstance(block, Paragraph):
        return [_inline(block.runs, labels)]
    if isinstance(block, Bullets):
        return [f"- {_inline(item, labels)}" for item in block.items]
    if isinstance(block, Callout):
        return [f"> **{escape(block.title)}**", ">", f"> {_inline(block.runs, labels)}"]
    if isinstance(block, Facts):
        return [f"- **{escape(number)}** {escape(label)}" for number, label in block.items]
    if isinstance(block, Quote):
        side = f"{block.side.capitalize()}: " if block.side else ""
        place = f", {block.place}" if block.place else ""
        return [f"> “{escape(block.text)}”", ">", f"> {escape(f'{side}{block.employer}{place}')}"]
    if isinstance(block, Table):
        return _table(block, labels)
    raise TypeError(type(block).__name__)


def _table(table: Table, labels: dict[str, str]) -> list[str]:
    rule = [" ---: " if at in table.numbers else " --- " for at in range(len(table.header))]
    rows = [f"| {' | '.join(escape(cell) for cell in row)} |" for row in (table.header, *table.rows)]
    title = f"*{labels[table.key]}: {escape(table.caption)}*"
    return [title, "", rows[0], f"|{'|'.join(rule)}|", *rows[1:]]


def _inline(runs: Iterable[Inline], labels: dict[str, str]) -> str:
    return "".join(_one(run, labels) for run in runs)


def _one(run: Inline, labels: dict[str, str]) -> str:
    if isinstance(run, Reference):
        words = escape(named(run, labels))
        inside = run.target in labels and ":" not in run.target
        return f"[{words}](#{_anchor(run.target)})" if inside else words
    return _marked(run)


def _marked(run: Run) -> str:
    mark = "**" if run.strong else "*" if run.soft else ""
    body = escape(run.text.strip())
    if not mark or not body:
        head = " " if run.text[:1].isspace() else ""
        tail = " " if run.text[-1:].isspace() and run.text.strip() else ""
        return f"{head}{body}{tail}"
    tail = " " if run.text[-1:].isspace() else ""
    return f"{mark}{body}{mark}{tail}"


def _anchor(key: str) -> str:
    return re.sub(r"\W+", "-", key)
