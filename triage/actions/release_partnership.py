"""Who works a police-led partnership no more does not own it, and the supervisors hear that nobody does."""

from datetime import datetime
from uuid import UUID

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind, User
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.models import Dispatch
from referrals.permissions import can_with
from triage.links import partnership_link
from triage.locking import lock_partnership
from triage.mailing import of_supervisors
from triage.models import Partnership
from triage.partnerships import offered_of
from triage.selectors import police_dispatch_of
from triage.states import HandoverState, PartnershipState, PlannedState


@action
def release_partnership(*, partnership_id: UUID, once: str, by: Actor, now: datetime) -> Partnership:
    """Take it off an owner who left or may not know of it any more; it goes to the police agency that has the referral.

    Whoever was asked to own it and cannot is asked no more; what they had to do is the owner's, or nobody's until
    somebody accepts. Changes nothing where all is in order. `once` names the occasion for the e-mail to the
    supervisors. Locks the record, the referral and the partnership. Records PARTNERSHIP_RELEASED.

    Raises:
        Partnership.DoesNotExist: there is none with this id.
        Forbidden: `by` may not release work.
    """
    require(by, Permission.DISPATCH_RELEASE)
    row = lock_partnership(partnership_id)
    dispatch = police_dispatch_of(row.referral)
    if row.is_ended or dispatch is None:
        return row
    moved = row.agency_id != dispatch.agency_id
    if moved:
        row.changed(agency=dispatch.agency)
    lost = _take_off(row, dispatch, by=by, now=now)
    if row.is_waiting and (lost or moved):
        _tell(row, dispatch, once=once, by=by, now=now)
    return row


def _take_off(row: Partnership, dispatch: Dispatch, *, by: Actor, now: datetime) -> bool:
    """Whether the owner, or who was asked, cannot work it any more; nobody else is touched."""
    offered, lost = offered_of(row), False
    if offered is not None and not _works(offered.to, dispatch):
        offered.move(HandoverState.TAKEN_BACK, at=now, by=by, answered_at=now, answered_by=by.pk)
        lost = True
    was = row.owner
    if was is not None and not _works(was, dispatch):
        row.move(PartnershipState.WAITING, at=now, by=by, owner=None)
        happened(Event.PARTNERSHIP_RELEASED, row, by=by, now=now, referral=row.referral_id, was=was.pk)
        lost = True
    for planned in row.planned.filter(state=PlannedState.OPEN).exclude(owner=None).select_related("owner"):
        if not _works(planned.owner, dispatch):
            planned.changed(owner=row.owner)
    return lost


def _works(user: User | None, dispatch: Dispatch) -> bool:
    return user is not None and can_with(user, Permission.PARTNERSHIP_WORK, dispatch)


def _tell(row: Partnership, dispatch: Dispatch, *, once: str, by: Actor, now: datetime) -> None:
    for number, address in enumerate(of_supervisors(dispatch, now=now)):
        send_notice(
            kind=NoticeKind.PARTNERSHIP_UNOWNED,
            about=row.pk,
            tells_of=[row.referral_id],
            agency=dispatch.agency,
            address=address,
            details={"reference": row.referral.reference, "link": partnership_link(row.pk)},
            once=f"partnership-unowned:{row.pk}:{once}:{number}",
            by=by,
            now=now,
        )
