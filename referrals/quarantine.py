"""Reads of the quarantine, for the national desk alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from agencies.models import User
from agencies.permissions import Permission, can
from agencies.restricted import hidden_from
from audit.keys import load_keys
from referrals.models import Flood, Quarantined, Referral
from referrals.states import QuarantineState

# How long a group that has been decided about is still listed.
LISTED = timedelta(days=30)
# What was released is for the agencies that have it, and may be restricted since: of it the desk keeps the number as it
# was decided, and no list beside it, which would be shorter then.
DECIDED_HERE = (QuarantineState.HELD, QuarantineState.REJECTED)


def _counted(state: QuarantineState) -> Coalesce:
    rows = Quarantined.objects.filter(flood=OuterRef("pk"), state=state).order_by().values("flood")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def _holds() -> Exists:
    return Exists(Quarantined.objects.filter(flood=OuterRef("pk"), state=QuarantineState.HELD))


def floods() -> QuerySet[Any]:
    """All floods, with `held_now`, `released_now` and `rejected_now` counted."""
    return Flood.objects.annotate(
        held_now=_counted(QuarantineState.HELD),
        released_now=_counted(QuarantineState.RELEASED),
        rejected_now=_counted(QuarantineState.REJECTED),
    )


def to_tell_of() -> QuerySet[Any]:
    """Floods of which the desk has not heard, and those of which something is held."""
    return floods().filter(Q(alarmed=None) | _holds())


def waiting() -> list[Flood]:
    """The groups of which something is held, the eldest first. One query."""
    return list(floods().filter(_holds()).select_related("decided_by").order_by("started_at", "id"))


def lately_decided(now: datetime) -> list[Flood]:
    """The groups of the last days of which nothing is held any more, the latest first. One query."""
    found = floods().filter(~_holds(), started_at__gt=now - LISTED).select_related("decided_by")
    return list(found.order_by("-started_at", "-id")[:50])


def held_count() -> int:
    """How many referrals wait for a decision."""
    return Quarantined.objects.filter(state=QuarantineState.HELD).count()


def undecided_of(flood: Flood) -> QuerySet[Quarantined]:
    """What the last decision was about and has not been carried out on."""
    return flood.held.filter(state=QuarantineState.HELD, held_at__lte=flood.decided_at).order_by("held_at", "id")


def sample_of(flood: Flood, *, reader: User) -> list[Referral]:
    """The first, the middle and the last of a group, so that what differs can be seen. Three queries."""
    rows = quarantined(reader).filter(flood=flood).order_by("held_at", "id")
    ids = list(rows.values_list("referral_id", flat=True))
    chosen = {ids[at] for at in (0, len(ids) // 2, -1)} if ids else set()
    found = list(Referral.objects.filter(pk__in=chosen).select_related("person").order_by("submitted_at", "id"))
    load_keys({referral.person_id for referral in found})
    return found


def quarantined(reader: User) -> QuerySet[Quarantined]:
    """What is held or was rejected and is not kept from the reader, with its referral at hand."""
    known = Quarantined.objects.filter(state__in=DECIDED_HERE).exclude(referral__in=hidden_from(reader))
    return known.select_related("referral__person", "rejected_by", "flood")


def held_before(reader: User, among: Iterable[UUID] | QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Those of these ids that are of referrals in the quarantine; none for whoever does not decide there."""
    if not can(reader, Permission.QUARANTINE_DECIDE):
        return Quarantined.objects.none().values("referral_id")
    return quarantined(reader).filter(referral_id__in=among).values("referral_id")
