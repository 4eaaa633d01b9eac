"""Privacy: names by token and never by substring, stable, restorable; details cut out; nothing logged."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discovery.annotated import load_source
from discovery.privacy import Pseudonyms, redact, release, review_names, safe_excerpt
from discovery.privacy.names import introduced, person_tokens
from discovery.privacy.redaction import Private
from discovery.records import Employer, Role, Speaker, Turn

EMPLOYERS = [
    Employer("a", "Prairie Spindle & Tool Inc."),
    Employer("b", "Zipwick"),
    Employer("c", "Harrow Lake Medical", pseudonym="A device maker"),
]
SPEAKERS = [
    Speaker("Ginsberg, Corey", Role.INTERVIEWER),
    Speaker("Dr. Anneliese Lund", Role.EMPLOYER),
    Speaker("Ann Tully", Role.EMPLOYER),
    Speaker("Will May", Role.EMPLOYER),
    Speaker("Mark", Role.EMPLOYER),
    Speaker("Simone Park", Role.EMPLOYER),
    Speaker("SPEAKER_00"),
]


@pytest.fixture(scope="module")
def names() -> Pseudonyms:
    return Pseudonyms.for_study(EMPLOYERS, SPEAKERS)


def test_who_is_called_what(names):
    assert names.mapping == {
        "Prairie Spindle & Tool Inc.": "Employer 1",
        "Zipwick": "Employer 2",
        "Harrow Lake Medical": "A device maker",
        "Corey Ginsberg": "Interviewer 1",
        "Anneliese Lund": "Person 1",
        "Ann Tully": "Person 2",
        "Will May": "Person 3",
        "Simone Park": "Person 4",
        "Mark": "Person 5",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann's annual review", "Person 2's annual review"),
        ("Annual, Anna, Hannah, Ann-Marie, McAnn", "Annual, Anna, Hannah, Ann-Marie, McAnn"),
        ("ANN TULLY and ann tully, then Tully.", "Person 2 and Person 2, then Person 2."),
        ("Dr. Lund asked; Dr Lund’s idea", "Person 1 asked; Person 1’s idea"),
        ("Ginsberg, Corey spoke, and Corey", "Interviewer 1 spoke, and Interviewer 1"),
        ("C. Ginsberg wrote", "Interviewer 1 wrote"),
        ("Will you go? We will, Will said.", "Will you go? We will, Person 3 said."),
        ("will may see", "will may see"),
        ("In May they left. Mr. May stayed.", "In May they left. Person 3 stayed."),
        ("Mark it down. Ask Mark about Mark's mark.", "Mark it down. Ask Person 5 about Person 5's mark."),
        ("MARK SAID WE WILL HIRE", "MARK SAID WE WILL HIRE"),
        ("The one in Stanley Park is near Ms. Park", "The one in Stanley Park is near Person 4"),
        ("a Zipwick-led course at Zipwick", "a Employer 2-led course at Employer 2"),
        ("Prairie Spindle and Tool, PST", "Employer 1, Employer 1"),
        ("prairie spindle & tool in the prairie", "Employer 1 in the prairie"),
        ("Harrow Lake, harrow lake medical", "A device maker, A device maker"),
        ("SPEAKER_00 is a speaker", "SPEAKER_00 is a speaker"),
        ("I miss Corey. Miss Simone too.", "I miss Interviewer 1. Person 4 too."),
    ],
)
def test_names_are_replaced_by_token(names, text, expected):
    assert names.apply(text) == expected
    assert names.apply(expected) == expected


def test_a_name_of_two_people_is_nobody_in_particular():
    names = Pseudonyms.for_study([], [Speaker("Priya Raman"), Speaker("Priya Sandhu")])
    assert names.apply("Priya Raman, Priya Sandhu, Priya") == "Person 1, Person 2, Person 3"
    assert names.mapping["Priya"] == "Person 3"


def test_one_person_under_several_labels_has_one_pseudonym():
    names = Pseudonyms.for_study([], [Speaker("GWEN TULLY"), Speaker("Tully, Gwen"), Speaker("Gwen")])
    assert set(names.mapping.values()) == {"Person 1"}


def test_pseudonyms_given_before_are_kept():
    before = Pseudonyms.for_study([], [Speaker("Ann Tully"), Speaker("Bo Lind")])
    after = Pseudonyms.for_study(
        [], [Speaker("Cy Dahl"), Speaker("Bo Lind"), Speaker("Ann Tully")], keep=before.mapping
    )
    assert {name: after.mapping[name] for name in before.mapping} == dict(before.mapping)
    assert after.mapping["Cy Dahl"] == "Person 3"


def test_two_firms_with_one_chosen_pseudonym_stay_apart():
    names = Pseudonyms.for_study([Employer("a", "Acme", "A bank"), Employer("b", "Bolt", "A bank")], [])
    assert names.apply("Acme and Bolt") == "A bank and A bank (2)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So I'm Dana Cole, I run the line.", ["Dana Cole"]),
        ("This is Ted Amundson, it's the fourteenth.", ["Ted Amundson"]),
        ("Sure. My name is Svenja Pohl and I lead HR.", ["Svenja Pohl"]),
        ("yes so my name is annika lindqvist i am head of people", ["annika lindqvist"]),
        ("I'm Operations Director, I run it.", []),
        ("I'm Canadian, I like snow. I'm HR. I'm going.", []),
        ("This is Monday, I think.", []),
    ],
)
def test_self_introductions(text, expected):
    assert introduced(Turn("a", 0, "SPEAKER_01", text)) == expected


def test_introduced_names_are_replaced_everywhere():
    turns = [
        Turn("a", 0, "SPEAKER_01", "So I'm Dana Cole, I run the line."),
        Turn("a", 1, "B", "Thanks, Dana."),
    ]
    names = Pseudonyms.for_study([], [Speaker("SPEAKER_01")], turns=turns)
    assert names.apply("Dana's line") == "Person 1's line"


def test_a_word_the_study_writes_small_is_no_name_at_the_start_of_a_sentence():
    turns = [Turn("a", 0, "X", "We prior knew. The teller left.")]
    with_turns = Pseudonyms.for_study(
        [], [Speaker("Josh Anvil")], turns=[Turn("a", 0, "X", "The anvil fell. So.")]
    )
    assert with_turns.apply("An anvil. Anvil fell, said Anvil.") == "An anvil. Anvil fell, said Person 1."
    assert Pseudonyms.for_study([], [Speaker("Josh Anvil")], turns=turns).apply("anvil") == "Person 1"


def test_evidence_keeps_its_place(names):
    text = "Ann said that Dr. Lund hires welders at Zipwick."
    replaced = names.replace(text)
    start = text.index("hires")
    moved = slice(*replaced.locate(start, start + len("hires welders")))
    assert replaced.text[moved] == "hires welders"
    assert replaced.text[slice(*replaced.locate(0, len(text)))] == replaced.text
    assert replaced.original() == text
    for change in replaced.changes:
        assert text[change.start : change.end] == change.name
        assert replaced.text[change.new_start : change.new_end] == change.pseudonym


_WRITTEN = """
Ann Anna annual Lund Dr. Mr. Will will May may Mark mark, Zipwick zipwick's Zipwick-led Harrow Lake Medical
Prairie Spindle & Tool and Corey Ginsberg, PST the Park Stanley said. So? I MARK ANN 'Ann' (Lund) Person 1 2
Employer A device maker … “Mark”
"""
_WORDS = st.sampled_from(_WRITTEN.split())
_SPOKEN = st.lists(_WORDS, max_size=14).map(" ".join)


@given(_SPOKEN)
@example("Ann Zipwick-led Park")
@example("Ann Lund Zipwick's Park")
def test_applying_twice_changes_nothing_more(text):
    names = Pseudonyms.for_study(EMPLOYERS, SPEAKERS)
    once = names.apply(text)
    assert names.apply(once) == once
    assert names.replace(text).original() == text


@given(st.text(alphabet="AnLudZipwck '’-", max_size=40))
def test_no_longer_word_is_ever_touched(text):
    names = Pseudonyms.for_study(EMPLOYERS, SPEAKERS)
    for change in names.replace(text).changes:
        before, after = text[: change.start], text[change.end :]
        assert not re.search(r"\w$", before)
        assert not re.match(r"\w|[-‐‑][A-Z]", after)


_FULL = st.sampled_from(
    ["Corey Ginsberg", "Anneliese Lund", "Ann Tully", "Simone Park", "Zipwick", "Harrow Lake Medical"]
)
_PLAIN = st.sampled_from(["we hire", "said", "works with", "the plant", "and then", "nobody left"])


@given(st.lists(st.tuples(_PLAIN, _FULL), max_size=8))
def test_restore_inverts_where_names_stand_in_full(parts):
    names = Pseudonyms.for_study(EMPLOYERS, SPEAKERS)
    text = ". ".join(f"{plain} {name}" for plain, name in parts)
    assert names.restore(names.apply(text)) == text
    assert not any(name in names.apply(text) for _, name in parts)


def test_no_speaker_of_an_interview_is_left(training_folder):
    for path in sorted(training_folder.glob("t00*.json")):
        interview = load_source(path)
        speakers = [Speaker(*pair) for pair in dict.fromkeys((t.speaker, t.role) for t in interview.turns)]
        names = Pseudonyms.for_study([Employer("e", interview.employer)], speakers, turns=interview.turns)
        text = "\n".join(names.apply(turn.text) for turn in interview.turns)
        for speaker in speakers:
            whole = " ".join(person_tokens(speaker.name))
            assert re.search(rf"\b{re.escape(whole)}\b", text, re.IGNORECASE) is None
        assert interview.employer not in text


def test_the_review_list_shows_what_changed_and_what_is_left(names):
    review = review_names(["Ann trusts Dale from Moncton.", "So Dale left in March. I knew.", "dale"], names)
    assert [(one.name, one.pseudonym, one.count) for one in review.changed] == [("Ann", "Person 2", 1)]
    assert [(one.name, one.count) for one in review.left] == [("Dale", 2), ("Moncton", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mail dana.cole@acme.co.uk.", "Mail [e-mail]."),
        ("dana at acme dot com", "[e-mail]"),
        ("Call +1 (613) 555-0142 or 020 7946 0958.", "Call [phone] or [phone]."),
        ("See https://acme.com/jobs?x=1, then www.acme.com.", "See [web address], then [web address]."),
        ("it's acme.com/jobs or acme dot com", "it's [web address] or [web address]"),
        ("We are at 214 East Main Street, unit 5.", "We are at [address]."),
        ("P.O. Box 77, K1A 0B1", "[address], [address]"),
        ("12 people on the road, 3 drivers a lane", "12 people on the road, 3 drivers a lane"),
        (".NET, ASP.NET 3.5, a B.Com and dot net", ".NET, ASP.NET 3.5, a B.Com and dot net"),
        ("2019-2022, 400,000 parts, 1500 to 1200", "2019-2022, 400,000 parts, 1500 to 1200"),
        ("$28k to £32,000.50", "$28k to £32,000.50"),
    ],
)
def test_details_are_cut_out(text, expected):
    redaction = redact(text)
    assert redaction.text == expected
    assert redact(expected).text == expected
    for cut in redaction.cuts:
        assert redaction.text[cut.new_start : cut.new_end] == f"[{cut.kind}]"
        assert text[cut.start : cut.end] not in redaction.text


@pytest.mark.parametrize(
    "text", ["$28k", "£32,000.50", "twenty six thousand dollars", "40 grand", "31k", "CAD 500"]
)
def test_money_is_cut_out_where_asked(text):
    redaction = redact(f"They get {text} there.", money=True)
    assert redaction.text == "They get [amount] there."
    assert [cut.kind for cut in redaction.cuts] == [Private.MONEY]
    assert redact(f"They get {text} there.").text == f"They get {text} there."


@given(st.text(max_size=80))
def test_redaction_holds_on_any_text(text):
    redaction = redact(text, money=True)
    assert all(0 <= cut.start < cut.end <= len(text) for cut in redaction.cuts)
    at = 0
    for cut in redaction.cuts:
        assert cut.start >= at
        at = cut.end


def test_consent_decides_what_leaves(names):
    employer = Employer("a", "Acme")
    text = "Ann writes to ann@acme.com for $5."
    assert release(text, employer, names) == "Person 2 writes to [e-mail] for $5."
    assert release(text, employer, names, money=True) == "Person 2 writes to [e-mail] for [amount]."
    for consent in ("paraphrase", "none", "yes please"):
        assert release(text, replace(employer, consent=consent), names) is None


@given(st.text(min_size=8, alphabet="abcdefghijklmnop", max_size=60))
def test_a_safe_excerpt_tells_no_word(text):
    excerpt = safe_excerpt(text)
    assert re.fullmatch(r"\[\d+ characters, [0-9a-f]{8}\]", excerpt)
    assert text not in excerpt
