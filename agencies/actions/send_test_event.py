"""An administrator tries whether an endpoint takes events."""

from datetime import datetime
from uuid import UUID, uuid4

from agencies.models import Delivery, Endpoint
from agencies.permissions import Permission, require
from agencies.policies import check_enabled
from agencies.webhooks.queueing import queued
from agencies.webhooks.types import WebhookType
from audit.action import action
from audit.actors import Actor


@action
def send_test_event(*, endpoint_id: UUID, by: Actor, now: datetime) -> Delivery:
    """Queue an event that is about nothing but the endpoint, and call it even if it was being left alone. Locks it.

    Raises Endpoint.DoesNotExist, Forbidden when `by` may not edit endpoints, NotNow when it is disabled.
    """
    require(by, Permission.ENDPOINT_EDIT)
    endpoint: Endpoint = Endpoint.objects.select_for_update(of=("self",), no_key=True).get(pk=endpoint_id)
    check_enabled(endpoint)
    if endpoint.waits_until:
        endpoint.changed(waits_until=None)
    return queued(endpoint, kind=WebhookType.ENDPOINT_TEST, event=uuid4(), subject=endpoint.pk, person=None, now=now)
