"""The agency that asked has what it needs, or needs no more."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from people.locking import lock_request
from people.models import InformationRequest
from people.permissions import check_can_follow_request
from people.policies import check_is_answered
from people.states import RequestState


@action
def close_request(*, request_id: UUID, reason: str, by: User, now: datetime) -> InformationRequest:
    """Close an information request that was answered: nothing can be added any more.

    Locks the request.

    Raises:
        InformationRequest.DoesNotExist: there is none with this id.
        Forbidden: `by` asks nothing about the person for the agency that asked.
        NotNow: it was not answered, is closed already, or there is no reason.
    """
    request = lock_request(request_id)
    check_can_follow_request(by, request)
    check_is_answered(request)
    check_has_reason(reason)
    request.move(RequestState.CLOSED, at=now, by=by, ended_at=now, ended_by=by, ending_reason=reason)
    happened(Event.REQUEST_CLOSED, request, by=by, now=now)
    return request
