"""A rewrite of the question itself, for each rule; the first one that is clean is suggested."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discovery.guides.rules.form import NEGATIVE, POSITIVE, PRONOUN, Form
from discovery.guides.rules.jargon import jargon
from discovery.guides.rules.opening import ABSOLUTES, opened
from discovery.guides.rules.shape import second_question
from discovery.guides.rules.topics import has_subject, open_question
from discovery.guides.rules.verbs import STATIVE, past

_ADVERBS = re.compile(
    r"\b(?:surely|obviously|clearly|of course|needless to say|naturally|as (?:we|you) (?:all )?know)\b,?\s*",
    re.I,
)
_TAG = re.compile(
    rf",\s*(?:right|correct|no|yes|yeah|true|is that (?:right|correct)|(?:{POSITIVE}"
    rf"|{NEGATIVE})\s+{PRONOUN})\s*\?$",
    re.IGNORECASE,
)
_LOADED_HOW = re.compile(
    r"\bhow (?:[\w-]+|much better|much worse|much easier) (is|was|are|were) (.+)$", re.IGNORECASE
)
_WOULD_YOU = re.compile(
    r"\b(?:would|will|might|could) you (?:(?:be willing to|consider|rather|ever|still|go about|also"
    r"|even|then) )?(?P<verb>[a-z]+)"
    r"(?P<rest>[^,?]*)",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:what )?if ((?!we\b)[^,?]+)", re.IGNORECASE)


_TOO_GENERAL = frozenset({"do", "be", "have", "react", "change", "say", "go", "see"})


def rewrites(rule: str, form: Form) -> Iterator[str]:
    """Suggest other wordings of a question, best first; the last is an open question on its subject."""
    makers = {
        "leading": _neutral,
        "closed": opened,
        "double": _one_at_a_time,
        "hypothetical": _last_time,
        "absolute": _softened,
        "jargon": _plain,
        "long": _short,
    }
    yield from (_sentence(each) for each in makers.get(rule, _nothing)(form) if each)
    yield open_question(form.text, last_time=rule in ("hypothetical", "pitching"))


def _sentence(text: str) -> str:
    text = " ".join(text.split()).strip(" ,;:")
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    if text[-1] in ".?!”":
        return text
    return f"{text}." if re.match(r"(?:tell|describe|walk|talk|explain|give)\b", text, re.I) else f"{text}?"


def _neutral(form: Form) -> Iterator[str]:
    bare = _ADVERBS.sub("", form.main.bare).rstrip("? ")
    view = re.match(
        r"(?:(?:would|wouldn't|do|don't) you (?:not )?(?:agree|think|say|find)|(?:is|isn't"
        r"|would) it (?:be )?(?:not )?"
        r"(?:fair|safe|right|true|correct)(?: to say| to assume)?)\s*(?:that\s+)?(?P<claim>.+)",
        bare,
        re.IGNORECASE,
    )
    if view:
        yield f"What is your view on whether {view['claim']}"
    why_not = re.match(
        r"why (?:don't|doesn't|haven't|didn't|won't|can't) (?:you|they) (?:just )?(?P<rest>.+)", bare, re.I
    )
    if why_not:
        yield f"How was it decided whether to {_plain_verb(why_not['rest'])}"
    loaded = _LOADED_HOW.search(bare)
    if loaded:
        yield f"What {loaded[1]} it like when it comes to {re.sub(r'^it when ', '', loaded[2])}"
    why_so = re.match(r"why (?:is|are) (?P<what>your .+?) so \w+", bare, re.IGNORECASE)
    if why_so:
        yield f"Walk me through {why_so['what']}, from start to finish."
    asked = re.search(r"(?:^|, )(?:so )?((?:what|how|who|where|when|which)\b.+)", bare, re.IGNORECASE)
    if asked and not loaded:
        yield asked[1]
    if has_subject(bare):
        return
    guess = re.sub(
        r"^.*?\bi(?:'d)? (?:assume|guess|suppose|take it|imagine|bet|gather)(?: that)? ", "", bare, flags=re.I
    )
    yield f"“What I took from that: {_TAG.sub('', f'{guess}?').rstrip('?')}. What did I get wrong?”"


def _plain_verb(words: str) -> str:
    head, _, tail = words.partition(" ")
    plain = {"opened": "open", "thought": "think", "tried": "try", "taken": "take", "hired": "hire"}.get(
        head, head
    )
    return f"{plain} {tail}".strip()


def _one_at_a_time(form: Form) -> Iterator[str]:
    halves = second_question(form)
    if halves:
        first, second = (_sentence(half.rstrip("?., ")) for half in halves)
        yield f"Ask one at a time: “{first}” Then, once that is answered: “{second}”"


def _last_time(form: Form) -> Iterator[str]:
    done = _WOULD_YOU.search(form.text)
    if done and done["verb"].lower() not in STATIVE | _TOO_GENERAL:
        rest = re.sub(r"\b(?:next|in the) (?:year|time|future|spring|month)\b", "", done["rest"])
        rest = re.sub(r"\s+if .*$", "", rest)
        yield f"Tell me about the last time you {past(done['verb'].lower())}{rest}."
    case = _IF.search(form.text)
    if case and not re.match(r"you (?:could|were)|i |a candidate had|money", case[1], re.IGNORECASE):
        clause = re.sub(r"\b(?:asks|applies|wants|leaves)\b", lambda m: past(m[0].rstrip("s")), case[1])
        yield f"Tell me about a time when {clause}."
    likely = re.search(r"how likely (?:are|is) \w+ to ([a-z]+)([^?]*)", form.text, re.IGNORECASE)
    if likely:
        rest = re.sub(r" next .*", "", likely[2])
        yield f"Tell me about the last time you {past(likely[1].lower())}{rest}."


def _softened(form: Form) -> Iterator[str]:
    yield from opened(form)
    yield ABSOLUTES.sub("", form.text)


def _plain(form: Form) -> Iterator[str]:
    text = form.text
    for word, plain in jargon(form):
        text = text.replace(word, plain)
    yield text


def _short(form: Form) -> Iterator[str]:
    """Keep the last asking clause, which is usually the question itself."""
    main = form.main.bare
    starts = [
        m.start() for m in re.finditer(r"\b(?:what|how|who|where|why|when|which)\b", main, re.IGNORECASE)
    ]
    for start in starts:
        kept = main[start:]
        if 4 <= len(kept.split()) <= 22 and not kept.lower().startswith("which was"):
            asks = re.match(rf"\w+(?:\s+\w+){{0,3}}?\s+{POSITIVE}\b", kept, re.IGNORECASE)
            yield kept if asks else f"Tell me {kept}"
            return


def _nothing(form: Form) -> Iterator[str]:
    """A pitch has no wording worth keeping."""
    yield from ()
