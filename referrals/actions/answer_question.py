"""The referrer answers a question."""

from datetime import datetime
from uuid import UUID

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from audit.refusals import Forbidden
from referrals.actions.stay import visits_of
from referrals.actions.thank_referrer import thank_referrer
from referrals.holding import Holder
from referrals.locking import lock_question
from referrals.models import Question, ReferrerVisit
from referrals.models.question import SHOWN
from referrals.policies import check_has_words
from referrals.states import QuestionState


@action
def answer_question(*, question_id: UUID, words: str, holder: Holder, by: Actor, now: datetime) -> Question:
    """Put the referrer's answer beside the question, and thank them. Locks referral and question.

    Whether or not contact is cleared now: they come to us. An answer that was sent twice is stored once, and is never
    edited. Records the event QUESTION_ANSWERED: new information has come.

    Raises:
        ReferrerVisit.DoesNotExist, Question.DoesNotExist: nothing is open there, or there is none with this id.
        Forbidden: `by` is no referrer, or the question is not one that their page shows.
        NotNow: nothing was said.
    """
    require(by, Permission.REFERRER_RETURN)
    visit: ReferrerVisit = visits_of(holder, now=now).get()
    question = lock_question(question_id)
    if question.referral_id != visit.referral_id or question.state not in SHOWN:
        raise Forbidden("This is no question on the page that is open.")  # for the ledger: no page offers it
    check_has_words(words)
    if question.is_answered:
        return question
    question.states.check_move(question.state, QuestionState.ANSWERED)
    # Not by `move`, which would store who it was as a user: an agent is none.
    question.changed(state=QuestionState.ANSWERED, answer=words, answered_at=now, answered_by=by.pk)
    happened(Event.QUESTION_ANSWERED, question, by=by, now=now, referral=question.referral_id)
    thank_referrer(referral=question.referral, occasion=question.pk, by=by, now=now)
    return question
