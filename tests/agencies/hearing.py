"""Endpoints and events for tests, made through the actions that make them in life."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import time_machine
from django.utils import timezone

from agencies.actions.create_endpoint import create_endpoint
from agencies.actions.queue_deliveries import queue_deliveries
from agencies.models import Agency, Delivery, Endpoint
from agencies.tasks import sweep_webhooks
from agencies.webhooks.types import WebhookType
from audit.agents import Agent
from tests.receiver import Receiver


def endpoint_at(url: str, *, code: str = "E08000038") -> tuple[Endpoint, str]:
    """An endpoint of an agency, and its secret."""
    agency = Agency.objects.get(code=code)
    return create_endpoint(agency_id=agency.pk, url=url, by=Agent.OPERATOR, now=timezone.now())


def hearing(receiver: Receiver, *, code: str = "E08000038") -> Endpoint:
    """An endpoint at the receiver, which verifies by its secret."""
    endpoint, receiver.secret = endpoint_at(receiver.url, code=code)
    return endpoint


def event_for(endpoint: Endpoint, *, event: UUID | None = None, **changes: Any) -> Delivery:
    """An event on its way to the endpoint."""
    event = event or uuid4()
    told: dict[str, Any] = {"subject": uuid4(), "person": None, "now": timezone.now(), **changes}
    queue_deliveries(
        agency_id=endpoint.agency_id, kind=WebhookType.REFERRAL_DISPATCHED, event=event, by=Agent.SWEEPER, **told
    )
    return Delivery.objects.get(endpoint=endpoint, event=event)


def sweeping(*, start: datetime, lasting: timedelta, every: timedelta) -> None:
    """Sweep as the beat does, with the clock moved."""
    at = start
    while at < start + lasting:
        at += every
        with time_machine.travel(at, tick=True):
            sweep_webhooks()
