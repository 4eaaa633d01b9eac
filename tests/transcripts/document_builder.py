"""Small Word, OpenDocument and PDF files made by hand, byte for byte the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(parts: Mapping[str, str | bytes], *, stored: Iterable[str] = ()) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def run(text: str, *, bold: bool = False, extra: str = "") -> str:
    """One run; line breaks and tabs become their elements."""
    properties = f"<w:rPr>{'<w:b/>' if bold else ''}{extra}</w:rPr>" if bold or extra else ""
    inner = "".join(_piece(line) for line in _split(text))
    return f"<w:r>{properties}{inner}</w:r>"


def _split(text: str) -> list[str]:
    pieces: list[str] = []
    for mark in text.replace("\n", "\0\n\0").replace("\t", "\0\t\0").split("\0"):
        if mark:
            pieces.append(mark)
    return pieces


def _piece(text: str) -> str:
    if text == "\n":
        return "<w:br/>"
    return "<w:tab/>" if text == "\t" else f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def paragraph(*runs: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{''.join(runs)}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    cells = (
        "".join(
            f"<w:tc>{''.join(paragraph(run(line)) for line in cell.split(chr(10)))}</w:tc>" for cell in row
        )
        for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


STYLES = (
    f'<w:styles xmlns:w="{W}">'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Loud"><w:basedOn w:val="Strong"/></w:style>'
    "</w:styles>"
)


def docx(*blocks: str, prolog: str = "", part: str = "word/document.xml", styles: str = STYLES) -> bytes:
    body = "".join(blocks)
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{prolog}'
        f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    )
    return zipped({"[Content_Types].xml": _CONTENT_TYPES, part: document, "word/styles.xml": styles})


def lines(texts: Iterable[str]) -> list[str]:
    return [paragraph(run(text)) for text in texts]


def odt(body: str, *, automatic: str = "", prolog: str = "", manifest: str = "<manifest/>") -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0"'
        f' xmlns:table="{_ODF}:table:1.0" xmlns:style="{_ODF}:style:1.0" xmlns:draw="{_ODF}:drawing:1.0"'
        f' xmlns:fo="{_ODF}:xsl-fo-compatible:1.0">'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "META-INF/manifest.xml": manifest,
    }
    return zipped(parts, stored=["mimetype"])


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF in Helvetica, Windows-1252; a line that begins with ``*`` is bold up to the next ``*``."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    kids: list[str] = []
    for page in pages:
        stream = b"\n".join([b"BT 14 TL 72 720 Td", *(_shown(line) for line in page), b"ET"])
        kids.append(f"{len(objects) + 1} 0 R")
        resources = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        box = "/MediaBox [0 0 612 792]"
        contents = f"/Contents {len(objects) + 2} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} {resources} {contents} >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _assemble(objects)


def _shown(line: str) -> bytes:
    bold, plain = line[1:].split("*", 1) if line.startswith("*") else ("", line)
    parts = [(b"/F2 11 Tf", bold)] if bold else []
    parts += [(b"/F1 11 Tf", plain)] if plain else []
    shown = [font + b" (" + _literal(text) + b") Tj" for font, text in parts]
    return b"\n".join([*shown, b"T*"])


def _literal(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _assemble(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
