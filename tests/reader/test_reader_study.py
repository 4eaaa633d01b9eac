"""Packets out and answers in, over a study that has been read: what a user does and meets."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from typer.testing import CliRunner

from discovery.annotated import load_folder
from discovery.cli.app import app
from discovery.errors import ReaderError
from discovery.evaluation import evaluate_reader
from discovery.pipeline import open_work
from discovery.readings import REASONS, PacketRecord, Reading
from discovery.records import Claim, Interview, Mismatch, Notice, Turn
from discovery.stages.joining import join_all_readings
from discovery.stages.packets import study_instructions, study_packets
from discovery.stages.reading import read_transcripts
from discovery.stages.readings import current_readings
from discovery.study import Study

TREES = ("alder", "birch", "elm", "hazel", "juniper", "larch", "maple", "rowan", "willow")
ALIASES = {"northquay-logistics": "employer-juniper", "pebblestack-saas": "employer-maple"}


@pytest.fixture(scope="module")
def read_study(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("read")
    for name in ("study.toml", "employers.csv"):
        shutil.copy(root / name, folder)
    shutil.copytree(root / "transcripts", folder / "transcripts")
    read_transcripts(open_work(folder))
    return folder


@pytest.fixture
def study(read_study, tmp_path):
    shutil.copytree(read_study, tmp_path / "study")
    return Study(tmp_path / "study")


@pytest.fixture
def answers(study, root, tmp_path):
    """The two answers written by hand, under the ids that this study gave the packets."""
    packets, _ = study.export_packets(tmp_path / "packets")
    folder = tmp_path / "answers"
    folder.mkdir()
    for stem, alias in ALIASES.items():
        (packet,) = [path for path in packets if path.name.startswith(alias)]
        data = json.loads((root / "tests/sample/answers" / f"{stem}.json").read_text(encoding="utf-8"))
        data["packet"] = packet.stem.rsplit("-", 1)[1]
        (folder / f"{stem}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder


def command(*words):
    return CliRunner().invoke(app, ["reader", *map(str, words)])


def readings(study):
    return open_work(study.folder).store.load("readings", Reading)


def join(study, found=(), candidates=()):
    """Join as a run does, with findings of the built-in reader given by hand."""
    work = open_work(study.folder)
    employers = {interview.employer for interview in work.store.load("interviews", Interview)}
    for employer in sorted(employers):
        own = [one for one in found if one.employer == employer]
        below = [one for one in (*found, *candidates) if one.employer == employer]
        work.save(f"mismatches:{employer}", "1", {"found_mismatches": own, "found_candidates": below})
    join_all_readings(work, dict.fromkeys(sorted(employers), "1"))
    return work


# --- out ---


def test_packets_leave_out_who_agreed_to_nothing_and_name_nobody(study, tmp_path):
    done = command("export", study.folder, "-o", tmp_path / "out")
    assert done.exit_code == 0
    paths = sorted((tmp_path / "out").iterdir())
    names = [re.sub(r"-[0-9a-f]{12}\.md$", "", path.name) for path in paths]
    assert names == [f"employer-{tree}" for tree in TREES]
    assert "1 interviews whose employer did not agree" in done.stderr
    assert "1 interviews that may only be paraphrased" in done.stderr
    texts = "".join(path.read_text(encoding="utf-8") for path in paths)
    for hidden in ("Northquay", "Pebblestack", "Tidewater", "northquay-logistics", ".srt", "Morag"):
        assert hidden not in texts


def test_a_long_interview_is_handed_out_in_parts_that_come_back_as_one(study, tmp_path):
    paths, _ = study.export_packets(tmp_path / "parts", limit_words=400, overlap_turns=4)
    parts = [path for path in paths if path.name.startswith("employer-maple-part-")]
    assert len(parts) > 2
    work = open_work(study.folder)
    packets = study_packets(work, limit_words=400, overlap_turns=4).packets
    (tmp_path / "back").mkdir()
    for packet in packets:
        if packet.source == "pebblestack-saas.vtt":
            claims = [
                {
                    "turn": t.original.number,
                    "quote": " ".join(t.shown.text.split()[:8]),
                    "stance": "need",
                    "facet": "skill",
                }
                for t in packet.turns
                if t.original.role == "employer"
            ]
            text = json.dumps({"packet": packet.id, "claims": claims, "mismatches": []}, ensure_ascii=False)
            (tmp_path / "back" / f"{packet.part}.json").write_text(text, encoding="utf-8")
    report = study.import_answers([tmp_path / "back"], "Kim")
    assert report.reasons == {}
    joined = join(study)
    claims = joined.store.load("claims", Claim)
    turns = [
        turn
        for turn in joined.store.load("turns", Turn, stage="read:pebblestack-saas.vtt")
        if turn.role == "employer"
    ]
    assert [claim.span.turn for claim in claims] == [turn.number for turn in turns]
    assert any("several parts" in notice.what for notice in joined.store.load("notices", Notice))


def test_the_instructions_are_those_of_the_studys_own_catalogue(study):
    settings = study.folder / "study.toml"
    plain = study_instructions(open_work(study.folder))
    settings.write_text(
        settings.read_text(encoding="utf-8") + '\n[mismatches]\nsilenced = ["posted-vs-hired"]\n',
        encoding="utf-8",
    )
    silenced = study_instructions(open_work(study.folder))
    assert "`posted-vs-hired`" in plain.text
    assert "posted-vs-hired" not in silenced.text + silenced.example
    assert plain.version != silenced.version


def test_nothing_to_hand_out_is_said(study, tmp_path):
    names = study.folder / "employers.csv"
    names.write_text(
        names.read_text(encoding="utf-8").replace("quote", "none").replace("paraphrase", "none"),
        encoding="utf-8",
    )
    with pytest.raises(ReaderError) as fault:
        study.export_packets(tmp_path / "out")
    assert fault.value.code == "reader.no-packets"
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_to_is_one_line(study, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReaderError) as fault:
        study.export_packets(tmp_path / "file")
    assert fault.value.code == "reader.write"


# --- in ---


def test_answers_written_by_hand_come_in_whole(study, answers):
    done = command("import", answers, study.folder, "--reader", "Maren")
    assert done.exit_code == 0, done.output
    assert "northquay-logistics.json: 21 claims, 3 mismatches (northquay-logistics.srt)" in done.output
    kept = readings(study)
    assert [(one.reader.name, one.reader.kind, one.rejections, one.anchors) for one in kept] == [
        ("Maren", "person", (), ())
    ] * 2
    texts = {(turn.source, turn.number): turn.text for turn in study.records("turns")}
    for reading in kept:
        assert reading.reader.prompt_version.startswith("reader/1-")
        spans = [claim.span for claim in reading.claims]
        spans += [span for one in reading.mismatches for span in (one.stated, one.actual)]
        for span in spans:
            assert texts[span.source, span.turn][span.start : span.end] == span.quote
    said = " ".join(claim.span.quote for reading in kept for claim in reading.claims)
    assert "Person" not in said


def test_a_study_that_numbers_its_people_anew_still_knows_the_quotes(study, answers):
    path = answers / "northquay-logistics.json"
    text = path.read_text(encoding="utf-8")
    assert "Person 24" in text
    path.write_text(text.replace("Person 24", "Person 31"), encoding="utf-8")
    (one,) = study.import_answers([path], "Kim").files
    assert (len(one.reading.claims), one.reading.rejections) == (21, ())
    assert len(one.reading.anchors) == 4
    assert "Person" not in "".join(claim.span.quote for claim in one.reading.claims)


def test_importing_the_same_answers_again_changes_nothing(study, answers):
    command("import", answers, study.folder, "--reader", "Maren")
    before = readings(study)
    done = command("import", answers, study.folder, "--reader", "Maren")
    assert done.output.count("imported before") == 2
    assert readings(study) == before
    assert command("import", answers, study.folder, "--reader", "Kim").exit_code == 0
    assert len(readings(study)) == 4


def test_every_sort_of_bad_file_is_named_and_stops_no_other(study, answers, tmp_path):
    good = (answers / "pebblestack-saas.json").read_text(encoding="utf-8")
    packet = json.loads(good)["packet"]
    packets = tmp_path / "packets"
    files = {
        "a-cut.json": good[: good.index('"mismatches"') + 40],
        "b-prose.txt": f"Of course! Here is what I found:\n```json\n{good}\n```\nAnything else?",
        "c-empty.txt": "",
        "d-refusal.md": "I'm sorry, but I can't help with that.",
        "e-other.json": good.replace(packet, "0123456789ab"),
        "f-packet.md": next(packets.glob("employer-maple*")).read_text(encoding="utf-8"),
        "g-shape.json": json.dumps({"packet": packet, "result": []}),
        "h-unnamed.json": json.dumps({"claims": [], "mismatches": []}),
        f"i-{packet}.json": json.dumps({"claims": [], "mismatches": []}),
        "j-invented.json": json.dumps(
            {
                "packet": packet,
                "claims": [
                    {
                        "turn": 7,
                        "quote": "We pay bonuses in Reykjavik krona",
                        "stance": "practice",
                        "facet": "offer",
                    },
                    {"turn": 700, "quote": "x", "stance": "need", "facet": "skill"},
                    {"turn": 6, "quote": "Who'd that person be?", "stance": "need", "facet": "skill"},
                    {"turn": 7, "quote": "Wir suchen erfahrene Leute", "stance": "need", "facet": "level"},
                ],
                "mismatches": [{"type": "no-such-type", "stated": {}, "actual": {}, "note": ""}],
            }
        ),
    }
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "k-picture.txt").write_bytes(b"\x89PNG\x00\xff\xfe")
    (folder / "l-wide.txt").write_text(good, encoding="utf-16")
    (folder / "notes.docx").write_text("not looked at")
    done = command("import", folder, study.folder, "--reader", "Kim", "--model", "small-1")
    assert done.exit_code == 3
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines() if re.match(r"[a-l]-", line))
    assert said["a-cut.json"].startswith("25 claims, 0 mismatches, 1 rejected")
    assert said["b-prose.txt"].startswith("25 claims, 4 mismatches")
    assert said["c-empty.txt"] == f"not taken: {REASONS['answer.empty']}"
    assert said["d-refusal.md"] == f"not taken: {REASONS['answer.no-json']}"
    assert said["e-other.json"] == f"not taken: {REASONS['answer.unknown-packet']}"
    assert said["f-packet.md"] == f"not taken: {REASONS['answer.is-packet']}"
    assert said["g-shape.json"].startswith("0 claims, 0 mismatches, 1 rejected")
    assert said["h-unnamed.json"] == f"not taken: {REASONS['answer.no-packet']}"
    assert said[f"i-{packet}.json"].startswith("0 claims, 0 mismatches (")
    assert said["j-invented.json"].startswith("0 claims, 0 mismatches, 5 rejected")
    assert said["k-picture.txt"] == f"not taken: {REASONS['answer.unreadable']}"
    assert said["l-wide.txt"].startswith("25 claims, 4 mismatches")
    assert "2 × the words do not occur in the interview" in done.stderr
    assert "Reykjavik" not in done.output + done.stderr
    assert {one.reader.kind for one in readings(study)} == {"model"}


def test_nothing_but_bad_files_fails_in_one_line(study, answers, tmp_path):
    (tmp_path / "bad.txt").write_text("no")
    done = command("import", tmp_path / "bad.txt", study.folder, "--reader", "Kim")
    assert isinstance(done.exception, ReaderError)
    assert done.exception.code == "reader.nothing"
    assert readings(study) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", "ANSWERS", "STUDY", "--reader", "Built-in"), "reader.name"),
        (("import", "ANSWERS", "STUDY", "--reader", "  "), "reader.name"),
        (("import", "ANSWERS", "STUDY", "--reader", "Kim", "--kind", "robot"), "reader.kind"),
        (("import", "NOWHERE", "STUDY", "--reader", "Kim"), "reader.missing"),
        (("import", "EMPTY", "STUDY", "--reader", "Kim"), "reader.no-files"),
        (("training", "STUDY", "--reader", "Kim"), "reader.unknown"),
    ],
)
def test_a_wrong_word_is_one_line_with_a_code(study, answers, tmp_path, words, code):
    (tmp_path / "empty").mkdir()
    places = {
        "ANSWERS": answers,
        "STUDY": study.folder,
        "NOWHERE": tmp_path / "no",
        "EMPTY": tmp_path / "empty",
    }
    done = command(*(places.get(word, word) for word in words))
    assert done.exception.code == code


def test_several_answers_in_one_file_each_go_to_their_packet(study, answers, tmp_path):
    together = "\n".join(path.read_text(encoding="utf-8") for path in sorted(answers.iterdir()))
    (tmp_path / "all.jsonl").write_text(together, encoding="utf-8")
    report = study.import_answers([tmp_path / "all.jsonl"], "Kim")
    assert [one.reading.source for one in report.files] == ["northquay-logistics.srt", "pebblestack-saas.vtt"]


def test_an_answer_written_below_its_packet_comes_in(study, answers, tmp_path):
    packet = next((tmp_path / "packets").glob("employer-maple*"))
    answer = (answers / "pebblestack-saas.json").read_text(encoding="utf-8")
    packet.write_text(packet.read_text(encoding="utf-8") + "\n" + answer, encoding="utf-8")
    (one,) = study.import_answers([packet], "Kim").files
    assert (len(one.reading.claims), one.sound) == (25, True)


def rewrite(study, old, new):
    path = study.folder / "transcripts" / "pebblestack-saas.vtt"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    read_transcripts(open_work(study.folder))


def test_an_interview_that_changed_since_is_checked_as_it_is_now(study, answers):
    rewrite(study, "ten-plus years", "many years")
    (one,) = study.import_answers([answers / "pebblestack-saas.json"], "Kim").files
    assert {(r.part, r.reason) for r in one.reading.rejections} == {
        ("claim", "quote.altered"),
        ("mismatch", "quote.altered"),
    }
    assert (len(one.reading.claims), len(one.reading.mismatches)) == (24, 3)
    assert any("has changed" in notice.what for notice in one.reading.notices)


def test_what_no_longer_stands_is_left_out_of_a_run_and_counted(study, answers):
    study.import_answers([answers / "pebblestack-saas.json"], "Kim")
    rewrite(study, "They tell you the truth early", "They tell you early")
    joined = join(study)
    assert len(study.records("claims")) == 24
    (notice,) = [n for n in joined.store.load("notices", Notice) if "no longer stand" in n.what]
    assert notice.count == 1
    texts = {(turn.source, turn.number): turn.text for turn in study.records("turns")}
    for claim in study.records("claims"):
        span = claim.span
        assert texts[span.source, span.turn][span.start : span.end] == span.quote
    rewrite(study, "They tell you early", "They tell you the truth early")
    join(study)
    assert len(study.records("claims")) == 25


def test_words_that_moved_to_another_turn_are_found_again(study, answers):
    study.import_answers([answers / "pebblestack-saas.json"], "Kim")
    before = {claim.span.quote: claim.span.turn for reading in readings(study) for claim in reading.claims}
    cue = "WEBVTT\n\n00:00:00.000 --> 00:00:00.010\n<v New Voice>Ready when you are.\n\n"
    rewrite(study, "WEBVTT\n", cue)
    join(study)
    after = {claim.span.quote: claim.span.turn for claim in study.records("claims")}
    assert {quote: turn + 1 for quote, turn in before.items() if len(quote.split()) >= 5} == after


def test_an_interview_that_is_gone_is_said(study, answers):
    (study.folder / "transcripts" / "pebblestack-saas.vtt").unlink()
    read_transcripts(open_work(study.folder))
    report = study.import_answers([answers], "Kim")
    assert [one.reason for one in report.files] == ["", "answer.no-interview"]


# --- what counts ---


def test_the_last_sound_answer_to_a_packet_counts(study, answers, tmp_path):
    good = (answers / "pebblestack-saas.json").read_text(encoding="utf-8")
    data = json.loads(good)
    fewer = json.dumps({**data, "claims": data["claims"][:3]}, ensure_ascii=False)
    bad = json.dumps({"packet": data["packet"], "nothing": []})
    for name, text in (("1", good), ("2", fewer), ("3", good[:-200]), ("4", bad)):
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
        study.import_answers([tmp_path / f"{name}.json"], "Kim")
    assert len(readings(study)) == 4
    (current,) = current_readings(readings(study))
    assert len(current.claims) == 3


def test_of_other_packets_of_an_interview_those_answered_last_count(study, answers, tmp_path):
    study.import_answers([answers / "pebblestack-saas.json"], "Kim")
    study.export_packets(tmp_path / "parts", limit_words=400)
    parts = [
        p for p in study_packets(open_work(study.folder), limit_words=400).packets if "pebble" in p.source
    ]
    text = json.dumps({"packet": parts[0].id, "claims": [], "mismatches": []})
    (tmp_path / "part.json").write_text(text, encoding="utf-8")
    study.import_answers([tmp_path / "part.json"], "Kim")
    assert [one.packet for one in current_readings(readings(study))] == [parts[0].id]


def test_packets_and_readings_outlive_every_run(study, answers):
    study.import_answers([answers], "Kim")
    work = open_work(study.folder)
    work.store.forget(work.store.stages())
    assert len(work.store.load("packets", PacketRecord)) == 9
    assert len(work.store.load("readings", Reading)) == 2


# --- joined ---


def found_alike(study, kind, stated, actual, score):
    turns = {turn.number: turn for turn in study.records("turns") if turn.source == "pebblestack-saas.vtt"}
    sides = turns[stated].span(0, 40), turns[actual].span(0, 40)
    return Mismatch(kind, "pebblestack", *sides, score, "found by the package", model="mismatches/9")


def test_a_run_joins_readers_ranks_by_agreement_and_keeps_decisions(study, answers):
    study.import_answers([answers], "Maren")
    shared = found_alike(study, "level-vs-offer", 7, 11, 0.6)
    alone = found_alike(study, "reach-vs-channel", 43, 45, 0.95)
    join(study, [alone, shared])
    found = [m for m in study.records("mismatches") if m.employer == "pebblestack"]
    assert [(m.type, m.readers) for m in found] == [
        ("level-vs-offer", ("built-in", "Maren")),
        ("reach-vs-channel", ("built-in",)),
        ("posted-vs-hired", ("Maren",)),
        ("proxy-requirement", ("Maren",)),
        ("urgency-vs-process", ("Maren",)),
    ]
    rows = [row for row in study.rows("mismatches") if row["employer"] == "pebblestack"]
    assert list(rows[0])[-1] == "readers"
    assert rows[0]["readers"] == ["built-in", "Maren"]
    assert all(m.against and m.probe and m.why for m in found if m.readers == ("Maren",))
    decided = next(m for m in found if m.type == "proxy-requirement")
    study.review(decided.anchor, "rejected", coder="pat")
    study.review(shared.anchor, "accepted", coder="pat")
    again = found_alike(study, "proxy-requirement", 23, 25, 0.9)
    join(study, [alone, shared, again])
    after = {m.type: m for m in study.records("mismatches") if m.employer == "pebblestack"}
    assert (after["proxy-requirement"].status, after["proxy-requirement"].readers) == (
        "rejected",
        ("built-in", "Maren"),
    )
    assert after["level-vs-offer"].status == "accepted"
    assert after["level-vs-offer"].score == 0.8  # Maren: one of two accepted, (1 + 1) / (2 + 2)


def test_notes_name_people_again_and_what_was_rejected_is_counted(study, answers):
    path = answers / "northquay-logistics.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["mismatches"][0]["note"] = "Person 7 signed the advert in the week of the layoff."
    data["claims"].append({"turn": 9, "quote": "never said", "stance": "need", "facet": "skill"})
    path.write_text(json.dumps(data), encoding="utf-8")
    study.import_answers([path], "Maren")
    joined = join(study)
    names = next(
        one.speakers for one in joined.store.load("interviews", Interview) if "northquay" in one.source
    )
    why = next(m.why for m in study.records("mismatches") if m.type == "shortage-vs-investment")
    assert why.endswith("signed the advert in the week of the layoff.")
    assert "Person 7" not in why
    assert any(speaker.name in why for speaker in names)
    rejected = [n.count for n in joined.store.load("notices", Notice) if "did not stand up" in n.what]
    assert rejected == [1]


def test_a_type_that_was_silenced_since_is_left_out_and_counted(study, answers):
    study.import_answers([answers], "Maren")
    settings = study.folder / "study.toml"
    silenced = '\n[mismatches]\nsilenced = ["urgency-vs-process"]\n'
    settings.write_text(settings.read_text(encoding="utf-8") + silenced, encoding="utf-8")
    joined = join(study)
    assert len(study.records("mismatches")) == 5
    assert sum(n.count for n in joined.store.load("notices", Notice) if "does not look for" in n.what) == 2


def test_only_employers_with_new_answers_are_joined_again(study, answers):
    join(study)
    study.import_answers([answers], "Maren")
    assert join(study).made == ["joined:northquay", "joined:pebblestack"]


def test_joining_again_with_nothing_new_makes_nothing(study, answers):
    study.import_answers([answers], "Maren")
    join(study)
    work = open_work(study.folder)
    employers = {interview.employer for interview in work.store.load("interviews", Interview)}
    join_all_readings(work, dict.fromkeys(employers, "1"))
    assert (work.made, len(work.kept)) == ([], len(employers))


def test_who_has_read_and_how_far_they_agree_can_be_listed(study, answers, tmp_path):
    study.import_answers([answers], "Maren")
    (answers / "northquay-logistics.json").unlink()
    data = json.loads((answers / "pebblestack-saas.json").read_text(encoding="utf-8"))
    data |= {"mismatches": data["mismatches"][:2], "claims": [*data["claims"][:5], {"turn": 0}]}
    (tmp_path / "small.json").write_text(json.dumps(data), encoding="utf-8")
    study.import_answers([tmp_path / "small.json"], "Small", model="small-1")
    join(
        study,
        [found_alike(study, "level-vs-offer", 7, 11, 0.6), found_alike(study, "need-vs-screen", 33, 19, 0.5)],
    )
    rows = study.readers().set_index("reader")
    assert list(rows["kind"]) == ["built-in", "person", "model"]
    assert rows.loc["Small", ["interviews", "claims", "mismatches", "rejected"]].tolist() == [1, 5, 2, 1]
    pairs = study.agreement().set_index(["first", "second"])
    own = pairs.loc[("built-in", "Maren")]
    assert (own["interviews"], own["first_mismatches"], own["second_mismatches"]) == (2, 2, 7)
    assert (own["both"], own["f1"]) == (1, round(2 / 9, 4))
    assert pairs.loc[("Maren", "Small"), "both"] == 2
    assert pairs.loc[("Maren", "Small"), "labels_both"] == 5
    done = command("list", study.folder)
    assert "Small: 1 interviews, 5 claims, 2 mismatches, 1 rejected" in done.output
    assert "Maren and Small, 1 interviews: 4 and 2 mismatches, 2 in common (F1 0.67" in done.output
    assert "rejected, Small: 1 × " in done.output
    assert {*json.loads(command("list", study.folder, "--json").output)} == {
        "readers",
        "agreement",
        "rejected",
    }
    assert list(study.readings()["reader"]) == ["Maren", "Maren", "Small"]
    assert study.rejections()["reason"].tolist() == ["item.shape"]


# --- scored and learned from ---


@pytest.fixture
def gold(tmp_path, root):
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("pebblestack-saas.vtt", "northquay-logistics.srt", "harbour-msp.vtt"):
        stem = name.split(".")[0]
        data = json.loads((root / "tests/sample/annotations" / f"{stem}.json").read_text(encoding="utf-8"))
        data |= {"transcript": name, "layout": "any", "turns": len(data["turns"])}
        (folder / f"{stem}.gold.json").write_text(json.dumps(data), encoding="utf-8")
        shutil.copy(root / "transcripts" / name, folder)
    return folder


def test_any_reader_is_scored_as_the_built_in_one_is(study, answers, gold):
    study.import_answers([answers], "Maren")
    figures = evaluate_reader(gold, study.folder, "Maren", resamples=0)
    assert (figures["interviews"], figures["not_read"]) == (2, ["harbour-msp.vtt"])
    assert (figures["mismatches"]["all"]["f1"], figures["mismatches"]["all"]["gold"]) == (1.0, 7)
    assert figures["mismatches"]["all"]["decoy_rate"] == 0
    assert figures["claims"]["all"]["detection"]["f1"] > 0.8
    assert figures["claims"]["all"]["ece"] is None
    done = CliRunner().invoke(
        app, ["evaluate", str(gold), "--reader", "Maren", "--study", str(study.folder), "--json"]
    )
    assert json.loads(done.stdout)["interviews"] == 2
    assert "not scored" in done.stderr


@pytest.mark.parametrize(("name", "code"), [("Nobody", "reader.unknown"), ("Maren", "reader.no-gold")])
def test_a_reader_who_read_no_gold_interview_is_said(study, answers, gold, name, code):
    study.import_answers([answers], "Maren")
    for path in gold.glob("[np]*.gold.json"):
        path.unlink()
    with pytest.raises(ReaderError) as fault:
        evaluate_reader(gold, study.folder, name)
    assert fault.value.code == code


def decide_all(study, status="accepted"):
    for mismatch in study.records("mismatches"):
        study.review(mismatch.anchor, status, coder="pat", memo="as heard")


def test_nothing_is_learned_from_before_people_have_decided(study, answers, tmp_path):
    study.import_answers([answers], "Maren")
    join(study)
    made = study.training_material(tmp_path / "tr", "Maren")
    assert (made.interviews, made.passages) == ((), ())
    assert made.left_out == {"interviews with mismatches that nobody has decided on": 2}
    assert command("training", study.folder, "--reader", "Maren", "-o", tmp_path / "tr").exit_code == 1


def test_accepted_answers_become_annotations_that_training_reads(study, answers, tmp_path):
    study.import_answers([answers], "Maren")
    alone = found_alike(study, "reach-vs-channel", 43, 45, 0.95)
    join(study, [alone])
    decide_all(study)
    study.review(alone.anchor, "rejected", coder="pat", memo="another role")
    made = study.training_material(tmp_path / "tr", "Maren")
    assert (len(made.interviews), made.left_out) == (2, {})
    interviews = {one.employer: one for one in load_folder(tmp_path / "tr" / "interviews")}
    maple = interviews["Employer Maple"]
    assert (len(maple.claims), len(maple.mismatches), len(maple.decoys)) == (25, 4, 1)
    assert (maple.decoys[0].tempting, maple.decoys[0].why) == ("reach-vs-channel", "another role")
    assert {mismatch.why for mismatch in maple.mismatches} == {"as heard"}
    text = "".join(path.read_text(encoding="utf-8") for path in made.interviews)
    for hidden in ("Pebblestack", "Northquay", "Morag"):
        assert hidden not in text


def test_the_claims_of_a_model_are_learned_only_when_somebody_vouches_for_them(study, answers, tmp_path):
    study.import_answers([answers], "small", model="small-1")
    join(study)
    decide_all(study)
    made = study.training_material(tmp_path / "a", "small")
    assert (len(made.interviews), len(made.passages)) == (0, 2)
    assert {len(one.claims) for one in load_folder(tmp_path / "a" / "passages")} == {0}
    vouched = study.training_material(tmp_path / "b", "small", accept_claims=True)
    assert len(vouched.interviews) == 2


def test_an_employer_who_may_not_be_quoted_is_not_learned_from(study, tmp_path):
    packets = study_packets(open_work(study.folder)).packets
    study.export_packets(tmp_path / "packets")
    (rowan,) = [packet for packet in packets if packet.employer == "Employer Rowan"]
    (tmp_path / "r.json").write_text(json.dumps({"packet": rowan.id, "claims": [], "mismatches": []}))
    study.import_answers([tmp_path / "r.json"], "Kim")
    join(study)
    made = study.training_material(tmp_path / "tr", "Kim")
    assert made.left_out == {"interviews whose employer may not be quoted": 1}


def test_an_interview_read_in_part_is_not_learned_from(study, tmp_path):
    study.export_packets(tmp_path / "packets", limit_words=400)
    first = study_packets(open_work(study.folder), limit_words=400).packets
    (one,) = [packet for packet in first if packet.source.startswith("pebble") and packet.part == 1]
    (tmp_path / "r.json").write_text(json.dumps({"packet": one.id, "claims": [], "mismatches": []}))
    study.import_answers([tmp_path / "r.json"], "Kim")
    join(study)
    assert study.training_material(tmp_path / "tr", "Kim").left_out == {
        "interviews of which only a part was read": 1
    }
