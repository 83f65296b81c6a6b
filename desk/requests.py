"""Information requests as the pages of both agencies show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, agencies_where, can
from documents.answers import files_of
from documents.models import Document
from people.models import InformationRequest, Person, RequestAnswer
from people.requests import answers_to, asks, requests_of


@dataclass(frozen=True)
class ShownRequest:
    """One request as its reader may see it: `asks` for whoever asks, `answers` for whoever is asked.

    `told` says what of it is shown: of one that was taken back, whoever was asked sees that and no more.
    """

    request: InformationRequest
    asks: bool
    answers: bool
    told: bool
    said: list[RequestAnswer]
    files: list[Document]


def shown_request(reader: User, request: InformationRequest) -> ShownRequest:
    """What the reader, who may read the request, sees of it. Three queries at most."""
    mine = asks(reader, request)
    told = mine or not request.is_taken_back
    return ShownRequest(
        request,
        asks=mine,
        answers=request.is_open and request.asked in agencies_where(reader, Permission.REQUEST_ANSWER),
        told=told,
        said=answers_to(request) if told else [],
        files=files_of(request) if told else [],
    )


def requests_about(reader: User, persons: Iterable[Person | UUID]) -> list[InformationRequest]:
    """What the reader's agencies have asked others about these persons, the latest first, for the pages of a record.

    Shown by `desk/parts/person_requests.html`. At most one query; none for whoever asks nobody.
    """
    reads = all(can(reader, each) for each in (Permission.REQUEST_SEND, Permission.REQUEST_ANSWER))
    return requests_of(reader, persons) if reads else []
