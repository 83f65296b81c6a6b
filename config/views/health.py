"""For load balancers and operators: is the process alive, and can it do its work?"""

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from agencies.access import public, require_safe
from audit.sealing.watching import is_behind

log = structlog.get_logger("health")


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else, so a database outage makes nobody restart the web."""
    return JsonResponse({"status": "ok"})


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can store a referral: the database answers. The broker may be away, the form stays open.

    Beside it stands whether the ledger is sealed, for whoever watches from outside: where beat, broker or workers have
    stopped, nobody inside tells of it. It is no reason to send nobody here.
    """
    try:
        ledger = "behind" if is_behind(now=timezone.now()) else "ok"
    except DatabaseError as error:
        log.warning("not_ready", exc_info=error)
        return JsonResponse({"status": "unavailable", "database": "unavailable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok", "ledger": ledger})
