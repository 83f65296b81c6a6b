"""The agency that was asked answers, or adds to what it has answered."""

from datetime import datetime
from uuid import UUID

from agencies.models import NoticeKind, User
from audit.access import disclosed_to
from audit.action import action
from audit.events import Event, happened
from people.actions.tell_about_request import tell_about_request
from people.locking import lock_request
from people.mailing import addresses_of_asking
from people.models import RequestAnswer
from people.permissions import check_can_answer_request
from people.policies import check_answer_has_words, check_takes_answers
from people.states import RequestState


@action
def answer_request(*, request_id: UUID, words: str, by: User, now: datetime) -> RequestAnswer:
    """Answer an information request for the agency that is asked; more can be added until it is closed.

    Locks the request. The ledger says that the answer was disclosed to the agency that asks, which is told by a link.

    Raises:
        InformationRequest.DoesNotExist: there is none with this id.
        Forbidden: `by` does not answer for that agency, or must not learn of the person.
        NotNow: it is over, or nothing is said.
    """
    request = lock_request(request_id)
    check_can_answer_request(by, request)
    check_takes_answers(request)
    check_answer_has_words(words)
    answer = RequestAnswer(request=request, words=words, answered_at=now, answered_by=by)
    answer.save(force_insert=True)
    if request.is_asked:
        request.move(RequestState.ANSWERED, at=now, by=by, remind_due=None)
    disclosed_to(request.asking_id, answer)
    tell_about_request(
        kind=NoticeKind.REQUEST_ANSWERED, request=request, about=answer.pk, agency=request.asking,
        addresses=addresses_of_asking(request), by=by, now=now,
    )  # fmt: skip
    happened(Event.REQUEST_ANSWERED, request, by=by, now=now, answer=answer.pk)
    return answer
