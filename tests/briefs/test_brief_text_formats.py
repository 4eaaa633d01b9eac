"""Markdown and HTML: complete, harmless, self-contained."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.briefs import Brief, Material, compose_brief, write_html, write_markdown
from discovery.briefs.markdown import escape
from discovery.briefs.model import (
    Bullets,
    Callout,
    Facts,
    Figure,
    Heading,
    Quote,
    Section,
    Table,
    line,
    say,
    strong,
)

NASTY = "=CMD('calc') <script>alert(1)</script> | *x* _y_ `z` [a](javascript:b) \x07 🦊 مرحبا"


class Page(HTMLParser):
    """Collects tags, attributes and words; notes tags that do not close."""

    VOID = frozenset({"meta", "img", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def parse(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    assert page.open == []
    return page


@pytest.fixture
def hostile() -> Brief:
    blocks = (
        say(NASTY, strong(NASTY)),
        Heading(NASTY),
        Bullets((line(NASTY),)),
        Callout(NASTY, line(NASTY)),
        Facts(((NASTY, NASTY),)),
        Quote(NASTY, NASTY, NASTY, 3, "1:00", "stated"),
        Table("table:x", NASTY, (NASTY,), ((NASTY,),)),
        Figure("figure:x", NASTY, NASTY + '" onerror="x', b"\x89PNG"),
    )
    return Brief(NASTY, NASTY, ((NASTY, NASTY),), (Section("x", NASTY, blocks),))


def test_html_holds_no_script_and_needs_no_other_file(rich: Material, tmp_path: Path) -> None:
    write_html(compose_brief(rich), tmp_path / "b.html")
    page = parse(tmp_path / "b.html")
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "object", "form"}
    sources = [str(attributes["src"]) for _, attributes in page.tags if "src" in attributes]
    assert len(sources) == 4
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert base64.b64decode(sources[0].split(",")[1])[:4] == b"\x89PNG"
    assert not re.search(r"https?://", (tmp_path / "b.html").read_text())


def test_html_has_landmarks_one_h1_and_no_skipped_level(rich: Material, tmp_path: Path) -> None:
    write_html(compose_brief(rich), tmp_path / "b.html")
    page = parse(tmp_path / "b.html")
    names = [tag for tag, _ in page.tags]
    assert (names.count("main"), names.count("nav"), names.count("h1")) == (1, 1, 1)
    assert dict(page.tags)["html"] == {"lang": "en"}
    levels = [int(tag[1]) for tag in names if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(attributes.get("alt") for tag, attributes in page.tags if tag == "img")
    assert all(attributes.get("scope") == "col" for tag, attributes in page.tags if tag == "th")
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    links = [str(attributes["href"])[1:] for tag, attributes in page.tags if tag == "a"]
    assert set(links) <= set(ids)


def test_html_keeps_hostile_text_as_text(hostile: Brief, tmp_path: Path) -> None:
    write_html(hostile, tmp_path / "b.html")
    page = parse(tmp_path / "b.html")
    assert "script" not in {tag for tag, _ in page.tags}
    assert not [a for _, attributes in page.tags for a in attributes if a.startswith("on")]
    assert sum("<script>alert(1)</script>" in words for words in page.words) >= 10
    assert "\x07" not in "".join(page.words)


def test_markdown_has_every_section_table_and_picture(rich: Material, tmp_path: Path) -> None:
    brief = compose_brief(rich)
    write_markdown(brief, tmp_path / "b.md")
    text = (tmp_path / "b.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^## ", text, re.MULTILINE)) == len(brief.sections)
    tables = [block for part in brief.sections for block in part.blocks if isinstance(block, Table)]
    assert len(re.findall(r"^\|(?: ---:? \|)+$", text, re.MULTILINE)) == len(tables)
    for picture in re.findall(r"\]\(<([^>]+)>\)", text):
        assert (tmp_path / picture).read_bytes()[:4] == b"\x89PNG"
    anchors = set(re.findall(r'<a id="([^"]+)">', text))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors
    assert "> Stated: Employer A, interview-01.vtt, turn 1, 0:10" in text


def test_markdown_keeps_hostile_text_as_text(hostile: Brief, tmp_path: Path) -> None:
    write_markdown(hostile, tmp_path / "b.md")
    text = (tmp_path / "b.md").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "](javascript" not in text
    row = next(each for each in text.split("\n") if each.startswith("| \\=CMD"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 2


@given(st.text())
def test_escaped_text_never_opens_markup(text: str) -> None:
    made = escape(text)
    assert "\n" not in made
    assert not re.search(r"[<>]", made)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]|]", made)


def test_same_brief_same_text(rich: Material, tmp_path: Path) -> None:
    for writer, name in ((write_html, "b.html"), (write_markdown, "b.md")):
        writer(compose_brief(rich), tmp_path / name)
        first = (tmp_path / name).read_bytes()
        writer(compose_brief(rich), tmp_path / name)
        assert (tmp_path / name).read_bytes() == first
