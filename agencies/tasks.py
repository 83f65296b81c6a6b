"""Celery entry points of the agencies room."""

from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from agencies.delivery import GIVE_UP_AFTER, deliver
from agencies.models import Notice
from audit.agents import Agent
from audit.context import recording
from audit.due import work_through


@shared_task(name="agencies.tasks.sweep_notices")
def sweep_notices() -> int:
    """Send the notices that are due: woken after commit, swept by beat."""
    with recording(by=Agent.MESSENGER):
        return work_through(Notice, deliver, by=Agent.MESSENGER, now=timezone.now(), give_up_after=GIVE_UP_AFTER)


@shared_task(name="agencies.tasks.sweep_sessions")
def sweep_sessions() -> None:
    """Delete the sessions that have run out: of who signed in, the ledger alone keeps a trace."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
