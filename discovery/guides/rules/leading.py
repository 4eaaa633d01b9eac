"""``leading``: the question suggests or presumes its answer."""

from __future__ import annotations

import re

from discovery.guides.rules.form import NEGATIVE, POSITIVE, PRONOUN, WH, Form, word_count

_LOADED = (
    r"(?:frustrating|bad|badly|awful|terrible|annoying|painful|hard|difficult|tough|great|wonderful|amazing"
    r"|stressful|worried|disappointed|disappointing|unhappy|much better|much worse|much easier|harmful"
    r"|costly)"
)
_JUDGED = (
    r"(?:outdated|terrible|slow|bad|broken|poor|awful|inefficient|old-fashioned|unfair|rigid|narrow"
    r"|weak|messy"
    r"|outmoded|clumsy|flawed|useless|pointless|excellent|great|brilliant)"
)
_PATTERNS: tuple[tuple[str, str], ...] = (
    (rf"^{NEGATIVE}\s+\w+", "a question in the negative tells which answer is wanted"),
    (
        rf",\s*(?:right|correct|no|yes|yeah|true|eh|huh|is that (?:right|correct)|am i right"
        rf"|(?:{POSITIVE}|{NEGATIVE})\s+{PRONOUN})\s*\?$",
        "the tag at the end asks for a yes",
    ),
    (rf",\s*(?:{POSITIVE}|{NEGATIVE})\s+(?:you|they|it|he|she|we),", "the tag asks for a yes"),
    (r"\bi'm (?:guessing|assuming|betting)\b", "it offers your own guess"),
    (
        r"\b(?:we|i)(?:'ve)?\s+(?:often |keep )?(?:hear|heard|hearing)\b.*\bthat\b",
        "it says what others answer",
    ),
    (r"^(?:would|do|did|don't|can|could)\s+(?:you|we|they)\s+(?:not\s+)?(?:all\s+)?agree\s+(?:that|with"
     r"|it|the|a|on)\b", "it asks to agree"),
    (
        r"^(?:is|was|would|isn't|wouldn't)\s+it\s+(?:be\s+)?(?:not\s+)?(?:fair|safe|right|true|correct"
        r"|accurate)"
        r"\s+(?:to\s+say|to\s+assume|that)\b",
        "it puts the answer into the question",
    ),
    (r"^would\s+you\s+say\b", "it puts the answer into the question"),
    (r"(?:^|,\s)(?:surely|obviously|clearly|of course|needless to say"
     r"|naturally)\b", "it presumes the answer"),
    (r"(?<!far )\bas (?:we|you) (?:all )?know\b|\b(?:everyone|everybody) (?:knows|tells me"
     r"|says)\b", "it presumes the answer"),
    (
        r"\bi(?:'d)?\s+(?:assume|guess|suppose|take it|imagine|bet|gather|presume|expect|would think)\b"
        r"(?:\s+that)?(?=\s+\w+\s+\w+)(?!.*\b(?:ask|wonder))",
        "it offers your own guess",
    ),
    (r"\b(?:it|you|that|they|there)\s+must\s+(?:be|have|feel|get|find)\b", "it offers your own guess"),
    (rf"\bhow\s+{_LOADED}\s+(?:is|was|are|were|do|did|does|has|have|it|a|an|the"
     rf"|things)\b", "it judges first"),
    (r"^why\s+(?:don't|doesn't|didn't|haven't|hasn't|won't|can't|isn't|aren't"
     r"|not)\b", "it implies they should"),
    (r"^why\b.*\bso\s+(?!far\b|many\b|much\b|long\b)\w+", "it judges first"),
    (r"\bmakes?\s+your\b.*\bso\s+(?!far\b)\w+", "it judges first"),
    (r"^why\s+on\s+earth\b|^why\s+(?:do|does|did)\s+\w+\s+(?:insist|still|keep|bother"
     r"|refuse)\b", "it judges first"),
    (rf"\byour\s+{_JUDGED}\s+\w+", "it judges first"),
    (
        r"\b(?:most|many|a lot of|other|all)\s+(?:of them|employers|companies|firms|managers|people)\b[^?]*"
        r"\b(?:say|tell|told|think|find|feel|agree|believe)\b",
        "it says what others answer",
    ),
    (
        r"\b(?:research|studies|experts|the data|surveys?)\s+(?:shows?|says?|suggests?|tells?|proves?"
        r"|agree)\b",
        "it calls on authority",
    ),
    (r"(?:^|,\s)given that\b|\bwhen you don't need\b", "it presumes the answer"),
    (r"\bthe real (?:problem|issue|reason|cause)\s+is\b", "it names the answer"),
    (
        r"^(?:why|how come|what makes)\b.*\b(?:always|never|nobody|no one|everyone|everybody)\b",
        "it presumes that it is so",
    ),
)  # fmt: skip
_SET_UP = tuple(
    (re.compile(pattern, re.IGNORECASE), why)
    for pattern, why in _PATTERNS
    if why in ("it says what others answer", "it calls on authority")
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), why) for pattern, why in _PATTERNS)
_STATEMENT = re.compile(
    r"^(?:you|they|he|she|we|it|that|there|people)(?:'re|'s|'d|'ve|'ll)?\s+"
    r"|^(?:your|the|those|these|all)\s+(?:(?!that\b|who\b|which\b)\w+\s+){1,2}(?:is|are|was|were|has"
    r"|have|does|do|don't|doesn't"
    r"|can't|didn't)\b",
    re.IGNORECASE,
)
_ASKS_INSIDE = re.compile(
    rf"[,:;.]\s*(?:(?:so|and|but)\s+)?(?:(?:in|at|for|on|to|from|of)\s+)?(?:{WH}|{POSITIVE}\s+{PRONOUN})\b",
    re.I,
)
_ASKS_LAST = re.compile(rf"\b{WH}(?:,?\s+(?:exactly|then|precisely|again))?\s*\?$|\bor what\b", re.IGNORECASE)
_SHORTEST_STATEMENT = 3
_OPENS = re.compile(rf"(?:(?:in|at|for|on|to|from|of|with)\s+)?{WH}\b", re.IGNORECASE)


def presumes(form: Form) -> str:
    """Say how the question pushes towards an answer; empty when it doesn't.

    >>> presumes(Form("You mostly hire from campus, right?"))
    'the tag at the end asks for a yes'
    >>> presumes(Form("Where do you hire from?"))
    ''
    """
    for sentence in form.sentences:
        for pattern, why in _COMPILED if sentence.asks else _SET_UP:
            if pattern.search(sentence.bare) or pattern.search(sentence.core):
                return why
    return ""


def states(form: Form) -> bool:
    """Tell whether the question is a statement with a question mark, such as "So it's the pay?".

    >>> states(Form("So you only look at people with a degree?")), states(Form("And then?"))
    (True, False)
    """
    marked = [sentence for sentence in form.sentences if sentence.marked]
    if any(sentence.yes_no or _OPENS.match(sentence.bare) for sentence in marked):
        return False
    bare = next((s.bare for s in marked if word_count(s.bare) >= _SHORTEST_STATEMENT), "")
    asks = _ASKS_INSIDE.search(bare) or _ASKS_LAST.search(bare)
    return bool(_STATEMENT.match(bare)) and not asks
