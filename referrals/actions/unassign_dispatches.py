"""What was assigned to somebody who works it no more is nobody's again."""

from datetime import datetime

from django.db.models import QuerySet

from audit.action import action
from audit.actors import Actor
from referrals.models import Dispatch


@action
def unassign_dispatches(*, dispatches: QuerySet[Dispatch], by: Actor, now: datetime) -> list[Dispatch]:
    """Take these dispatches off whoever has them; returns those that somebody had. Locks them, ids ascending.

    A part of the actions by which somebody stops working them: they have checked who may.
    """
    assigned = dispatches.exclude(assigned_to=None).select_related("referral")
    taken = list(assigned.select_for_update(of=("self",)).order_by("pk"))
    for dispatch in taken:
        dispatch.changed(assigned_to=None, assigned_at=None, assigned_by=None)
    return taken
