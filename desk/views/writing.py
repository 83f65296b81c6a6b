"""What an officer writes down beside a person, and strikes out."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.models import Agency
from agencies.permissions import Permission
from agencies.views.trying import done
from audit.access import looked
from audit.models import Entry
from audit.refusals import NotNow
from desk.beside_person import said_by
from desk.forms.telling import TellingForm, WhereaboutsForm
from desk.forms.written import (
    AddressForm,
    ContactForm,
    NameForm,
    PlannedContactForm,
    RelationshipForm,
    WrittenForm,
)
from people.actions.add_address import add_address
from people.actions.add_name import add_name
from people.actions.add_relationship import add_relationship
from people.actions.authorise_contact import authorise_contact
from people.actions.record_contact import record_contact
from people.actions.record_not_told import record_not_told
from people.actions.record_told import record_told
from people.actions.record_whereabouts import record_whereabouts
from people.actions.strike_out import strike_out
from people.beside import row_to_strike_out
from people.clearance import is_cleared
from people.keeping import agencies_working
from people.models import ContactWith, Person, PlannedContact
from referrals.forms.putting_right import ReasonForm
from referrals.models import Referral
from referrals.selectors import readable_referrals

Do = Callable[..., Any]


@permission(Permission.RECORD_WRITE)
@require_safe_or_post
def person_name(request: Request, person_id: UUID) -> HttpResponse:
    """Another name or spelling."""
    return _write(request, person_id, NameForm, add_name, said=_("The name is saved. They are found by it from now."))


@permission(Permission.RECORD_WRITE)
@require_safe_or_post
def person_address(request: Request, person_id: UUID) -> HttpResponse:
    """An address, and from when until when."""
    return _write(request, person_id, AddressForm, add_address, said=_("The address is saved."), refused_at="until")


@permission(Permission.RECORD_WRITE)
@require_safe_or_post
def person_relationship(request: Request, person_id: UUID) -> HttpResponse:
    """Who stands near the person; by the reference of a referral, which other person that is."""

    def add(*, reference: str, **given: Any) -> None:
        add_relationship(**given, other_id=_whom(request, reference) if reference else None)

    said = _("The relationship is saved.")
    return _write(request, person_id, RelationshipForm, add, said=said, refused_at="reference")


@permission(Permission.RECORD_WRITE)
@require_safe_or_post
def person_contact(request: Request, person_id: UUID) -> HttpResponse:
    """Contact that was made, or tried, whether or not it was cleared."""
    initial = {"maker": request.user.name, "day": timezone.localdate()}
    if request.GET.get("with") in ContactWith.values:
        initial["with_whom"] = request.GET["with"]
    said = _("The contact is recorded.")
    return _write(request, person_id, ContactForm, record_contact, said=said, refused_at="day", initial=initial)


@permission(Permission.RECORD_WRITE)
@require_safe_or_post
def person_telling(request: Request, person_id: UUID) -> HttpResponse:
    """Whether they were told of the referral, or why not."""

    def record(*, told: bool, **given: Any) -> None:
        do: Do = record_told if told else record_not_told
        do(**given)

    said = _("It is recorded.")
    initial = {"teller": request.user.name, "language": "en"}
    _agencies(request, person_id)
    cleared = is_cleared(person_id)
    return _write(
        request, person_id, TellingForm, record, said=said, refused_at="told", initial=initial, cleared=cleared
    )


@permission(Permission.RECORD_WRITE)
@require_safe_or_post
def person_whereabouts(request: Request, person_id: UUID) -> HttpResponse:
    """In custody, abroad or looked after elsewhere, or back."""
    said = _("It is recorded. Your agency stays responsible.")
    return _write(request, person_id, WhereaboutsForm, record_whereabouts, said=said, refused_at="review_on")


@permission(Permission.RECORD_WRITE)
@require_safe_or_post
def plan_contact(request: Request, person_id: UUID) -> HttpResponse:
    """Contact that is to come, where contact is cleared, or urgently where it is not."""
    _agencies(request, person_id)
    cleared = is_cleared(person_id)
    urgent = not cleared and "urgent" in request.GET
    kind = partial(PlannedContactForm, urgent=urgent)
    said = _("The contact is authorised. It is suspended if contact is cleared no more before it is made.")
    at = "day" if cleared or urgent else None
    initial = {"maker": request.user.name}
    return _write(request, person_id, kind, authorise_contact, said=said, refused_at=at, initial=initial, urgent=urgent)


@permission(Permission.RECORD_WRITE)
@require_safe_or_post
def strike(request: Request, written_id: UUID) -> HttpResponse:
    """Strike out what is wrong, and say why."""
    row = row_to_strike_out(request.user, written_id)
    cancels = isinstance(row, PlannedContact)
    form = ReasonForm(request.POST or None, label=_("Why is it cancelled?") if cancels else _("Why is it wrong?"))

    def do() -> None:
        strike_out(written_id=written_id, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())

    lines = [line for line in said_by(row) if line]
    said = _("The contact is cancelled.") if cancels else _("It is struck out.")
    shown: dict[str, Any] = {"row": row, "lines": lines, "cancels": cancels}
    return _act(request, row.person, form, do, page="strike_out", said=said, **shown)


def _agencies(request: Request, person_id: UUID) -> list[Agency]:
    """Those for which the reader writes about the person; without one it is the page of an absent person.

    Asked before whether contact is cleared: how that is asked depends on who else is on the record.
    """
    if agencies := agencies_working(request.user, person_id, request.needed):
        return agencies
    raise Person.DoesNotExist


def _write(
    request: Request,
    person_id: UUID,
    kind: Callable[..., WrittenForm],
    do: Do,
    *,
    said: str | Promise,
    refused_at: str | None = "name",
    initial: dict[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """Show the form of this kind, or do what it says on behalf of an agency of the reader that has the person."""
    agencies = _agencies(request, person_id)
    person = Person.objects.get(pk=person_id)
    form = kind(request.POST or None, agencies=agencies, initial=initial)

    def write() -> None:
        do(person_id=person_id, **form.given(), by=request.user, now=timezone.now())

    page = str(request.resolver_match and request.resolver_match.url_name).replace("-", "_")
    return _act(request, person, form, write, page=page, said=said, refused_at=refused_at, **context)


def _act(
    request: Request,
    person: Person,
    form: forms.Form,
    do: Callable[[], None],
    *,
    page: str,
    said: str | Promise,
    refused_at: str | None = "reason",
    **context: Any,
) -> HttpResponse:
    """Show the form, or do what it says and go to the person's page; what is refused is said beside a field."""
    if done(request, form, do, said=said, refused_at=refused_at):
        return redirect("desk:person", person.pk)
    if request.method != "POST":
        referral = Referral.objects.get(person=person)
        looked(kind=Entry.Kind.VIEWED, at_object=referral, by=request.user, now=timezone.now(), person=str(person.pk))
    shown = {"form": form, "person": person, "cleared": is_cleared(person.pk), **context}
    return render(request, f"desk/{page}.html", shown)


def _whom(request: Request, reference: str) -> UUID:
    """Whom a referral is about that the reader may read. Raises NotNow alike for one that is absent or not theirs."""
    named = Referral.objects.filter(reference=reference).values("pk")
    found = readable_referrals(request.user, named).values_list("person_id", flat=True).first()
    if found is None:
        raise NotNow(_("You can read no referral with this reference."))
    pk: UUID = found
    return pk
