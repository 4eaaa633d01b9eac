"""``closed`` and ``absolute``: the question leaves the respondent too little room."""

from __future__ import annotations

import re

from discovery.guides.rules.form import WH, Form, Sentence, word_count

_REQUEST = re.compile(
    r"^(?:can|could|would|will)\s+(?:you|we)\s+(?:please\s+|just\s+|perhaps\s+|maybe\s+)?(?:tell|walk"
    r"|talk|give|say"
    r"|describe|explain|show|help|take|share|elaborate|expand|start|mind|sketch|run|go (?:through|back|over)"
    r"|think (?:of|back)|hear|spell|name|list|point|put|introduce|remind|unpack|come back|begin|paint)\b",
    re.IGNORECASE,
)
_HOUSEKEEPING = re.compile(
    r"^(?:do you mind|is (?:it|that) (?:ok|okay|alright|all right|fine)\b|are you (?:ready|comfortable)"
    r"|can you (?:hear|see)|shall (?:we|i)|(?:may|can|could|might) (?:i|we)\b"
    r"|(?:is|was) there (?:anything|something)(?: else)?\b|do you have (?:any questions|time"
    r"|a (?:minute|moment))"
    r"|does that make sense|have i (?:got|understood|missed|left)|did i (?:get|miss|understand)"
    r"|would you (?:like to add|be (?:happy|open|willing) to (?:be|talk|have|let))|can i (?:come|call))",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|only ever|without exception|absolutely no|every single|no one ever)\b", re.I
)
_MILD = re.compile(
    r"\b(?:almost|nearly|not|hardly|practically)\s+(?:always|never)\b|\bnever mind\b|\bas always\b"
    r"|\balways (?:been|wanted|meant)\b|\bhave you always\b|\bany\w*\b.*\b(?:never|always)\b"
    r"|\bwas it always\b",
    re.IGNORECASE,
)
_EVERYONE = re.compile(
    r"\b(?:everyone|everybody|nobody|no one|none of|every (?:candidate|applicant|person|hire|employee"
    r"|manager|one of)|all (?:of )?(?:your|the|their)|they all(?! right)|at all times)\b",
    re.IGNORECASE,
)
_SINGLE_EVERY = re.compile(r"\bevery (?:day|week|month|year|quarter|now|so|other|few|two|three|six)\b", re.I)
_FEWEST_WORDS = 3
_PUSHES = re.compile(r"^(?:why|how come|what makes)\b", re.IGNORECASE)


def yes_or_no(form: Form) -> Sentence | None:
    """Return the sentence that can be answered by yes, no or one of two; None when there is none.

    Polite requests ("Could you tell me ...") and questions about the talk itself ("Is it okay if I
    record?") are not meant, nor is a yes-or-no question that an open one follows at once.

    >>> yes_or_no(Form("And do you train people?")).core
    'do you train people?'
    >>> yes_or_no(Form("Can you tell me how you train people?")) is None
    True
    """
    main = form.main
    if main.guess and not main.yes_no:
        return Sentence(main.guess, main.guess)
    if not main.yes_no or _REQUEST.match(main.core) or _HOUSEKEEPING.match(main.core):
        return None
    rest = re.search(rf"[?:;]\s+{WH}\b", main.bare, re.IGNORECASE)
    return None if rest else main


def absolute_word(form: Form) -> str:
    """Return the word that leaves no room (always, never, everyone), empty when there is none.

    ``everyone`` and its like count only where the respondent must say yes or no to them.

    >>> absolute_word(Form("Do you always ask for a degree?"))
    'always'
    >>> absolute_word(Form("How does everyone on the team hear about it?"))
    ''
    """
    for sentence in form.asking:
        if word_count(sentence.bare) < _FEWEST_WORDS:
            continue
        found = None if _MILD.search(sentence.bare) else _ABSOLUTE.search(sentence.bare)
        if not found and (sentence.yes_no or _PUSHES.match(sentence.bare)):
            found = _EVERYONE.search(_SINGLE_EVERY.sub("", sentence.bare))
            if sentence.yes_no and (_HOUSEKEEPING.match(sentence.core) or _REQUEST.match(sentence.core)):
                found = None
        if found:
            return found.group().lower()
    return ""
