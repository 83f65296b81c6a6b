"""What `manage.py check` says about this room."""

from datetime import timedelta
from typing import Any

from django.core.checks import CheckMessage, Warning, register  # noqa: A004  # Django's own name for it
from django.utils import timezone

from agencies.working_days import Calendar, known_until

# Long enough to plan an update.
AHEAD = timedelta(days=120)


@register()
def bank_holidays_are_known(**_: Any) -> list[CheckMessage]:
    """Warn when the copy of the bank holidays ends soon, or has ended: targets then count them as working days."""
    end = min(map(known_until, Calendar))
    if timezone.localdate() + AHEAD <= end:
        return []
    return [
        Warning(
            f"Bank holidays are known to {end:%d %B %Y} only. After it, local targets count every weekday.",
            hint="Update govuk-bank-holidays.",
            id="agencies.W001",
        )
    ]
