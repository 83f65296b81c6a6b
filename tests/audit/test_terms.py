"""What was searched for can be asked for, and not read."""

from datetime import date

import pytest

from audit.terms import hashed_terms, hashes_of

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 31)


@pytest.fixture(autouse=True)
def keys(settings):
    settings.SEARCH_TERM_KEYS = "one"


def test_a_term_is_not_in_its_hash_and_two_terms_have_two():
    found = hashed_terms(["name:rudderham", "birth:2006-08-07"], on=NOVEMBER)
    assert len(set(found)) == 2
    assert found == sorted(found)
    assert all(each.startswith("2026-11:") and len(each) == 72 and "rudderham" not in each for each in found)


def test_equal_terms_of_two_months_look_different():
    (one,), (other,) = (hashed_terms(["name:rudderham"], on=day) for day in (NOVEMBER, DECEMBER))
    assert one.partition(":")[2] != other.partition(":")[2]


def test_whoever_holds_a_term_can_ask_for_it_in_each_month():
    asked = hashes_of("name:rudderham", since=NOVEMBER, until=JANUARY)
    assert asked == {hashed_terms(["name:rudderham"], on=day)[0] for day in (NOVEMBER, DECEMBER, JANUARY)}
    assert hashes_of("name:rudderham", since=JANUARY, until=NOVEMBER) == frozenset()


def test_with_a_new_key_in_front_what_was_hashed_under_the_old_is_still_found(settings):
    (old,) = hashed_terms(["name:rudderham"], on=NOVEMBER)
    settings.SEARCH_TERM_KEYS = "two, one"
    (new,) = hashed_terms(["name:rudderham"], on=NOVEMBER)
    assert old != new
    assert hashes_of("name:rudderham", since=NOVEMBER, until=NOVEMBER) == {old, new}
    settings.SEARCH_TERM_KEYS = "two"
    assert hashes_of("name:rudderham", since=NOVEMBER, until=NOVEMBER) == {new}
