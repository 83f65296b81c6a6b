"""What was opened to somebody by name ends with their membership."""

from datetime import datetime
from uuid import UUID

from agencies.models import Agency, User
from agencies.permissions import Permission, can, require
from audit.action import action
from audit.actors import Actor
from referrals.locking import lock_referral
from referrals.models import NamedAccess


@action
def close_accesses(*, user_id: UUID, agency_id: UUID, by: Actor, now: datetime) -> int:
    """End what somebody was opened for an agency in which they read nothing more; returns how many.

    It has not been in force since they left: this keeps it from coming back with them. Locks the referrals, ids
    ascending. Raises Forbidden when `by` may not release work.
    """
    require(by, Permission.DISPATCH_RELEASE)
    user, agency = User.objects.get(pk=user_id), Agency.objects.get(pk=agency_id)
    if can(user, Permission.REFERRAL_READ, agency=agency):
        return 0
    theirs = NamedAccess.every.filter(user=user, agency=agency, ended_at=None)
    ids = list(theirs.order_by("content_object_id", "pk").values_list("pk", "content_object_id"))
    for pk, referral_id in ids:
        referral = lock_referral(referral_id)
        access: NamedAccess = NamedAccess.every.lock(pk)
        access.content_object = referral
        access.changed(ended_at=now, ended_by=by.pk)
    return len(ids)
