"""``double`` and ``long``: the question asks two things, or takes too long to say."""

from __future__ import annotations

import re

from discovery.guides.rules.form import POSITIVE, PRONOUN, WH, Form, word_count

LONGEST = 35
"""Most words of a question that people can hold in mind."""

_LEAST_SIDE = 3
_AND = re.compile(
    rf",?\s+(?:and|but|or)\s+(?:also\s+|then\s+)?(?=(?:{WH}(?:['’]s)?|{POSITIVE}\s+{PRONOUN}"
    r"|(?:tell|walk|talk)\s+me|describe)\b)|,\s+(?=how\s+(?:long|much|many)\b)",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    rf"^{WH}\s+(?:\w+\s+){{0,3}}?(?:\w+n't|not|less|worse)(?:\s+\w+)?[?.]?$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(?:between|both|either|whether)\b", re.IGNORECASE)
_STAGES = (
    r"recruit(?:ing|ment|ers?)?|find(?:ing)?|sourc(?:e|ing)|attract(?:ing)?|hir(?:e|ing)|advertis(?:e|ing)",
    r"screen(?:ing)?|select(?:ing|ion)?|interview(?:ing|s)?|assess(?:ing|ment)?|choos(?:e|ing)",
    r"train(?:ing)?(?: budget)?|onboard(?:ing)?|develop(?:ing)?|teach(?:ing)?|coach(?:ing)?|upskill(?:ing)?",
    r"keep(?:ing)?|retain(?:ing)?|retention|promot(?:e|ing|ion)",
    r"pay(?:ing)?|salar(?:y|ies)|reward(?:ing)?",
)
_OBJECT = r"(?:\s+(?:people|them|staff|candidates|your|new|the|\w+s))?"
_PAIRS = tuple(
    re.compile(
        rf"\b(?:{one}){_OBJECT}(?:,\s*\w+,?)?,?\s+and\s+(?:your\s+|then\s+)?(?:{two})\b", re.IGNORECASE
    )
    for one in _STAGES
    for two in _STAGES
    if one != two
)
_ALSO = re.compile(r"[.?]\s+(?:also|and also|plus|another thing)\b", re.IGNORECASE)
_CHECKS = re.compile(
    r"^(?:right|okay|ok|yes|no|you know|really|sorry|pardon|can i ask|may i ask|i mean"
    r"|is (?:it|that) (?:ok|okay|right|fair))\b",
    re.IGNORECASE,
)
_REPHRASED = re.compile(r"^(?:or|like|i mean|that is|so)\b", re.IGNORECASE)
_INVERTED = re.compile(
    rf"^(?:(?:in|at|for|on|to|from|of|with)\s+)?(?:(?:what|how|who|whom|whose|which)\b|why\b"
    rf"|(?:where|when)(?:'s|'d|'re|\s+{POSITIVE})\b|{POSITIVE}\s+\w+\s+\w+|(?:and|of)\s+\w+)",
    re.IGNORECASE,
)


def second_question(form: Form) -> tuple[str, str] | None:
    """Return the two halves of a question that asks two things, None when it asks one.

    A conjunction counts only where it joins two askings of three words or more, or two different
    stages of hiring; a contrast ("what worked and what didn't") is one question.

    >>> second_question(Form("Who decides on the budget, and why was it cut?"))
    ('Who decides on the budget', 'why was it cut?')
    >>> second_question(Form("What worked and what didn't?")) is None
    True
    """
    marked = [s for s in form.sentences if s.marked and _whole(s.written, s.bare)]
    if len(marked) > 1:
        return marked[0].bare, marked[1].bare
    if len(form.asking) > 1 and _ALSO.search(form.text):
        return form.asking[0].bare, form.asking[1].bare
    for sentence in form.asking:
        if halves := _halves(sentence.bare):
            return halves
    return _stages(form.main.bare)


def _whole(written: str, bare: str) -> bool:
    """Whether a sentence asks something by itself, rather than naming a topic or putting it another way."""
    checks = _CHECKS.match(bare) or bare.lower().rstrip("?").endswith("is that right")
    long_enough = word_count(bare) >= _LEAST_SIDE - 1
    topic = re.match(r"(?:what|how) about\b", bare, re.IGNORECASE)
    inverted = any(_INVERTED.match(part) for part in (bare, *bare.split(", ")[1:]))
    return long_enough and inverted and not (checks or topic or _REPHRASED.match(written))


def _halves(sentence: str) -> tuple[str, str] | None:
    for joint in _AND.finditer(sentence):
        before, after = sentence[: joint.start()].strip(" ,"), sentence[joint.end() :].strip()
        short = word_count(before) < _LEAST_SIDE or word_count(after) < _LEAST_SIDE
        if short or _CONTRAST.match(after) or _BETWEEN.search(before):
            continue
        if re.search(rf"\b{WH}$|:$", before, re.IGNORECASE) or not _asks(before):
            continue
        return before, after
    return None


def _asks(before: str) -> bool:
    """Whether the first half asks by itself, so that the second asks something more."""
    if re.match(rf"(?:when|where|if|after|since|once)\s+(?!{POSITIVE}\b)", before, re.IGNORECASE):
        return False
    opening = rf"(?:^|[,:;]\s*)(?:(?:in|at|for|on|to|from|of|with)\s+)?(?:{WH}|{POSITIVE}\s+{PRONOUN})\b"
    request = r"^(?:tell|walk|talk|give|describe|explain|show)\b"
    return bool(re.search(opening, before, re.I) or re.search(request, before, re.I))


def _stages(sentence: str) -> tuple[str, str] | None:
    for pair in _PAIRS:
        found = pair.search(sentence)
        if found and not _BETWEEN.search(sentence[: found.start()]):
            one, two = re.split(
                r"\s+and\s+(?:your\s+|then\s+)?", found.group(), maxsplit=1, flags=re.IGNORECASE
            )
            head, tail = sentence[: found.start()], sentence[found.end() :]
            return f"{head}{one.split(',')[0]}{tail}", f"{head}{two}{tail}"
    return None


def too_long(form: Form) -> int:
    """Return the number of words where it is more than :data:`LONGEST`, else 0."""
    count = word_count(form.text)
    return count if count > LONGEST else 0
