"""What is written beside a referral is written under its lock: it may be detached from its person meanwhile."""

from collections.abc import Iterable
from uuid import UUID

from people.linking import lock_links
from people.locking import lock_record
from referrals.models import Dispatch, Offer, Question, Referral, Succession, Task, Withdrawal


def lock_referral(referral_id: UUID) -> Referral:
    """The referral, locked until the action ends. Raises DoesNotExist.

    Whoever seals under the key of a referral's person, or makes a dispatch, holds this lock first.
    """
    # Without its person: who waited for the lock would look for the new one among the rows of before.
    found: Referral = Referral.objects.lock(referral_id)
    return found


def lock_whole(referral_id: UUID) -> Referral:
    """The referral, locked after everybody on the record of its person. Raises Referral.DoesNotExist.

    First of all the links: whoever detaches it from its person holds them too. For whatever asks whether contact is
    cleared (`people.clearance`).
    """
    lock_links()
    lock_record(Referral.objects.values_list("person_id", flat=True).get(pk=referral_id))
    return lock_referral(referral_id)


def lock_dispatch(dispatch_id: UUID) -> Dispatch:
    """The dispatch with agency and referral, first the referral and then itself locked. Raises DoesNotExist."""
    referral_id = Dispatch.objects.values_list("referral_id", flat=True).get(pk=dispatch_id)
    referral = lock_referral(referral_id)
    dispatch: Dispatch = Dispatch.objects.select_related("agency").lock(dispatch_id)
    dispatch.referral = referral
    return dispatch


def lock_referrals(ids: Iterable[UUID]) -> dict[UUID, Referral]:
    """Several referrals by id, locked ids ascending, so that nobody waits for whoever waits for them."""
    return {pk: lock_referral(pk) for pk in sorted(set(ids))}


def lock_question(question_id: UUID, *, whole: bool = False) -> Question:
    """The question with agency and referral, itself locked after the referral; `whole`: as `lock_whole` locks that.

    Raises Question.DoesNotExist.
    """
    lock = lock_whole if whole else lock_referral
    referral = lock(Question.objects.values_list("referral_id", flat=True).get(pk=question_id))
    question: Question = Question.objects.select_related("agency").lock(question_id)
    question.referral = referral
    return question


def lock_succession(succession_id: UUID, *, whole: bool = False) -> Succession:
    """The succession with its referral, itself locked after that; `whole`: as `lock_whole` locks that.

    Raises Succession.DoesNotExist.
    """
    lock = lock_whole if whole else lock_referral
    referral = lock(Succession.objects.values_list("referral_id", flat=True).get(pk=succession_id))
    row: Succession = Succession.objects.lock(succession_id)
    row.referral = referral
    return row


def lock_offer(offer_id: UUID) -> Offer:
    """The offer with agency, dispatch and referral, first the referral, then dispatch and offer locked."""
    dispatch = lock_dispatch(Offer.objects.values_list("dispatch_id", flat=True).get(pk=offer_id))
    offer: Offer = Offer.objects.select_related("agency").lock(offer_id)
    offer.dispatch = dispatch
    return offer


def lock_task(task_id: UUID) -> Task:
    """The task with agency and referral, first the referral and then itself locked. Raises DoesNotExist."""
    referral = lock_referral(Task.objects.values_list("referral_id", flat=True).get(pk=task_id))
    task: Task = Task.objects.select_related("agency").lock(task_id)
    task.referral = referral
    return task


def lock_withdrawal(withdrawal_id: UUID, dispatch_id: UUID) -> tuple[Withdrawal, Dispatch]:
    """The withdrawal of a dispatch's referral and that dispatch, locked after the referral."""
    dispatch = lock_dispatch(dispatch_id)
    withdrawal: Withdrawal = dispatch.referral.withdrawals.lock(withdrawal_id)
    withdrawal.referral = dispatch.referral
    return withdrawal, dispatch
