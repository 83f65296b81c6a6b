"""The day is over on which an answer was due: both agencies hear so once."""

from datetime import datetime
from uuid import UUID

from agencies.models import NoticeKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from people.actions.tell_about_request import tell_about_request
from people.mailing import addresses_of_asked, addresses_of_asking
from people.models import InformationRequest


@action
def remind_of_request(*, request_id: UUID, by: Actor, now: datetime) -> bool:
    """Queue an e-mail to the agency that was asked and one to whoever asked; whether there was anything to remind of.

    Locks the request, unless another does: then it is left to the next sweep. Raises Forbidden when `by` may not cause
    mail.
    """
    require(by, Permission.NOTICE_SEND)
    due = InformationRequest.objects.filter(pk=request_id, remind_due__lte=now)
    related = due.select_related("person", "asking", "asked", "asked_by")
    request: InformationRequest | None = related.select_for_update(of=("self",), skip_locked=True).first()
    if request is None:
        return False
    request.changed(remind_due=None)
    for agency, addresses in (
        (request.asked, addresses_of_asked(request)),
        (request.asking, addresses_of_asking(request)),
    ):
        tell_about_request(
            kind=NoticeKind.REQUEST_OVERDUE, request=request, about=request.pk, agency=agency, addresses=addresses,
            by=by, now=now,
        )  # fmt: skip
    return True
