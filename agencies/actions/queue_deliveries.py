"""An event is put on its way to the systems of an agency."""

from datetime import datetime
from uuid import UUID

from agencies.models import Endpoint
from agencies.permissions import Permission, require
from agencies.webhooks.queueing import queued
from agencies.webhooks.types import WebhookType
from audit.action import action
from audit.actors import Actor


@action
def queue_deliveries(
    *, agency_id: UUID, kind: WebhookType, event: UUID, subject: UUID, person: UUID | None, by: Actor, now: datetime
) -> int:
    """Queue one event for each enabled endpoint of an agency; an endpoint gets the same event once.

    `subject` is the id that the receiver asks for with its own key, `person` whom it concerns. Returns how many
    endpoints there are. Raises Forbidden when `by` may not cause calls.
    """
    require(by, Permission.WEBHOOK_SEND)
    endpoints = list(Endpoint.objects.filter(agency_id=agency_id, disabled_at=None))
    for endpoint in endpoints:
        queued(endpoint, kind=kind, event=event, subject=subject, person=person, now=now)
    return len(endpoints)
