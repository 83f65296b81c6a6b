"""The files of answers to other agencies: read by whoever may read the request."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from agencies.models import User
from documents.models import Document
from documents.selectors import standing_documents
from people.models import InformationRequest
from people.requests import readable_requests
from people.states import RequestState


def files_of(request: InformationRequest) -> list[Document]:
    """The files beside a request in the order they came. One query."""
    return list(standing_documents().filter(request=request.pk).order_by("added_at", "pk"))


def answer_file(reader: User, file_id: UUID) -> Document:
    """The file, if the reader may read that, and it was not taken back from whoever was asked.

    Raises Document.DoesNotExist alike for one that is absent and one that is not theirs, by the same statement.
    """
    readable = readable_requests(reader).exclude(state=RequestState.TAKEN_BACK)
    found: Document = standing_documents().get(pk=file_id, request__in=readable.values("pk"))
    return found


def can_read_answer_file(reader_id: UUID, file_id: UUID) -> bool:
    """Whether the reader, as they are known at this moment, may still read the file."""
    try:
        answer_file(User.objects.get(pk=reader_id, is_active=True), file_id)
    except ObjectDoesNotExist:
        return False
    return True
