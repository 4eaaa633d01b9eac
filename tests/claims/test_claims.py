from __future__ import annotations

import json
from dataclasses import replace

import pytest

from discovery.annotated import load_source
from discovery.claims import ClaimModel, extract_claims, train_claims
from discovery.claims.context import answers_of, settings_of
from discovery.claims.speech import is_english
from discovery.claims.training import claim_of, training_rows
from discovery.errors import ModelError
from discovery.language import Answer, split_units
from discovery.records import (
    AnnotatedInterview,
    Claim,
    Exchange,
    Facet,
    NoticeKind,
    Role,
    Span,
    Stance,
    Turn,
    Unit,
)


class Counting:
    """An encoder that counts what it is asked."""

    def __init__(self, inner) -> None:
        self.inner, self.name, self.dimensions = inner, inner.name, inner.dimensions
        self.answers: list = []

    def encode(self, texts):
        return self.inner.encode(texts)

    def encode_answers(self, answers, delta):
        self.answers += answers
        return self.inner.encode_answers(answers, delta)


def employer(*texts: str, question: str = "How do you hire?") -> list[Turn]:
    turns = []
    for number, text in enumerate(texts):
        turns.append(Turn("a.vtt", 2 * number, "Ann", question, Role.INTERVIEWER))
        turns.append(Turn("a.vtt", 2 * number + 1, "Bo", text, Role.EMPLOYER))
    return turns


@pytest.fixture(scope="session")
def interviews(training_folder):
    return [load_source(path) for path in sorted(training_folder.glob("t0*.json"))[:3]]


@pytest.fixture(scope="session")
def model_folder(interviews, tmp_path_factory):
    from tests.conftest import HashEncoder

    folder = tmp_path_factory.mktemp("weights")
    train_claims(interviews, HashEncoder(), folder)
    return folder


@pytest.fixture
def model(model_folder) -> ClaimModel:
    return ClaimModel.load(model_folder)


def test_every_quote_is_verbatim_and_only_the_employer_makes_claims(interviews, encoder, model) -> None:
    turns = interviews[0].turns
    found = extract_claims(turns, [], employer="x", encoder=encoder, model=model, candidates=True)
    assert len(found.claims) > 20
    for claim in found.claims:
        turn = turns[claim.span.turn]
        assert turn.text[claim.span.start : claim.span.end] == claim.span.quote
        assert turn.role is Role.EMPLOYER
        assert claim.speaker == turn.speaker
        assert 0 <= claim.score <= 1
        assert claim.model.startswith("claims/")
        assert len(claim.span.quote.split()) <= 40


def invented(number: int) -> AnnotatedInterview:
    """An interview in which needs speak of patience and practice of colleges, and the rest of rain."""
    name = f"x{number}.json"
    pieces = [
        f"We need patience number {n}. We recruit at colleges {n}. It rained on day {n}." for n in range(8)
    ]
    turns = tuple(replace(turn, source=name) for turn in employer(*pieces))
    claims = []
    for turn in turns[1::2]:
        need, practice, _ = (unit.span for unit in split_units([turn]))
        claims.append(Claim(need, "E", "Bo", Stance.NEED, Facet.SKILL, 1.0))
        claims.append(Claim(practice, "E", "Bo", Stance.PRACTICE, Facet.CHANNEL, 1.0))
    return AnnotatedInterview(name, "E", "s", turns, tuple(claims))


def test_a_model_finds_in_a_new_interview_what_it_has_learnt(encoder, tmp_path) -> None:
    train_claims([invented(number) for number in range(8)], encoder, tmp_path)
    new = invented(99)
    found = extract_claims(
        new.turns, [], employer="x", encoder=encoder, model=ClaimModel.load(tmp_path)
    ).claims
    marked = [(claim.span, claim.stance, claim.facet) for claim in new.claims]
    assert [(claim.span, claim.stance, claim.facet) for claim in found] == marked
    assert min(claim.score for claim in found) > 0.8


def test_candidates_hold_the_claims_and_more(interviews, encoder, model) -> None:
    turns = interviews[1].turns
    few = extract_claims(turns, [], employer="x", encoder=encoder, model=model).claims
    many = extract_claims(turns, [], employer="x", encoder=encoder, model=model, candidates=True).claims
    assert set(few) < set(many)
    assert all(claim.score >= model.levels.threshold - 1e-4 for claim in few)


def test_same_input_same_claims(interviews, encoder, model) -> None:
    turns = interviews[2].turns
    once, twice = (extract_claims(turns, [], employer="x", encoder=encoder, model=model) for _ in range(2))
    assert once == twice


def test_training_twice_gives_the_same_bytes(interviews, encoder, model_folder, tmp_path) -> None:
    train_claims(interviews, encoder, tmp_path)
    for name in ("claims.safetensors", "claims.json"):
        assert (tmp_path / name).read_bytes() == (model_folder / name).read_bytes()


def test_the_manifest_names_data_encoder_seed_and_licence(model, encoder, interviews) -> None:
    manifest = model.manifest
    assert manifest["encoder"] == encoder.name
    assert manifest["data"]["interviews"] == len(interviews)
    assert len(manifest["data"]["sha256"]) == 64
    assert manifest["licence"] == "MIT"
    assert 0 <= manifest["metrics"]["detection_f1"] <= 1


def test_missing_weights_name_the_command_that_remakes_them(tmp_path) -> None:
    with pytest.raises(ModelError, match="discovery train") as fault:
        ClaimModel.load(tmp_path)
    assert fault.value.code == "model.missing"


@pytest.mark.parametrize("name", ["claims.safetensors", "claims.json"])
def test_altered_weights_are_refused(model_folder, tmp_path, name) -> None:
    for path in model_folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-9] + b"xxxxxxxxx")
    with pytest.raises(ModelError) as fault:
        ClaimModel.load(tmp_path)
    assert fault.value.code == "model.altered"


def test_weights_of_another_encoder_are_refused(model, encoder) -> None:
    other = Counting(encoder)
    other.name = "other/1"
    with pytest.raises(ModelError):
        extract_claims(employer("We hire."), [], employer="x", encoder=other, model=model)


def test_every_answer_is_read_once_behind_its_question(encoder, model) -> None:
    counting = Counting(encoder)
    turns = employer("We hire people. We train people.", "They stay.")
    extract_claims(turns, [], employer="x", encoder=counting, model=model)
    assert counting.answers == [
        Answer("How do you hire?", ("We hire people.", "We train people.")),
        Answer("How do you hire?", ("They stay.",)),
    ]


@pytest.mark.parametrize("texts", [(), ("",), ("Yes.",), ("[laughs]",)])
def test_nothing_to_claim_gives_no_claims(texts, encoder, model) -> None:
    found = extract_claims(employer(*texts), [], employer="x", encoder=encoder, model=model, candidates=True)
    assert found.claims == ()


def test_other_languages_are_said_and_not_guessed(encoder, model) -> None:
    german = (
        "Wir suchen seit langem Leute, die eine Anlage wirklich gut verstehen, und wir finden keine, "
        "weil alle in die Stadt ziehen und dort mehr verdienen."
    )
    found = extract_claims(employer(german), [], employer="x", encoder=encoder, model=model, candidates=True)
    assert found.claims == ()
    assert [(n.kind, n.count, n.source) for n in found.notices] == [(NoticeKind.DROPPED, 1, "a.vtt")]
    assert "Anlage" not in found.notices[0].what


def test_accented_and_plain_english_is_english(interviews) -> None:
    turns = [turn.text for interview in interviews for turn in interview.turns]
    assert sum(not is_english(text) for text in turns) == 0


def test_two_thousand_words_without_a_stop_give_short_quotes(encoder, model) -> None:
    everywhere = replace(model, scope=replace(model.scope, least=-1.0))
    turns = employer("we hire people " * 700)
    found = extract_claims(turns, [], employer="x", encoder=encoder, model=everywhere, candidates=True)
    assert len(found.claims) > 1
    assert all(len(claim.span.quote.split()) <= 40 for claim in found.claims)


def test_guards_and_values_are_put_on_the_claim(encoder, model) -> None:
    turns = employer("We used to require five years and a degree.")
    [claim] = extract_claims(turns, [], employer="x", encoder=encoder, model=model, candidates=True).claims
    assert [str(guard) for guard in claim.guards] == ["past"]
    assert claim.value == "years=5; credential=degree"


def test_the_exchange_says_what_was_asked() -> None:
    turns = employer("We hire.", question="Thanks. Mm. Where from?")
    exchange = Exchange("a.vtt", 0, (0,), (1,), Span("a.vtt", 0, 12, 23, "Where from?"))
    assert [s.question for s in settings_of(turns)] == ["Thanks. Mm. Where from?"]
    assert [s.question for s in settings_of(turns, [exchange])] == ["Where from?"]


def test_neighbours_stay_within_the_turn() -> None:
    settings = settings_of(employer("One a. Two b. Three c.", "Four d."))
    assert [s.before for s in settings] == [(), (0,), (1, 0), ()]
    assert [s.after for s in settings] == [1, 2, None, None]
    assert [answer.units for answer in answers_of(settings)] == [
        ("One a.", "Two b.", "Three c."),
        ("Four d.",),
    ]


def test_a_unit_holds_a_claim_when_half_of_either_is_shared() -> None:
    def claim(start: int, end: int) -> Claim:
        return Claim(Span("a", 0, start, end, "x" * (end - start)), "e", "B", Stance.NEED, Facet.SKILL, 1.0)

    unit = Unit(Span("a", 0, 10, 20, "x" * 10), 0)
    assert claim_of(unit, [claim(0, 12)]) is None
    assert claim_of(unit, [claim(0, 15)]) is not None
    assert claim_of(unit, [claim(17, 20)]) is not None
    longer = claim(13, 20)
    assert claim_of(unit, [claim(10, 13), longer]) is longer


def test_rows_of_several_interviews_keep_their_own_neighbours(interviews) -> None:
    settings, targets, groups = training_rows(interviews[:2])
    first = int((groups == 0).sum())
    assert all(position >= first for s in settings[first:] for position in s.before)
    assert len(settings) == len(targets.claimed) == len(groups)


def test_shipped_weights_load_and_match_their_manifest() -> None:
    model = ClaimModel.load()
    assert model.manifest["encoder"].startswith("all-MiniLM-L6-v2/")
    assert json.dumps(dict(model.manifest))


@pytest.mark.model
def test_shipped_model_tells_a_claim_from_small_talk() -> None:
    from discovery.language import MiniLM

    turns = employer(
        "Most of our hires come through referrals.",
        "The coffee here is terrible, sorry about that.",
        question="Where do people come from?",
    )
    claims = extract_claims(turns, [], employer="x", encoder=MiniLM(), candidates=True).claims
    assert claims[0].score > ClaimModel.load().levels.threshold > 0.1 > claims[1].score
    assert (claims[0].stance, claims[0].facet) == (Stance.PRACTICE, Facet.CHANNEL)
