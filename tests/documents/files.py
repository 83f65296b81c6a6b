"""Honest files, made by the tests."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from PIL import Image

DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*objects: bytes, words: bytes = b"BT /F1 12 Tf (A page) Tj ET") -> bytes:
    """A small PDF of one page, with further objects."""
    packed = zlib.compress(words)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        *objects,
    ]
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(parts) + 1)
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s%sstartxref\n%d\n%%%%EOF\n" % (
        len(parts) + 1,
        table,
        trailer,
        len(body),
    )


def object_stream(content: bytes) -> bytes:
    """Objects packed into a stream, where a reader by eye does not see them."""
    packed = zlib.compress(content)
    return b"<< /Type /ObjStm /N 1 /First 4 /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (
        len(packed),
        packed,
    )


def archive(parts: Mapping[str, bytes | str], *, stored: tuple[str, ...] = (), **options: Any) -> bytes:
    """A zip archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as packed:
        for name, content in parts.items():
            packed.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return made.getvalue()


def docx(more: Mapping[str, bytes | str] | None = None, *, main: str = DOCX_MAIN, document: str = "") -> bytes:
    """A Word document, with further parts."""
    return archive(
        {
            "[Content_Types].xml": (
                '<?xml version="1.0" encoding="UTF-8"?>'
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
            ),
            "_rels/.rels": relationships(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
                "word/document.xml",
            ),
            "word/document.xml": document
            or f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Words</w:t></w:r></w:p></w:body></w:document>',
            **(more or {}),
        }
    )


def relationships(kind: str, target: str, mode: str = "Internal") -> str:
    """A part that says what belongs to the document."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def odt(
    more: Mapping[str, bytes | str] | None = None, *, said: str = "application/vnd.oasis.opendocument.text"
) -> bytes:
    """An ODT document, with further parts."""
    return archive(
        {
            "mimetype": said,
            "content.xml": "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>",
            "META-INF/manifest.xml": "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>",
            **(more or {}),
        },
        stored=("mimetype",),
    )


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    """A picture: red on the left, blue on the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    made = io.BytesIO()
    image.convert(mode).save(made, kind, **options)
    return made.getvalue()


def heic(**options: Any) -> bytes:
    """A picture as telephones take them."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    return picture("HEIF", size=(64, 64), **options)


HONEST: dict[str, bytes] = {
    "letter.pdf": pdf(),
    "report.docx": docx(),
    "minutes.odt": odt(),
    "notes.txt": "He said “I would do the same”.\r\nDydd Mawrth, tŷ bach. 5 < 6 & 7 > 3\n".encode(),
    "screen.png": picture("PNG"),
    "photo.jpg": picture(),
    "telephone.heic": heic(),
}
