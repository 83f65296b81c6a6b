"""Planned contact that must not be made, for the home page of whoever authorised it."""

from datetime import datetime

from django.db.models import QuerySet

from agencies.models import User
from agencies.permissions import Permission, agencies_where
from agencies.working_days import london_date
from people.keeping import had_by
from people.models import PlannedContact


def suspended_by_agencies_of(reader: User, *, now: datetime) -> QuerySet[PlannedContact]:
    """Of agencies for which the reader writes and which have the person still: what is to come first, first."""
    ours = PlannedContact.objects.filter(
        had_by(reader, Permission.RECORD_WRITE), agency__in=agencies_where(reader, Permission.RECORD_WRITE)
    )
    suspended = ours.filter(suspended_at__isnull=False, struck_at=None, day__gte=london_date(now))
    return suspended.select_related("person").order_by("day", "id")
