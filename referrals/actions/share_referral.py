"""A referral is shared with a colleague elsewhere, or opened to a reviewer, for a limited time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind, User
from agencies.permissions import agencies_where
from agencies.policies import check_has_reason
from agencies.restricted import is_named_only
from audit.action import action
from audit.events import Event, happened
from audit.refusals import NotNow
from referrals.actions.open_access import open_access
from referrals.links import referral_link
from referrals.locking import lock_dispatch
from referrals.models import AccessKind, Dispatch, NamedAccess
from referrals.permissions import OPENED_TO, check_can_be_opened_to, check_can_open
from referrals.policies import check_cannot_read_yet, check_lasts_within_reason, check_works_elsewhere
from referrals.restricted import people_of_agencies
from referrals.selectors import can_read

EVENTS = {AccessKind.SHARE: Event.REFERRAL_SHARED, AccessKind.REVIEW: Event.REVIEW_OPENED}


@action
def share_referral(
    *, dispatch_id: UUID, email: str, kind: AccessKind, days: int, reason: str, by: User, now: datetime
) -> NamedAccess:
    """Let whoever signs in with `email` read the referral of a dispatch for so many days, and tell them by e-mail.

    Locks referral and dispatch. They read it and do nothing with it; the agencies that have it see who they are.
    What is restricted to named people is opened by those who may name somebody, and to nobody who could be named.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` may not share for the dispatch's agency, or the person is excluded from it.
        NotNow: nobody with this address reads referrals (or reviews them), they can read it already, they would have
            to be named on it, or there is no reason.
    """
    dispatch = lock_dispatch(dispatch_id)
    check_can_open(by, kind, dispatch)
    check_has_reason(reason)
    check_lasts_within_reason(kind, days)
    to = User.objects.filter(email__iexact=email.strip(), is_system=False).first()
    agencies = agencies_where(to, OPENED_TO[kind]) if to else []
    if to is None or not agencies:
        raise NotNow(_("Nobody with this e-mail address can be opened it. Check the address with them."))
    check_can_be_opened_to(to, dispatch.referral)
    check_cannot_read_yet(can_read(to, dispatch.referral_id))
    if is_named_only(dispatch.referral_id):
        check_works_elsewhere(to, people_of_agencies(dispatch.referral, now=now))
    access = open_access(
        referral=dispatch.referral, to=to, agency=agencies[0], kind=kind, reason=reason,
        ends_at=now + timedelta(days=days), by=by, now=now,
    )  # fmt: skip
    _tell(access, dispatch, by=by, now=now)
    happened(EVENTS[kind], access, by=by, now=now, referral=dispatch.referral_id, to=to.pk)
    return access


def _tell(access: NamedAccess, dispatch: Dispatch, *, by: User, now: datetime) -> None:
    send_notice(
        kind=NoticeKind.REFERRAL_OPENED,
        about=access.pk,
        tells_of=[dispatch.referral_id],
        agency=dispatch.agency,
        address=access.user.email,
        details={"reference": dispatch.referral.reference, "link": referral_link(dispatch.referral_id)},
        once=f"opened:{access.pk}",
        by=by,
        now=now,
    )
