"""Names are shown, never used as paths."""

import unicodedata

import pytest

from documents.kinds import Kind
from documents.names import LONGEST, clean_name
from tests.documents.hostile import NAMES


@pytest.mark.parametrize("given", NAMES)
@pytest.mark.parametrize("kind", [*Kind, None])
def test_a_name_is_one_visible_line_and_leads_nowhere(given, kind):
    name = clean_name(given, kind)
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('/\\\n\r\0<>:"|?*')
    assert not any(unicodedata.category(character).startswith("C") for character in name)
    assert not name.startswith(".")
    assert kind is None or name.lower().endswith(kind.endings)
    assert clean_name(name, kind) == name


@pytest.mark.parametrize(
    ("given", "kind", "shown"),
    [
        ("letter.PDF", Kind.PDF, "letter.PDF"),
        ("letter.pdf.exe", Kind.PDF, "letter.pdf.exe.pdf"),
        ("../../etc/passwd", Kind.TEXT, "passwd.txt"),
        ("C:\\Users\\x\\Siân’s notes.txt", Kind.TEXT, "Siân’s notes.txt"),
        ("IMG_0417.HEIC", Kind.JPEG, "IMG_0417.jpg"),
        ("photo.jpeg", Kind.JPEG, "photo.jpeg"),
        ("", Kind.PNG, "document.png"),
        (".pdf", Kind.PDF, "pdf.pdf"),
        ("x\u202efdp.exe", None, "x fdp.exe"),
    ],
)
def test_a_name_ends_as_its_kind_does(given, kind, shown):
    assert clean_name(given, kind) == shown
