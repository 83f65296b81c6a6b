"""Somebody is signed out everywhere, or everywhere else."""

from datetime import datetime
from uuid import UUID

from agencies.actions.end_session import end_session
from agencies.models import Session
from agencies.permissions import check_can_end_sessions
from audit.action import action
from audit.actors import Actor


@action
def end_sessions(*, user_id: UUID, why: str, but: str | None = None, by: Actor, now: datetime) -> int:
    """End every session of a user but one. Returns how many.

    Raises Forbidden unless they are those of `by`, or `by` may close accounts.
    """
    check_can_end_sessions(by, user_id)
    numbers = Session.objects.filter(user=user_id).exclude(number=but).order_by("session_key").values_list("number")
    for (number,) in list(numbers):
        end_session(user_id=user_id, number=number, why=why, by=by, now=now)
    return len(numbers)
