"""A user is kept from one restricted referral, whatever their role would show."""

from datetime import datetime

from agencies.models import Exclusion, ExclusionGround, Restriction, User
from audit.action import action
from audit.actors import Actor


@action
def exclude_user(
    *, restriction: Restriction, user: User, ground: ExclusionGround, why: str | None = None, by: Actor, now: datetime
) -> Exclusion:
    """Keep `user` from the referral of `restriction` while it stands; once is enough.

    A part of the actions that restrict a referral, add a colleague and exclude one: they have checked who may.
    """
    existing: Exclusion | None = restriction.exclusions.filter(user=user).first()
    if existing is not None:
        return existing
    exclusion = Exclusion(
        restriction=restriction, user=user, ground=ground, why=why, excluded_at=now, excluded_by=by.pk
    )
    exclusion.save(force_insert=True)
    return exclusion
