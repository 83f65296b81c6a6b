"""When referrals come: on working days, in working hours, more in the first quarter, fewer in August."""

from bisect import bisect
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EIGHTEEN_MONTHS = 548

_WEEKDAYS = (1.05, 1.1, 1.05, 1.0, 0.9, 0.12, 0.08)
# Of the year to March 2025 the quarter from January had 37 %.
_MONTHS = (1.35, 1.4, 1.4, 0.85, 1.0, 1.0, 0.85, 0.55, 0.95, 1.05, 1.1, 0.75)


class Rhythm:
    """Days before `until`, so weighted that the n-th of N referrals falls where the year's rhythm puts it."""

    def __init__(self, until: date, days: int = EIGHTEEN_MONTHS) -> None:
        self._days = [until - timedelta(days=back) for back in range(days, 0, -1)]
        weights = (_WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1] for day in self._days)
        self._up_to = list(accumulate(weights))

    def moment(self, rng: Random, at: float) -> datetime:
        """A moment for the place `at`, from 0 (the first day) to 1; one in sixteen at any hour."""
        place = min(bisect(self._up_to, at * self._up_to[-1]), len(self._days) - 1)
        hour = rng.uniform(0, 24) if rng.random() < 1 / 16 else rng.triangular(7.5, 18.5, 14.5)
        midnight = datetime.combine(self._days[place], time(), LONDON)
        return midnight.astimezone(UTC) + timedelta(seconds=int(hour * 3600))
