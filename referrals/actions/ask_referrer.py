"""An officer asks the referrer something."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from audit.events import Event, happened
from people.clearance import is_cleared
from referrals.actions.release_question import send_now
from referrals.locking import lock_dispatch, lock_whole
from referrals.models import Dispatch, Question
from referrals.permissions import check_can
from referrals.policies import check_has_words


@action
def ask_referrer(*, dispatch_id: UUID, words: str, by: User, now: datetime) -> Question:
    """Write a question on behalf of one's agency. It is sent at once if contact is cleared; otherwise it is held.

    Locks record, person, referral and dispatch. Records QUESTION_ASKED, and QUESTION_RELEASED when it is sent.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of an agency that has the referral.
        NotNow: it has no words.
    """
    lock_whole(Dispatch.objects.values_list("referral_id", flat=True).get(pk=dispatch_id))
    dispatch = lock_dispatch(dispatch_id)
    check_can(by, Permission.REFERRER_ASK, dispatch)
    check_has_words(words)
    question = Question(referral=dispatch.referral, agency=dispatch.agency, words=words, asked_at=now, asked_by=by)
    question.save(force_insert=True)
    happened(Event.QUESTION_ASKED, question, by=by, now=now, referral=dispatch.referral_id)
    if is_cleared(dispatch.referral.person_id):
        send_now(question, by=by, now=now)
    return question
