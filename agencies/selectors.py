"""Reads of the agencies room."""

from datetime import date

from django.db.models import QuerySet

from agencies.models import Agency, Notice, User
from audit.models import Handling


def undelivered_notices() -> QuerySet[Notice]:
    """E-mails that were given up, of every kind, longest dead first; none shows whom it concerns."""
    return Notice.objects.filter(dead__isnull=False).order_by("dead", "pk")


def colleagues(agency: Agency, *, on: date) -> QuerySet[User]:
    """Users with a membership of the agency in force on the day, by name."""
    return User.objects.filter(pk__in=agency.memberships.in_force(on).values("user_id")).order_by("name", "pk")


def unfinished_handlings() -> QuerySet[Handling]:
    """Reactions to events that were given up, longest dead first, with their events."""
    return Handling.objects.filter(dead__isnull=False).select_related("event").order_by("dead", "pk")
