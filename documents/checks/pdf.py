"""PDF: from the first byte to the last one document, without programs, files or a password in it."""

import re
import zlib

from documents.checks.refusing import DAMAGED, PASSWORD, RUNS_PROGRAMS, TOO_MUCH_INSIDE, TWO_IN_ONE, Deadline, NotTaken

BEGINNING = re.compile(rb"%PDF-[12]\.\d")
STREAM = re.compile(rb"stream\r?\n")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9_])")
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9_])")
END_OF_ZIP = b"PK\x05\x06"
LARGEST_OBJECTS = 64 * 1024 * 1024


def check_pdf(data: bytes) -> None:
    """Raise NotTaken for what is no whole PDF, is locked, is another file too, or does more than show pages.

    Programs hide in compressed objects, so those are unpacked and looked at too. What gets past this is for the
    virus scanner, and for never being shown by a browser.
    """
    if not BEGINNING.match(data) or b"startxref" not in data or b"%%EOF" not in data[-1024:]:
        raise NotTaken(DAMAGED)
    if END_OF_ZIP in data[-66_000:]:
        raise NotTaken(TWO_IN_ONE)
    outside, packed = _parts(data, Deadline())
    for text in (outside, *packed):
        names = ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), text)
        if LOCKED.search(names):
            raise NotTaken(PASSWORD)
        if RUNS.search(names):
            raise NotTaken(RUNS_PROGRAMS)


def _parts(data: bytes, deadline: Deadline) -> tuple[bytes, list[bytes]]:
    """What stands outside of streams, and the unpacked streams of objects."""
    outside, packed, at, room = [], [], 0, LARGEST_OBJECTS
    while found := STREAM.search(data, at):
        deadline.check()
        end = data.find(b"endstream", found.end())
        if end < 0:
            break
        before = data[at : found.start()]
        outside.append(before)
        if b"/ObjStm" in ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), before[-2048:]):
            packed.append(_unpacked(data[found.end() : end], room))
            room -= len(packed[-1])
        at = end + len(b"endstream")
    return b" ".join((*outside, data[at:])), packed


def _unpacked(body: bytes, room: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(body, room + 1)
    except zlib.error:
        return body  # packed in another way, or not at all
    if len(text) > room:
        raise NotTaken(TOO_MUCH_INSIDE)
    return text
