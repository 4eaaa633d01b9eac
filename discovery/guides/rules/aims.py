"""``hypothetical`` and ``pitching``: the question asks for a forecast, or for applause."""

from __future__ import annotations

import re

from discovery.guides.rules.form import POSITIVE, PRONOUN, WH, Form

_GOAL = re.compile(
    r"\b(?:gone|solved|fixed|no longer|disappear\w*|success\w*|went away|out of the way|sorted|resolved"
    r"|seat is filled|years? from now|good (?:day|week|month|year|enough)|looking back|look like"
    r"|have to (?:be|happen)|ideal|(?:fix|change|have) (?:just )?one (?:thing|wish)"
    r"|what would (?:change|be (?:different|useful)))\b",
    re.IGNORECASE,
)
_PRESENT = (
    r"(?:say|describe|define|mind|tell|walk|talk|give|call|characteri[sz]e|sum|summari[sz]e|put|rank"
    r"|explain|like to"
    r"|share|show|help|point|compare|rate|agree|take me|start|begin|want|need|hope|wish|expect|add|like\b"
    r"|ask for|be happy to)"
)
_OTHERS = (
    r"(?:they|he|she|people|hr|it|that|(?:your|the|a|an)\s+(?:\w+\s+){0,2}?\w+|employers|managers"
    r"|candidates|someone)"
)
_ACTS = (
    r"(?:react|respond|accept|do|go|handle|feel|agree|change|hire|take|stay|leave|say|think|want|need"
    r"|work|like"
    r"|consider|choose|decide|allow|let|manage|cope)"
)
_PATTERNS = (
    rf"\bwould\s+you\b(?!\s+(?:please\s+)?{_PRESENT}\b)(?!\s*[,?])",
    rf"\bwould\s+{_OTHERS}\s+{_ACTS}\b",
    r"\bwhat if\b|\bwould that\s+\w+\b|\bwould our\b",
    r"\b(?:suppose|assuming|let's say(?= (?:that )?\w+ \w+)|in a perfect world|in an ideal world"
    r"|hypothetically)\b",
    r"(?:^|[.;]\s*)say (?:an?|the|your)\s+(?!bit|little|few|word)\w+",
    r"(?<!\bi )(?<!\bi'd )(?<!\bwould )\bimagine\b",
    r"\bhow likely\b",
    r"\bwill you\b(?!\s+(?:tell|walk|give|show|say|please))",
    r"\bdo you (?:think|expect|believe) (?:you|they|people|he|she|hr)(?:'ll|'d| will| would| might| could)\b",
    r"\bcould you (?:see|imagine|picture) (?:yourself|your)\b|\bsee yourself\b",
    r"\bmight you\b|\bwere you to\b|\bif you were to\b",
    r"\bwould it take\b",
    r"\bif (?:you|we|they|someone|somebody|a|an|the|your|money)\b[^?]*\b(?:had|could|were|paid"
    r"|would)\b[^?]*\bwould\b",
    r"\bif (?:you|a|an|the|your|someone)\b[^?]*\b\w+ed\b[^?]*,\s*would\b",
)
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS)
_BARE_IF = re.compile(
    rf"if\b(?!.*\b(?:ask for|one thing|one wish|doesn't|think about|think back|look at"
    rf"|had to say)\b)(?!.*,\s*(?:{WH}|{POSITIVE}\s+{PRONOUN})\b)[^?]*\?$",
    re.IGNORECASE,
)
_FRAME = re.compile(r"\b(?:imagine|picture|let's say|suppose|if|what would|how would)\b", re.IGNORECASE)

_PRODUCT = (
    r"(?:programmes?|programs?|platform|courses?|training|bootcamps?|graduates|trainees|tools?|apps?"
    r"|services?"
    r"|solutions?|ideas?|concept|proposal|approach|products?|consortium|offer|academy|pilot|cohorts?|people"
    r"|candidates)"
)
_OURS = re.compile(
    rf"\b(?:our|my)\s+(?:\w+[\s-]){{0,2}}?{_PRODUCT}\b|\b(?:{_PRODUCT})\s+like\s+(?:ours|this)\b", re.I
)
_APPROVAL = re.compile(
    r"\b(?:(?:do|don't|would) you think|like|likes|love|sounds?|useful|valuable|helpful|interested"
    r"|excited|pay|use|join|sign|take|save"
    r"|solve|recommend|fit|fits|sense|better|need|needs|benefit|buy|worth)\b",
    re.IGNORECASE,
)
_SELLS = re.compile(
    r"\b(?:we|i)(?:'ve| have|'re| are)?\s+(?:offer|built|created|developed|provide|building|designed|launched"
    r"|came up with|help|run an?|can (?:find|help|train|offer|send|get|provide|bring|cut|save|give)"
    r"|could (?:find|send)"
    r"|got (?:\w+ )?trained|trained|train people|think a)\b",
    re.IGNORECASE,
)
_ENLISTS = re.compile(
    r"\bwould you (?:be (?:interested|open)|pay|buy|sign up|subscribe|invest|join)\b|\bcount on you\b"
    r"|\b(?:put|have) your name\b|\bwork with us\b|\bare you in\b|\bhow (?:interested|excited) (?:are"
    r"|would)\b"
    r"|\byourself (?:buying|using|paying)\b|\bhiring partner for us\b|\bsign you up\b|\bget you into\b",
    re.IGNORECASE,
)


def forecasts(form: Form) -> bool:
    """Tell whether the question asks what they would do; an imagined success that draws out goals is fine.

    >>> forecasts(Form("Would you hire someone without a degree?"))
    True
    >>> forecasts(Form("Imagine this is solved: what does your week look like?"))
    False
    """
    text = form.text
    if not _BARE_IF.match(form.main.bare) and not any(pattern.search(text) for pattern in _COMPILED):
        return False
    return not (_FRAME.search(text) and _GOAL.search(text))


def pitches(form: Form) -> bool:
    """Tell whether the question sells, or seeks approval of, something of the interviewer's own.

    >>> pitches(Form("What do you think of our programme?"))
    True
    >>> pitches(Form("How did you hear of our programme?"))
    False
    """
    text = form.text
    if _ENLISTS.search(text) or _SELLS.search(text):
        return True
    ours = _OURS.search(text)
    return ours is not None and _APPROVAL.search(text) is not None
