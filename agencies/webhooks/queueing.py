"""One event is put on its way to one endpoint."""

from datetime import datetime
from uuid import UUID

from agencies.models import Delivery, Endpoint
from agencies.webhooks.types import WebhookType
from audit.waking import wake

SWEEP = "agencies.tasks.sweep_webhooks"


def queued(
    endpoint: Endpoint, *, kind: WebhookType, event: UUID, subject: UUID, person: UUID | None, now: datetime
) -> Delivery:
    """A row that is due at once, in the running action; the first one where the endpoint has had this event before."""
    existing: Delivery | None = endpoint.deliveries.filter(event=event).first()
    if existing is not None:
        return existing
    delivery = Delivery(endpoint=endpoint, event=event, type=kind, subject=subject, person=person, since=now, due=now)
    delivery.save(force_insert=True)
    wake(SWEEP)
    return delivery
