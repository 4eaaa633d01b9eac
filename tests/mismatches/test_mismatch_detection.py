"""Detection on a tiny learned model: evidence, order, bounds, veto, and the way weights travel."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from discovery.errors import ModelError
from discovery.mismatches import detect_mismatches, load_catalogue, train_mismatches
from discovery.mismatches.evidence import LONGEST
from discovery.mismatches.model import MANIFEST, WEIGHTS, MismatchModel
from discovery.records import Claim, Facet, Guard, Role, Stance, Turn


def detect(interview, model, encoder, claims=(), **settings):
    return detect_mismatches(
        interview.turns, claims, employer="acme", encoder=encoder, model=model, **settings
    )


def test_what_is_marked_is_among_the_first_candidates(interviews, model, encoder):
    found = marked = 0
    for interview in interviews:
        detection = detect(interview, model, encoder)
        first = [(m.type, m.stated.turn, m.actual.turn) for m in detection.candidates[:10]]
        marked += len(interview.mismatches)
        found += sum((m.type, m.stated.turn, m.actual.turn) in first for m in interview.mismatches)
    assert found / marked > 0.8


def test_evidence_is_verbatim_short_and_the_employers(interviews, model, encoder):
    for interview in interviews[:5]:
        turns = {turn.number: turn for turn in interview.turns}
        detection = detect(interview, model, encoder, threshold=0.0)
        assert detection.candidates
        for mismatch in detection.candidates:
            for span in (mismatch.stated, mismatch.actual, *mismatch.further):
                assert turns[span.turn].text[span.start : span.end] == span.quote
                assert turns[span.turn].role is Role.EMPLOYER
                assert len(span.quote.split()) <= LONGEST
            assert not mismatch.stated.overlaps(mismatch.actual)
            assert 0 <= mismatch.score <= 1
            assert mismatch.model == model.name


def test_candidates_fall_and_hold_the_mismatches(interviews, model, encoder):
    detection = detect(interviews[0], model, encoder, threshold=0.05)
    scores = [m.score for m in detection.candidates]
    assert scores == sorted(scores, reverse=True)
    assert set(detection.mismatches) <= set(detection.candidates)
    assert all(m.score >= 0.05 for m in detection.mismatches)
    assert detect(interviews[0], model, encoder, threshold=1.1).mismatches == ()


def test_one_finding_a_contradiction(interviews, model, encoder):
    for interview in interviews[:5]:
        shown = detect(interview, model, encoder, threshold=0.0).mismatches
        for number, one in enumerate(shown):
            for other in shown[:number]:
                apart = (abs(one.stated.turn - other.stated.turn), abs(one.actual.turn - other.actual.turn))
                assert one.type != other.type or min(apart) > 1


def test_the_same_input_gives_the_same_output(interviews, model, encoder):
    first, second = (detect(interviews[1], model, encoder) for _ in range(2))
    assert first == second


def test_every_finding_says_why_from_its_parts(interviews, model, encoder):
    catalogue = load_catalogue()
    found = [m for i in interviews[:6] for m in detect(i, model, encoder).candidates]
    assert len({m.why for m in found}) > len(found) / 2
    for mismatch in found:
        kind = catalogue[mismatch.type]
        assert f"(turn {mismatch.stated.turn}," in mismatch.why
        assert f"(turn {mismatch.actual.turn}," in mismatch.why
        assert kind.stated.what in mismatch.why
        assert mismatch.against.startswith(kind.against)
        assert mismatch.probe in kind.probes


def test_guarded_words_are_no_evidence(interviews, model, encoder):
    interview = interviews[2]
    best = detect(interview, model, encoder).candidates[0]
    guarded = Claim(best.actual, "acme", "Bo", Stance.PRACTICE, Facet.CHANNEL, 0.9, guards=(Guard.PAST,))
    detection = detect(interview, model, encoder, [guarded])
    assert all(not m.actual.overlaps(best.actual) for m in detection.candidates)
    assert any("guarded" in notice.what for notice in detection.notices)
    freed = detect(interview, model, encoder, [guarded, replace(guarded, guards=())])
    assert freed.candidates[0].actual == best.actual


def test_silenced_types_keep_quiet_and_others_keep_their_scores(interviews, model, encoder):
    everything = detect(interviews[3], model, encoder)
    kind = everything.candidates[0].type
    quiet = detect(interviews[3], model, encoder, catalogue=load_catalogue(silenced=[kind]))
    assert kind not in {m.type for m in quiet.candidates}
    scores = {m.anchor: m.score for m in everything.candidates}
    assert any(scores.get(m.anchor) == m.score for m in quiet.candidates)


def test_an_added_type_is_found_by_its_examples(tmp_path, interviews, model, encoder):
    path = tmp_path / "types.toml"
    path.write_text(
        """
[types.calm-vs-rush]
label = "Calm against rush"
definition = "Praises calm and rewards rush."
against = "None."
probes = ["What happened last week?", "Who decided?"]
feeds = "selection"
source = "A study of its own."
[types.calm-vs-rush.stated]
what = "praises calm"
stances = ["need"]
facets = ["skill"]
examples = ["Calm hands above everything", "We prize calm hands", "Calm matters here"]
[types.calm-vs-rush.actual]
what = "rewards rush"
stances = ["practice"]
facets = ["offer"]
examples = ["Bonus paid for speed alone", "Speed earns bonus", "Bonus follows speed"]
""",
        encoding="utf-8",
    )
    turns = list(interviews[0].turns)
    turns.append(Turn(turns[0].source, len(turns), "Bo", "Calm hands above everything.", Role.EMPLOYER))
    turns.append(Turn(turns[0].source, len(turns), "Ann", "And the pay?", Role.INTERVIEWER))
    turns.append(Turn(turns[0].source, len(turns), "Bo", "Bonus paid for speed alone.", Role.EMPLOYER))
    detection = detect_mismatches(
        turns, (), employer="acme", encoder=encoder, model=model, catalogue=load_catalogue(path)
    )
    own = [m for m in detection.candidates if m.type == "calm-vs-rush"]
    assert own[0].stated.quote == "Calm hands above everything."
    assert own[0].actual.quote == "Bonus paid for speed alone."
    assert 0.5 < own[0].score <= 0.8


def test_nothing_is_sought_where_the_employer_says_nothing(model, encoder):
    asked = Turn("a.vtt", 0, "Ann", "Hello?", Role.INTERVIEWER)
    silent = detect_mismatches([asked], (), employer="acme", encoder=encoder, model=model)
    short = detect_mismatches(
        [asked, Turn("a.vtt", 1, "Bo", "Yes.", Role.EMPLOYER)],
        (),
        employer="acme",
        encoder=encoder,
        model=model,
    )
    assert silent.mismatches == silent.candidates == short.candidates == ()
    assert "no employer side" in silent.notices[0].what
    assert "too little" in short.notices[0].what


def test_evidence_may_stand_in_two_interviews_of_one_employer(interviews, model, encoder):
    whole = interviews[0]
    mark = whole.mismatches[0]
    first = [replace(t, source="a.vtt") for t in whole.turns if t.number <= mark.stated.turn]
    second = [replace(t, source="b.vtt") for t in whole.turns if t.number > mark.stated.turn]
    detection = detect_mismatches([*first, *second], (), employer="acme", encoder=encoder, model=model)
    across = [m for m in detection.candidates if m.stated.source != m.actual.source]
    assert across
    assert all("in another interview" in m.why for m in across)
    assert all("different interviews" in m.against for m in across)


def test_topic_gaps_are_told_where_a_quote_lies_in_one(interviews, model, encoder):
    plain = detect(interviews[0], model, encoder).candidates[0]
    gap = SimpleNamespace(
        employer="acme", label="campus, fairs", stated=4, actual=0, evidence=(plain.actual,)
    )
    other = replace_employer(gap, "else")
    told = detect(interviews[0], model, encoder, divergence=SimpleNamespace(gaps=(gap,))).candidates[0]
    quiet = detect(interviews[0], model, encoder, divergence=SimpleNamespace(gaps=(other,))).candidates[0]
    assert told.why == plain.why + (
        " Over the whole talk “campus, fairs” is asked for 4 times and never acted on."
    )
    assert quiet.why == plain.why


def replace_employer(gap, employer):
    return SimpleNamespace(**{**vars(gap), "employer": employer})


def test_three_thousand_claims_stay_bounded(model, encoder):
    turns, claims = [], []
    for number in range(1500):
        turns.append(Turn("a.vtt", 2 * number, "Ann", f"Question {number}?", Role.INTERVIEWER))
        turn = Turn(
            "a.vtt", 2 * number + 1, "Bo", f"We hire number {number}. We train {number}.", Role.EMPLOYER
        )
        turns.append(turn)
        for start in (0, len(turn.text) // 2):
            claims.append(
                Claim(turn.span(start, start + 5), "acme", "Bo", Stance.PRACTICE, Facet.CHANNEL, 0.9)
            )
    started = time.monotonic()
    detection = detect_mismatches(turns, claims, employer="acme", encoder=encoder, model=model)
    assert time.monotonic() - started < 10
    assert len(detection.candidates) <= 60


def test_weights_are_small_checked_and_named(tmp_path, model_folder, model):
    manifest = json.loads((model_folder / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["licence"] == "MIT"
    assert manifest["metrics"].keys() == {"precision", "recall", "f1", "recall_at_10"}
    assert model.name.endswith(manifest["sha256"][:8])
    for name in (WEIGHTS, MANIFEST):
        (tmp_path / name).write_bytes((model_folder / name).read_bytes())
    (tmp_path / WEIGHTS).write_bytes((model_folder / WEIGHTS).read_bytes() + b"x")
    with pytest.raises(ModelError, match=r"model\.altered"):
        MismatchModel.load(tmp_path)
    (tmp_path / MANIFEST).unlink()
    with pytest.raises(ModelError, match=r"model\.missing"):
        MismatchModel.load(tmp_path)


def test_training_twice_gives_the_same_weights(tmp_path, interviews, encoder, tiny):
    made = [train_mismatches(interviews[:5], encoder, tmp_path / n, settings=tiny)["sha256"] for n in "ab"]
    assert made[0] == made[1]


def test_another_encoder_is_refused(interviews, model, encoder):
    class Other:
        name, dimensions = "other/1", encoder.dimensions
        encode = staticmethod(encoder.encode)

    with pytest.raises(ModelError, match=r"model\.encoder"):
        detect_mismatches(interviews[0].turns, (), employer="acme", encoder=Other(), model=model)


@pytest.mark.model
def test_the_shipped_model_finds_a_plain_contradiction():
    from discovery.language import MiniLM

    said = [
        "We only take people with a bachelor's degree, that is a hard requirement on every posting.",
        "Honestly, the last four people we hired had no degree at all, and they are doing very well.",
        "The office is near the station, and we have a good canteen.",
    ]
    asked = ["What do you require?", "Who did you hire last?", "Where are you?"]
    turns = []
    for question, answer in zip(asked, said, strict=True):
        turns.append(Turn("a.vtt", len(turns), "Ann", question, Role.INTERVIEWER))
        turns.append(Turn("a.vtt", len(turns), "Bo", answer, Role.EMPLOYER))
    detection = detect_mismatches(turns, (), employer="acme", encoder=MiniLM())
    best = detection.candidates[0]
    assert (best.type, best.stated.turn, best.actual.turn) == ("posted-vs-hired", 1, 3)
    assert not np.isnan(best.score)
