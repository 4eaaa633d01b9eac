"""What asks and what merely keeps the other side talking."""

from __future__ import annotations

import re
from collections.abc import Sequence

from discovery.language.units import split_units
from discovery.language.words import words
from discovery.records import Span, Turn, Unit

_LEAD_IN = (
    r"(?:(?:so|and|but|okay|ok|right|um+|uh+|erm?|well|now|yeah|yes|then|also|just|great|good|thanks"
    r"|thank you|alright|all right|sure|mm|hm+|oh|wow|first|finally|again|maybe|perhaps|please|sorry|because"
    r"|or|like)[\s,.]+)*"
)
_AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would|should|might|may"
    r"|isn|aren|wasn|don|doesn|didn|haven|hasn|couldn|wouldn)(?:['’]t)?"
)
_SUBJECT = (
    r"(?:i|you|we|they|he|she|it|that|this|these|those|there|the|your|any|people"
    r"|(?:any|every|some)(?:one|body))"
)
_WH = r"(?:what|how|who|whom|whose|where|why|when|which)"
_OPENS_ASKING = re.compile(
    rf"^{_LEAD_IN}(?:{_WH}\b(?!ever)|in what\b|{_AUXILIARY}\s+{_SUBJECT}\b"
    r"|(?:can|could|would|will) (?:i|we|you)\b"
    r"|(?:tell|talk|walk|take|show|give|help|remind) (?:me|us)\b|describe\b|say (?:a bit )?more\b|go on\b"
    r"|(?:let['’]s|let us|let me) (?:talk|start|turn|go|take|ask|come|move|hear)\b"
    r"|i(?:['’]d| would|['’]ll)? (?:like|love|want|wanted) to (?:hear|ask|know|understand|talk|come|go)\b"
    r"|(?:i(?:['’]m| am|['’]ve)? )?(?:curious|wondering|wondered)\b|any(?:thing)?\b(?=.*\?))",
    re.IGNORECASE,
)
_ASKS_INSIDE = re.compile(
    rf"\b{_WH}(?:['’](?:s|re|d|ve)|\s+(?:\w+\s+){{0,2}}{_AUXILIARY})\b"
    r"|\b(?:do|did|are|have|can|could|would|will) you\b"
    r"|\b(?:tell|talk|walk|take) me\b|\bwhat about\b|\bhow about\b",
    re.IGNORECASE,
)
_EXCLAIMS = re.compile(r".*!$|(?:when|what a|how nice)\b.*\.$", re.IGNORECASE)
_ASKS_ON = re.compile(r"(?:and|so|or|but|like|for)\b", re.IGNORECASE)
_NODS = frozenset(
    words(
        "mm mmm mhm hm hmm mm-hm uh-huh aha ah oh yeah yes yep yup no nope right okay ok sure great good "
        "nice fine wow interesting exactly indeed absolutely understood gotcha true really seriously sorry "
        "pardon lovely brilliant perfect amazing cool fair enough i see got it go on of course makes sense "
        "that's that all ha haha and so huh um uh er well goodness gosh oof ouch blimey"
    )
)
_TAG = re.compile(rf"^{_AUXILIARY}\s+(?:i|you|we|they|he|she|it|that|there)$", re.IGNORECASE)
_THANKS = re.compile(r"\b(?:thank you|thanks|thank|cheers|appreciate|goodbye|bye)\b", re.IGNORECASE)
_SENTENCE_GAP = re.compile(r"(?<=[.!?])\s+")
_NOISE = re.compile(r"\[[^\]]*\]")
_LONGEST_NOD = 5
_LONGEST_ECHO = 6


def asks(sentence: str) -> bool:
    """Tell whether a sentence asks for something: a question, or a prompt such as "tell me".

    Args:
        sentence: One sentence; without a question mark its wording decides.

    >>> asks("And where do those people come from?"), asks("tell me about the team"), asks("We hire welders.")
    (True, True, False)
    """
    text = sentence.strip()
    if text.rstrip("\"'”’)] ").endswith("?"):
        return True
    if _OPENS_ASKING.search(text):
        return not _EXCLAIMS.match(text)
    return text[-1:] not in set(".!…") and _ASKS_INSIDE.search(text) is not None


def is_backchannel(text: str, answer: str = "") -> bool:
    """Tell whether a turn only shows that someone listens: "Mm.", "Right.", an echo of the answer.

    Args:
        text: The listener's turn.
        answer: What the other side has just said; a short echo of it is a backchannel.

    >>> is_backchannel("Mm. Right."), is_backchannel("Garlic."), is_backchannel("Why?")
    (True, True, False)
    """
    spoken = words(_NOISE.sub(" ", text))
    if all(word in _NODS for word in spoken) or _TAG.match(" ".join(spoken)):
        return True
    if thanks(text) or any(asks(sentence) for sentence in _SENTENCE_GAP.split(text)):
        return False
    if len(spoken) <= _LONGEST_NOD and not _ASKS_ON.match(text):
        return True
    heard = _NODS | set(words(answer))
    return bool(answer) and len(spoken) <= _LONGEST_ECHO and all(word in heard for word in spoken)


def thanks(text: str) -> bool:
    """Tell whether a turn thanks or takes leave."""
    return _THANKS.search(text) is not None


def asking_span(turn: Turn) -> Span | None:
    """Find the asking sentences of a turn, the last group of them where there are several.

    Args:
        turn: Any turn.

    Returns:
        One span from the first to the last sentence of that group, None when nothing is asked.

    >>> asking_span(Turn("a", 0, "Ann", "Nice place. So, who do you hire? And where?")).quote
    'So, who do you hire? And where?'
    """
    units = split_units([turn])
    asking = [position for position, unit in enumerate(units) if asks(unit.span.quote)]
    if not asking:
        return None
    return _join(turn, units, asking)


def _join(turn: Turn, units: Sequence[Unit], asking: Sequence[int]) -> Span:
    first = last = asking[-1]
    for position in reversed(asking[:-1]):
        if first - position > 2:
            break
        first = position
    return turn.span(units[first].span.start, units[last].span.end)
