"""Somebody else looks at how glass was broken, and says whether it was justified."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.locking import lock_referral
from referrals.models import NamedAccess
from referrals.opened import emergencies, reviewing_agencies
from referrals.permissions import check_can_review_emergency
from referrals.policies import check_not_reviewed


@action
def review_emergency(*, access_id: UUID, justified: bool, words: str, by: User, now: datetime) -> NamedAccess:
    """Say what came of an emergency access. Locks the referral and the access.

    Raises:
        NamedAccess.DoesNotExist: there is none with this id that `by` may know of.
        Forbidden: `by` reviews none in an agency that has the referral, or used it themselves.
        NotNow: it was reviewed, or nothing was said.
    """
    found = NamedAccess.every.values("content_object_id").get(pk=access_id)
    referral = lock_referral(found["content_object_id"])
    access: NamedAccess = NamedAccess.every.select_related("reviewed_by").lock(access_id)
    access.content_object = referral
    check_can_review_emergency(by, access, reviewing_agencies(referral))
    emergencies(by).get(pk=access_id)
    check_not_reviewed(access)
    check_has_reason(words)
    access.changed(reviewed_at=now, reviewed_by=by, justified=justified, review=words)
    happened(Event.GLASS_REVIEWED, access, by=by, now=now, referral=referral.pk, to=access.user_id)
    return access
