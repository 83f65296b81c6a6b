"""Information requests: asking another agency about a person, reading what it says, and the lists of both sides."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies.access import Request, permission, record_refused, require_safe, require_safe_or_post
from agencies.keyset import keyset_ahead, page_asked_for
from agencies.permissions import Permission
from agencies.views.trying import done
from audit.access import looked
from audit.models import Entry
from audit.refusals import NotNow
from desk.forms.requests import AskForm
from desk.forms.urgent import urgent_in
from desk.requests import shown_request
from people.actions.ask_for_information import ask_for_information
from people.actions.close_request import close_request
from people.actions.decline_request import decline_request
from people.actions.take_back_request import take_back_request
from people.clearance import is_cleared
from people.keeping import agencies_working
from people.models import Identifier, InformationRequest, LegalBasis, Person
from people.requests import (
    askable,
    open_requests_by,
    readable_requests,
    requests_by,
    requests_to,
    settled_requests,
    to_answer,
)
from referrals.forms.putting_right import ReasonForm


@permission(Permission.REQUEST_SEND)
@require_safe_or_post
def ask(request: Request, person_id: UUID) -> HttpResponse:
    """Ask another agency what it knows about a person whom one's own has."""
    asking = agencies_working(request.user, person_id, Permission.REQUEST_SEND)
    if not asking:
        raise Person.DoesNotExist
    person, now = Person.objects.get(pk=person_id), timezone.now()
    if request.method != "POST":
        looked(kind=Entry.Kind.VIEWED, at_object=person, by=request.user, now=now)
    can_be_asked = askable(asking, on=timezone.localdate())
    cleared = is_cleared(person_id)
    urgent = not cleared and "urgent" in request.GET
    form = AskForm(request.POST or None, person=person, asking=asking, askable=can_be_asked, urgent=urgent)
    if request.method == "POST" and form.is_valid():
        try:
            made = _ask(request, person, asking[0].pk, form.cleaned_data)
        except NotNow as refusal:
            record_refused(request, refusal)
            form.add_error("asked" if cleared or urgent else None, str(refusal))
        else:
            messages.success(request, _("You have asked {name}.").format(name=made.asked.name))
            return redirect("desk:request", made.pk)
    context = {"form": form, "person": person, "asking": asking, "cleared": cleared, "urgent": urgent}
    return render(request, "desk/ask.html", context)


def _ask(request: Request, person: Person, agency_id: UUID, said: dict[str, Any]) -> InformationRequest:
    made: InformationRequest = ask_for_information(
        person_id=person.pk,
        agency_id=UUID(said["agency"]) if "agency" in said else agency_id,
        asked_id=UUID(said["asked"]),
        question=said["question"],
        need=said["need"],
        basis=LegalBasis(said["basis"]),
        basis_words=said["basis_words"],
        discloses=[Identifier(each) for each in said["discloses"]],
        due_on=said["due_on"],
        confirmed=said["confirmed"],
        urgent=urgent_in(said),
        by=request.user,
        now=timezone.now(),
    )
    return made


@permission(Permission.REQUEST_ANSWER)
@require_safe
def request_page(request: Request, request_id: UUID) -> HttpResponse:
    """One request, as far as the reader's side of it goes, and what that side can do."""
    found, now = readable_requests(request.user).get(pk=request_id), timezone.now()
    looked(kind=Entry.Kind.VIEWED, at_object=found, by=request.user, now=now)
    return render(
        request, "desk/request.html", {"shown": shown_request(request.user, found), "found": found, "now": now}
    )


@permission(Permission.REQUEST_ANSWER)
@require_safe_or_post
def decline(request: Request, request_id: UUID) -> HttpResponse:
    """Decline for one's agency, with the reason."""
    found = requests_to(request.user).get(pk=request_id)
    form = ReasonForm(request.POST or None, label=_("Why does your agency decline?"))
    return act(
        request,
        found,
        form,
        lambda: decline_request(
            request_id=found.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="decline_request",
        said=_("You have declined. The other agency is told, and reads why."),
    )


@permission(Permission.REQUEST_SEND)
@require_safe_or_post
def take_back(request: Request, request_id: UUID) -> HttpResponse:
    """Take a request of one's agency back, with the reason."""
    found = requests_by(request.user).get(pk=request_id)
    form = ReasonForm(request.POST or None, label=_("Why do you take it back?"))
    return act(
        request,
        found,
        form,
        lambda: take_back_request(
            request_id=found.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="take_back_request",
        said=_("The request is taken back. The other agency is told."),
    )


@permission(Permission.REQUEST_SEND)
@require_safe_or_post
def close(request: Request, request_id: UUID) -> HttpResponse:
    """Close a request of one's agency that was answered, saying what came of it."""
    found = requests_by(request.user).get(pk=request_id)
    form = ReasonForm(request.POST or None, label=_("Why is nothing more needed?"))
    return act(
        request,
        found,
        form,
        lambda: close_request(
            request_id=found.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="close_request",
        said=_("The request is closed."),
    )


def act(
    request: Request,
    found: InformationRequest,
    form: forms.Form,
    do: Callable[[], Any],
    *,
    page: str,
    said: str | Promise,
    refused_at: str = "reason",
) -> HttpResponse:
    """Show the form, or do what it says and go to the request. What its state does not permit is said in the form."""
    if request.method != "POST":
        looked(kind=Entry.Kind.VIEWED, at_object=found, by=request.user, now=timezone.now())
    elif done(request, form, do, said=said, refused_at=refused_at):
        return redirect("desk:request", found.pk)
    return render(request, f"desk/{page}.html", {"form": form, "found": found})


@permission(Permission.REQUEST_ANSWER)
@require_safe
def requests(request: Request) -> HttpResponse:
    """What waits for an answer of one's agencies, what they have asked, or what is settled: by when it is due."""
    shown = request.GET.get("list", "")
    context: dict[str, Any] = {"list": shown if shown in {"sent", "settled"} else "to-answer", "now": timezone.now()}
    if shown == "settled":
        page = page_asked_for(settled_requests(request.user), request.GET, key="asked_at")
        context |= {"page": page, "rows": page.rows, "address": "list=settled"}
    else:
        found = open_requests_by(request.user) if shown == "sent" else to_answer(request.user)
        step = keyset_ahead(found, key="due", after=request.GET.get("after", ""))
        context |= {"rows": step.rows, "next": step.next}
    listed = [str(row.pk) for row in context["rows"]]
    looked(kind=Entry.Kind.LISTED, by=request.user, now=timezone.now(), requests=listed)
    return render(request, "desk/requests.html", context)
