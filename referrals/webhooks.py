"""What happens to a dispatch is told to the system of its agency: an id and a type."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import QuerySet

from agencies.actions.queue_deliveries import queue_deliveries
from agencies.models import RESTRICTED_KINDS
from agencies.webhooks.types import WebhookType
from audit.actors import Actor
from audit.events import Event, handles
from audit.models import EventRecord
from referrals.models import Dispatch

# Events of one dispatch, and what its agency's system is told of them.
TOLD: Mapping[str, WebhookType] = {Event.DISPATCH_ACKNOWLEDGED: WebhookType.DISPATCH_ACKNOWLEDGED}


def dispatched_id(dispatch_id: UUID) -> UUID:
    """The id of "referral.dispatched" for a dispatch: always the same, whoever asks how often."""
    return uuid5(dispatch_id, WebhookType.REFERRAL_DISPATCHED)


@handles(Event.REFERRAL_SUBMITTED)
@handles(Event.RESTRICTION_RELEASED)
def tell_receivers(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Tell each agency's system that a referral has come to it.

    A restricted desk has no other system: nobody there would be excluded from what must be kept from them.
    """
    for dispatch in _told(event.object_id):
        queue_deliveries(
            agency_id=dispatch.agency_id,
            kind=WebhookType.REFERRAL_DISPATCHED,
            event=dispatched_id(dispatch.pk),
            subject=event.object_id,
            person=event.subject,
            by=by,
            now=now,
        )


@handles(Event.DISPATCH_ACKNOWLEDGED)
def tell_of_dispatch(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Tell an agency's system what happened to its dispatch."""
    dispatch = Dispatch.objects.select_related("agency").get(pk=event.object_id)
    if dispatch.agency.is_restricted:
        return
    queue_deliveries(
        agency_id=dispatch.agency_id,
        kind=TOLD[event.kind],
        event=event.pk,
        subject=dispatch.referral_id,
        person=event.subject,
        by=by,
        now=now,
    )


def _told(referral_id: UUID) -> QuerySet[Dispatch]:
    sent = Dispatch.objects.filter(referral_id=referral_id).exclude(agency__kind__in=RESTRICTED_KINDS)
    return sent.order_by("pk")
