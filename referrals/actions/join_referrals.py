"""One concern was sent twice: two referrals are joined, so that neither counts as a repeat of the other."""

from datetime import datetime
from uuid import UUID

from agencies.models import NoticeKind, User
from agencies.permissions import Permission
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from audit.ledger import write_entry
from audit.models import Entry
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_referrals
from referrals.models import Dispatch, Join, JoinKind
from referrals.permissions import check_can
from referrals.policies import check_may_be_joined
from referrals.selectors import agencies_having_both


@action
def join_referrals(*, dispatch_id: UUID, other_id: UUID, kind: JoinKind, reason: str, by: User, now: datetime) -> Join:
    """Join the referrals of two dispatches of one's agencies. Locks both referrals, ids ascending.

    Both stay as they are, and both show it to whoever has both. Those are told. The ledger of both persons says that
    they were combined.

    Raises:
        Dispatch.DoesNotExist: there is none with one of these ids.
        Forbidden: `by` is no officer of an agency that has the one or the other.
        NotNow: they are one referral, or joined already, or there is no reason.
    """
    found = [Dispatch.objects.select_related("agency").get(pk=pk) for pk in (dispatch_id, other_id)]
    locked = lock_referrals(dispatch.referral_id for dispatch in found)
    for dispatch in found:
        dispatch.refresh_from_db(fields=["state"])  # it leaves an agency under the lock that is held now
        check_can(by, Permission.REFERRAL_JOIN, dispatch)
    pair = [locked[dispatch.referral_id] for dispatch in found]
    check_may_be_joined(*pair)
    check_has_reason(reason)
    earlier, later = sorted(pair, key=lambda referral: (referral.submitted_at, referral.pk))
    join = Join(earlier=earlier, later=later, kind=kind, reason=reason, joined_at=now, joined_by=by)
    join.save(force_insert=True)
    for each in (earlier, later):  # on the ledger of both persons, under the key of each
        write_entry(
            Entry.Kind.COMBINED,
            object_type=each._meta.label_lower,
            object_id=each.pk,
            subject=each.person_id,
            details={"join": join.pk, "referrals": [earlier.pk, later.pk], "why": kind},
        )
    tell_agencies(
        kind=NoticeKind.REFERRALS_JOINED, about=join.pk, referral=later, other=earlier,
        agencies=agencies_having_both(earlier, later), by=by, now=now,
    )  # fmt: skip
    happened(Event.REFERRALS_JOINED, join, by=by, now=now, earlier=earlier.pk, later=later.pk)
    return join
