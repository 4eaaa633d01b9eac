from __future__ import annotations

import math

from discovery.records import NoticeKind
from discovery.transcripts.assemble import assemble
from discovery.transcripts.base import UNKNOWN_SPEAKER, Draft, Voice


def turns_of(*voices: Voice) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in assemble(Draft(list(voices)), "a.vtt").turns]


def counts_of(*voices: Voice) -> dict[tuple[str, str], int]:
    found = assemble(Draft(list(voices)), "a.vtt").notices
    assert all(notice.source == "a.vtt" and notice.stage == "read" for notice in found)
    return {(notice.kind.value, notice.what): notice.count for notice in found}


def test_consecutive_voices_of_one_speaker_are_one_turn_with_located_cues() -> None:
    found = assemble(
        Draft([Voice("Ann", " we  hire", 3, 1.0, 2.0), Voice("Ann", "people\n", 7, 2.5, 4.0)]), "a.vtt"
    )
    (turn,) = found.turns
    assert (turn.source, turn.number, turn.text, turn.start_s, turn.end_s) == (
        "a.vtt",
        0,
        "we hire people",
        1.0,
        4.0,
    )
    cues = [(cue.start, cue.end, cue.start_s, cue.end_s, cue.line) for cue in turn.cues]
    assert cues == [(0, 7, 1.0, 2.0, 3), (8, 14, 2.5, 4.0, 7)]


def test_text_is_composed_and_single_spaced() -> None:
    assert turns_of(Voice("Rene\u0301e", "cafe\u0301\u00a0\u2028now", 1)) == [("Renée", "café now")]


def test_a_voice_without_a_name_goes_on_with_the_speaker_before() -> None:
    voices = (
        Voice("", "is it on", 1),
        Voice("Ann", "yes", 2),
        Voice("", "it is", 3),
        Voice("Bob", "good", 4),
    )
    assert turns_of(*voices) == [(UNKNOWN_SPEAKER, "is it on"), ("Ann", "yes it is"), ("Bob", "good")]
    guessed = {what: count for (kind, what), count in counts_of(*voices).items() if kind == "guessed"}
    assert guessed == {
        "voices without a name kept as an unknown speaker": 1,
        "voices without a name taken as going on with the speaker before": 1,
    }


def test_a_marked_change_starts_an_unknown_turn_each_time() -> None:
    voices = (Voice("", "one", 1, change=True), Voice("", "two", 2, change=True), Voice("", "three", 3))
    assert turns_of(*voices) == [(UNKNOWN_SPEAKER, "one"), (UNKNOWN_SPEAKER, "two three")]


def test_a_name_without_words_sets_the_speaker_of_what_follows() -> None:
    assert turns_of(Voice("Ann", "", 1), Voice("", "we hire", 2)) == [("Ann", "we hire")]


def test_spellings_that_differ_in_case_are_one_speaker() -> None:
    voices = (Voice("ANN", "a", 1), Voice("Bob", "b", 2), Voice("Ann", "c", 3), Voice("ANN", "d", 4))
    assert turns_of(*voices) == [("ANN", "a"), ("Bob", "b"), ("ANN", "c d")]
    assert counts_of(*voices)["merged", "spellings of a name that differ in case only"] == 1


def test_impossible_times_are_left_out_and_counted() -> None:
    voices = (
        Voice("Ann", "a", 1, -1.0, 2.0),
        Voice("Bob", "b", 2, math.nan, math.inf),
        Voice("Ann", "c", 3, 5.0, 4.0),
    )
    found = assemble(Draft(list(voices)), "a.vtt")
    assert [(turn.start_s, turn.end_s) for turn in found.turns] == [(None, 2.0), (None, None), (5.0, None)]
    assert counts_of(*voices)["repaired", "negative or impossible times left out"] == 3
    assert counts_of(*voices)["repaired", "end times before their start left out"] == 1


def test_a_single_step_back_keeps_file_order() -> None:
    voices = [Voice(f"S{n % 2}", str(n), n + 1, float(n), n + 0.5) for n in range(20)]
    voices[3], voices[4] = voices[4], voices[3]
    assert [text for _, text in turns_of(*voices)][1:5] == ["1", "2 4", "3 5", "6"]
    assert counts_of(*voices)["guessed", "cues out of order kept as the file has them"] == 1


def test_order_that_is_clearly_wrong_is_mended() -> None:
    voices = [Voice(f"S{n % 2}", str(n), n + 1, float(n), n + 0.5) for n in range(8)]
    shuffled = [voices[n] for n in (5, 0, 7, 2, 1, 6, 3, 4)]
    assert [text for _, text in turns_of(*shuffled)] == [str(n) for n in range(8)]
    assert counts_of(*shuffled)["repaired", "cues out of order put in the order of their times"] == 4


def test_overlapping_cues_are_kept_and_counted() -> None:
    voices = (Voice("Ann", "a", 1, 0.0, 5.0), Voice("Bob", "b", 2, 3.0, 6.0), Voice("Ann", "c", 3, 6.0, 7.0))
    assert [text for _, text in turns_of(*voices)] == ["a", "b", "c"]
    assert counts_of(*voices)["guessed", "cues that overlap in time kept one after the other"] == 1


def test_two_voices_of_one_cue_do_not_overlap() -> None:
    voices = (Voice("Ann", "a", 1, 0.0, 5.0), Voice("Bob", "b", 1, 0.0, 5.0))
    assert counts_of(*voices) == {}


def test_characters_no_text_may_hold_are_left_out_and_counted() -> None:
    voices = (Voice("A\x00nn", "we\x00 hi\ud800re\x1b", 1),)
    assert turns_of(*voices) == [("Ann", "we hire")]
    assert counts_of(*voices)["repaired", "control characters left out of the text"] == 3


def test_a_file_without_names_says_so() -> None:
    assert (
        counts_of(Voice("", "a", 1), Voice("", "b", 2))[
            "guessed", "the file names no speaker; all words are an unknown speaker's"
        ]
        == 1
    )


def test_nothing_gives_nothing() -> None:
    found = assemble(Draft([Voice("", " \n", 4)]), "a.vtt")
    assert found.turns == ()
    assert [(skipped.line, skipped.reason) for skipped in found.skipped] == [(4, "no words")]


def test_notices_of_the_reader_come_first() -> None:
    draft = Draft([Voice("Ann", "a", 1), Voice("Ann", "b", 2)])
    draft.notice(NoticeKind.REPAIRED, "the header is missing")
    kinds = [notice.kind for notice in assemble(draft, "a.vtt").notices]
    assert kinds == [NoticeKind.REPAIRED, NoticeKind.MERGED]
