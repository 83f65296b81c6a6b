"""What is taken, what is not, and that honest files come through as they were."""

import io
from typing import cast

import pytest
from PIL import Image

from documents.checks.refusing import (
    DAMAGED,
    EMPTY,
    MACROS,
    OLD_WORD,
    OTHER_KIND,
    OTHERS_INSIDE,
    PASSWORD,
    RUNS_PROGRAMS,
    TOO_LARGE,
    TOO_MANY_PIXELS,
    TOO_MUCH_INSIDE,
    TWO_IN_ONE,
    NotTaken,
)
from documents.judging import judge
from documents.kinds import LARGEST, Kind
from tests.documents import hostile
from tests.documents.files import HONEST, docx, heic, odt, pdf, picture, relationships
from tests.scanner import INFECTED

REFUSED = dict(hostile.refused())
CLEANED = dict(hostile.cleaned())

SAID = {
    "renamed-program.exe.pdf": OTHER_KIND,
    "picture.svg": OTHER_KIND,
    "sheet.xlsx": OTHER_KIND,
    "empty.pdf": EMPTY,
    "too-large.txt": TOO_LARGE,
    "old.doc": OLD_WORD,
    "locked.docx": OLD_WORD,
    "macro.docm": MACROS,
    "macro.docx": MACROS,
    "macro-main.docx": MACROS,
    "macro-escaped.docx": MACROS,
    "basic.odt": MACROS,
    "object.docx": OTHERS_INSIDE,
    "fetches-attachedTemplate.docx": OTHERS_INSIDE,
    "fetches-from-a-share.docx": OTHERS_INSIDE,
    "dde.docx": OTHERS_INSIDE,
    "locked.pdf": PASSWORD,
    "locked.odt": PASSWORD,
    "locked-part.docx": PASSWORD,
    "javascript.pdf": RUNS_PROGRAMS,
    "javascript-escaped.pdf": RUNS_PROGRAMS,
    "javascript-packed.pdf": RUNS_PROGRAMS,
    "javascript-packed-escaped.pdf": RUNS_PROGRAMS,
    "attachment.pdf": RUNS_PROGRAMS,
    "zip-bomb.docx": TOO_MUCH_INSIDE,
    "many-parts.docx": TOO_MUCH_INSIDE,
    "large.odt": TOO_MUCH_INSIDE,
    "objects-bomb.pdf": TOO_MUCH_INSIDE,
    "laughs.docx": DAMAGED,
    "laughs-utf16.docx": DAMAGED,
    "outside.odt": DAMAGED,
    "cut.jpg": DAMAGED,
    "pixels.png": TOO_MANY_PIXELS,
    "pixels.jpg": TOO_MANY_PIXELS,
    "pixels-packed.png": TOO_MANY_PIXELS,
    "pdf-and-zip.pdf": TWO_IN_ONE,
    "comment.docx": TWO_IN_ONE,
    "twice.docx": TWO_IN_ONE,
}


def pixel(shown: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """The colour of one pixel."""
    return cast("tuple[int, ...]", shown.getpixel((x, y)))


def test_the_hostile_corpus_is_as_large_as_promised():
    assert len(REFUSED) + len(CLEANED) + len(hostile.NAMES) >= 150
    assert len(REFUSED) >= 100


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_hostile_is_not_taken_and_it_is_said_why(name):
    with pytest.raises(NotTaken) as refusal:
        judge(REFUSED[name])
    assert len(str(refusal.value.reason)) > 20
    assert refusal.value.reason == SAID.get(name, refusal.value.reason)


@pytest.mark.parametrize("name", CLEANED)
def test_a_picture_keeps_its_pixels_and_nothing_else(name):
    judged = judge(CLEANED[name])
    for gone in (b"MZ\x90", b"PK\x03\x04", b"script", b"Exif", b"53.79", b"GPS", b"Comment", INFECTED):
        assert gone not in judged.data
    with Image.open(io.BytesIO(judged.data)) as shown:
        assert not dict(shown.getexif())
        assert not {"comment", "icc_profile", "xmp", "exif", "photoshop"} & shown.info.keys()


@pytest.mark.parametrize("name", ["letter.pdf", "report.docx", "minutes.odt", "notes.txt"])
def test_honest_documents_are_kept_byte_for_byte(name):
    judged = judge(HONEST[name])
    assert judged.data == HONEST[name]
    assert name.endswith(judged.kind.endings)


@pytest.mark.parametrize(
    ("name", "kind"), [("photo.jpg", Kind.JPEG), ("screen.png", Kind.PNG), ("telephone.heic", Kind.JPEG)]
)
def test_honest_pictures_are_made_anew_and_look_the_same(name, kind):
    judged = judge(HONEST[name])
    assert judged.kind == kind
    with Image.open(io.BytesIO(judged.data)) as shown:
        red, blue = pixel(shown.convert("RGB"), 2, 2), pixel(shown.convert("RGB"), shown.width - 3, 2)
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200 > 60 > blue[0]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    with Image.open(io.BytesIO(judge(picture(size=(60, 40), exif=exif)).data)) as shown:
        assert shown.size == ((40, 60) if orientation >= 5 else (60, 40))
        left = pixel(shown, 2, 2) if orientation < 5 else None
    if left:
        assert (left[0] > 200) is (orientation in {1, 4})


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
def test_pictures_of_every_colouring_are_taken(mode):
    kind = "JPEG" if mode in {"L", "CMYK"} else "PNG"
    with Image.open(io.BytesIO(judge(picture(kind, mode=mode)).data)) as shown:
        assert shown.size == (60, 40)


def test_what_can_be_seen_through_stays_so():
    image = Image.new("RGBA", (10, 10), (255, 0, 0, 0))
    made = io.BytesIO()
    image.save(made, "PNG")
    with Image.open(io.BytesIO(judge(made.getvalue()).data)) as shown:
        assert pixel(shown, 0, 0)[3] == 0


def test_colours_mean_the_same_when_their_profile_is_gone():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for given in (profile, b"no profile"):
        with Image.open(io.BytesIO(judge(picture(icc_profile=given)).data)) as shown:
            assert "icc_profile" not in shown.info
            assert pixel(shown, 2, 2)[0] > 200


@pytest.mark.parametrize(
    "text",
    [
        b"Plain words.",
        "tŷ bach, 写真".encode(),
        "With its mark".encode("utf-8-sig"),
        "In two bytes: ŵ".encode("utf-16"),
        "£5 – from an old Notepad".encode("cp1252"),
        b"x" * LARGEST,
        b"a < b and b > c; if (x) { y }",
    ],
    ids=["ascii", "utf-8", "marked", "utf-16", "cp1252", "largest", "signs"],
)
def test_text_of_every_notepad_is_kept_as_it_is(text):
    assert judge(text).data == text
    assert judge(text).kind == Kind.TEXT


def test_a_template_on_the_writers_own_disk_is_no_reason_to_refuse():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    own = relationships(kind, "file:///C:\\Users\\sian\\Normal.dotm", "External")
    link = relationships(kind.replace("attachedTemplate", "hyperlink"), "https://school.example/", "External")
    assert judge(docx({"word/_rels/settings.xml.rels": own})).kind == Kind.DOCX
    assert judge(docx({"word/_rels/document.xml.rels": link})).kind == Kind.DOCX


def test_words_that_sound_like_programs_are_only_words():
    assert judge(pdf(words=b"BT (/JavaScript /Launch) Tj ET")).kind == Kind.PDF
    assert judge(odt({"Pictures/script.png": picture("PNG")})).kind == Kind.ODT


def test_a_large_honest_picture_is_taken():
    assert judge(picture(size=(7000, 7000))).kind == Kind.JPEG


def test_a_heic_of_a_format_that_is_not_one_is_not_taken():
    with pytest.raises(NotTaken):
        judge(heic().replace(b"ftypheic", b"ftypqt  "))
