"""An open information request is taken back: what every way of doing so comes to."""

from datetime import datetime

from agencies.models import NoticeKind, User
from audit.action import action
from audit.events import Event, happened
from people.actions.tell_about_request import tell_about_request
from people.mailing import addresses_of_asked
from people.models import InformationRequest
from people.states import RequestState


@action
def end_request(*, request: InformationRequest, reason: str, by: User, now: datetime) -> InformationRequest:
    """Take a locked request back, answered or not, and tell the agency that was asked. Who may, the caller has asked.

    Raises NotNow for one that is over.
    """
    request.move(
        RequestState.TAKEN_BACK, at=now, by=by, ended_at=now, ended_by=by, ending_reason=reason, remind_due=None
    )
    tell_about_request(
        kind=NoticeKind.REQUEST_TAKEN_BACK, request=request, about=request.pk, agency=request.asked,
        addresses=addresses_of_asked(request), by=by, now=now,
    )  # fmt: skip
    happened(Event.REQUEST_TAKEN_BACK, request, by=by, now=now)
    return request
