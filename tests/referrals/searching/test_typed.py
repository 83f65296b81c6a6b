"""What is read out of the one box."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from people.matching.normalising import words_of
from referrals.reference import new_reference
from referrals.searching.typed import Typed, fits_postcode, parse

TODAY = date(2026, 11, 23)
BORN = date(2006, 8, 7)


def read(typed: str) -> Typed:
    return parse(typed, today=TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        "7/8/2006", "07.08.2006", "7-8-2006", "07 08 2006", "07082006", "7/8/06", "2006-08-07", "2006/8/7",
        "7 August 2006", "7th of August 2006", "7th Aug. 2006", "7aug2006", "August 7, 2006", "٧/٨/٢٠٠٦",
        "７/８/２００６",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(typed):
    assert read(typed) == Typed(dates=(BORN,))


def test_a_year_of_two_digits_is_the_last_that_has_been():
    assert read("1/2/26").dates == (date(2026, 2, 1),)
    assert read("1/2/27").dates == (date(1927, 2, 1),)


@pytest.mark.parametrize("typed", ["31/2/2006", "7/13/2006", "1/1/1899", "24/11/2026", "7/8/0006", "0/0/00"])
def test_what_is_no_day_on_which_anybody_was_born_is_said_to_be_unread(typed):
    assert read(f"smith {typed}") == Typed(names=("smith",), unread=(typed,))


def test_a_month_that_is_a_name_is_a_name_without_a_day():
    assert read("Theresa May 7/8/2006") == Typed(dates=(BORN,), names=("theresa", "may"))
    assert read("June 12 Smith") == Typed(names=("june", "smith"), unread=("12",))


@pytest.mark.parametrize("write", [str, str.lower, lambda text: text.replace("-", ""), lambda text: f" {text},"])
def test_a_reference_is_read_in_any_case_with_or_without_its_hyphen(write):
    assert read(write("G2Z5-HX2A")) == Typed(references=("G2Z5-HX2A",))


def test_a_reference_is_read_in_two_parts_and_beside_a_name():
    assert read("Mary G2Z5 HX2A Lamb") == Typed(references=("G2Z5-HX2A",), names=("mary", "lamb"))


def test_a_reference_that_cannot_be_is_unread_and_eight_digits_may_be_one():
    assert read("G2Z5-HX2B") == Typed(unread=("G2Z5-HX2B",))
    assert read("25252 525").unread == ("25252", "525")
    assert read("99999999").dates == ()


def test_eight_letters_that_are_a_reference_too_are_looked_for_as_both():
    letters = next(found for found in iter(new_reference, "") if found.replace("-", "").isalpha())
    both = read(letters)
    assert both.references == (letters,)
    assert both.names
    assert read(letters.replace("-", " ")).references == ()


@pytest.mark.parametrize("typed", ["S70 2AB", "s702ab", "S70  2AB".replace("  ", " ")])
def test_a_postcode_is_read_whole_with_or_without_its_space(typed):
    assert read(typed) == Typed(postcodes=("S702AB",))


def test_the_first_half_of_a_postcode_is_a_district():
    assert read("ls11 smith") == Typed(districts=("LS11",), names=("smith",))
    assert fits_postcode("LS115AB", "LS11")
    assert fits_postcode("LS11", "LS11")
    assert not fits_postcode("LS15AB", "LS11")


def test_all_at_once_in_any_order():
    whole = Typed(("G2Z5-HX2A",), (BORN,), ("S702AB",), (), ("rudderham", "axel"))
    assert (
        read("rudderham 7/8/2006 axel s702ab g2z5hx2a") == read("G2Z5-HX2A, Rudderham; 7 aug 06 S70 2AB Axel") == whole
    )


@pytest.mark.parametrize("typed", ["", "  ", "😀👍🏽", "\0\0", "\u202e\u200f", "!?", "،"])
def test_what_says_nothing_finds_nothing(typed):
    assert not read(typed).can_be_found
    assert read(typed).terms == ()


def test_what_cannot_be_seen_is_passed_over():
    assert read("Sam\0Lee \u202e\u200b😀") == Typed(names=("sam", "lee"))
    assert read("ab").can_be_found
    assert not read("a b").can_be_found


def test_terms_say_what_kind_they_are():
    found = read("G2Z5-HX2A 7/8/2006 S70 2AB LS11 Ó Briain")
    assert found.terms == (
        "reference:G2Z5-HX2A", "birth:2006-08-07", "postcode:S702AB", "postcode:LS11", "name:obriain",
    )  # fmt: skip


@given(st.text(max_size=200))
@example("7/8/2006" * 20)
@example("9999-9999-9999-9999")
def test_whatever_is_typed_is_read(typed):
    found = read(typed)
    assert all(name.isascii() and name.isalpha() and name.islower() for name in found.names)
    assert all(day <= TODAY for day in found.dates)
    assert found == read(f"  {typed}\0")


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d%m%Y"]))
def test_any_day_is_read_back_as_it_was_written(day, written):
    assert read(f"Wren {day.strftime(written)} Garside") == Typed(dates=(day,), names=("wren", "garside"))


@given(
    st.lists(st.sampled_from(["Łukasik", "محمد", "O'Shea", "Nguyễn", "Анна", "Smith-Jones"]), min_size=1, unique=True)
)
def test_names_are_read_in_any_script(names):
    assert set(read(", ".join(names)).names) == {word for name in names for word in words_of(name)}


def test_any_reference_is_read():
    for reference in {new_reference() for _ in range(300)}:
        assert reference in read(f"about {reference.lower()} please").references
