"""Celery entry points of the ledger."""

from celery import shared_task
from django.utils import timezone

from audit.actions.publish_checkpoint import publish_checkpoint
from audit.actions.seal_entries import AT_MOST, seal_entries
from audit.agents import Agent
from audit.context import recording
from audit.due import work_through
from audit.handling import GIVE_UP_AFTER, handle
from audit.models import Handling
from audit.partitions import make_months


@shared_task(name="audit.tasks.sweep_events")
def sweep_events() -> int:
    """Run the handlers that are due: woken after commit, swept by beat."""
    with recording(by=Agent.SWEEPER):
        return work_through(Handling, handle, by=Agent.SWEEPER, now=timezone.now(), give_up_after=GIVE_UP_AFTER)


@shared_task(name="audit.tasks.seal")
def seal() -> None:
    """Seal what was committed, pass after pass, until nothing waits."""
    with recording(by=Agent.SEALER):
        while seal_entries(by=Agent.SEALER, now=timezone.now()) == AT_MOST:
            pass


@shared_task(name="audit.tasks.publish")
def publish() -> None:
    """Send the newest checkpoint to the second place."""
    with recording(by=Agent.SEALER):
        publish_checkpoint(by=Agent.SEALER, now=timezone.now())


@shared_task(name="audit.tasks.make_months")
def make_ledger_months() -> int:
    """Make the ledger's partitions ahead. What somebody else is making at this moment is found by the next sweep."""
    return make_months(now=timezone.now())
