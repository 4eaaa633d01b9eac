from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from discovery.errors import ModelError, TopicsError
from discovery.records import NoticeKind, Span
from discovery.topics import fit_topics
from discovery.topics.anchors import hiring_themes, make_theme_vectors
from discovery.topics.grouping import group_texts
from discovery.topics.settings import TopicSettings
from tests.conftest import HashEncoder

THEMES = {
    "pay": "salary wages money bonus contract overtime",
    "school": "college campus students diploma degree teacher",
    "tools": "wrench machine software repair cable engine",
    "people": "patience kindness listening calm attitude humour",
}


def corpus(texts: int = 120, seed: int = 3) -> list[str]:
    rng = np.random.default_rng(seed)
    groups = [words.split() for words in THEMES.values()]
    return [" ".join(rng.choice(groups[n % 4], 5, replace=False)) for n in range(texts)]


def planted(texts: int, seed: int = 0) -> NDArray[np.float32]:
    """Vectors of four clouds that belong to the texts of ``corpus``."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(4, 24))
    return (centres[np.arange(texts) % 4] + rng.normal(0, 0.35, (texts, 24))).astype(np.float32)


def in_space(texts: list[str], encoder: HashEncoder) -> NDArray[np.float32]:
    return encoder.encode(texts)


def test_planted_groups_are_found_named_and_held() -> None:
    texts = corpus()
    result = fit_topics(texts, vectors=planted(120))
    assert len(result.topics) == 4
    for first in range(4):
        members = {result.assignments[n] for n in range(first, 120, 4)} - {-1}
        assert len(members) == 1
    assert result.agreement is not None
    assert result.agreement > 0.9
    assert result.topics["holds"].all()
    assert {"topic", "label", "words", "size", "stability"} <= set(result.topics.columns)
    for row in result.topics.to_dict("records"):
        theme = row["quote"] % 4
        assert set(row["words"]) <= set(list(THEMES.values())[theme].split())
        assert result.assignments[row["quote"]] == row["topic"]


def test_topics_are_numbered_by_size_then_first_text(encoder: HashEncoder) -> None:
    texts = corpus(100) + corpus(200, 5)[2::4]
    result = fit_topics(texts, vectors=in_space(texts, encoder), refits=0)
    sizes = result.topics["size"].tolist()
    assert sizes == sorted(sizes, reverse=True)
    assert sizes == [result.assignments.count(n) for n in range(len(sizes))]
    firsts = [result.assignments.index(n) for n in range(len(sizes))]
    for n in range(len(sizes) - 1):
        assert sizes[n] > sizes[n + 1] or firsts[n] < firsts[n + 1]
    assert result.topics["stability"].isna().all()


def test_equal_runs_give_equal_bytes(encoder: HashEncoder) -> None:
    texts = corpus(90)
    vectors = in_space(texts, encoder)
    runs = [fit_topics(texts, vectors=vectors, refits=4) for _ in range(2)]
    assert runs[0].assignments == runs[1].assignments
    assert runs[0].topics.to_json() == runs[1].topics.to_json()
    assert runs[0].choices() == runs[1].choices()
    assert runs[0].centres.tobytes() == runs[1].centres.tobytes()


@pytest.mark.parametrize("texts", [[], ["We hire."], ["We hire people."] * 5, ["", "  ", "..."] * 10])
def test_too_little_text_gives_an_honest_empty_answer(texts: list[str]) -> None:
    result = fit_topics(texts)
    assert result.assignments == (-1,) * len(texts)
    assert result.topics.empty
    assert result.records() == ()
    assert "too few" in result.bearing
    assert result.outlier_share == (1.0 if texts else 0.0)


def test_texts_all_alike_make_one_topic(encoder: HashEncoder) -> None:
    texts = ["we pay salary and wages every month"] * 40
    result = fit_topics(texts, vectors=in_space(texts, encoder))
    assert set(result.assignments) == {0}
    assert "one topic" in " ".join(result.reasons)


def test_empty_texts_are_set_aside_and_counted(encoder: HashEncoder) -> None:
    texts = [*corpus(60), "", "?!"]
    result = fit_topics(texts, vectors=in_space(texts, encoder), refits=0)
    assert result.assignments[-2:] == (-1, -1)
    dropped = [notice for notice in result.notices if "without a word" in notice.what]
    assert [(notice.kind, notice.count) for notice in dropped] == [(NoticeKind.DROPPED, 2)]


@pytest.mark.parametrize("shape", [(11, 8), (13, 8), (12,), (12, 0)])
def test_vectors_that_do_not_fit_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ModelError) as caught:
        fit_topics(corpus(12), vectors=np.zeros(shape, dtype=np.float32))
    assert caught.value.code == "model.vectors"


def test_vectors_that_are_not_numbers_are_refused() -> None:
    vectors = np.ones((12, 4), dtype=np.float32)
    vectors[3, 1] = np.nan
    with pytest.raises(ModelError) as caught:
        fit_topics(corpus(12), vectors=vectors)
    assert caught.value.code == "model.not-finite"


def test_all_wrong_settings_are_named_at_once() -> None:
    with pytest.raises(TopicsError) as caught:
        fit_topics(corpus(12), toppics=3, outliers=2, words=0)
    assert all(name in str(caught.value) for name in ("toppics", "outliers", "words"))


def test_seed_phrases_of_the_study_hold_topics(encoder: HashEncoder) -> None:
    texts = corpus()
    phrases = {
        "Money": [THEMES["pay"]],
        "Studies": [THEMES["school"]],
        "Kit": [THEMES["tools"]],
        "Manner": [THEMES["people"]],
    }
    result = fit_topics(
        texts, vectors=in_space(texts, encoder), seed_phrases=phrases, encoder=encoder, refits=5
    )
    assert set(result.topics["theme"]) == set(phrases)
    money = result.topics.set_index("theme").loc["Money", "topic"]
    assert {result.assignments[n] for n in range(0, 120, 4)} - {-1} == {money}
    assert result.agreement is not None
    assert result.agreement > 0.9


def test_seed_phrases_of_another_encoder_are_refused(encoder: HashEncoder) -> None:
    with pytest.raises(ModelError) as caught:
        fit_topics(
            corpus(20), vectors=np.ones((20, 7), dtype=np.float32), seed_phrases=["pay"], encoder=encoder
        )
    assert caught.value.code == "model.dimensions"


def test_a_theme_without_a_phrase_is_refused(encoder: HashEncoder) -> None:
    texts = corpus(20)
    with pytest.raises(TopicsError):
        fit_topics(texts, vectors=in_space(texts, encoder), seed_phrases={"x": [" "]}, encoder=encoder)


def test_hiring_talk_is_anchored_and_other_talk_is_not() -> None:
    themes = hiring_themes().vectors
    rng = np.random.default_rng(0)
    close = np.repeat(themes, 6, axis=0) + rng.normal(0, 0.02, (len(themes) * 6, themes.shape[1]))
    texts = corpus(len(close))
    held = fit_topics(texts, vectors=close, refits=0)
    assert set(held.topics["theme"]) == set(hiring_themes().names)
    free = fit_topics(texts, vectors=rng.normal(size=close.shape), refits=0)
    assert set(free.topics["theme"]) <= {""}
    switched_off = fit_topics(texts, vectors=close, seed_phrases=(), refits=0)
    assert set(switched_off.topics["theme"]) == {""}


def test_outliers_stay_under_their_limit_and_small_topics_do_not_stand() -> None:
    rng = np.random.default_rng(1)
    points = rng.normal(size=(300, 16)).astype(np.float32)
    for limit in (0.0, 0.1):
        grouping = group_texts(points, None, TopicSettings(outliers=limit, topics=12), 0)
        assert (grouping.labels < 0).mean() <= limit
    assert (
        np.bincount(
            group_texts(points, None, TopicSettings(outliers=0, topics=12, smallest=20), 0).labels
        ).min()
        >= 20
    )


def test_records_and_documents_carry_the_evidence(encoder: HashEncoder) -> None:
    texts = corpus(60)
    result = fit_topics(texts, vectors=in_space(texts, encoder), refits=2)
    spans = [Span("a.vtt", n, 0, len(text), text) for n, text in enumerate(texts)]
    documents = result.documents(spans, ["acme"] * 60)
    assert [(d.span.quote, d.topic) for d in documents] == list(zip(texts, result.assignments, strict=True))
    assert [record.size for record in result.records()] == result.topics["size"].tolist()
    with pytest.raises(TopicsError):
        result.documents(spans[1:], ["acme"] * 59)


def test_a_large_corpus_takes_bounded_time() -> None:
    rng = np.random.default_rng(2)
    centres = rng.normal(size=(10, 16))
    which = rng.integers(0, 10, 12_000)
    vectors = (centres[which] + rng.normal(0, 0.5, (12_000, 16))).astype(np.float32)
    grouping = group_texts(vectors, None, TopicSettings(), 0)
    assert 8 <= len(grouping.centres) <= 12


def test_importing_the_room_loads_no_heavy_library() -> None:
    heavy = {"bertopic", "umap", "torch", "matplotlib", "spacy"}
    code = f"import sys, discovery.topics; print(sorted({heavy} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@pytest.mark.model
def test_shipped_theme_vectors_are_those_of_the_themes(tmp_path: object) -> None:
    from pathlib import Path

    from safetensors.numpy import load_file

    from discovery.language import MiniLM

    folder = Path(str(tmp_path))
    make_theme_vectors(MiniLM(), folder)
    fresh = load_file(folder / "themes.safetensors")["themes"]
    assert np.abs(fresh - hiring_themes().vectors).max() < 1e-4
