"""Celery entry points of the desk."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from audit.actions.verify_ledger import verify_ledger
from audit.agents import Agent
from audit.context import recording
from audit.due import work_through
from audit.models import Verification
from desk.actions.ask_to_verify import ask_to_verify

# Nobody need think of it: the service has the ledger verified where nobody else has for so long.
EVERY = timedelta(hours=24)
GIVE_UP_AFTER = 3
LONGEST = 4 * 3600  # seconds; a hundred million entries take half of it


@shared_task(name="desk.tasks.sweep_verifications", soft_time_limit=LONGEST, time_limit=LONGEST + 60)
def sweep_verifications() -> int:
    """Verify the ledger where somebody has asked for it, or nobody for a day."""
    with recording(by=Agent.SEALER):
        now = timezone.now()
        if not Verification.objects.filter(asked_at__gt=now - EVERY).exists():
            ask_to_verify(by=Agent.SEALER, now=now)
        return work_through(Verification, verify_ledger, by=Agent.SEALER, now=now, give_up_after=GIVE_UP_AFTER)
