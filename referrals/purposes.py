"""A purpose for looking: whoever opens a referral that is not assigned to them says why, once a day for each."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.permissions import Permission, can
from agencies.signin.demanding import lead
from documents.models import Document
from people.beside import WRITTEN
from people.requests import requests_by
from referrals.models import (
    AccessKind,
    Dispatch,
    Join,
    NamedAccess,
    Note,
    Offer,
    Question,
    RecordPurpose,
    Referral,
    SearchPurpose,
    Succession,
    Task,
    Withdrawal,
    Worry,
)
from referrals.models.dispatch import STANDING
from referrals.selectors import Ids, openable_referrals, readable_referrals

View = Callable[..., HttpResponse]


def _is_about(written: UUID) -> Q:
    """Of referrals: about the person beside whom this row is written, whatever it is."""
    found = Q()
    for model in WRITTEN:
        found |= Q(person__in=model.objects.filter(pk=written).values("person"))
    return found


def _asked_about(reader: User, which: Q) -> Ids:
    """The referrals of the person about whom the reader's own agency asks."""
    persons = list(requests_by(reader).filter(which).values_list("person", flat=True))  # one, or nobody
    return Referral.objects.filter(person__in=persons).values("pk")


# Of which referrals a page shows something, by the name of the id in its address. A test holds that every other name
# in the addresses of casework is of something else than a record.
RECORDS: Mapping[str, Callable[[UUID], Ids]] = {
    "referral_id": lambda pk: [pk],
    "dispatch_id": lambda pk: Dispatch.objects.filter(pk=pk).values("referral_id"),
    "document_id": lambda pk: Document.objects.filter(pk=pk).values("referral"),
    "offer_id": lambda pk: Offer.objects.filter(pk=pk).values("dispatch__referral_id"),
    "note_id": lambda pk: Note.objects.filter(pk=pk).values("referral_id"),
    "join_id": lambda pk: (
        Join.objects.filter(pk=pk).values("earlier").union(Join.objects.filter(pk=pk).values("later"), all=True)
    ),
    "question_id": lambda pk: Question.objects.filter(pk=pk).values("referral_id"),
    "withdrawal_id": lambda pk: Withdrawal.objects.filter(pk=pk).values("referral_id"),
    "access_id": lambda pk: NamedAccess.every.filter(pk=pk).values("content_object_id"),
    "written_id": lambda pk: Referral.objects.filter(_is_about(pk)).values("pk"),
    "person_id": lambda pk: Referral.objects.filter(person=pk).values("pk"),
    "succession_id": lambda pk: Succession.objects.filter(pk=pk).values("referral_id"),
    "task_id": lambda pk: Task.objects.filter(pk=pk).values("referral_id"),
    "worry_id": lambda pk: Worry.objects.filter(pk=pk).values("referral_id"),
}
# The same of what belongs to one side: of whoever is on the other nothing is asked, which would tell of a referral.
OF_READERS: Mapping[str, Callable[[User, UUID], Ids]] = {
    "request_id": lambda reader, pk: _asked_about(reader, Q(pk=pk)),
    "file_id": lambda reader, pk: _asked_about(reader, Q(files=pk)),
}
ASKING = "referrals:purpose"


def to_explain(reader: User, among: Ids, *, now: datetime, held: bool = False) -> QuerySet[Referral]:
    """Those among the referrals with these ids that the reader may read, and must say first why.

    With `held` also those in the quarantine about which the reader decides: on its own pages, for no other shows them.

    Not what is assigned to the reader, what they took receipt of today, or that for which they have broken glass: they
    have just given a reason. Nor that for which they have said why today. Whoever shared it said why they did, not why
    the reader looks.
    """
    day = timezone.localdate(now)
    here = {"referral": OuterRef("pk")}
    taken = Q(acknowledged_by=reader, acknowledged_at__date=day)
    theirs = Dispatch.objects.filter(STANDING, Q(assigned_to=reader) | taken, **here)
    broken = NamedAccess.objects.filter(user=reader, content_object=OuterRef("pk"), kind=AccessKind.BREAK_GLASS)
    said = RecordPurpose.objects.filter(stated_by=reader, day=day, **here)
    known = openable_referrals(reader, among) if held else readable_referrals(reader, among)
    return known.filter(~Exists(theirs), ~Exists(broken), ~Exists(said))


def purpose_of_searching(reader: User, *, now: datetime) -> SearchPurpose | None:
    """What the reader has said today that they search for, if anything."""
    found: SearchPurpose | None = SearchPurpose.objects.filter(stated_by=reader, day=timezone.localdate(now)).first()
    return found


class NotSaidWhy(Exception):
    """Raised by a page that shows a referral of which its reader has not said why they look; it names the referral."""


def check_said_why(request: HttpRequest, among: Ids) -> None:
    """Raise NotSaidWhy for the first of the referrals of which the reader has to say why; the middleware asks.

    For pages that show more referrals than their address names, once it is known that the reader may see them: asked
    before, the question would tell of what they may not.
    """
    if not isinstance(request.user, User) or not getattr(request, "asks_why", False):
        return
    wanted = to_explain(request.user, among, now=timezone.now()).order_by("pk")
    first = wanted.values_list("pk", flat=True).first()
    if first is not None:
        raise NotSaidWhy(first)


class PurposeMiddleware:
    """Asks before any page of casework that has the id of a record, or of something beside one, in its address.

    Of a record that is absent and of one that is not for the reader it makes the same single query, and asks nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Lead to the question unless the reader needs no purpose, or could not open the page anyway."""
        request.asks_why = True  # type: ignore[attr-defined]  # read by `check_said_why`
        needed = getattr(view, "access", None)
        if not isinstance(needed, Permission) or not isinstance(request.user, User) or not can(request.user, needed):
            return None
        if request.resolver_match and request.resolver_match.view_name == ASKING:
            return None
        if request.method not in getattr(view, "methods", [request.method]):
            return None  # the view refuses it before it looks for anything
        held = needed == Permission.QUARANTINE_DECIDE
        asked = [RECORDS[name](kwargs[name]) for name in RECORDS.keys() & kwargs.keys()]
        asked += [OF_READERS[name](request.user, kwargs[name]) for name in OF_READERS.keys() & kwargs.keys()]
        for among in asked:
            wanted = to_explain(request.user, among, now=timezone.now(), held=held)
            first = wanted.order_by("pk").values_list("pk", flat=True).first()
            if first is not None:
                return lead(request, reverse(ASKING, args=[first]))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Lead to the question that a page has found to be open."""
        return lead(request, reverse(ASKING, args=error.args)) if isinstance(error, NotSaidWhy) else None
