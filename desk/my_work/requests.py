"""Information requests: what other agencies ask of the reader's, what theirs have asked, and what was answered."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.permissions import Permission, agencies_where, can
from desk.my_work.shape import Pile, Row, Section, due_at, pile_of
from people.models import InformationRequest
from people.requests import answered_requests_by, to_answer, unanswered_requests_by


def requests_to_answer(reader: User, *, now: datetime) -> Pile | None:
    """What another agency wants to know, and nobody has answered."""
    if not agencies_where(reader, Permission.REQUEST_ANSWER):
        return None

    def row(request: InformationRequest) -> Row:
        return _row(
            request, Section.NEW, _("Answer it, or decline and say why"), now=now,
            why=_("{other} asks your agency what it knows."), other=request.asking,
            owner=_("Your team"), due_of=request.asked,
        )  # fmt: skip

    return pile_of(_("Requests to answer"), _first_due(to_answer(reader)), row, more=reverse("desk:requests"))


def requests_answered(reader: User, *, now: datetime) -> Pile | None:
    """What the reader's agencies have asked, and an answer has come."""
    if not _asks(reader):
        return None

    def row(request: InformationRequest) -> Row:
        return _row(
            request, Section.DUE, _("Read the answer, and close it when nothing more is needed"), now=now,
            why=_("{other} has answered what your agency asked."), other=request.asked, owner=_("Your team"),
        )  # fmt: skip

    return pile_of(_("Requests that are answered"), _first_due(answered_requests_by(reader)), row, more=_sent_ones())


def requests_made(reader: User, *, now: datetime) -> Pile | None:
    """What the reader's agencies have asked, and nobody has answered yet."""
    if not _asks(reader):
        return None

    def row(request: InformationRequest) -> Row:
        return _row(
            request, Section.WAITING, _("{other} answers; you can take it back"), now=now,
            why=_("Your agency asked."), other=request.asked, owner=request.asked.name, due_of=request.asked,
        )  # fmt: skip

    return pile_of(_("Requests that others answer"), _first_due(unanswered_requests_by(reader)), row, more=_sent_ones())


def _asks(reader: User) -> bool:
    """Whether the reader's agencies ask others, and the reader may open what they asked."""
    return bool(agencies_where(reader, Permission.REQUEST_SEND)) and can(reader, Permission.REQUEST_ANSWER)


def _first_due(found: QuerySet[InformationRequest]) -> QuerySet[InformationRequest]:
    return found.order_by("due", "id")


def _sent_ones() -> str:
    return reverse("desk:requests") + "?list=sent"


def _row(
    request: InformationRequest,
    section: Section,
    step: Promise,
    *,
    now: datetime,
    why: Promise,
    other: Agency,
    owner: str | Promise,
    due_of: Agency | None = None,
) -> Row:
    return Row(
        section,
        str(_("Request {number}")).format(number=request.number),
        reverse("desk:request", args=[request.pk]),
        next_step=str(step).format(other=other.name),
        why=str(why).format(other=other.name),
        owner=owner,
        since=request.answered_at or request.asked_at,
        requests=(request.pk,),
        agency=request.asked.name if other == request.asking else request.asking.name,
        due=due_at(request.due, due_of, now=now) if due_of else None,
    )
