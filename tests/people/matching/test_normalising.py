"""Names, postcodes and ages in one spelling."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.matching.normalising import born_about, outward_of, postcode_of, words_of

LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyzáéíóúàèìòùäëïöüâêîôûñçčšžýř -", max_size=30)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Siân", ("sian",)),
        ("Ó Briain-Łukasik", ("obriain", "lukasik")),
        ("O’Brien", ("obrien",)),
        ("Mac Giolla", ("macgiolla",)),
        ("ap Rhys", ("aprhys",)),
        ("Abd al-Rahman", ("abdrahman",)),
        ("Abdul Karim", ("abdulkarim",)),
        ("al-Hakim", ("hakim",)),
        ("Al", ("al",)),
        ("O", ("o",)),
        ("Mohammed bin Salman", ("mohammed", "salman")),
        ("Şahin Öztürk", ("sahin", "ozturk")),
        ("محمد", ("mhmd",)),
        ("Юлия", ("yuliya",)),
        ("mr J. Smith", ("j", "smith")),
        ("nightowl_77", ("nightowl",)),
        ("", ()),
        ("…", ()),
    ],
)
def test_a_name_is_written_in_words_of_plain_letters(name, words):
    assert words_of(name) == words


@given(LATIN)
def test_accents_and_capitals_make_no_difference(name):
    bare = "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
    assert words_of(name) == words_of(bare) == words_of(name.upper()) == words_of(unicodedata.normalize("NFD", name))


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_words_of_small_letters(name):
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words_of(name))


@pytest.mark.parametrize(
    ("typed", "postcode", "outward"),
    [
        ("s70 2ab", "S702AB", "S70"),
        ("EC1A 1BB", "EC1A1BB", "EC1A"),
        ("S70", "S70", ""),
        ("3056", "3056", ""),
        ("12345", "12345", ""),
        ("", "", ""),
    ],
)
def test_a_postcode_is_written_without_spaces_and_its_first_half_known(typed, postcode, outward):
    assert postcode_of(typed) == postcode
    assert outward_of(postcode) == outward


@pytest.mark.parametrize(
    ("age", "year"), [("15", 2011), ("about 15", 2011), ("15-17", 2011), ("", None), ("teenager", None), ("150", None)]
)
def test_an_age_leads_to_a_year(age, year):
    assert born_about(age, year=2026) == year
    assert born_about(age, year=None) is None
