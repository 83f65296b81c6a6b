"""What was opened to somebody by name ends with their membership, and no restricted record is left without anybody."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.permissions import Permission, can, require
from agencies.selectors import holding
from audit.action import action
from audit.actors import Actor
from referrals.actions.open_access import open_access
from referrals.locking import lock_referral
from referrals.models import AccessKind, NamedAccess


@action
def close_accesses(*, user_id: UUID, agency_id: UUID, by: Actor, now: datetime) -> int:
    """End what somebody was opened for an agency in which they read nothing more; returns how many.

    It has not been in force since they left: this keeps it from coming back with them. Where nobody of the agency
    would be left on a restricted record, its supervisors are named in their place, or else its officers. Locks the
    referrals, ids ascending. Raises Forbidden when `by` may not release work.
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
        if access.kind == AccessKind.NAMED:
            _name_others(access, agency, by=by, now=now)
    return len(ids)


def _name_others(access: NamedAccess, agency: Agency, *, by: Actor, now: datetime) -> None:
    named = NamedAccess.objects.filter(content_object=access.content_object, kind=AccessKind.NAMED, agency=agency)
    if named.exists():
        return
    today = timezone.localdate(now)
    for needed in (Permission.REFERRAL_RESTRICT, Permission.DISPATCH_READ):
        users = [user for user in holding(agency, needed, on=today) if not user.is_system]
        for user in users:
            open_access(
                referral=access.content_object, to=user, agency=agency, kind=AccessKind.NAMED,
                reason=_("Nobody of the agency was named on this record any more."), ends_at=None, by=by, now=now,
            )  # fmt: skip
        if users:
            return
