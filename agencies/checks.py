"""What `manage.py check` says about this room."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004  # Django's own name for it
from django.utils import timezone

from agencies.models import NoticeKind
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


@register()
def notify_is_told_everything(**_: Any) -> list[CheckMessage]:
    """An error where mail goes by GOV.UK Notify and a kind of notice has no template, or receipts no token."""
    if settings.MAIL_CHANNEL != "notify":
        return []
    missing = sorted(set(NoticeKind.values) - settings.NOTIFY_TEMPLATES.keys())
    wrong: list[CheckMessage] = []
    if missing:
        wrong.append(Error(f"NOTIFY_TEMPLATES names no template for: {', '.join(missing)}.", id="agencies.E001"))
    if not settings.NOTIFY_CALLBACK_TOKENS:
        wrong.append(Error("NOTIFY_CALLBACK_TOKENS is empty: bounces would go unseen.", id="agencies.E002"))
    return wrong
