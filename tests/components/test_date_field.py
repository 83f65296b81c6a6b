"""A date typed by a person: read kindly, and what is wrong said plainly."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from agencies.forms.fields import GovukDateField


def typed(day: str = "", month: str = "", year: str = "") -> dict[str, str]:
    return {"day": day, "month": month, "year": year}


def born(**options: Any) -> GovukDateField:
    return GovukDateField(label="When were they born?", name="date of birth", **options)


@pytest.mark.parametrize("month", ["5", "05", "May", "may", "MAY"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    assert born().clean(typed("1", month, "2010")) == date(2010, 5, 1)


def test_more_digits_than_python_reads_are_no_date() -> None:
    with pytest.raises(ValidationError, match="must be a real date"):
        born().clean(typed("1", "5", "2" * 5000))


@pytest.mark.parametrize("month", ["Sep", "sept.", "September"])
def test_a_month_may_be_short(month: str) -> None:
    assert born().clean(typed("1", month, "2010")) == date(2010, 9, 1)


def test_a_welsh_reader_may_type_welsh_or_english_months() -> None:
    with override("cy"):
        assert born().clean(typed("1", "Mai", "2010")) == date(2010, 5, 1)
        assert born().clean(typed("1", "May", "2010")) == date(2010, 5, 1)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_real_date_is_read_as_it_was_typed(day: date) -> None:
    assert born().clean(typed(str(day.day), str(day.month), str(day.year))) == day


@pytest.mark.parametrize(
    ("given_parts", "message", "parts"),
    [
        (typed(), "Enter date of birth", ("day", "month", "year")),
        (typed("", "5", "2010"), "Date of birth must include a day", ("day",)),
        (typed("1", "", ""), "Date of birth must include a month and year", ("month", "year")),
        (typed("31", "2", "2010"), "Date of birth must be a real date", ("day", "month", "year")),
        (typed("29", "2", "2011"), "Date of birth must be a real date", ("day", "month", "year")),
        (typed("32", "1", "2010"), "Date of birth must be a real date", ("day",)),
        (typed("1", "Smarch", "2010"), "Date of birth must be a real date", ("month",)),
        (typed("1", "1", "10"), "Year must include 4 numbers", ("year",)),
        (typed("1", "1", "02010"), "Year must include 4 numbers", ("year",)),
        (typed("1", "1", "soon"), "Date of birth must be a real date", ("year",)),
        (typed("٣", "1", "2010"), "Date of birth must be a real date", ("day",)),
    ],
)
def test_an_error_says_which_part_is_wrong(given_parts: dict[str, str], message: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as caught:
        born().clean(given_parts)
    assert caught.value.messages == [message]
    assert caught.value.params is not None
    assert tuple(caught.value.params["parts"]) == parts


@time_machine.travel("2026-11-21T23:30:00Z")
def test_a_past_date_may_be_today_in_london_but_not_tomorrow() -> None:
    assert born(past=True).clean(typed("21", "11", "2026")) == date(2026, 11, 21)
    with pytest.raises(ValidationError, match="must be today or in the past"):
        born(past=True).clean(typed("22", "11", "2026"))


def test_a_date_before_the_earliest_is_refused() -> None:
    with pytest.raises(ValidationError, match="must be in 1900 or later"):
        born(earliest=date(1900, 1, 1)).clean(typed("31", "12", "1899"))


def test_an_optional_date_may_be_left_out_wholly_but_not_in_part() -> None:
    assert born(required=False).clean(typed()) is None
    with pytest.raises(ValidationError):
        born(required=False).clean(typed("1"))


def test_a_stored_date_is_shown_in_its_three_parts() -> None:
    assert not born().has_changed(date(2010, 5, 1), typed("1", "5", "2010"))
    assert born().has_changed(None, typed("1", "5", "2010"))
