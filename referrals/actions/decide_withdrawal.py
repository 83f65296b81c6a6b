"""The police decide whether to go on with a referral that was withdrawn or sent in error."""

from datetime import datetime
from uuid import UUID

from agencies.models import NoticeKind, User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from people.policies import check_likely_are_decided, likely_left_open
from people.sights import seen_of_record
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_withdrawal
from referrals.models import Withdrawal
from referrals.outcomes import has_outcome
from referrals.permissions import check_can_decide_withdrawal
from referrals.policies import check_has_no_outcome, check_is_second_to_stop, check_may_be_decided
from referrals.repeats import repeats_of
from referrals.selectors import agencies_concerned
from referrals.states import WithdrawalState


@action
def decide_withdrawal(
    *, withdrawal_id: UUID, dispatch_id: UUID, go_on: bool, reason: str, by: User, now: datetime
) -> Withdrawal:
    """Go on with the referral, or stop. `dispatch_id` is the police's. Locks referral, dispatch and withdrawal.

    Nothing is deleted, and the authority's duty to keep people safe goes on: its dispatch is not touched. What the
    police do next asks `selectors.is_stopped`. Whoever offers to stop looks for matches first (`find_matches`): an
    earlier referral that nobody saw must not be overlooked.

    Raises:
        Withdrawal.DoesNotExist, Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the police agency that has the referral.
        NotNow: the police have not taken receipt, it has been decided, or there is no reason; or they stop, and
            an outcome of it is signed, somebody is likely to be the same person and nobody has said whether, or the
            person was referred at another time too, or may have been, and `by` reported it.
    """
    withdrawal, dispatch = lock_withdrawal(withdrawal_id, dispatch_id)
    check_can_decide_withdrawal(by, dispatch)
    state = WithdrawalState.CONTINUED if go_on else WithdrawalState.STOPPED
    check_may_be_decided(withdrawal, dispatch, state)
    check_has_reason(reason)
    if not go_on:
        check_has_no_outcome(has_outcome(dispatch.referral))
        # What is kept from the officer holds nothing up here, or it would tell of itself.
        seen = seen_of_record(by, dispatch.referral.person)
        check_likely_are_decided(seen)
        repeat = repeats_of(by, [dispatch.referral])[dispatch.referral_id]
        check_is_second_to_stop(
            repeated=bool(repeat) or likely_left_open(seen), reported_it=withdrawal.reported_by == by.pk
        )
    withdrawal.move(state, at=now, by=by, decided_at=now, decided_by=by, decision=reason)
    kind = Event.WITHDRAWAL_CONTINUED if go_on else Event.WITHDRAWAL_STOPPED
    tell_agencies(
        kind=NoticeKind.WITHDRAWAL_DECIDED, about=withdrawal.pk, referral=dispatch.referral,
        agencies=agencies_concerned(dispatch.referral), by=by, now=now,
    )  # fmt: skip
    happened(kind, withdrawal, by=by, now=now, referral=dispatch.referral_id)
    return withdrawal
