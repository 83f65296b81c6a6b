"""A spreadsheet that opens an export runs nothing of it."""

import csv
import io

import pytest

from documents.lines import csv_lines, neutral

FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", '"=1', "＝1+1", "＠SUM(A1)", "'=1"]
ELSEWHERE = {
    "Ó Briain;=1+1": "Ó Briain;'=1+1",
    "a, +1": "a, '+1",
    "a|@b": "a|'@b",
    "a\t-1": "a\t'-1",
    "a\n=HYPERLINK(1)": "a\n'=HYPERLINK(1)",
    'foo;"=1+1': "foo;\"'=1+1",
    "a; ' =1": "a; ' '=1",
}


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_cell_would_run_begins_with_an_apostrophe(text):
    found = neutral(text).lstrip(" \t\r\n\"'")
    assert neutral(text) != text
    assert neutral(text)[neutral(text).index(found) - 1] == "'"


@pytest.mark.parametrize(("text", "harmless"), ELSEWHERE.items())
def test_neither_does_it_run_where_other_characters_part_the_cells(text, harmless):
    assert neutral(text) == harmless


@pytest.mark.parametrize(
    "text", ["Ó Briain-Łukasik", "Smith, John", "a@b.example", "15", "", "1 - 2", "2026-11-22 09:00"]
)
def test_honest_words_stay_as_they_are(text):
    assert neutral(text) == text


@pytest.mark.parametrize("text", ["\tTomasz", "\rTomasz", "\nTomasz"])
def test_a_cell_that_begins_with_a_control_character_is_text(text):
    assert neutral(text) == f"'{text}"


def test_every_value_stands_in_quotes_and_reads_back_as_it_was():
    rows = [["a", 'He said "no"', "one\ntwo, three"], ["", "Łukasik", "x"]]
    written = csv_lines(rows)
    assert written.startswith(b'"a","He said ""no""",')
    assert list(csv.reader(io.StringIO(written.decode(), newline=""))) == rows
