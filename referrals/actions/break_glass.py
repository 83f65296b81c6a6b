"""In an emergency somebody reads at once what another agency has; the owners and a privacy officer hear of it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actions.send_notice import send_notice
from agencies.models import Agency, NoticeKind, User
from agencies.permissions import Permission, agencies_where
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from audit.refusals import NotNow, refused_about
from referrals.actions.open_access import open_access
from referrals.links import emergencies_link
from referrals.locking import lock_referral
from referrals.models import AccessKind, Dispatch, NamedAccess, Referral
from referrals.models.dispatch import STANDING
from referrals.opened import breakable, privacy_officers
from referrals.owners import owners_of
from referrals.permissions import check_can_break_glass
from referrals.policies import (
    check_cannot_read_yet,
    check_emergency_is_short,
    check_owner_is_told,
    check_somebody_is_told,
)
from referrals.selectors import can_read


@action
def break_glass(*, reference: str, minutes: int, reason: str, by: User, now: datetime) -> NamedAccess:
    """Let `by` read the referral of this reference for some minutes, and tell its owners and a privacy officer.

    Locks the referral. Somebody else reviews it afterwards. No restriction is broken so: of a restricted referral
    and of one that is absent the same is said, after the same statements.

    Raises:
        Forbidden: `by` may not break glass.
        NotNow: there is none that can be opened so, `by` can read it already, no privacy officer would hear of it or
            nobody of an agency that has it, or there is no reason.
    """
    check_can_break_glass(by)
    asked_for = Referral.objects.filter(reference=reference).values_list("pk", flat=True).first()
    with refused_about(asked_for):
        return _break(reference=reference, minutes=minutes, reason=reason, by=by, now=now)


def _break(*, reference: str, minutes: int, reason: str, by: User, now: datetime) -> NamedAccess:
    check_has_reason(reason)
    check_emergency_is_short(minutes)
    referral = lock_referral(_breakable(reference))
    _breakable(reference)  # it may have been restricted while the lock was waited for
    check_cannot_read_yet(can_read(by, referral.pk))
    dispatches = list(referral.dispatches.filter(STANDING).select_related("agency", "assigned_to").order_by("pk"))
    officers = privacy_officers([dispatch.agency for dispatch in dispatches], other_than=by, now=now)
    check_somebody_is_told(officers)
    told = _told(referral, dispatches, officers, now=now)
    access = open_access(
        referral=referral, to=by, agency=agencies_where(by, Permission.GLASS_BREAK)[0], kind=AccessKind.BREAK_GLASS,
        reason=reason, ends_at=now + timedelta(minutes=minutes), by=by, now=now,
    )  # fmt: skip
    _tell(access, referral, told, by=by, now=now)
    happened(Event.GLASS_BROKEN, access, by=by, now=now, referral=referral.pk)
    return access


def _breakable(reference: str) -> UUID:
    found: UUID | None = breakable(reference).values_list("pk", flat=True).first()
    if found is None:
        raise NotNow(_("No referral with this reference can be opened in this way."))
    return found


def _told(referral: Referral, dispatches: list[Dispatch], officers: list[User], *, now: datetime) -> dict[str, Agency]:
    """Who is told, by address, and as whose mail: the owners in each agency that has it, and the officers."""
    told = {officer.email: dispatches[0].agency for officer in officers}
    for dispatch in dispatches:
        dispatch.referral = referral
        owners = owners_of(dispatch, on=timezone.localdate(now))
        check_owner_is_told(owners)
        told |= dict.fromkeys(owners, dispatch.agency)
    return told


def _tell(access: NamedAccess, referral: Referral, told: dict[str, Agency], *, by: User, now: datetime) -> None:
    """One e-mail to each."""
    for number, (address, agency) in enumerate(sorted(told.items())):
        send_notice(
            kind=NoticeKind.GLASS_BROKEN,
            about=access.pk,
            tells_of=[referral.pk],
            agency=agency,
            address=address,
            details={"reference": referral.reference, "link": emergencies_link()},
            once=f"glass:{access.pk}:{number}",
            by=by,
            now=now,
        )
