"""A record is kept to named people: to everybody else it is absent from then on."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from agencies.models import Restriction, User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.actions.end_accesses import end_accesses
from referrals.actions.name_person import name_person
from referrals.actions.release_tasks import release_tasks
from referrals.actions.unassign_dispatches import unassign_dispatches
from referrals.locking import lock_dispatch
from referrals.permissions import check_can_restrict
from referrals.policies import check_every_agency_is_named, check_may_be_restricted
from referrals.restricted import people_of_agencies


@action
def restrict_record(*, dispatch_id: UUID, named: Collection[UUID], reason: str, by: User, now: datetime) -> Restriction:
    """Keep the referral of a dispatch to `named` people of the agencies that have it, and to `by`.

    Locks referral and dispatch. What was opened to others by name ends, and who is not named is no longer assigned.
    Each agency keeps at least one person: its duties go on. What mail there is goes to the named people alone.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` does not supervise the dispatch's agency, or somebody named works for none that has it.
        NotNow: it is restricted already or on offer, an agency would be left without anybody, or there is no reason.
    """
    dispatch = lock_dispatch(dispatch_id)
    referral = dispatch.referral
    check_can_restrict(by, dispatch)
    check_has_reason(reason)
    check_may_be_restricted(referral)
    able = people_of_agencies(referral, now=now)
    chosen = {*named, by.pk}
    check_every_agency_is_named(able, chosen)
    restriction = Restriction(
        about=referral.pk, person=referral.person_id, grounds=[], names={},
        closed=True, reason=reason, restricted_at=now, restricted_by=by.pk,
    )  # fmt: skip
    restriction.save(force_insert=True)
    end_accesses(referral=referral, of_others_than=chosen, by=by, now=now)
    for user_id in sorted(chosen):
        name_person(dispatch_id=dispatch_id, user_id=user_id, reason=reason, first=True, by=by, now=now)
    unassign_dispatches(dispatches=referral.dispatches.exclude(assigned_to__in=chosen), by=by, now=now)
    release_tasks(tasks=referral.tasks.exclude(owner__in=chosen), by=by, now=now)
    happened(Event.REFERRAL_RESTRICTED, referral, by=by, now=now)
    return restriction
