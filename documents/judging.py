"""What a file is, by its content, and whether it is taken. Its name says nothing."""

from dataclasses import dataclass

from documents.checks.office import check_office
from documents.checks.pdf import check_pdf
from documents.checks.pictures import clean_picture, is_heic
from documents.checks.refusing import EMPTY, OLD_WORD, TOO_LARGE, NotTaken
from documents.checks.text import check_text
from documents.kinds import LARGEST, Kind

JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Judged:
    """A file that is taken: its kind, and the bytes to keep - the file's own, or a picture made anew."""

    kind: Kind
    data: bytes


def judge(data: bytes) -> Judged:
    """Decide by the content. Raises NotTaken with a reason for whoever uploads."""
    if not data:
        raise NotTaken(EMPTY)
    if len(data) > LARGEST:
        raise NotTaken(TOO_LARGE)
    if data.startswith(JPEG):
        return Judged(*clean_picture(data, "jpeg"))
    if data.startswith(PNG):
        return Judged(*clean_picture(data, "png"))
    if is_heic(data):
        return Judged(*clean_picture(data, "heic"))
    if data.startswith(b"%PDF-"):
        check_pdf(data)
        return Judged(Kind.PDF, data)
    if data.startswith(b"PK\x03\x04"):
        return Judged(check_office(data), data)
    if data.startswith(OLE):
        raise NotTaken(OLD_WORD)
    check_text(data)
    return Judged(Kind.TEXT, data)
