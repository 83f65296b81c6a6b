"""An officer lets whoever succeeds a referrer come to the page: a link by e-mail, and a code to be told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.events import Event, happened
from people.policies import check_is_cleared
from referrals.actions.close_page import close_page
from referrals.locking import lock_succession
from referrals.models import Succession
from referrals.permissions import check_can_settle_succession
from referrals.policies import check_succession_stands
from referrals.reference import hash_contact_code, new_contact_code
from referrals.succeeding import standing


@dataclass(frozen=True)
class Invited:
    """A succession, and the code that is shown once; "" where contact is not cleared and nobody was invited."""

    succession: Succession
    code: str = ""


@action
def invite_successor(*, succession_id: UUID, by: User, now: datetime) -> Invited:
    """Make a code, and send a link to whoever succeeds a referrer. The former code, links and visits end.

    Locks record, person, referral and succession. Records SUCCESSOR_INVITED, from which the e-mail is sent.

    Raises:
        Succession.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of an agency that has the referral.
        NotNow: contact is not cleared, or somebody else answers by now.
    """
    row = lock_succession(succession_id, whole=True)
    check_can_settle_succession(by, row)
    check_succession_stands(row, standing(row.referral_id))
    check_is_cleared(row.referral.person_id)
    return invite_now(row, by=by, now=now)


def invite_now(row: Succession, *, by: User, now: datetime) -> Invited:
    """Invite them, under the lock of a person who is cleared: part of the actions that have asked."""
    code = new_contact_code()
    row.changed(contact_code_hash=hash_contact_code(code), invited_at=now, invited_by=by)
    close_page(referral=row.referral, by=by, now=now)
    happened(Event.SUCCESSOR_INVITED, row, by=by, now=now, referral=row.referral_id)
    return Invited(row, code)
