"""What is sent: a CloudEvents envelope with ids and a type, signed as Standard Webhooks says."""

import base64
import json
import os
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from standardwebhooks import Webhook

from agencies.models import Delivery


def new_secret() -> str:
    """32 random bytes in the form that libraries of Standard Webhooks take."""
    return f"whsec_{base64.b64encode(os.urandom(32)).decode()}"


def body_of(delivery: Delivery) -> bytes:
    """The envelope: the same for every try. It says what happened to which id, and nothing about anybody."""
    envelope = {
        "specversion": "1.0",
        "id": str(delivery.event),
        "source": settings.PUBLIC_BASE_URL,
        "type": delivery.type,
        "subject": str(delivery.subject),
    }
    return json.dumps(envelope, separators=(",", ":")).encode()


def headers_for(delivery: Delivery, body: bytes, secrets: Iterable[str], *, at: datetime) -> dict[str, str]:
    """The headers of one try: the event's id, the time of the try, and a signature by every secret that holds."""
    event = str(delivery.event)
    signatures = [Webhook(secret).sign(event, at, body.decode()) for secret in secrets]
    return {
        "Content-Type": "application/cloudevents+json; charset=utf-8",
        "User-Agent": "prevent-casework",
        "webhook-id": event,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
