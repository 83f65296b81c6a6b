"""How long dispatches wait for receipt: ages in working days, in steps that a page can show."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import RESTRICTED_KINDS, Agency, User
from agencies.permissions import Permission, agencies_where, can
from agencies.restricted import hidden_from
from agencies.working_days import (
    LONDON,
    Calendar,
    calendar_of,
    london_date,
    start_of,
    working_days_before,
    working_days_between,
)
from referrals.models import Dispatch
from referrals.states import DispatchState


@dataclass(frozen=True)
class Age:
    """A step of ages: from so many working days to so many, both included; without an end, more."""

    key: str
    title: str | Promise
    first: int
    last: int | None


AGES = (
    Age("0", _("Today"), 0, 0),
    Age("1", _("1 day"), 1, 1),
    Age("2", _("2 days"), 2, 2),
    Age("3-5", _("3 to 5 days"), 3, 5),
    Age("6-10", _("6 to 10 days"), 6, 10),
    Age("11", _("11 days or more"), 11, None),
)
AGE = {age.key: age for age in AGES}


def age_of(days: int) -> Age:
    """The step in which an age in working days lies."""
    return next(age for age in AGES if age.first <= days and (age.last is None or days <= age.last))


def sent_between(age: Age, *, today: date, calendar: Calendar) -> tuple[datetime | None, datetime]:
    """From when on (None: ever) and until before when something was sent that has this age today."""
    before = start_of(working_days_before(today, age.first, calendar) + timedelta(days=1))
    if age.last is None:
        return None, before
    return start_of(working_days_before(today, age.last + 1, calendar) + timedelta(days=1)), before


def of_age(age: Age, agencies: Iterable[Agency], *, now: datetime) -> Q:
    """The condition for dispatches of these agencies that wait so long, each by its own calendar."""
    by_calendar: dict[Calendar, list[UUID]] = defaultdict(list)
    for agency in agencies:
        by_calendar[calendar_of(agency.code)].append(agency.pk)
    found = Q(pk__in=[])
    for calendar, ids in by_calendar.items():
        since, before = sent_between(age, today=london_date(now), calendar=calendar)
        part = Q(state=DispatchState.SENT, agency__in=ids, sent_at__lt=before)
        found |= part & Q(sent_at__gte=since) if since else part
    return found


def overdue(now: datetime) -> Q:
    """The condition for dispatches that wait longer than their target."""
    return Q(state=DispatchState.SENT, acknowledge_by__lt=now)


def in_time(now: datetime) -> Q:
    """The condition for dispatches that wait and have time left, or were sent before there were targets."""
    return Q(state=DispatchState.SENT) & (Q(acknowledge_by__gte=now) | Q(acknowledge_by=None))


@dataclass
class Waiting:
    """What waits in one agency. `opens`: its reader may open the referrals, not only count them."""

    agency: Agency
    opens: bool
    ages: Counter[str] = field(default_factory=Counter)
    overdue: int = 0
    immediate: int = 0
    oldest: int = 0
    oldest_in_all: int = 0

    @property
    def total(self) -> int:
        """How many wait."""
        return sum(self.ages.values())

    @property
    def cells(self) -> list[tuple[Age, int]]:
        """The counts in the order of the ages."""
        return [(age, self.ages[age.key]) for age in AGES]


def supervised(reader: User) -> list[Agency]:
    """The agencies whose waiting referrals the reader may count: every one but restricted desks for a national desk."""
    if can(reader, Permission.DISPATCH_OVERSEE):
        return list(Agency.objects.exclude(kind__in=RESTRICTED_KINDS).order_by("name", "pk"))
    return agencies_where(reader, Permission.DISPATCH_SUPERVISE)


def waiting(reader: User, *, now: datetime) -> list[Waiting]:
    """What waits, agency by agency, most overdue first; agencies in which nothing does are left out. Two queries.

    The database counts by agency and day sent; each agency's calendar then says how old a day is.
    """
    opened = {agency.pk for agency in agencies_where(reader, Permission.DISPATCH_READ)}
    found = {agency.pk: Waiting(agency, opens=agency.pk in opened) for agency in supervised(reader)}
    days = (
        Dispatch.objects.filter(state=DispatchState.SENT, agency__in=list(found))
        .exclude(referral__in=hidden_from(reader))
        .annotate(day=TruncDate("sent_at", tzinfo=LONDON))
        .values("agency_id", "day")
        .annotate(
            count=Count("pk"),
            late=Count("pk", filter=overdue(now)),
            danger=Count("pk", filter=Q(immediate=True)),
            first=Min(F("referral__submitted_at")),
        )
        .order_by("agency_id", "day")
    )
    for row in days:
        _add(found[row["agency_id"]], row, today=london_date(now))
    rows = [each for each in found.values() if each.total]
    return sorted(rows, key=lambda each: (-each.immediate, -each.overdue, -each.oldest, each.agency.name))


def _add(each: Waiting, row: Mapping[str, Any], *, today: date) -> None:
    calendar = calendar_of(each.agency.code)
    days = working_days_between(row["day"], today, calendar)
    in_all = working_days_between(london_date(row["first"]), today, calendar)
    each.ages[age_of(days).key] += row["count"]
    each.overdue += row["late"]
    each.immediate += row["danger"]
    each.oldest, each.oldest_in_all = max(each.oldest, days), max(each.oldest_in_all, in_all)
