"""Working days: three nations, weekends, bank holidays, leap days, the clocks, and the end of what is known."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.core.checks import Warning as CheckWarning
from hypothesis import given
from hypothesis import strategies as st

from agencies.areas import read_areas
from agencies.checks import bank_holidays_are_known
from agencies.working_days import (
    LONDON,
    Calendar,
    bank_holidays,
    calendar_of,
    due_after,
    end_of,
    is_working_day,
    known_until,
    london_date,
    start_of,
    working_days_after,
    working_days_before,
    working_days_between,
)

EACH = pytest.mark.parametrize("calendar", Calendar)
ENGLAND, SCOTLAND, NORTHERN_IRELAND = Calendar
calendars = st.sampled_from(Calendar)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
counts = st.integers(1, 30)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "off_in"),
    [
        ("2026-12-25", {ENGLAND, SCOTLAND, NORTHERN_IRELAND}),
        ("2026-12-28", {ENGLAND, SCOTLAND, NORTHERN_IRELAND}),  # for Boxing Day, which is a Saturday
        ("2026-01-02", {SCOTLAND}),
        ("2026-11-30", {SCOTLAND}),  # St Andrew
        ("2026-03-17", {NORTHERN_IRELAND}),  # St Patrick
        ("2026-07-13", {NORTHERN_IRELAND}),
        ("2026-04-06", {ENGLAND, NORTHERN_IRELAND}),  # Easter Monday
        ("2026-08-03", {SCOTLAND}),
        ("2026-08-31", {ENGLAND, NORTHERN_IRELAND}),
        ("2026-11-21", {ENGLAND, SCOTLAND, NORTHERN_IRELAND}),  # Saturday
        ("2028-02-29", set()),  # a Tuesday
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(on, off_in):
    assert {calendar for calendar in Calendar if not is_working_day(day(on), calendar)} == off_in


@pytest.mark.parametrize(
    ("start", "count", "calendar", "due"),
    [
        ("2026-11-20", 1, ENGLAND, "2026-11-23"),  # over a weekend
        ("2026-11-21", 1, ENGLAND, "2026-11-23"),  # sent on a Saturday
        ("2026-11-27", 1, SCOTLAND, "2026-12-01"),
        ("2026-12-24", 1, ENGLAND, "2026-12-29"),
        ("2026-12-31", 1, ENGLAND, "2027-01-04"),
        ("2026-12-31", 1, SCOTLAND, "2027-01-05"),
        ("2028-02-28", 1, ENGLAND, "2028-02-29"),
        ("2028-02-28", 2, ENGLAND, "2028-03-01"),
        ("2027-02-26", 1, ENGLAND, "2027-03-01"),
        ("2026-04-02", 1, ENGLAND, "2026-04-07"),  # Maundy Thursday
        ("2026-04-02", 1, SCOTLAND, "2026-04-06"),
    ],
)
def test_a_target_in_working_days(start, count, calendar, due):
    assert working_days_after(day(start), count, calendar) == day(due)


@given(days, counts, calendars)
def test_what_is_due_is_a_working_day_and_as_many_have_begun_since(start, count, calendar):
    due = working_days_after(start, count, calendar)
    assert is_working_day(due, calendar)
    assert due > start
    assert working_days_between(start, due, calendar) == count
    assert working_days_between(start, due - timedelta(days=1), calendar) == count - 1


@given(days, counts, counts, calendars)
def test_counting_on_is_counting_further(start, first, second, calendar):
    between = working_days_after(start, first, calendar)
    assert working_days_after(between, second, calendar) == working_days_after(start, first + second, calendar)


@given(days, st.integers(0, 30), calendars)
def test_counting_back_finds_the_latest_day_of_that_age(today, count, calendar):
    back = working_days_before(today, count, calendar)
    assert working_days_between(back, today, calendar) == count
    assert working_days_between(back + timedelta(days=1), today, calendar) < max(count, 1)


@given(days, days, calendars)
def test_a_later_day_is_never_younger(one, other, calendar):
    earlier, later = sorted((one, other))
    ages = [working_days_between(each, day("2031-01-01"), calendar) for each in (earlier, later)]
    assert ages[0] >= ages[1]
    assert working_days_between(later, earlier, calendar) == 0


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)), counts, calendars)  # noqa: DTZ001  # made aware below
def test_a_target_ends_at_five_in_london_whatever_the_clocks_do(naive, count, calendar):
    sent = naive.replace(tzinfo=UTC)
    due = due_after(sent, count, calendar)
    assert due.astimezone(LONDON).time() == time(17)
    assert due.astimezone(LONDON).date() == working_days_after(london_date(sent), count, calendar)
    assert due > sent


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-03-27T12:00+00:00", "2026-03-30T16:00+00:00"),  # the clocks go forward on Sunday
        ("2026-10-23T12:00+00:00", "2026-10-26T17:00+00:00"),  # and back
        ("2026-06-15T23:30+00:00", "2026-06-17T16:00+00:00"),  # half past midnight in London: the next day already
        ("2026-12-15T23:30+00:00", "2026-12-16T17:00+00:00"),
    ],
)
def test_days_are_those_of_london(sent, due):
    assert due_after(datetime.fromisoformat(sent), 1, ENGLAND) == datetime.fromisoformat(due)


def test_the_days_on_which_the_clocks_change_have_23_and_25_hours():
    for first, hours in (("2026-03-29", 23), ("2026-10-25", 25)):
        one = day(first)
        assert start_of(one + timedelta(days=1)) - start_of(one) == timedelta(hours=hours)
        assert end_of(one).astimezone(LONDON).time() == time(17)


@pytest.mark.parametrize("count", [0, -1])
def test_a_target_of_no_working_day_is_refused(count):
    with pytest.raises(ValueError, match="at least one"):
        working_days_after(day("2026-01-05"), count, ENGLAND)


@EACH
def test_the_copy_reaches_years_ahead_and_has_no_year_without_holidays(calendar):
    years = sorted({each.year for each in bank_holidays(calendar)})
    assert all(second - first == 1 for first, second in pairwise(years))
    assert known_until(calendar) == date(years[-1], 12, 31)
    assert known_until(calendar) >= date(2027, 12, 31)


@EACH
def test_after_its_end_weekends_still_count(calendar):
    christmas = date(known_until(calendar).year + 3, 12, 25)
    assert is_working_day(christmas, calendar) is (christmas.weekday() < 5)
    assert working_days_after(christmas, 5, calendar) - christmas == timedelta(days=7)


def test_a_check_warns_in_time_and_afterwards(time_machine):
    end = min(map(known_until, Calendar))
    time_machine.move_to(datetime.combine(end - timedelta(days=200), time(12), UTC), tick=False)
    assert bank_holidays_are_known() == []
    for days_before in (100, 1, -1, -400):
        time_machine.move_to(datetime.combine(end - timedelta(days=days_before), time(12), UTC), tick=False)
        (warning,) = bank_holidays_are_known()
        assert isinstance(warning, CheckWarning)
        assert str(end.year) in warning.msg
        assert "govuk-bank-holidays" in str(warning.hint)


def test_every_agency_has_the_calendar_of_its_nation():
    for area in read_areas():
        expected = SCOTLAND if area.nation == "scotland" else ENGLAND
        assert calendar_of(area.gss_code) == expected
        if area.police_code:
            assert calendar_of(area.police_code) == expected
    assert calendar_of("N09000003") == NORTHERN_IRELAND
    assert {calendar_of(code) for code in ("national-police-desk", "national-authority-desk", "system")} == {ENGLAND}
