"""Working days of the three nations' calendars, counted in London time. Pure: no database, no network.

Bank holidays come from the copy that the library `govuk-bank-holidays` carries. After its last year only weekends
count as days off: `known_until` says when that is, a system check and the pages of targets warn of it.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from govuk_bank_holidays.bank_holidays import BankHolidays

from agencies.areas import POLICE_SCOTLAND

LONDON = ZoneInfo("Europe/London")
# When a working day ends for a target: a local convention, not policy.
DAY_ENDS = time(17)
SATURDAY = 5
ONE_DAY = timedelta(days=1)


class Calendar(TextChoices):
    """Whose bank holidays are kept."""

    ENGLAND_AND_WALES = "england-and-wales", _("England and Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


def calendar_of(agency_code: str) -> Calendar:
    """The calendar an agency works by, told by its code: a GSS code begins with its nation's letter.

    The CTP regions of England and Wales share one calendar, which the national desks keep too.
    """
    if agency_code == POLICE_SCOTLAND or (agency_code.startswith("S") and agency_code[1:].isdigit()):
        return Calendar.SCOTLAND
    if agency_code.startswith("N") and agency_code[1:].isdigit():
        return Calendar.NORTHERN_IRELAND
    return Calendar.ENGLAND_AND_WALES


@cache
def bank_holidays(calendar: Calendar) -> frozenset[date]:
    """Every bank holiday that the copy knows."""
    events = BankHolidays(use_cached_holidays=True).get_holidays(division=calendar.value)
    return frozenset(event["date"] for event in events)


@cache
def known_until(calendar: Calendar) -> date:
    """The last day for which it is known whether it is a bank holiday."""
    return date(max(bank_holidays(calendar)).year, 12, 31)


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether the day is neither at a weekend nor a known bank holiday."""
    return day.weekday() < SATURDAY and day not in bank_holidays(calendar)


@cache
def working_days_after(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day after a day, which need not be one itself. Raises ValueError below one."""
    if count < 1:
        raise ValueError("Count at least one working day.")
    found = 0
    while found < count:
        day += ONE_DAY
        found += is_working_day(day, calendar)
    return day


def working_days_between(earlier: date, later: date, calendar: Calendar) -> int:
    """How many working days have begun since: those after `earlier` up to `later`; none where it is not later."""
    days = (earlier + timedelta(days=number) for number in range(1, (later - earlier).days + 1))
    return sum(is_working_day(day, calendar) for day in days)


@cache
def working_days_before(day: date, count: int, calendar: Calendar) -> date:
    """The latest day since which, up to `day`, `count` working days have begun; `day` itself for none."""
    while count > 0:
        count -= is_working_day(day, calendar)
        day -= ONE_DAY
    return day


def london_date(moment: datetime) -> date:
    """The day on which a moment falls in London."""
    return moment.astimezone(LONDON).date()


@cache
def end_of(day: date) -> datetime:
    """The moment at which a working day ends, whatever the clocks do."""
    return datetime.combine(day, DAY_ENDS, LONDON).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The moment at which a day begins in London."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def due_after(moment: datetime, count: int, calendar: Calendar) -> datetime:
    """The end of the `count`-th working day after the day of a moment. Raises ValueError below one."""
    return end_of(working_days_after(london_date(moment), count, calendar))
