"""An officer of a restricted desk keeps a colleague, or themselves, from one of its referrals."""

from datetime import datetime
from uuid import UUID

from agencies.actions.exclude_user import exclude_user
from agencies.models import Exclusion, ExclusionGround, Restriction, User
from agencies.permissions import NOT_ALLOWED
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from audit.refusals import Forbidden
from referrals.actions.release_tasks import release_tasks
from referrals.actions.unassign_dispatches import unassign_dispatches
from referrals.locking import lock_referral
from referrals.permissions import check_can_exclude
from referrals.policies import check_still_restricted
from referrals.restricted import desk_colleagues


@action
def exclude_colleague(*, referral_id: UUID, user_id: UUID, why: str, by: User, now: datetime) -> Exclusion:
    """Keep a colleague of the restricted desks from a referral: a relative, a friend, the person themselves.

    Locks referral and restriction. The colleague is told nothing, and what was assigned to them is so no more.

    Raises:
        Referral.DoesNotExist, Restriction.DoesNotExist: there is none with this id.
        Forbidden: `by` does not work at a desk that has it, or the colleague works at neither.
        NotNow: it has been released, or no reason was given.
    """
    referral = lock_referral(referral_id)
    restriction: Restriction = (
        Restriction.objects.select_for_update(of=("self",))
        .select_related("released_by")
        .get(about=referral_id, closed=False)
    )
    check_can_exclude(by, referral)
    check_still_restricted(restriction)
    check_has_reason(why)
    user = next((each for each in desk_colleagues(referral) if each.pk == user_id), None)
    if user is None:
        raise Forbidden(NOT_ALLOWED)
    exclusion = exclude_user(
        restriction=restriction, user=user, ground=ExclusionGround.COLLEAGUE, why=why, by=by, now=now
    )
    unassign_dispatches(dispatches=referral.dispatches.filter(assigned_to=user), by=by, now=now)
    release_tasks(tasks=referral.tasks.filter(owner=user), by=by, now=now)
    happened(Event.COLLEAGUE_EXCLUDED, exclusion, by=by, now=now, referral=referral.pk, to=user.pk)
    return exclusion
