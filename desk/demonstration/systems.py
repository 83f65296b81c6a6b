"""What the demonstration's systems were told: made-up events in every state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from agencies.models import Delivery, Endpoint
from agencies.webhooks.reasons import NO_CONNECTION, TIMED_OUT
from agencies.webhooks.types import WebhookType

TRUST = "Hollybrook Academy Trust"
# Nobody listens there: `.example` is no name that can be found, so a try fails at once.
URL = "https://cases.leeds.example/prevent/events"


@dataclass(frozen=True)
class Told:
    """One event: how old, and what came of it."""

    kind: WebhookType
    hours: int
    attempts: int = 0
    error: str = ""
    taken: bool = False
    given_up: bool = False


TOLD = (
    Told(WebhookType.REFERRAL_DISPATCHED, 290, 14, TIMED_OUT, given_up=True),
    Told(WebhookType.REFERRAL_DISPATCHED, 75, taken=True),
    Told(WebhookType.DISPATCH_ACKNOWLEDGED, 74, taken=True),
    Told(WebhookType.REFERRAL_CHANGED, 30, taken=True),
    Told(WebhookType.ENDPOINT_TEST, 5, 3, NO_CONNECTION),
)


def deliveries_to(endpoint: Endpoint, now: datetime) -> Iterator[Delivery]:
    """The events as rows. Their subject is the endpoint itself, which no referral is."""
    for told in TOLD:
        since = now - timedelta(hours=told.hours)
        yield Delivery(
            endpoint=endpoint,
            event=uuid4(),
            type=told.kind,
            subject=endpoint.pk,
            since=since,
            due=now + timedelta(hours=4),
            attempts=told.attempts,
            done=since + timedelta(seconds=2) if told.taken else None,
            dead=since + timedelta(days=7) if told.given_up else None,
            last_error=told.error,
        )
