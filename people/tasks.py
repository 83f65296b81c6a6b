"""Celery entry points of the people room: each is one sweep of due rows."""

from datetime import datetime
from uuid import UUID

import structlog
from celery import shared_task
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from people.actions.remind_of_request import remind_of_request
from people.requests import requests_to_remind

log = structlog.get_logger(__name__)


@shared_task(name="people.tasks.sweep_requests")
def sweep_requests() -> int:
    """Remind of information requests that are overdue, and say of how many."""
    now = timezone.now()
    with recording(by=Agent.SWEEPER):
        return sum(_remind(pk, now) for pk in list(requests_to_remind(now).values_list("pk", flat=True)[:500]))


def _remind(pk: UUID, now: datetime) -> bool:
    """One that fails stays due and keeps no other from being reminded of."""
    try:
        return remind_of_request(request_id=pk, by=Agent.SWEEPER, now=now)
    except Exception as error:  # noqa: BLE001  # whatever it met: the next sweep finds it again
        log.warning("request_not_reminded", id=str(pk), error=type(error).__name__)
        return False
