"""The agency that asked needs no answer any more, or should not have asked."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from people.actions.end_request import end_request
from people.locking import lock_request
from people.models import InformationRequest
from people.permissions import check_can_follow_request
from people.policies import check_waits


@action
def take_back_request(*, request_id: UUID, reason: str, by: User, now: datetime) -> InformationRequest:
    """Take an information request back before it is answered; the other agency is told and sees no more of the person.

    Locks the request.

    Raises:
        InformationRequest.DoesNotExist: there is none with this id.
        Forbidden: `by` asks nothing about the person for the agency that asked.
        NotNow: it has moved on, or there is no reason.
    """
    request = lock_request(request_id)
    check_can_follow_request(by, request)
    check_waits(request)
    check_has_reason(reason)
    return end_request(request=request, reason=reason, by=by, now=now)
