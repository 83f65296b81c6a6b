"""Reads of the agencies room."""

from datetime import date

from django.db.models import QuerySet

from agencies.models import Agency, Notice, User
from agencies.permissions import Permission, agencies_where, can
from audit.models import Handling


def undelivered_notices(reader: User) -> QuerySet[Notice]:
    """E-mails that were given up, longest dead first: those of the reader's agencies, all for who oversees them."""
    dead = Notice.objects.filter(dead__isnull=False).order_by("dead", "pk")
    if can(reader, Permission.NOTICE_OVERSEE):
        return dead
    return dead.filter(agency__in=agencies_where(reader, Permission.NOTICE_READ))


def colleagues(agency: Agency, *, on: date) -> QuerySet[User]:
    """Users with a membership of the agency in force on the day, by name."""
    return User.objects.filter(pk__in=agency.memberships.in_force(on).values("user_id")).order_by("name", "pk")


def unfinished_handlings(reader: User) -> QuerySet[Handling]:
    """Reactions to events that were given up, longest dead first, for who oversees them; none for others."""
    if not can(reader, Permission.NOTICE_OVERSEE):
        return Handling.objects.none()
    return Handling.objects.filter(dead__isnull=False).select_related("event").order_by("dead", "pk")
