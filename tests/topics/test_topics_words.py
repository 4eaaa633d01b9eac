from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from discovery.topics.coherence import diversity, npmi
from discovery.topics.words import label_of, leading_words, stop_words, terms_of, vocabulary


def test_fillers_and_interviewer_words_are_kept_out() -> None:
    assert {"um", "yeah", "lah", "curious", "the"} <= stop_words()
    assert terms_of("Yeah, um, you know, we sort of use referrals.", 2) == ["referrals"]


def test_sequences_do_not_cross_stop_words_or_sentences() -> None:
    assert terms_of("Job boards and co-op. Students", 2) == [
        "job",
        "job boards",
        "boards",
        "co-op",
        "students",
    ]


def test_writing_without_spaces_is_cut_into_pairs() -> None:
    assert terms_of("経験者を採用", 2) == ["経験", "験者", "者を", "を採", "採用"]


def test_accents_survive() -> None:
    assert terms_of("Les diplômés étrangers", 1) == ["les", "diplômés", "étrangers"]


def test_terms_of_one_text_only_count_where_there_are_no_others() -> None:
    lists = [["alpha", "beta"]] * 5 + [["alpha", "gamma"]] * 7
    assert vocabulary(lists) == ["alpha", "beta", "gamma"]
    assert vocabulary([*lists, ["delta"]]) == ["alpha", "beta", "gamma"]
    assert vocabulary([["one"], ["two"]]) == ["one", "two"]


def test_words_that_half_the_texts_use_describe_nothing() -> None:
    lists = [["und", f"wort{n % 5}"] for n in range(50)]
    assert vocabulary(lists) == [f"wort{n}" for n in range(5)]


def test_words_that_never_meet_do_not_describe_a_topic_together() -> None:
    terms = ["anecdote", "degree", "diploma", "licence"]
    uses = csr_array(
        np.array([[0, 0, 0, 0, 0, 1], [1, 1, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0], [1, 1, 0, 1, 0, 0]], float)
    )
    scores = np.array([[0.5, 1.0, 0.9, 0.3]])
    assert [word for word, _ in leading_words(scores, terms, uses, 10)[0]] == ["degree", "diploma", "licence"]


def test_a_word_goes_to_the_topic_it_says_most_about() -> None:
    terms = ["pay", "school"]
    uses = csr_array(np.ones((2, 4)))
    words = leading_words(np.array([[1.0, 0.2], [0.3, 1.0]]), terms, uses, 5)
    assert [[word for word, _ in row] for row in words] == [["pay"], ["school"]]


def test_labels_name_theme_and_words() -> None:
    assert label_of(["pay", "money"], "Pay and conditions") == "Pay and conditions: pay, money"
    assert label_of([]) == "(no describing words)"


def test_npmi_of_a_pair_by_hand() -> None:
    texts = ["pay money", "pay", "money", "school"]
    expected = np.log((1 / 4) / ((2 / 4) * (2 / 4))) / -np.log(1 / 4)
    assert npmi([["pay", "money"]], texts) == pytest.approx(expected)
    assert npmi([["job boards", "pay"]], ["job boards pay", "boards job"]) == 1.0


def test_undefined_measures_are_none_not_zero() -> None:
    assert npmi([], ["a"]) is None
    assert npmi([["one"]], ["one"]) is None
    assert diversity([]) is None
