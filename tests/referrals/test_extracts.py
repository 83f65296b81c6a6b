"""What the answers say about people, in the shape of their tables: exactly as typed, nothing made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.models import Person
from referrals.extracts import person_details, referrer_details
from tests.making import PUBLIC, TEACHER


def test_a_teachers_answers_say_who_it_is_about():
    assert person_details({**TEACHER, "date_of_birth": {"day": "29", "month": "2", "year": "2012"}}) == {
        "given_names": "Tomasz",
        "family_name": "Ó Briain-Łukasik",
        "other_names": "",
        "adult_or_child": "child",
        "date_of_birth": date(2012, 2, 29),
        "approximate_age": "15",
        "postcode": "S70 1GW",
    }


def test_what_was_not_said_is_empty():
    details = person_details({})
    assert details.pop("adult_or_child") == "unknown"
    assert details.pop("date_of_birth") is None
    assert set(details.values()) == {""}


def test_a_referrer_who_gave_no_name_gets_none():
    assert referrer_details(PUBLIC) == {
        "kind": "public", "name": "", "email": "", "phone": "", "role": "", "organisation": "",
    }  # fmt: skip
    assert referrer_details(TEACHER)["name"] == TEACHER["referrer_name"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"day": "1", "month": "2", "year": "2010"}, date(2010, 2, 1)),
        ({"day": " 01 ", "month": "02", "year": "2010"}, date(2010, 2, 1)),
        ({"day": "29", "month": "2", "year": "2011"}, None),
        ({"day": "", "month": "2", "year": "2011"}, None),
        ({"month": "2", "year": "2011"}, None),
        ({"day": "1", "month": "2", "year": "99999999999999999999"}, None),
        ({"day": None, "month": "2", "year": "2011"}, None),
        ("unknown", None),
        (None, None),
    ],
)
def test_a_whole_date_is_a_date_and_anything_else_is_none(typed, expected):
    assert person_details({"date_of_birth": typed})["date_of_birth"] == expected


QUESTIONS = st.sampled_from(
    ["given_names", "family_name", "other_names", "approximate_age", "postcode", "adult_or_child", "date_of_birth"]
)
DATES = st.dictionaries(st.sampled_from(["day", "month", "year"]), st.text(max_size=5))


@given(st.dictionaries(QUESTIONS, st.none() | st.text() | st.lists(st.text(), max_size=2) | DATES))
def test_whatever_was_answered_fits_the_table(answers):
    person = Person(**person_details(answers))
    for field in Person._meta.concrete_fields:
        value = getattr(person, field.name)
        if field.max_length and isinstance(value, str):
            assert len(value) <= field.max_length


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_a_name_is_kept_exactly_as_typed(name):
    assert person_details({"given_names": name})["given_names"] == name
