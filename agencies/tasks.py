"""Celery entry points of the agencies room."""

import time
from collections import deque
from datetime import datetime
from importlib import import_module
from uuid import UUID

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from agencies.actions.alarm_about_ledger import alarm_about_ledger
from agencies.actions.call_endpoint import call_endpoint
from agencies.actions.end_membership import end_membership
from agencies.delivery import GIVE_UP_AFTER, deliver
from agencies.models import Membership, Notice
from agencies.selectors import endpoints_with_work
from agencies.signin.tries import forget_old_tries
from audit.agents import Agent
from audit.context import recording
from audit.due import LONGEST_SWEEP, work_through

log = structlog.get_logger(__name__)


@shared_task(name="agencies.tasks.sweep_notices")
def sweep_notices() -> int:
    """Send the notices that are due: woken after commit, swept by beat."""
    with recording(by=Agent.MESSENGER):
        return work_through(Notice, deliver, by=Agent.MESSENGER, now=timezone.now(), give_up_after=GIVE_UP_AFTER)


@shared_task(name="agencies.tasks.sweep_memberships")
def sweep_memberships() -> int:
    """End the memberships whose last day is over, so that what was assigned by them is released."""
    now = timezone.now()
    lapsed = Membership.objects.filter(ended_at=None, ends_on__lt=timezone.localdate(now)).order_by("pk")
    with recording(by=Agent.SWEEPER):
        return sum(_end(pk, now) for pk in list(lapsed.values_list("pk", flat=True)))


def _end(pk: UUID, now: datetime) -> bool:
    """One that fails keeps no other from ending."""
    try:
        end_membership(membership_id=pk, by=Agent.SWEEPER, now=now)
    except Exception as error:  # noqa: BLE001  # whatever it met: the next sweep finds it again
        log.warning("membership_not_ended", id=str(pk), error=type(error).__name__)
        return False
    return True


@shared_task(name="agencies.tasks.sweep_webhooks")
def sweep_webhooks() -> int:
    """Call the endpoints for which something is due, in turn: one event each, then round again.

    Those that answered last time come first. One that fails is left out of the rest, so that a receiver which
    hangs costs the others one call's time, once.
    """
    taken, end = 0, time.monotonic() + LONGEST_SWEEP
    turn = deque(endpoints_with_work(timezone.now()))
    with recording(by=Agent.MESSENGER):
        while turn and time.monotonic() < end:
            pk = turn.popleft()
            if _taken(pk):
                taken += 1
                turn.append(pk)
    return taken


def _taken(pk: UUID) -> bool:
    """Whether an endpoint took an event. A fault of ours leaves that one out and keeps nobody else waiting."""
    try:
        return bool(call_endpoint(endpoint_id=pk, by=Agent.MESSENGER, now=timezone.now()))
    except Exception as error:  # noqa: BLE001  # whatever it met: the next sweep finds the event again
        log.warning("webhook_failed", id=str(pk), error=type(error).__name__)
        return False


@shared_task(name="agencies.tasks.sweep_sessions")
def sweep_sessions() -> None:
    """Delete the sessions that have run out: of who signed in, the ledger alone keeps a trace. Old failures too."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    forget_old_tries(now=timezone.now())


@shared_task(name="agencies.tasks.watch_ledger")
def watch_ledger() -> None:
    """Look whether the ledger is sealed as it should be. Not by the sealer, who would be silent about itself."""
    with recording(by=Agent.SWEEPER):
        alarm_about_ledger(by=Agent.SWEEPER, now=timezone.now())
