"""PDFs are tagged, marked, made of data only, and made whatever somebody typed."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from pdfua import validate
from pytest_django import Settings

from documents.paper import Paper, Part
from documents.typesetting import INSTEAD, printable, typeset

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def paper(*values: str, language: str = "en", rows: int = 1, label: str = "Name") -> Paper:
    return Paper(
        title="Referral 2345-6789",
        introduction=["Keep it safe."],
        parts=[Part("The person", ("What was asked", "Answer"), [(label, values)] * rows, note="Left blank: Postcode")],
        footer="Referral 2345-6789",
        language=language,
        at=AT,
    )


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("rows", [0, 1, 200])
def test_a_validator_finds_nothing_wrong_with_a_pdf(tmp_path: Path, language: str, rows: int) -> None:
    made = tmp_path / "paper.pdf"
    made.write_bytes(typeset(paper("Siôn Ŵyn", language=language, rows=rows)))
    assert list(validate(str(made)).findings) == []


def test_a_pdf_says_its_title_language_and_conformance_and_is_tagged() -> None:
    with pikepdf.open(BytesIO(typeset(paper("Siôn", language="cy")))) as made, made.open_metadata() as meta:
        assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert meta["dc:title"] == "Referral 2345-6789"
        assert str(made.Root.Lang) == "cy-GB"
        assert made.Root.MarkInfo.Marked
        assert "/Table" in {str(kind) for kind in kinds(made.Root.StructTreeRoot)}


def kinds(element: pikepdf.Object) -> set[str]:
    """The kinds of everything in the structure of a document."""
    if isinstance(element, pikepdf.Array):
        return set().union(*(kinds(child) for child in element))
    if not isinstance(element, pikepdf.Dictionary):
        return set()
    own = {str(element.S)} if "/S" in element else set()
    return own | (kinds(element.K) if "/K" in element else set())


def test_a_pdf_runs_nothing_carries_nothing_and_names_no_program_of_ours() -> None:
    with pikepdf.open(BytesIO(typeset(paper("x")))) as made:
        assert not {"/OpenAction", "/AA", "/AcroForm"} & made.Root.keys()
        assert not made.attachments
        assert "/Author" not in made.docinfo


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert typeset(paper("Siôn")) == typeset(paper("Siôn"))


@pytest.mark.parametrize(
    "value",
    [
        '#panic("x")',
        "#read(\"/etc/passwd\")",
        "*bold* _it_ $x^2$ @ref <label> \\ // /* [",
        '"},"marking":"OFFICIAL',
    ],
)  # fmt: skip
def test_what_was_typed_is_never_markup(value: str) -> None:
    assert len(typeset(paper(value))) > len(typeset(paper("")))


@pytest.mark.parametrize("name", ["محمد علي", "Łukasz", "Ŵŷâï", "বাংলা", "नमस्ते", "தமிழ்", "አማርኛ", "שלום", "😀"])
def test_names_are_printed_in_the_script_in_which_they_were_typed(name: str) -> None:
    assert printable(name) == name
    typeset(paper(name))


def test_what_no_font_of_ours_has_is_printed_as_a_box() -> None:
    assert printable("a\ue000b\x00c\ud800d") == f"a{INSTEAD}b{INSTEAD}c{INSTEAD}d"


def test_lines_stay_lines_and_marks_that_turn_the_writing_are_left_out() -> None:
    assert printable("one\r\ntwo\u2028three \u202egnp.exe") == "one\ntwo\nthree gnp.exe"


@given(st.text(st.characters(), max_size=80))
def test_whatever_was_typed_a_pdf_comes_of_it(text: str) -> None:
    assert typeset(paper(text)).startswith(b"%PDF-")


def test_a_hundred_thousand_characters_without_a_space_are_a_pdf_too() -> None:
    assert typeset(paper("x" * 100_000)).startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["school_report_final_" * 9, "x" * 200])
def test_a_long_name_takes_more_lines_instead_of_running_over_what_is_beside_it(tmp_path: Path, name: str) -> None:
    made = tmp_path / "paper.pdf"
    made.write_bytes(typeset(paper("x", label=name)))
    assert list(validate(str(made)).findings) == []
    assert lines_of(made.read_bytes()) >= lines_of(typeset(paper("x"))) + 5


def lines_of(made: bytes) -> int:
    """How many pieces of text stand on the first page: at least one for each line."""
    with pikepdf.open(BytesIO(made)) as opened:
        return [str(part.operator) for part in pikepdf.parse_content_stream(opened.pages[0])].count("BT")


def test_where_the_fonts_are_missing_it_says_which_command_brings_them(settings: Settings, tmp_path: Path) -> None:
    settings.FONTS_FOLDER = tmp_path
    with pytest.raises(ImproperlyConfigured, match="make install"):
        typeset(paper("x"))
