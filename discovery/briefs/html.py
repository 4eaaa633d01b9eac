"""Set a brief as one HTML file that needs nothing else: no scripts, pictures inside, made to print."""

from __future__ import annotations

import base64
import html
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
    Table,
)
from discovery.briefs.text import headings, named, write_aside

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_STYLE = """
:root{--ink:#1f2a37;--soft:#4f5b67;--line:#c9d1d9;--shade:#eef2f6;--accent:#1b4f72;--stated:#0072b2;--actual:#d55e00}
*{box-sizing:border-box}
body{margin:0;font:16px/1.55 Arial,"Liberation Sans",Helvetica,sans-serif;color:var(--ink);background:#fff}
header,nav,main,footer{max-width:52rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:4rem}
h1{font-size:2.1rem;line-height:1.15;color:var(--accent);margin:0 0 .4rem}
h2{font-size:1.5rem;color:var(--accent);margin:3.5rem 0 .8rem;
padding-top:.8rem;border-top:2px solid var(--accent)}
h3{font-size:1.1rem;color:var(--accent);margin:1.8rem 0 .4rem}
h4{font-size:1rem;margin:1.4rem 0 .3rem}
.subtitle{font-size:1.15rem;color:var(--soft);margin:0 0 2rem}
dl.cover{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.2rem;margin:0 0 2rem}
dl.cover dt{color:var(--soft)}
dl.cover dd{margin:0}
nav ol{list-style:none;padding:0}
nav li{margin:.2rem 0}
a{color:var(--accent)}
a:focus-visible{outline:3px solid var(--actual);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}
dl.facts{display:flex;flex-wrap:wrap;gap:1rem;margin:1rem 0;padding:0}
dl.facts div{flex:1 1 6rem;text-align:center;display:flex;flex-direction:column-reverse}
dl.facts dd{margin:0;font-size:1.8rem;font-weight:700;color:var(--accent)}
dl.facts dt{color:var(--soft);font-size:.85rem}
blockquote{margin:.8rem 0;padding:.1rem 0 .1rem .9rem;border-left:4px solid var(--line);break-inside:avoid}
blockquote.stated{border-color:var(--stated)}
blockquote.actual{border-color:var(--actual)}
blockquote p{margin:0;font-style:italic}
blockquote footer{max-width:none;margin:0;padding:0;font-size:.82rem;color:var(--soft)}
.callout{background:var(--shade);border-left:4px solid var(--accent);
padding:.7rem 1rem;margin:1.2rem 0;break-inside:avoid}
.callout.caution{border-color:var(--actual)}
.callout p{margin:.2rem 0 0}
.callout strong.title{color:var(--accent)}
.scroll{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;width:100%;font-size:.87rem;line-height:1.4}
caption{text-align:left;color:var(--soft);font-size:.85rem;padding-bottom:.4rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
thead th{background:var(--accent);color:#fff}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
tbody tr:nth-child(even){background:#f7f9fb}
figure{margin:1.2rem 0;break-inside:avoid}
figure img{max-width:100%;height:auto}
figcaption{color:var(--soft);font-size:.85rem}
.small{font-size:.85rem;color:var(--soft)}
body>footer{margin-top:4rem;padding-bottom:3rem;color:var(--soft);font-size:.85rem}
@page{size:A4;margin:2cm}
@media print{body{font-size:10pt}
.skip{display:none}
h2{break-before:page;border:0;margin-top:0}
h2,h3,h4,caption{break-after:avoid}
tr{break-inside:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}
thead th,.callout,tbody tr{-webkit-print-color-adjust:exact;print-color-adjust:exact}
a{color:inherit;text-decoration:none}}
"""


def write_html(brief: Brief, path: Path) -> None:
    """Write the brief as one HTML file without scripts; pictures are inside it.

    Args:
        brief: What to write.
        path: Where to write it.

    Raises:
        BriefError: The file cannot be written (``brief.write``).
    """
    labels = brief.labels()
    entries = "".join(
        f'<li><a href="#{_anchor(key)}">{_safe(title)}</a></li>' for title, key in headings(brief)
    )
    cover = "".join(
        f'<dt>{_safe(label)}</dt><dd dir="auto">{_safe(value)}</dd>'
        for label, value in (*brief.cover, ("Who may read this", brief.marking))
    )
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_safe(brief.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        '<a class="skip" href="#start">Skip to the findings</a>',
        f'<header><h1 dir="auto">{_safe(brief.title)}</h1><p class="subtitle">{_safe(brief.subtitle)}</p>',
        f'<dl class="cover">{cover}</dl></header>',
        f'<nav aria-label="Contents"><ol>{entries}</ol></nav>\n<main id="start">',
        *_sections(brief, labels),
        f"</main>\n<footer>{_safe(brief.marking)}</footer>\n</body>\n</html>\n",
    ]
    write_aside(Path(path), "\n".join(parts).encode())


def _sections(brief: Brief, labels: dict[str, str]) -> Iterable[str]:
    for number, section in brief.numbered():
        lead = f"Appendix {number}" if section.appendix else number
        anchor = _anchor(section.key)
        yield f'<section aria-labelledby="{anchor}"><h2 id="{anchor}">{lead} {_safe(section.title)}</h2>'
        for block in section.blocks:
            yield _block(block, labels)
        yield "</section>"


def _safe(text: str) -> str:
    return html.escape(harmless(text), quote=True)


def _block(block: Block, labels: dict[str, str]) -> str:
    if isinstance(block, Heading):
        level = block.level + 1
        return f'<h{level} dir="auto">{_safe(block.text)}</h{level}>'
    if isinstance(block, Paragraph):
        small = ' class="small"' if block.small else ""
        return f"<p{small}>{_inline(block.runs, labels)}</p>"
    if isinstance(block, Bullets):
        return f"<ul>{''.join(f'<li>{_inline(item, labels)}</li>' for item in block.items)}</ul>"
    if isinstance(block, Callout):
        title = f'<strong class="title">{_safe(block.title)}</strong>'
        body = f"{title}<p>{_inline(block.runs, labels)}</p>"
        return f'<div class="callout {_safe(block.kind)}" role="note">{body}</div>'
    if isinstance(block, Facts):
        items = "".join(
            f"<div><dt>{_safe(label)}</dt><dd>{_safe(number)}</dd></div>" for number, label in block.items
        )
        return f'<dl class="facts">{items}</dl>'
    if isinstance(block, Quote):
        return _quote(block)
    if isinstance(block, Table):
        return _table(block, labels)
    return _figure(block, labels)


def _quote(quote: Quote) -> str:
    side = f"<strong>{_safe(quote.side.capitalize())}:</strong> " if quote.side else ""
    place = f", {_safe(quote.place)}" if quote.place else ""
    footer = f"<footer>{side}<bdi>{_safe(quote.employer)}</bdi>{place}</footer>"
    words = f'<p dir="auto">“{_safe(quote.text)}”</p>'
    return f'<blockquote class="{_safe(quote.side)}">{words}{footer}</blockquote>'


def _table(table: Table, labels: dict[str, str]) -> str:
    side = [' class="n"' if at in table.numbers else "" for at in range(len(table.header))]
    head = _cells("th", ' scope="col"', table.header, side)
    rows = "".join("<tr>" + _cells("td", ' dir="auto"', row, side) + "</tr>\n" for row in table.rows)
    caption = f"<caption>{labels[table.key]}: {_safe(table.caption)}</caption>"
    body = f"<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody>"
    return f'<div class="scroll" id="{_anchor(table.key)}"><table>{caption}{body}</table></div>'


def _cells(tag: str, more: str, row: Iterable[str], side: Iterable[str]) -> str:
    pairs = zip(row, side, strict=True)
    return "".join(f"<{tag}{mark}{more}>{_safe(cell)}</{tag}>" for cell, mark in pairs)


def _figure(figure: Figure, labels: dict[str, str]) -> str:
    data = base64.b64encode(figure.png).decode()
    picture = f'<img src="data:image/png;base64,{data}" alt="{_safe(figure.alt)}">'
    caption = f"<figcaption>{labels[figure.key]}: {_safe(figure.caption)}</figcaption>"
    return f'<figure id="{_anchor(figure.key)}">{picture}{caption}</figure>'


def _inline(runs: Iterable[Inline], labels: dict[str, str]) -> str:
    parts = []
    for run in runs:
        if isinstance(run, Reference):
            words = _safe(named(run, labels))
            parts.append(f'<a href="#{_anchor(run.target)}">{words}</a>' if run.target in labels else words)
        else:
            tag = "strong" if run.strong else "em" if run.soft else ""
            parts.append(f"<{tag}>{_safe(run.text)}</{tag}>" if tag else _safe(run.text))
    return "".join(parts)


def _anchor(key: str) -> str:
    return re.sub(r"\W+", "-", key)
