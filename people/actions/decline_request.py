"""The agency that was asked declines."""

from datetime import datetime
from uuid import UUID

from agencies.models import NoticeKind, User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from people.actions.tell_about_request import tell_about_request
from people.locking import lock_request
from people.mailing import addresses_of_asking
from people.models import InformationRequest
from people.permissions import check_can_answer_request
from people.policies import check_waits
from people.states import RequestState


@action
def decline_request(*, request_id: UUID, reason: str, by: User, now: datetime) -> InformationRequest:
    """Decline an information request for the agency that is asked; the other is told, with where to read why.

    Locks the request.

    Raises:
        InformationRequest.DoesNotExist: there is none with this id.
        Forbidden: `by` does not answer for that agency, or must not learn of the person.
        NotNow: it has moved on, or there is no reason.
    """
    request = lock_request(request_id)
    check_can_answer_request(by, request)
    check_waits(request)
    check_has_reason(reason)
    request.move(RequestState.DECLINED, at=now, by=by, ended_at=now, ended_by=by, ending_reason=reason, remind_due=None)
    tell_about_request(
        kind=NoticeKind.REQUEST_DECLINED, request=request, about=request.pk, agency=request.asking,
        addresses=addresses_of_asking(request), by=by, now=now,
    )  # fmt: skip
    happened(Event.REQUEST_DECLINED, request, by=by, now=now)
    return request
