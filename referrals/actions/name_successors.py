"""An agency has nobody left on a restricted record: others of it are named, none of whom brought that about."""

from datetime import date, datetime
from uuid import UUID

import structlog
from django.utils.translation import gettext as _

from agencies.actions.send_notice import send_notice
from agencies.models import Agency, Membership, NoticeKind, User
from agencies.permissions import Permission, can, require
from agencies.restricted import excluded_from, is_named_only
from agencies.selectors import holding
from agencies.working_days import LONDON
from audit.action import action
from audit.actors import Actor
from referrals.actions.open_access import open_access
from referrals.links import referral_link
from referrals.locking import lock_dispatch
from referrals.mailing import desk_to_alarm, officers_not_excluded
from referrals.models import AccessKind, Dispatch, NamedAccess
from referrals.models.dispatch import STANDING

log = structlog.get_logger(__name__)


@action
def name_successors(*, dispatch_id: UUID, by: Actor, now: datetime) -> int:
    """Name the agency's supervisors, or without any its officers, and tell them by e-mail; returns how many.

    Nobody who ended the role of somebody named, and nobody who can shut accounts: whoever leaves an agency without
    anybody does not come to know what it was kept from them. Where that leaves nobody, the others who are named are
    told so each day; where nobody is named at all, a national desk hears that there is such a record, and not which.
    Locks referral and dispatch. Raises Forbidden when `by` may not release work.
    """
    require(by, Permission.DISPATCH_RELEASE)
    dispatch = lock_dispatch(dispatch_id)
    if not (dispatch.stands and is_named_only(dispatch.referral_id)) or _has_somebody(dispatch, now):
        return 0
    successors = _successors(dispatch, now)
    for user in successors:
        _end_stale(dispatch, user, by=by, now=now)
        access = open_access(
            referral=dispatch.referral, to=user, agency=dispatch.agency, kind=AccessKind.NAMED,
            reason=_("Nobody of the agency was named on this record any more."), ends_at=None, by=by, now=now,
        )  # fmt: skip
        once = f"successor:{access.pk}"
        _tell(NoticeKind.SUCCESSOR_NAMED, dispatch, user, agency=dispatch.agency, once=once, by=by, now=now)
    if not successors:
        _alarm(dispatch, by=by, now=now)
    return len(successors)


def _tell(
    kind: NoticeKind, dispatch: Dispatch, user: User, *, agency: Agency, once: str, by: Actor, now: datetime
) -> None:
    send_notice(
        kind=kind,
        about=dispatch.pk,
        tells_of=[dispatch.referral_id],
        agency=agency,
        address=user.email,
        details={"reference": dispatch.referral.reference, "link": referral_link(dispatch.referral_id)},
        once=once,
        by=by,
        now=now,
    )


def _alarm(dispatch: Dispatch, *, by: Actor, now: datetime) -> None:
    """Nobody else may know of which record it is: the log alone says which, for whoever runs the service."""
    log.error("nobody_to_name", dispatch=str(dispatch.pk), agency=dispatch.agency.code)
    day = now.astimezone(LONDON).date()
    standing = dispatch.referral.dispatches.filter(STANDING).select_related("agency").order_by("pk")
    others = [(user, each.agency) for each in standing for user in officers_not_excluded(each)]
    for user, agency in others:
        once = f"nobody:{dispatch.pk}:{user.pk}:{day}"
        _tell(NoticeKind.NOBODY_TO_NAME, dispatch, user, agency=agency, once=once, by=by, now=now)
    if not others:
        _alarm_desk(day=day, by=by, now=now)


def _alarm_desk(*, day: date, by: Actor, now: datetime) -> None:
    desk = desk_to_alarm()
    if desk is None:
        log.error("national_desk_has_no_mailbox")
        return
    send_notice(
        kind=NoticeKind.KNOWN_TO_NOBODY,
        about=desk.pk,
        tells_of=[],  # that there is one, and not which
        agency=desk,
        address=desk.duty_email or desk.email,
        details={},
        once=f"known-to-nobody:{day}",
        by=by,
        now=now,
    )


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
    unfit = causes | set(excluded_from(dispatch.referral_id).values_list("user_id", flat=True))
    today = now.astimezone(LONDON).date()
    for needed in (Permission.REFERRAL_RESTRICT, Permission.DISPATCH_READ):
        able = [user for user in holding(dispatch.agency, needed, on=today) if not user.is_system]
        found = [user for user in able if user.pk not in unfit and not can(user, Permission.USER_DEACTIVATE)]
        if found:
            return found
    return []
