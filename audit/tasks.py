"""Celery entry points of the ledger."""

from celery import shared_task
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from audit.due import work_through
from audit.handling import GIVE_UP_AFTER, handle
from audit.models import Handling


@shared_task(name="audit.tasks.sweep_events")
def sweep_events() -> int:
    """Run the handlers that are due: woken after commit, swept by beat."""
    with recording(by=Agent.SWEEPER):
        return work_through(Handling, handle, by=Agent.SWEEPER, now=timezone.now(), give_up_after=GIVE_UP_AFTER)
