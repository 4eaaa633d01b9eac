"""The Word package around the text: properties without names, and the same bytes every time."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn

from discovery.briefs.clean import harmless
from discovery.briefs.word_styles import new

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_PERSONAL = {
    *("thumbnail", "extended-properties", "custom-properties", "comments", "people", "commentsExtended"),
    *("commentsIds", "commentsExtensible", "attachedTemplate", "customXml", "webSettings"),
}
_WORD = "http://schemas.microsoft.com/office/word"


def set_properties(document: Any, title: str, subject: str) -> None:
    """Give the document a title and a subject, no person's name, and a fixed date."""
    properties = document.core_properties
    properties.title, properties.subject = harmless(title)[:255], harmless(subject)[:255]
    properties.language = "en"
    for name in ("author", "last_modified_by", "keywords", "comments", "category", "identifier", "version"):
        setattr(properties, name, "")
    properties.content_status = ""
    properties.revision = 1
    properties.created = properties.modified = properties.last_printed = _LONG_AGO


def scrub(document: Any) -> None:
    """Take out parts that may name people (a template's too), and ask for Word's present layout rules."""
    for holder in (document.part.package, document.part, document.part._settings_part):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _PERSONAL:
                del holder.rels[key]
    settings = document.settings.element
    for tag in ("w:attachedTemplate", "w:rsids", "w:compat"):
        for found in settings.findall(qn(tag)):
            settings.remove(found)
    compat = new("w:compat")
    compat.append(
        new(
            "w:compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val="15",
        )
    )
    before = [settings.find(qn(tag)) for tag in _AFTER_COMPAT]
    place = next((element for element in before if element is not None), None)
    if place is None:
        settings.append(compat)
    else:
        place.addprevious(compat)


_AFTER_COMPAT = (
    *("w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping"),
    *("w:doNotIncludeSubdocsInStats", "w:captions", "w:shapeDefaults", "w:decimalSymbol", "w:listSeparator"),
)


def same_bytes(package: bytes) -> bytes:
    """Pack the parts again with fixed dates and in a fixed order; the content types come first."""
    again = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            made.writestr(entry, old.read(name))
    return again.getvalue()
