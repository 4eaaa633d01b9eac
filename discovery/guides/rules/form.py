"""The form of a question: its sentences, what it opens with, and which of them ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

WH = r"(?:what|how|who|whom|whose|where|why|when|which)"
POSITIVE = r"(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would|should|shall|might|may|must)"
NEGATIVE = (
    r"(?:don't|doesn't|didn't|isn't|aren't|wasn't|weren't|haven't|hasn't|hadn't|can't|couldn't|won't"
    r"|wouldn't|shouldn't|mustn't)"
)
PRONOUN = r"(?:i|you|we|they|he|she|it|that|this|these|those|there)"
_SUBJECT = (
    rf"(?:{PRONOUN}|the|a|an|your|our|his|her|their|my|its|any|anyone|anybody|anything|some|someone"
    r"|somebody|everyone|everybody|every|each|all|both|most|many|no|none|nobody|people|managers|candidates"
    r"|applicants|employers|hr|it's|time|apprentices|students|staff|seniors|juniors|[a-z]+s|[a-z]+ing)"
)
_LEAD_IN = re.compile(
    r"^(?:(?:so|and|but|okay|ok|right|um+|uh+|erm?|well|now|yeah|yes|then|also|just|great|good|sure|mm+"
    r"|hm+|oh"
    r"|alright|all right|after that|before that|interesting|that's interesting|i see|thanks|thank you"
    r"|again|because|like"
    r"|or)[\s,.:;]+)+",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?<=[.?!])\s+")
_IMPERATIVE = re.compile(
    r"(?:please )?(?:tell|walk|talk|take|give|show|help|describe|explain|say|picture|imagine)\b",
    re.IGNORECASE,
)
_BEFORE_COMMA = re.compile(rf"^(?!.*\b{WH}['’]?s?\b)[^,:?]{{3,60}},\s+(?=\S)", re.IGNORECASE)
_ASIDE = re.compile(
    rf"^(?:when|where|if|since|after|before|once|as)\b[^,?]{{5,90}},\s+(?={POSITIVE}\b)", re.I
)
_HUNG_ON = re.compile(
    r",\s*((?:is|are|was|were|do|does|did|has|have|had|can)\s+(?:that|it|they|there|this|he|she"
    r"|you)\s+[^,?]+\??)$",
    re.I,
)
_YES_NO = re.compile(rf"^{POSITIVE}\s+(?:not\s+)?{_SUBJECT}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: as written, and without the words that only lead into it."""

    written: str
    bare: str

    @property
    def marked(self) -> bool:
        """Whether it ends in a question mark."""
        return self.written.rstrip("\"'”’) ").endswith("?")

    @property
    def core(self) -> str:
        """The asking part: without a phrase put in front of a yes-or-no form ("For leads, do you ...")."""
        for front in (_ASIDE, _BEFORE_COMMA):
            rest = front.sub("", self.bare)
            if rest != self.bare and _YES_NO.match(rest):
                return rest
        return self.bare

    @property
    def yes_no(self) -> bool:
        """Whether it opens with an auxiliary and a subject."""
        return _YES_NO.match(self.core) is not None

    @property
    def guess(self) -> str:
        """A yes-or-no question hung on to the end ("How did he come, was that an advert?"), else empty."""
        found = _HUNG_ON.search(self.bare)
        return found.group(1) if found else ""

    @property
    def asks(self) -> bool:
        """Whether it asks: by its mark, its form, or as a request ("Tell me ...")."""
        opens = re.match(rf"(?:{WH}|in what|at which|for which)\b", self.bare, re.IGNORECASE)
        return self.marked or self.yes_no or bool(opens or _IMPERATIVE.match(self.bare))


@dataclass(frozen=True)
class Form:
    """A question taken apart; apostrophes are plain, white space is single.

    >>> [s.bare for s in Form("So, okay. Do you train people? And how?").asking]
    ['Do you train people?', 'how?']
    """

    question: str

    @cached_property
    def text(self) -> str:
        """The whole question in one line."""
        return " ".join(self.question.replace("’", "'").replace("‘", "'").split())

    @cached_property
    def lower(self) -> str:
        """The same in lower case."""
        return self.text.lower()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, in order."""
        parts = (part.strip() for part in _GAP.split(self.text) if part.strip())
        return tuple(Sentence(part, _LEAD_IN.sub("", part) or part) for part in parts)

    @cached_property
    def asking(self) -> tuple[Sentence, ...]:
        """The sentences that ask, or the last one where none does."""
        found = tuple(sentence for sentence in self.sentences if sentence.asks)
        return found or self.sentences[-1:]

    @cached_property
    def main(self) -> Sentence:
        """The sentence the respondent answers: the last one that asks."""
        return self.asking[-1] if self.asking else Sentence("", "")


def word_count(text: str) -> int:
    """Count the words of a text."""
    return len(text.split())
