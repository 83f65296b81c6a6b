"""Which spellings are one name, and what words sound like."""

import csv

import pytest

from people.matching.normalising import words_of
from people.matching.sounding import sounds_of
from people.matching.variants import TABLE, names_of

ORIGINS = {
    "arabic", "urdu", "bengali", "somali", "turkish", "east_european", "irish", "welsh", "west_african", "english",
}  # fmt: skip


def rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_has_names_of_all_ten_origins():
    counted = {origin: sum(row["origin"] == origin for row in rows()) for origin in ORIGINS}
    assert {row["origin"] for row in rows()} == ORIGINS
    assert min(counted.values()) > 30, counted


def test_every_spelling_in_the_table_is_one_word():
    assert [row for row in rows() if not all(words_of(each) for each in row["spellings"].split())] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mohammed", "muhammad"), ("mhmd", "mohamed"), ("cabdi", "abdi"), ("katherine", "kate"), ("bob", "robert"),
        ("chaudhry", "choudhury"), ("miah", "mia"), ("ozturk", "oeztuerk"), ("niamh", "neve"), ("dafydd", "david"),
        ("oluwaseun", "seun"), ("wisniewski", "vishnevsky"), ("steven", "stephen"), ("philip", "phillip"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_known(one, other):
    assert names_of(one) & names_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("hassan", "hussain"), ("amina", "amira"), ("ella", "elsa"), ("zain", "zaid")]
)
def test_names_that_look_alike_are_known_apart(one, other):
    assert names_of(one)
    assert names_of(other)
    assert not names_of(one) & names_of(other)


def test_a_word_that_is_no_name_is_not_known():
    assert names_of("xyzzy") == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("abdirahman", "cabdiraxmaan"), ("abdurrahman", "abdelrahman"), ("alhakim", "hakim"), ("faarax", "farah"),
        ("siobhan", "shivaun"), ("kowalczyk", "kovalchik"), ("gazali", "ghazaly"),
        ("vasif", "wasif"), ("rezaul", "resaul"), ("kassabian", "qasabian"), ("celal", "jelal"),
    ],
)  # fmt: skip
def test_words_in_two_spelling_systems_sound_alike(one, other):
    assert sounds_of(one) & sounds_of(other)


@pytest.mark.parametrize(("one", "other"), [("ashdown", "garside"), ("ali", "layla"), ("oa", "io")])
def test_other_words_do_not(one, other):
    assert not sounds_of(one) & sounds_of(other)
