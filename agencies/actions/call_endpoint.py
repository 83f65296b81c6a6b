"""One due event goes to one endpoint, and what came of it is written down."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import Q

from agencies.administrators import tell_administrators
from agencies.models import Delivery, DisabledBecause, Endpoint, NoticeKind
from agencies.permissions import Permission, require
from agencies.selectors import tellable_events
from agencies.webhooks import reasons
from agencies.webhooks.calling import Answer, call
from agencies.webhooks.envelope import body_of, headers_for
from audit.action import action
from audit.actors import Actor
from audit.due import wait_after

log = structlog.get_logger(__name__)

AT_ONCE = 500


@action
def call_endpoint(*, endpoint_id: UUID, by: Actor, now: datetime) -> bool | None:
    """Send the event that has been due longest. True: the receiver has it; False: not this time; None: nothing to do.

    About what is restricted at this moment nothing is sent: it waits, is counted nowhere and is not given up.

    The endpoint is locked while its receiver is called, so that one which hangs holds one worker, not all. Who
    queues an event meanwhile does not wait. A worker that dies between answer and commit sends again, under the
    same id. A failure lets the whole endpoint rest, longer each time. After WEBHOOK_DAYS what was not taken is
    dead; 410 disables the endpoint. Administrators are told of both. Raises Forbidden when `by` may not cause calls.
    """
    require(by, Permission.WEBHOOK_SEND)
    ready = Endpoint.objects.callable(now).select_for_update(of=("self",), skip_locked=True, no_key=True)
    endpoint: Endpoint | None = ready.filter(pk=endpoint_id).first()
    if endpoint is None:
        return None
    due = tellable_events().filter(endpoint=endpoint, due__lte=now, done=None, dead=None)
    row: Delivery | None = due.order_by("due", "pk").select_for_update(of=("self",), no_key=True).first()
    if row is None:
        return None
    answer = _called(endpoint, row, now)
    if answer.taken:
        row.changed(done=now, attempts=row.attempts + 1, last_error="")
        if endpoint.failures:
            endpoint.changed(failures=0, waits_until=None)
        return True
    log.warning("webhook_not_taken", id=str(row.pk), agency=str(endpoint.agency_id), error=answer.reason)
    if answer.gone:
        _stop(endpoint, row, by=by, now=now)
    else:
        _put_off(endpoint, row, answer, by=by, now=now)
    return False


def _called(endpoint: Endpoint, row: Delivery, now: datetime) -> Answer:
    holding = endpoint.secrets.filter(Q(valid_until=None) | Q(valid_until__gt=now))
    secrets = [each.secret for each in holding]
    if not secrets:
        return Answer(reasons.NO_SECRET)
    body = body_of(row)
    return call(endpoint.url, body, headers_for(row, body, secrets, at=now))


def _stop(endpoint: Endpoint, row: Delivery, *, by: Actor, now: datetime) -> None:
    row.changed(dead=now, attempts=row.attempts + 1, last_error=reasons.GONE)
    endpoint.changed(disabled_at=now, disabled_by=by.pk, disabled_because=DisabledBecause.GONE)
    _tell_of(endpoint, "gone", by=by, now=now)


def _put_off(endpoint: Endpoint, row: Delivery, answer: Answer, *, by: Actor, now: datetime) -> None:
    row.changed(
        attempts=row.attempts + 1, last_error=answer.reason, due=now + max(wait_after(row.attempts + 1), answer.pause)
    )
    failures = min(endpoint.failures + 1, 1000)
    endpoint.changed(failures=failures, waits_until=now + max(wait_after(failures), answer.pause))
    old = now - timedelta(days=settings.WEBHOOK_DAYS)
    overdue = tellable_events().filter(endpoint=endpoint, done=None, dead=None, since__lte=old)
    given_up = list(overdue.order_by("since", "pk")[:AT_ONCE])
    for each in given_up:
        each.changed(dead=now, last_error=each.last_error or answer.reason)
    if given_up:
        _tell_of(endpoint, "given-up", by=by, now=now)


def _tell_of(endpoint: Endpoint, what: str, *, by: Actor, now: datetime) -> None:
    """Administrators hear once a day that an endpoint needs them."""
    tell_administrators(
        NoticeKind.ENDPOINT_TROUBLE,
        about=endpoint.pk,
        path=f"/casework/webhooks/{endpoint.agency_id}/",
        occasion=f"endpoint:{endpoint.pk}:{what}:{now:%Y-%m-%d}",
        by=by,
        now=now,
    )
