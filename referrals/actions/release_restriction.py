"""A referral that does not concern a user after all goes to those who would have had it at once."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.geography import Gazetteer
from agencies.models import Restriction, User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.actions.finish_task import finish_task
from referrals.actions.send_dispatch import send_dispatch
from referrals.locking import lock_referral
from referrals.models import Dispatch, TaskKind
from referrals.permissions import can_finish, check_can_release
from referrals.policies import check_still_restricted
from referrals.receivers import receivers
from referrals.routing import route


@action
def release_restriction(*, referral_id: UUID, reason: str, by: User, now: datetime) -> list[Dispatch]:
    """Send a restricted referral on to the ordinary desks, and finish the tasks that `by` may finish.

    Locks referral and restriction. Who was excluded is so no more. Records the event RESTRICTION_RELEASED.

    Raises:
        Referral.DoesNotExist, Restriction.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of a restricted desk that has it, or must not know of it.
        NotNow: it has been released, or no reason was given.
    """
    referral = lock_referral(referral_id)
    restriction: Restriction = (
        Restriction.objects.select_for_update(of=("self",))
        .select_related("released_by")
        .get(about=referral_id, closed=False)
    )
    check_can_release(by, referral)
    check_still_restricted(restriction)
    check_has_reason(reason)
    restriction.changed(released_at=now, released_by=by, release_reason=reason)
    decided = route(referral.answers, Gazetteer.at(timezone.localdate(now)))
    agencies = receivers(decided, restricted=False)
    sent = [send_dispatch(referral=referral, agency=agency, by=by, now=now) for agency in agencies]
    for task in referral.tasks.filter(done_at=None, kind=TaskKind.ALLEGATION).select_related("agency", "referral"):
        if can_finish(by, task):
            finish_task(task_id=task.pk, outcome=reason, by=by, now=now)
    happened(Event.RESTRICTION_RELEASED, referral, by=by, now=now)
    return sent
