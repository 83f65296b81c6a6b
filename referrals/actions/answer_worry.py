"""Somebody who supervises answers a referrer's worry, for the record."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.locking import lock_referral
from referrals.models import Worry
from referrals.permissions import check_can_answer_worry
from referrals.policies import check_not_answered


@action
def answer_worry(*, worry_id: UUID, answer: str, by: User, now: datetime) -> Worry:
    """Write down what was found and done about it. Locks referral and worry. The referrer is not shown it.

    Raises:
        Worry.DoesNotExist: there is none with this id.
        Forbidden: `by` does not supervise the agency that has it to answer, or works the referral themselves.
        NotNow: it was answered already, or the answer says nothing.
    """
    referral = lock_referral(Worry.objects.values_list("referral_id", flat=True).get(pk=worry_id))
    worry: Worry = Worry.objects.select_related("agency").lock(worry_id)
    worry.referral = referral
    check_can_answer_worry(by, worry)
    check_not_answered(worry)
    check_has_reason(answer)
    worry.changed(answer=answer, answered_at=now, answered_by=by)
    happened(Event.WORRY_ANSWERED, worry, by=by, now=now, referral=referral.pk)
    return worry
