"""Studies that are empty, huge or full of traps: briefs and sheets come out right and harmless."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from html.parser import HTMLParser

import pytest
from docx import Document
from lxml import etree

from discovery import Study
from discovery.records import (
    Claim,
    Exchange,
    Facet,
    Interview,
    Mismatch,
    Role,
    Speaker,
    Stance,
    Topic,
    TopicDocument,
    Turn,
)
from discovery.scaffold import make_study
from discovery.store import Store
from discovery.tables import SHAPES, frame, write_table

FORMATS = (".docx", ".md", ".html")
TRAPS = (
    "=CMD()",
    "<script>alert(1)</script>",
    "🦊 Fóx & Sons",
    "شركة النور",
    "'; DROP TABLE turns; --",
    "@SUM(A1)",
)
NEED, DO = "We need people with ten years behind them", "we only take students from the fair"


def fill(folder, names, *, per_employer=2, topics=True, mismatches=True):
    """Make a study as a run would leave it: one interview an employer, `per_employer` claims each."""
    make_study(folder, names[0])
    settings = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(
        settings.replace("pseudonyms = true", "pseudonyms = false"), encoding="utf-8"
    )
    with (folder / "employers.csv").open("w", encoding="utf-8", newline="") as sheet:
        rows = csv.writer(sheet)
        rows.writerow(["id", "name", "sector", "consent"])
        rows.writerows([f"e{n}", name, name, "quote"] for n, name in enumerate(names))
    store = Store(folder / "study.sqlite")
    documents = []
    for n, name in enumerate(names):
        documents += _save_interview(store, f"e{n}", name, per_employer, mismatches=mismatches)
    if topics:
        found = [Topic(0, f"{names[0]}: hiring", (names[0], "people"), len(documents), 0.9)]
        store.save("topics", "1", {"topics": found, "topic_documents": documents})
    return Study(folder)


def _save_interview(store, employer, name, claims, *, mismatches):
    source = f"{employer}.txt"
    asks = Turn(source, 0, "Dana", f"Whom does {name} want?", Role.INTERVIEWER)
    talk = [
        Turn(source, number, name, f"{NEED}, and {DO}. {name} says so, {number}.", Role.EMPLOYER)
        for number in range(1, claims // 2 + 1)
    ]
    voices = (Speaker("Dana", Role.INTERVIEWER, 1.0, "named"), Speaker(name, Role.EMPLOYER, 1.0, "named"))
    interview = Interview(source, employer, "plain-txt", len(talk) + 1, 100, "0" * 64, voices)
    answered = tuple(turn.number for turn in talk)
    exchange = Exchange(source, 0, (0,), answered, asks.span(0, len(asks.text)))
    marked = [
        Claim(turn.find(words), employer, name, stance, facet, 0.9, model="made/1")
        for turn in talk
        for words, stance, facet in ((NEED, Stance.NEED, Facet.LEVEL), (DO, Stance.PRACTICE, Facet.CHANNEL))
    ]
    store.save(f"read:{source}", "1", {"interviews": [interview], "turns": [asks, *talk]})
    store.save(f"exchanges:{source}", "1", {"exchanges": [exchange]})
    store.save(f"claims:{employer}", "1", {"claims": marked})
    if mismatches and talk:
        pair = Mismatch(
            "need-vs-channel", employer, talk[0].find(NEED), talk[0].find(DO), 0.9, f"{name} wants and does.",
            against=name, probe=f"How was it for {name}?", model="made/1",
        )  # fmt: skip
        store.save(f"mismatches:{employer}", "1", {"mismatches": [pair], "candidates": [pair]})
    return [TopicDocument(turn.span(0, len(turn.text)), employer, 0) for turn in talk]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.attributes, self.words = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words.append(data)


def words_of(path):
    """Check that a brief is harmless, and return what a reader sees."""
    if path.suffix == ".docx":
        return _docx_words(path)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        assert not re.search(r"(?<!\\)<\s*script", text, re.IGNORECASE)
        return text
    page = Tags()
    page.feed(text)
    assert page.seen.isdisjoint({"script", "iframe", "object", "link", "form"})
    for name, value in page.attributes:
        assert not name.startswith("on")
        assert name not in ("src", "href") or value.startswith(("#", "data:image/png;base64,"))
    return " ".join(page.words)


def _docx_words(path):
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
        body = etree.fromstring(package.read("word/document.xml"))
    fields = "".join(node.text or "" for node in body.iter("{*}instrText"))
    assert not any(trap in fields for trap in TRAPS)
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.fixture(scope="module")
def trapped(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("trapped"), TRAPS)


@pytest.mark.parametrize("suffix", FORMATS)
def test_names_that_look_like_markup_or_formulas_are_only_names(trapped, tmp_path, suffix):
    path, _ = trapped.brief(tmp_path / f"brief{suffix}")
    seen = words_of(path).replace("\\", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for name in TRAPS:
        assert name in seen


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("number", range(len(TRAPS)))
def test_a_sheet_for_each_of_them_is_harmless(trapped, tmp_path, suffix, number):
    path, _ = trapped.brief(tmp_path / f"sheet{suffix}", employer=f"e{number}")
    assert NEED in words_of(path)


@pytest.mark.parametrize("table", SHAPES)
@pytest.mark.parametrize("share", [False, True])
def test_no_cell_of_a_sheet_is_a_formula(trapped, table, share):
    rows = trapped.shared_rows(table)[0] if share else trapped.rows(table)
    if table not in ("reviews", "codings"):
        assert rows
    for row in csv.reader(io.StringIO(write_table(table, rows, "csv", None))):
        for cell in row:
            assert not re.match(r"[=+@\t\r＝＋＠]|-(?![0-9.]+$)", cell)


def test_tables_in_a_notebook_hold_no_markup_of_others(trapped):
    from discovery.notebook import readable

    for table in ("interviews", "turns", "claims", "topics", "mismatches"):
        page = Tags()
        page.feed(readable(frame(table, trapped.rows(table))).to_html())
        assert "script" not in page.seen
        assert "=CMD()" in " ".join(page.words)
    for figure in (*trapped.figures().values(), *trapped.topic_figures().values()):
        page = Tags()
        page.feed(figure._repr_html_())
        assert page.seen == {"figure", "img", "figcaption"}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("names", "made"),
    [
        (["Acme"], {}),
        (["Acme"], {"topics": False, "mismatches": False}),
        (["Acme", "Bolt"], {"mismatches": False}),
        (["Acme", "Bolt"], {"topics": False}),
        (["Acme"], {"per_employer": 0, "topics": False, "mismatches": False}),
    ],
    ids=["one employer", "claims only", "no mismatches", "no topics", "nothing at all"],
)
def test_a_study_that_lacks_something_says_so(tmp_path, names, made, suffix):
    study = fill(tmp_path / "study", names, **made)
    path, _ = study.brief(tmp_path / f"brief{suffix}")
    seen = words_of(path)
    assert "Acme" in seen
    assert (NEED in seen) == (made.get("per_employer") != 0)
    assert not re.search(r"\b(?:nan|NaN|inf)\b|\bNone\b(?! \w)", seen)


@pytest.mark.slow
def test_five_thousand_claims_stay_one_readable_brief(tmp_path):
    study = fill(tmp_path / "study", [f"Firm {number}" for number in range(10)], per_employer=500)
    assert len(study.claims) == 5000
    started = time.monotonic()
    for suffix in FORMATS:
        path, _ = study.brief(tmp_path / f"brief{suffix}")
        assert "Firm 9" in words_of(path)
    assert time.monotonic() - started < 120
    assert len(Document(tmp_path / "brief.docx").tables) < 60
