"""An officer records who succeeds a referrer who sent the referral at work."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from audit.events import Event, happened
from people.clearance import is_cleared
from referrals.actions.close_page import close_page
from referrals.actions.invite_successor import Invited, invite_now
from referrals.locking import lock_dispatch, lock_whole
from referrals.masking import is_named_to
from referrals.models import Dispatch, Succession, SuccessionCause
from referrals.permissions import check_can
from referrals.policies import check_has_address_of_their_own, check_may_be_succeeded, check_says_who_succeeds
from referrals.reached import address_now


@action
def record_succession(
    *,
    dispatch_id: UUID,
    cause: SuccessionCause,
    name: str,
    role: str,
    email: str,
    phone: str,
    checked: str,
    by: User,
    now: datetime,
) -> Invited:
    """Put on record who answers for the organisation from now on, and close the page to whoever did until now.

    To record it contacts nobody. Where contact is cleared the successor is invited at once; otherwise by an officer
    once it is. `checked` says how the officer checked it with the organisation. Locks record, person, referral and
    dispatch. Records REFERRER_SUCCEEDED, and SUCCESSOR_INVITED when they are invited.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of an agency that has the referral.
        NotNow: the referral was not sent at work, `by` has not had shown who made it, it is not said who succeeds them
            or how that was checked, or the address is theirs or that of whom is succeeded.
    """
    lock_whole(Dispatch.objects.values_list("referral_id", flat=True).get(pk=dispatch_id))
    dispatch = lock_dispatch(dispatch_id)
    referral = dispatch.referral
    check_can(by, Permission.REFERRER_ASK, dispatch)
    check_may_be_succeeded(referral.referrer, named=is_named_to(by, referral, now=now))
    check_says_who_succeeds(name=name, role=role, email=email, checked=checked)
    check_has_address_of_their_own(email, before=address_now(referral), officer=by.email)
    row = Succession(
        referral=referral, agency=dispatch.agency, cause=SuccessionCause(cause), name=name, role=role, email=email,
        phone=phone, checked=checked, recorded_at=now, recorded_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    close_page(referral=referral, by=by, now=now)
    happened(Event.REFERRER_SUCCEEDED, row, by=by, now=now, referral=referral.pk)
    return invite_now(row, by=by, now=now) if is_cleared(referral.person_id) else Invited(row)
