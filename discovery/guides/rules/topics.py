"""Open questions by subject: what to ask when the words of a question can't be saved."""

from __future__ import annotations

import re

_SUBJECTS: tuple[tuple[str, str, str], ...] = (
    (
        r"degree|diploma|certificate|licen[cs]e|credential|qualification",
        "What part do papers such as degrees or certificates play when you hire?",
        "Tell me about the papers that the last person you took on had.",
    ),
    (
        r"years|experience|junior|senior|matur",
        "What do people with more experience bring that others don't?",
        "What had the last people you hired done before?",
    ),
    (
        r"posting|advert|requirement|must-have",
        "How did your present posting come about?",
        "How did the last person you hired compare with the posting?",
    ),
    (
        r"referral|friend|contacts|campus|college|agenc|recruit|bootcamp|source|advertis|linkedin|fair|pool",
        "Where did the last few people you hired come from?",
        "Where did the last few people you hired come from?",
    ),
    (
        r"screen|\bcv|interview|test|filter|candidate|applica|process|round|decid|approval",
        "How did it go with the last person you hired, from the first step to the last?",
        "How did it go with the last person you hired, from the first step to the last?",
    ),
    (
        r"pay|paid|salar|offer|remote|home|contract|budget cut",
        "What have you heard from people about the terms you offer?",
        "What did the last person who declined your offer tell you?",
    ),
    (
        r"train|course|learn|skill|mentor|apprentic|programme|program|graduate|cohort|platform",
        "How do new people learn what they need for the job?",
        "How did the last person who lacked a skill come by it?",
    ),
    (
        r"promot|move|career|grow|inside|internal|ladder",
        "How did the last move from one job to another come about here?",
        "How did the last move from one job to another come about here?",
    ),
    (
        r"leave|left|quit|retention|stay|drop out|lose|losing|drive",
        "What do you know about the people who left in the past year?",
        "Tell me about the last person who left.",
    ),
    (
        r"divers|women|different people|alike|same|reach",
        "Which people hardly ever apply here?",
        "What has been done to reach people who don't usually apply?",
    ),
    (
        r"hire|hiring|fill|vacanc|shortage|scarce|find",
        "What has filling your last few roles been like?",
        "Tell me about the last role you filled.",
    ),
)
_ANY = ("What is that like here?", "Tell me about the last time that came up.")


def open_question(text: str, *, last_time: bool = False) -> str:
    """Return an open question on what a text is about.

    Args:
        text: The question whose wording can't be kept.
        last_time: Ask for the last real case instead of the present state.

    >>> open_question("So it's the pay that drives them away?")
    'What have you heard from people about the terms you offer?'
    """
    for pattern, present, case in _SUBJECTS:
        if re.search(rf"\b(?:{pattern})", text, re.IGNORECASE):
            return case if last_time else present
    return _ANY[last_time]


def has_subject(text: str) -> bool:
    """Tell whether a text is about one of the known subjects."""
    return any(re.search(rf"\b(?:{pattern})", text, re.IGNORECASE) for pattern, _, _ in _SUBJECTS)
