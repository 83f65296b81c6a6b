"""An officer withdraws a question that the referrer has not been shown."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from referrals.locking import lock_question
from referrals.models import Question
from referrals.permissions import check_can_settle_question
from referrals.states import QuestionState


@action
def withdraw_question(*, question_id: UUID, reason: str, by: User, now: datetime) -> Question:
    """Ask it no more. Locks referral and question.

    Raises:
        Question.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the agency that asks.
        NotNow: it was sent already, and stays: one that goes away would tell something. Or there is no reason.
    """
    question = lock_question(question_id)
    check_can_settle_question(by, question)
    check_has_reason(reason)
    question.move(QuestionState.WITHDRAWN, at=now, by=by, reason=reason)
    happened(Event.QUESTION_WITHDRAWN, question, by=by, now=now, referral=question.referral_id)
    return question
