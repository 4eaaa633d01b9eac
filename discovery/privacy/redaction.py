"""What else points at a person or place: e-mail, phone, web and street addresses, money where asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from discovery.language.words import function_words

PHONE_REGIONS = ("US", "GB", "AU")
"""Regions in which a number without a country code is looked for."""


class Private(StrEnum):
    """What kind of detail was taken out."""

    EMAIL = "e-mail"
    URL = "web address"
    PHONE = "phone"
    ADDRESS = "address"
    MONEY = "amount"


@dataclass(frozen=True, slots=True)
class Cut:
    """One detail taken out.

    Args:
        kind: What it is.
        start: Offset of its first character in the original.
        end: Offset just past its last character.
        new_start: Where the mark that stands for it starts in the redacted text.
        new_end: Where that mark ends.
    """

    kind: Private
    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text without private details, and where they were; the details themselves are not kept."""

    text: str
    cuts: tuple[Cut, ...]


_TOP_LEVEL = r"(?:com|org|net|edu|gov|int|io|ai|co|biz|info|app|dev|ca|uk|au|nz|ie|de|fr|nl|se|dk|za|ke|eu)"
_EMAIL = (
    re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(
        r"\b[a-z0-9_.-]+(?: dot [a-z0-9_-]+)? at [a-z0-9-]+(?: dot [a-z0-9-]+)?"
        rf" dot {_TOP_LEVEL}\b(?: dot [a-z]{{2}}\b)?",
        re.IGNORECASE,
    ),
)
_URL = (
    re.compile(r"\b(?:https?://|www\.)[^\s<>\"'’”)\]]*[^\s<>\"'’”)\].,;:!?]", re.IGNORECASE),
    re.compile(rf"\b(?:[A-Za-z0-9-]{{2,}}\.)+{_TOP_LEVEL}\b(?:/[^\s<>\"')\]]*[^\s<>\"')\].,;:!?])?"),
    re.compile(rf"\bwww dot [a-z0-9-]+ dot {_TOP_LEVEL}\b(?: slash [a-z0-9-]+)*", re.IGNORECASE),
    re.compile(rf"\b(?P<plain>[a-z0-9-]+) dot (?!net\b){_TOP_LEVEL}\b(?: slash [a-z0-9-]+)*", re.IGNORECASE),
)
_STREET = (
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|crescent|cres|terrace|highway|hwy"
    r"|parkway|pkwy|square|sq|way|close|quay|mews)"
)
_ADDRESS = (
    re.compile(
        r"\b\d{1,5}[a-z]?,? (?:[nsew]\.? |north |south |east |west )?"
        rf"(?P<plain>(?:[\w'’.-]+ ){{1,3}}?){_STREET}\b"
        r"(?:,? (?:suite|unit|apt|apartment|floor|flat) #?\w+)?",
        re.IGNORECASE,
    ),
    re.compile(r"\bP\.?O\.? box \d+", re.IGNORECASE),
    re.compile(
        r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b"
    ),
)
_CURRENCY = r"(?:dollars?|pounds?|euros?|bucks?|quid|cents?|pence|rupees?|rand|kroner|kronor|yen|pesos?)"
_NUMERAL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half"
    r"|a|an|and|point)"
)
_SCALE = r"(?:\s?(?:k|m|bn)\b|\s(?:thousand|million|billion|grand|lakh|crore)s?\b)"
_MONEY = (
    re.compile(
        rf"(?:(?:US|CA|C|A|AU|NZ)?[$£€₹¥]|\b(?:USD|GBP|EUR|CAD|AUD|INR|ZAR)) ?\d+(?:[,.]\d+)*{_SCALE}?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b\d+(?:[,.]\d+)*{_SCALE}? (?:{_CURRENCY}|grand)\b", re.IGNORECASE),
    re.compile(rf"\b(?!and\b)(?:{_NUMERAL}[ -])+(?:{_CURRENCY}|grand)\b", re.IGNORECASE),
    re.compile(r"\b\d{2,3} ?k\b", re.IGNORECASE),
)


def redact(text: str, *, money: bool = False, regions: Sequence[str] = PHONE_REGIONS) -> Redaction:
    """Take private details out of a text and put a mark such as [phone] in their place.

    Args:
        text: Any text.
        money: Take amounts of money out too.
        regions: Country codes (ISO 3166) in which a number without prefix may be a phone number.

    Returns:
        The redacted text with kind and half-open offsets of every cut. Redacting twice
        changes nothing more.

    >>> redact("Write to ann@acme.com, or www.acme.com.").text
    'Write to [e-mail], or [web address].'
    """
    found = [*_patterns(text, money=money), *_phones(text, regions)]
    found.sort(key=lambda one: (one[0], -one[1], one[2]))
    parts: list[str] = []
    cuts: list[Cut] = []
    at = length = 0
    for start, end, kind in found:
        if start < at:
            continue
        mark = f"[{kind}]"
        new_start = length + start - at
        length = new_start + len(mark)
        parts += [text[at:start], mark]
        cuts.append(Cut(kind, start, end, new_start, length))
        at = end
    return Redaction("".join([*parts, text[at:]]), tuple(cuts))


def _patterns(text: str, *, money: bool) -> Iterator[tuple[int, int, Private]]:
    kinds = [(Private.EMAIL, _EMAIL), (Private.URL, _URL), (Private.ADDRESS, _ADDRESS)]
    if money:
        kinds.append((Private.MONEY, _MONEY))
    for kind, patterns in kinds:
        for pattern in patterns:
            for found in pattern.finditer(text):
                if not _ordinary(found):
                    yield found.start(), found.end(), kind


def _ordinary(found: re.Match[str]) -> bool:
    """Tell whether ordinary words stand where a name should: "12 people on the way", "and dot com"."""
    name = found.groupdict().get("plain") or ""
    return any(word.lower().strip(".") in function_words() for word in name.split())


def _phones(text: str, regions: Sequence[str]) -> Iterator[tuple[int, int, Private]]:
    if sum(character.isdigit() for character in text) < 7:
        return
    from phonenumbers import Leniency, PhoneNumberMatcher

    for region in regions:
        for found in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
            yield found.start, found.end, Private.PHONE
