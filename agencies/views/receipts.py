"""Where GOV.UK Notify delivers its receipts."""

import hmac
import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from agencies.access import public, require_post
from agencies.actions.record_receipt import record_receipt
from agencies.models import Receipt
from audit.agents import Agent


@public
@csrf_exempt
@require_post
def notify_receipt(request: HttpRequest) -> HttpResponse:
    """Take one receipt from a caller with the right bearer token: 204, also for what is known already or never was.

    The address it names is neither read nor kept.
    """
    if not settings.NOTIFY_CALLBACK_TOKENS:
        raise Http404
    if not _known(request.headers.get("Authorization", "")):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    try:
        told: Any = json.loads(request.body)
        notice_id, sent_as, receipt = UUID(told["reference"]), UUID(told["id"]), Receipt(told["status"])
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return HttpResponse(status=400)
    record_receipt(notice_id=notice_id, sent_as=sent_as, receipt=receipt, by=Agent.MESSENGER, now=timezone.now())
    return HttpResponse(status=204)


def _known(header: str) -> bool:
    """Whether the header holds one of our tokens, in a time that tells nothing; every token is compared."""
    given = header.encode()
    tokens = settings.NOTIFY_CALLBACK_TOKENS
    return sum(hmac.compare_digest(given, f"Bearer {token}".encode()) for token in tokens) > 0
