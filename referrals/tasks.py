"""Celery entry points of the referrals room: each is one sweep of due rows."""

from datetime import datetime
from uuid import UUID

import structlog
from celery import shared_task
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from referrals.actions.alert_duty_contact import alert_duty_contact
from referrals.actions.sweep_drafts import AT_ONCE
from referrals.actions.sweep_drafts import sweep_drafts as sweep_some_drafts
from referrals.models import Dispatch

log = structlog.get_logger(__name__)


@shared_task(name="referrals.tasks.sweep_alerts")
def sweep_alerts() -> int:
    """Alert the duty contacts of immediate referrals that nobody has taken receipt of."""
    now = timezone.now()
    due = Dispatch.objects.filter(alert_due__lte=now).order_by("alert_due", "id")
    with recording(by=Agent.SWEEPER):
        return sum(_alert(pk, now) for pk in list(due.values_list("pk", flat=True)[:500]))


def _alert(pk: UUID, now: datetime) -> bool:
    """One that fails stays due and keeps nobody else from being alerted."""
    try:
        return alert_duty_contact(dispatch_id=pk, by=Agent.SWEEPER, now=now)
    except Exception as error:  # noqa: BLE001  # whatever it met: the next sweep finds it again
        log.warning("alert_failed", dispatch=str(pk), error=type(error).__name__)
        return False


@shared_task(name="referrals.tasks.sweep_drafts")
def sweep_drafts() -> int:
    """Destroy the drafts whose time is up, a few hundred in each transaction."""
    gone = 0
    with recording(by=Agent.SWEEPER):
        while swept := sweep_some_drafts(by=Agent.SWEEPER, now=timezone.now()):
            gone += swept
            if swept < AT_ONCE:
                break
    return gone
