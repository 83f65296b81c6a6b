"""Days as a pattern: what JSON Schema has no word for is said exactly all the same."""

from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR = 1900
_MONTHS_OF_31 = "(0[13578]|1[02])"


@lru_cache(maxsize=4)
def until(today: date) -> str:
    """A pattern for `YYYY-MM-DD` that fits every real day from 1900 to `today`, and nothing else."""
    whole_years = _years(FIRST_YEAR, today.year - 1)
    leap = "|".join(str(year) for year in range(FIRST_YEAR, today.year) if _is_leap(year))
    parts = [
        f"({whole_years})-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
        f"({whole_years})-(0[13-9]|1[0-2])-(29|30)",
        f"({whole_years})-{_MONTHS_OF_31}-31",
        f"({leap})-02-29",
        *(f"{today.year}-{month}" for month in _this_year(today)),
    ]
    return f"^({'|'.join(parts)})$"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _years(first: int, last: int) -> str:
    """Every year from the first of a century to `last`."""
    decades = [f"{decade}[0-9]" for decade in range(first // 10, (last + 1) // 10)]
    rest = f"{last // 10}[0-{last % 10}]" if last % 10 != 9 else ""
    return "|".join([*decades, *([rest] if rest else [])])


def _this_year(today: date) -> list[str]:
    """The months of this year up to today, each with its days."""
    months = []
    for month in range(1, today.month + 1):
        after = date(today.year + month // 12, month % 12 + 1, 1)
        last = today.day if month == today.month else (after - timedelta(days=1)).day
        days = "|".join(f"{day:02}" for day in range(1, last + 1))
        months.append(f"{month:02}-({days})")
    return months
