"""Open wordings for questions that can be answered by yes, no or one of two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discovery.guides.rules.answers import yes_or_no
from discovery.guides.rules.form import Form
from discovery.guides.rules.verbs import STATIVE, past

ABSOLUTES = re.compile(
    r"\b(?:always|never|only ever|ever|absolutely|without exception|every single)\b\s*", re.IGNORECASE
)
_FILLERS = re.compile(
    r"^(?:ever|also|really|actually|still|even|just|usually|normally|often|generally)\s+", re.I
)
_ARTICLE = re.compile(r"^(?:any|a|an|some|many)\s+", re.IGNORECASE)
_SHORT_NAME = 3
_PARTS = re.compile(
    r"^(?P<aux>do|does|did|is|are|was|were|have|has|can|could|will|would|should)\s+"
    r"(?P<subject>(?:there|you|we|they|he|she|it|that|people|managers|candidates|hr|any(?:one|body)|"
    r"(?:the|your|his|her|their|most of|any of)\s+\w+|\w+))\s+(?P<rest>.+?)\?*$",
    re.IGNORECASE,
)
_EVERYONE = re.compile(
    r"^(?P<aux>do|does|did|has|have|are|is)\s+(?:(?:all|none) (?:of )?(?P<of>(?:your|the|their) \w+)"
    r"|(?:every(?:one|body)|no ?one|nobody)(?P<where> (?:on|in|at) (?:the|your) \w+)?"
    r"|every (?P<each>candidate|applicant|employee|manager|hire))\s+(?P<rest>.+?)\?*$",
    re.IGNORECASE,
)


def opened(form: Form) -> Iterator[str]:
    """Suggest open wordings of a yes-or-no question, best first.

    >>> [wording for wording in opened(Form("Do you have any non-negotiables?")) if wording]
    ['What non-negotiables do you have, if any']
    """
    sentence = yes_or_no(form) or form.main
    yield how_many(sentence.core)
    parts = _PARTS.match(ABSOLUTES.sub("", sentence.core))
    if not parts:
        return
    aux, subject = parts["aux"].lower(), parts["subject"]
    rest = _FILLERS.sub("", parts["rest"])
    verb, _, tail = rest.partition(" ")
    if " or " in rest:
        yield from _chosen(aux, subject, rest)
    elif aux in ("do", "does", "did"):
        yield from _done(aux, subject, verb.lower(), tail)
    elif subject.lower() == "there":
        yield _named(_ARTICLE.sub("", rest), f"{aux} there")
    elif aux in ("have", "has"):
        got = re.match(r"got (.+)", rest, re.IGNORECASE)
        yield _named(_ARTICLE.sub("", got[1]), f"{aux} {subject} got") if got else ""
        yield f"Tell me about the times {subject} {aux} {rest}, if there were any."
    elif aux in ("is", "are", "was", "were"):
        yield f"To what extent {aux} {subject} {rest}"
    else:
        yield f"In which cases {aux} {subject} {rest}"


def _chosen(aux: str, subject: str, rest: str) -> Iterator[str]:
    """A pick-one question: ask how the choice is made, or who or what it is."""
    who = re.search(r"\bwho (\w+)$", rest, re.IGNORECASE)
    if who:
        yield f"Who {who[1]}"
    elif aux in ("do", "does"):
        yield f"How is it decided whether {subject} {rest}"
    elif aux in ("is", "are") and subject.lower() not in ("it", "that", "this", "they"):
        yield f"What makes {subject} {rest}"


def _named(thing: str, end: str) -> str:
    """Ask for what there is, without presuming that there is any."""
    if len(thing.split()) <= _SHORT_NAME and not thing.lower().startswith(("anything", "something")):
        return f"What {thing} {end}, if any"
    owner = re.sub(r"^(?:is|are|was|were|do|does|did|have|has)\s+", "", end).removesuffix(" have")
    return f"Tell me about any {thing}{'' if owner == 'there' else f' {owner} have'}."


def _done(aux: str, subject: str, verb: str, tail: str) -> Iterator[str]:
    because = re.match(r"(.*?),? because\b", f"{verb} {tail}")
    if because:
        yield f"Why {aux} {subject} {because[1]}"
    elif verb == "have" or verb in STATIVE:
        yield _held(aux, subject, verb, tail)
    else:
        yield _acted(aux, subject, verb, tail)
        yield f"When {aux} {subject} last {verb} {tail}"


def _held(aux: str, subject: str, verb: str, tail: str) -> str:
    """What they have, think, know or want."""
    if tail.startswith("to "):
        return f"What is behind it when {subject} {verb} {tail}" if aux == "do" else ""
    if verb == "have":
        return "" if tail.startswith("enough ") else _named(_ARTICLE.sub("", tail), f"{aux} {subject} have")
    if verb in ("think", "feel", "believe"):
        return f"What is your view on whether {re.sub(r'^that ', '', tail)}"
    if verb == "know":
        return f"What {aux} {subject} know about {tail}"
    if verb in ("need", "want"):
        bare = re.sub(r"^(?:any|a|an|some|more) ", "", tail)
        return f"What {aux} {subject} {verb} when it comes to {bare}"
    return f"What {aux} {subject} {verb} or not {verb} about {tail}"


def _acted(aux: str, subject: str, verb: str, tail: str) -> str:
    """What they do or did."""
    if aux != "did":
        return f"How often {aux} {subject} {verb} {tail}"
    if subject.lower() in ("you", "they", "we"):
        return f"Tell me about the times {subject} {past(verb)} {tail}, if {subject} did."
    if subject.lower() in ("he", "she", "it"):
        return f"What did {subject} do in the end"
    return f"How did {subject} {verb} {tail}"


def how_many(core: str) -> str:
    """Turn "Does everyone ...?" into "How many people ...?"; empty where it is not of that form.

    >>> how_many("Are all your hires from referrals?")
    'How many of your hires are from referrals'
    """
    found = _EVERYONE.match(core)
    if not found:
        return ""
    rest = re.sub(r"^(?:ever|really)\s+", "", found["rest"])
    if found["aux"].lower() == "did":
        verb, _, tail = rest.partition(" ")
        rest = f"{past(verb)} {tail}".strip()
    helper = {"has": "have ", "have": "have ", "is": "are ", "are": "are "}.get(found["aux"].lower(), "")
    if found["of"]:
        return f"How many of {found['of']} {helper}{rest}"
    if found["each"]:
        return f"How many {found['each']}s {helper}{rest}"
    return f"How many people{found['where'] or ''} {helper}{rest}"
