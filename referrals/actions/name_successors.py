"""An agency has nobody left on a restricted record: others of it are named, none of whom brought that about."""

from datetime import datetime
from uuid import UUID

import structlog
from django.utils.translation import gettext as _

from agencies.models import Membership, User
from agencies.permissions import Permission, can, require
from agencies.restricted import is_named_only
from agencies.selectors import holding
from agencies.working_days import LONDON
from audit.action import action
from audit.actors import Actor
from referrals.actions.open_access import open_access
from referrals.locking import lock_dispatch
from referrals.models import AccessKind, Dispatch, NamedAccess

log = structlog.get_logger(__name__)


@action
def name_successors(*, dispatch_id: UUID, by: Actor, now: datetime) -> int:
    """Name the agency's supervisors, or without any its officers; returns how many. Locks referral and dispatch.

    Nobody who ended the role of somebody named, and nobody who can shut accounts: whoever leaves an agency without
    anybody does not come to know what it was kept from them. Raises Forbidden when `by` may not release work.
    """
    require(by, Permission.DISPATCH_RELEASE)
    dispatch = lock_dispatch(dispatch_id)
    if not (dispatch.stands and is_named_only(dispatch.referral_id)) or _has_somebody(dispatch, now):
        return 0
    successors = _successors(dispatch, now)
    for user in successors:
        _end_stale(dispatch, user, by=by, now=now)
        open_access(
            referral=dispatch.referral, to=user, agency=dispatch.agency, kind=AccessKind.NAMED,
            reason=_("Nobody of the agency was named on this record any more."), ends_at=None, by=by, now=now,
        )  # fmt: skip
    if not successors:
        log.error("nobody_to_name", dispatch=str(dispatch.pk))
    return len(successors)


def _has_somebody(dispatch: Dispatch, now: datetime) -> bool:
    named = NamedAccess.objects.filter(content_object=dispatch.referral_id, kind=AccessKind.NAMED)
    able = holding(dispatch.agency, Permission.DISPATCH_READ, on=now.astimezone(LONDON).date())
    return able.filter(pk__in=named.values("user_id")).exists()


def _end_stale(dispatch: Dispatch, user: User, *, by: Actor, now: datetime) -> None:
    """Of whoever was named for another agency and has left it: somebody is named once."""
    stale = NamedAccess.every.filter(content_object=dispatch.referral_id, kind=AccessKind.NAMED, ended_at=None)
    for access in stale.filter(user=user).select_for_update(of=("self",)).order_by("pk"):
        access.content_object = dispatch.referral
        access.changed(ended_at=now, ended_by=by.pk)


def _successors(dispatch: Dispatch, now: datetime) -> list[User]:
    once_named = NamedAccess.every.filter(content_object=dispatch.referral_id, kind=AccessKind.NAMED)
    ended = Membership.objects.filter(user__in=once_named.values("user_id")).exclude(ended_by=None)
    causes = set(ended.values_list("ended_by", flat=True))
    today = now.astimezone(LONDON).date()
    for needed in (Permission.REFERRAL_RESTRICT, Permission.DISPATCH_READ):
        able = [user for user in holding(dispatch.agency, needed, on=today) if not user.is_system]
        found = [user for user in able if user.pk not in causes and not can(user, Permission.USER_DEACTIVATE)]
        if found:
            return found
    return []
