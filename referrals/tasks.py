"""Celery entry points of the referrals room: each is one sweep of due rows."""

from celery import shared_task
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from referrals.actions.alert_duty_contact import alert_duty_contact
from referrals.models import Dispatch


@shared_task(name="referrals.tasks.sweep_alerts")
def sweep_alerts() -> int:
    """Alert the duty contacts of immediate referrals that nobody has taken receipt of."""
    now = timezone.now()
    due = Dispatch.objects.filter(alert_due__lte=now).order_by("alert_due", "id")
    with recording(by=Agent.SWEEPER):
        return sum(
            alert_duty_contact(dispatch_id=pk, by=Agent.SWEEPER, now=now)
            for pk in list(due.values_list("pk", flat=True)[:500])
        )
