"""Reads of information requests, scoped to their reader where they are born.

Whose agency asks reads all of it as long as it has the person. Whose agency is asked reads the request, and of the
person what was disclosed: not the referral, not that there is another, and not that anything is restricted.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from agencies.models import Agency, AgencyKind, Membership, User
from agencies.permissions import Permission, agencies_where
from agencies.roles import roles_with
from people.keeping import barred_from, had_by
from people.models import InformationRequest, Person, RequestAnswer
from people.states import OPEN, RequestState

# Who can be asked. A restricted desk is asked by nobody: it answers for what it has been sent.
ASKABLE = frozenset(
    {AgencyKind.POLICE, AgencyKind.AUTHORITY, AgencyKind.NATIONAL_POLICE_DESK, AgencyKind.NATIONAL_AUTHORITY_DESK}
)


def _sent_by(reader: User) -> Q:
    return had_by(reader, Permission.REQUEST_SEND) & Q(asking__in=agencies_where(reader, Permission.REQUEST_SEND))


def _sent_to(reader: User) -> Q:
    return Q(asked__in=agencies_where(reader, Permission.REQUEST_ANSWER)) & ~barred_from(reader)


def requests_by(reader: User) -> QuerySet[InformationRequest]:
    """What agencies of the reader ask about persons whom they have, and who are not kept from the reader."""
    return _with_all(InformationRequest.objects.filter(_sent_by(reader)))


def requests_to(reader: User) -> QuerySet[InformationRequest]:
    """What agencies of the reader are asked, unless the reader must not learn of the person."""
    return _with_all(InformationRequest.objects.filter(_sent_to(reader)))


def readable_requests(reader: User) -> QuerySet[InformationRequest]:
    """Both."""
    return _with_all(InformationRequest.objects.filter(_sent_by(reader) | _sent_to(reader)))


def _with_all(found: QuerySet[InformationRequest]) -> QuerySet[InformationRequest]:
    return found.select_related("person", "asking", "asked", "asked_by", "ended_by")


def to_answer(reader: User) -> QuerySet[InformationRequest]:
    """What waits for an answer of the reader's agencies. By `due` the overdue ones come first."""
    return requests_to(reader).filter(state=RequestState.ASKED)


def open_requests_by(reader: User) -> QuerySet[InformationRequest]:
    """What the reader's agencies have asked and not closed."""
    return requests_by(reader).filter(state__in=OPEN)


def settled_requests(reader: User) -> QuerySet[InformationRequest]:
    """What the reader's agencies have answered or declined, and what is over of their own."""
    ours, theirs = _sent_by(reader) & ~Q(state__in=OPEN), _sent_to(reader) & ~Q(state=RequestState.ASKED)
    return _with_all(InformationRequest.objects.filter(ours | theirs))


def unanswered_requests_by(reader: User) -> QuerySet[InformationRequest]:
    """What the reader's agencies have asked, and nobody has answered."""
    return requests_by(reader).filter(state=RequestState.ASKED)


def answered_requests_by(reader: User) -> QuerySet[InformationRequest]:
    """What the reader's agencies have asked and been answered, and have not closed."""
    return requests_by(reader).filter(state=RequestState.ANSWERED)


def requests_of(reader: User, persons: Iterable[Person | UUID]) -> list[InformationRequest]:
    """What the reader's agencies have asked about these persons, the latest first. One query."""
    return list(requests_by(reader).filter(person__in=list(persons)).order_by("-asked_at", "-id"))


def answers_to(request: InformationRequest) -> list[RequestAnswer]:
    """What was answered, the first first. One query."""
    found = list(request.answers.select_related("answered_by").order_by("answered_at", "id"))
    for answer in found:
        answer.request = request
    return found


def asks(reader: User, request: InformationRequest) -> bool:
    """Whether the reader reads a request as one of those who ask, of whom nothing of it is kept."""
    return requests_by(reader).filter(pk=request.pk).exists()


def askable(asking: Iterable[Agency], *, on: date) -> list[tuple[Agency, bool]]:
    """Every agency that can be asked by all of these, by name, and whether somebody there can answer. Two queries."""
    staffed = set(_answering(on).values_list("agency_id", flat=True))
    others = Agency.objects.filter(kind__in=ASKABLE).exclude(pk__in=[agency.pk for agency in asking])
    return [(agency, agency.pk in staffed) for agency in others.order_by("name", "id")]


def is_staffed(agency: Agency, *, on: date) -> bool:
    """Whether somebody there can answer a request."""
    return bool(_answering(on).filter(agency=agency).exists())


def _answering(on: date) -> QuerySet[Membership]:
    found: QuerySet[Membership] = Membership.objects.in_force(on)
    return found.filter(role__in=roles_with(Permission.REQUEST_ANSWER), user__is_system=False)


def requests_to_remind(now: datetime) -> QuerySet[InformationRequest]:
    """Of which both agencies are still to hear that they are overdue, the longest due first."""
    return InformationRequest.objects.filter(remind_due__lte=now).order_by("remind_due", "id")
