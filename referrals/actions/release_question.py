"""An officer sends a question that was held."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.events import Event, happened
from people.policies import check_is_cleared
from referrals.locking import lock_question
from referrals.models import Question
from referrals.permissions import check_can_settle_question
from referrals.states import QuestionState


@action
def release_question(*, question_id: UUID, by: User, now: datetime) -> Question:
    """Show a held question on the referrer's page, now that contact is cleared. Locks record, person, referral and it.

    Records QUESTION_RELEASED, from which the referrer is told that something is there.

    Raises:
        Question.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the agency that asks.
        NotNow: contact is not cleared, or it was sent or withdrawn already.
    """
    question = lock_question(question_id, whole=True)
    check_can_settle_question(by, question)
    question.states.check_move(question.state, QuestionState.RELEASED)
    check_is_cleared(question.referral.person_id)
    send_now(question, by=by, now=now)
    return question


def send_now(question: Question, *, by: User, now: datetime) -> None:
    """Release it, under the lock of a person who is cleared: part of the actions that have asked."""
    question.move(QuestionState.RELEASED, at=now, by=by)
    happened(Event.QUESTION_RELEASED, question, by=by, now=now, referral=question.referral_id)
