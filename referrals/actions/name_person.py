"""One more person may know of a restricted record."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import NOT_ALLOWED
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from audit.refusals import Forbidden
from referrals.actions.open_access import open_access
from referrals.locking import lock_dispatch
from referrals.models import AccessKind, NamedAccess
from referrals.permissions import check_can_be_opened_to, check_can_restrict
from referrals.policies import check_is_restricted, check_not_named
from referrals.restricted import people_of_agencies


@action
def name_person(
    *, dispatch_id: UUID, user_id: UUID, reason: str, first: bool = False, by: User, now: datetime
) -> NamedAccess:
    """Name somebody who works for an agency that has the restricted referral. Locks referral and dispatch.

    `first`: a part of restricting it, which has checked who may.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` does not supervise the dispatch's agency, or the person works for none that has the referral.
        NotNow: the referral is not restricted to named people, they are named already, or there is no reason.
    """
    dispatch = lock_dispatch(dispatch_id)
    referral = dispatch.referral
    if not first:
        check_can_restrict(by, dispatch)
    check_is_restricted(referral)
    check_has_reason(reason)
    found = [
        (agency, user)
        for agency, users in people_of_agencies(referral, now=now).items()
        for user in users
        if user.pk == user_id
    ]
    if not found:
        raise Forbidden(NOT_ALLOWED)
    agency, user = found[0]
    check_can_be_opened_to(user, referral)
    check_not_named(user, referral)
    access = open_access(
        referral=referral, to=user, agency=agency, kind=AccessKind.NAMED, reason=reason, ends_at=None, by=by, now=now
    )
    if not first:
        happened(Event.COLLEAGUE_NAMED, access, by=by, now=now, referral=referral.pk, to=user.pk)
    return access
