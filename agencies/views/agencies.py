"""Agencies: what there is, what they are called, and where their e-mail goes."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.actions.make_agency import make_agency
from agencies.actions.rename_agency import rename_agency
from agencies.actions.set_mailboxes import set_mailboxes
from agencies.administration import all_agencies, areas_of, standing_memberships
from agencies.forms.administration import AgencyForm, AgencyNameForm, MailboxForm
from agencies.models import Agency, AgencyKind
from agencies.permissions import Permission
from agencies.views.people import SHOWN
from agencies.views.trying import tried


@permission(Permission.AGENCY_EDIT)
@require_safe
def agencies(request: Request) -> HttpResponse:
    """Every agency, with how many work there and whether its e-mail goes anywhere."""
    found = list(all_agencies(on=timezone.localdate()))
    return render(request, "agencies/agencies.html", {"agencies": found})


@permission(Permission.AGENCY_EDIT)
@require_safe
def agency(request: Request, agency_id: UUID) -> HttpResponse:
    """One agency: its mailboxes, the areas it answers for, who works there."""
    found = get_object_or_404(Agency, pk=agency_id)
    people = standing_memberships(on=timezone.localdate()).filter(agency=found, user__is_system=False)
    rows = list(people[: SHOWN + 1])
    context = {
        "agency": found,
        "areas": areas_of(found, on=timezone.localdate()),
        "memberships": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        "has_targets": found.kind != AgencyKind.SYSTEM,
    }
    return render(request, "agencies/agency.html", context)


@permission(Permission.AGENCY_EDIT, step_up=True)
@require_safe_or_post
def make(request: Request) -> HttpResponse:
    """Make an agency that answers for no area."""
    form = AgencyForm(request.POST or None)
    made: list[Agency] = []
    if request.method == "POST" and form.is_valid():
        given = {"kind": AgencyKind(form.cleaned_data["kind"]), "name": form.cleaned_data["name"]}
        if tried(form, lambda: made.append(make_agency(**given, by=request.user, now=timezone.now()))):
            return _to(request, made[0], _("The agency is made. Now say where its e-mail goes."))
    return render(request, "agencies/make_agency.html", {"form": form})


@permission(Permission.AGENCY_EDIT, step_up=True)
@require_safe_or_post
def rename(request: Request, agency_id: UUID) -> HttpResponse:
    """Call an agency otherwise."""
    found = get_object_or_404(Agency, pk=agency_id)
    form = AgencyNameForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        given = {"agency_id": found.pk, "name": form.cleaned_data["name"]}
        if tried(form, lambda: rename_agency(**given, by=request.user, now=timezone.now())):
            return _to(request, found, _("The name is changed."))
    return _shown(request, form, found, "rename_agency")


@permission(Permission.AGENCY_EDIT, step_up=True)
@require_safe_or_post
def mailboxes(request: Request, agency_id: UUID) -> HttpResponse:
    """Say where an agency's e-mail goes, and that of its duty contact."""
    found = get_object_or_404(Agency, pk=agency_id)
    form = MailboxForm(request.POST or None, initial={"email": found.email, "duty_email": found.duty_email})
    if request.method == "POST" and form.is_valid():
        set_mailboxes(agency_id=found.pk, **form.cleaned_data, by=request.user, now=timezone.now())
        return _to(request, found, _("E-mail goes there from now on."))
    return _shown(request, form, found, "mailboxes")


def _shown(request: Request, form: forms.Form, found: Agency, page: str) -> HttpResponse:
    return render(request, f"agencies/{page}.html", {"form": form, "agency": found})


def _to(request: Request, found: Agency, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("agencies:agency", found.pk)
