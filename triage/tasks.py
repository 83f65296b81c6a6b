"""Celery entry points of the triage room: each is one sweep of due rows."""

from datetime import datetime
from uuid import UUID

import structlog
from celery import shared_task
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from triage.actions.review_deconfliction import review_deconfliction
from triage.selectors import past_their_review

log = structlog.get_logger(__name__)


@shared_task(name="triage.tasks.sweep_reviews")
def sweep_reviews() -> int:
    """Ask FIMU again where the review date of an answer has passed, and say of how many."""
    now = timezone.now()
    with recording(by=Agent.SWEEPER):
        return sum(_review(pk, now) for pk in list(past_their_review(now).values_list("pk", flat=True)[:500]))


def _review(pk: UUID, now: datetime) -> bool:
    """One that fails stays due and keeps no other from being asked about."""
    try:
        return review_deconfliction(deconfliction_id=pk, by=Agent.SWEEPER, now=now)
    except Exception as error:  # noqa: BLE001  # whatever it met: the next sweep finds it again
        log.warning("deconfliction_not_reviewed", id=str(pk), error=type(error).__name__)
        return False
