"""One side of an information request is told by e-mail that it moved on: a link, and nothing else."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from agencies.actions.send_notice import send_notice
from agencies.models import Agency, NoticeKind
from audit.action import action
from audit.actors import Actor
from people.links import request_link
from people.models import InformationRequest


@action
def tell_about_request(
    *,
    kind: NoticeKind,
    request: InformationRequest,
    about: UUID,
    agency: Agency,
    addresses: Iterable[str],
    by: Actor,
    now: datetime,
) -> None:
    """Queue an e-mail to each of the addresses at `agency`, once for what it is `about` (the request, an answer).

    Raises Forbidden when `by` may not cause mail.
    """
    for number, address in enumerate(dict.fromkeys(addresses)):
        send_notice(
            kind=kind,
            about=request.pk,
            tells_of=[],
            agency=agency,
            address=address,
            details={"link": request_link(request.pk)},
            once=f"{kind}:{about}:{agency.pk}:{number}",
            by=by,
            now=now,
        )
