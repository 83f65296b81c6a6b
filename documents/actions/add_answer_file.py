"""The agency that was asked for information puts a file beside its answer."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.access import disclosed_to
from audit.action import action
from documents.actions.keep_document import keep_document
from documents.models import Document
from documents.storing import Kept
from people.locking import lock_request
from people.permissions import check_can_answer_request
from people.policies import check_takes_answers


@action
def add_answer_file(*, request_id: UUID, kept: Kept, by: User, now: datetime) -> Document:
    """Hang a stored file on an information request, for the agency that is asked; both agencies download it.

    Locks the request. The ledger says that the file was disclosed to the agency that asks.

    Raises:
        InformationRequest.DoesNotExist: there is none with this id.
        Forbidden: `by` does not answer for that agency, or must not learn of the person.
        NotNow: the request is over.
    """
    request = lock_request(request_id)
    check_can_answer_request(by, request)
    check_takes_answers(request)
    document = keep_document(
        kept=kept, request=request, person=request.person, agency=request.asked, source=request.asked.name, caveat="",
        by=by, now=now,
    )  # fmt: skip
    disclosed_to(request.asking_id, document)
    return document
