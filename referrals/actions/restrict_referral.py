"""A referral that may concern a user is kept to the restricted desks."""

from datetime import datetime

from agencies.actions.exclude_user import exclude_user
from agencies.models import ExclusionGround, Restriction
from audit.action import action
from audit.actors import Actor
from referrals.concerning import Concern
from referrals.models import Referral
from referrals.permissions import check_can_submit


@action
def restrict_referral(*, referral: Referral, concern: Concern, by: Actor, now: datetime) -> Restriction:
    """Say why a referral is restricted, and exclude the users whose name stands in it, before anybody is told of it.

    Raises Forbidden when `by` may not submit.
    """
    check_can_submit(by)
    restriction = Restriction(
        about=referral.pk,
        person=referral.person_id,
        grounds=[ground.value for ground in concern.grounds],
        names=vars(concern.names),
        restricted_at=now,
        restricted_by=by.pk,
    )
    restriction.save(force_insert=True)
    for user in concern.alike:
        exclude_user(restriction=restriction, user=user, ground=ExclusionGround.NAME, by=by, now=now)
    return restriction
