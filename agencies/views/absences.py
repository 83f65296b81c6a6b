"""Who is away, and who covers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.actions.arrange_absence import arrange_absence
from agencies.actions.end_absence import end_absence
from agencies.forms.absences import AbsenceForm
from agencies.models import Absence, Agency
from agencies.permissions import Permission, agencies_where, can
from agencies.selectors import absences_of, holding
from agencies.views.trying import tried


@permission(Permission.ABSENCE_ARRANGE)
@require_safe
def absences(request: Request) -> HttpResponse:
    """Absences of the reader's agencies, those of today first."""
    agencies = agencies_where(request.user, Permission.ABSENCE_ARRANGE)
    supervised = agencies_where(request.user, Permission.DISPATCH_SUPERVISE)
    rows = [
        (absence, absence.user_id == request.user.pk or absence.agency in supervised)
        for absence in absences_of(agencies, on=timezone.localdate())
    ]
    context = {"rows": rows, "agencies": agencies, "several_agencies": len(agencies) > 1}
    return render(request, "agencies/absences.html", context)


@permission(Permission.ABSENCE_ARRANGE)
@require_safe_or_post
def absence(request: Request, agency_id: UUID) -> HttpResponse:
    """Enter one: somebody's own, or for a supervisor any colleague's."""
    agency = _agency(request, agency_id)
    colleagues = list(holding(agency, Permission.DISPATCH_READ, on=timezone.localdate()))
    supervises = can(request.user, Permission.DISPATCH_SUPERVISE, agency=agency)
    form = AbsenceForm(request.POST or None, people=colleagues if supervises else [request.user], colleagues=colleagues)
    asked = request.method == "POST" and form.is_valid()
    if asked and tried(form, lambda: _arrange(request, form.cleaned_data, agency)):
        messages.success(request, _("The absence is entered."))
        return redirect("agencies:absences")
    return render(request, "agencies/absence.html", {"form": form, "agency": agency})


def _arrange(request: Request, given: dict[str, Any], agency: Agency) -> Absence:
    return arrange_absence(
        user_id=UUID(given["away"]),
        cover_id=UUID(given["cover"]),
        agency_id=agency.pk,
        starts_on=given["starts_on"],
        ends_on=given["ends_on"],
        by=request.user,
        now=timezone.now(),
    )


@permission(Permission.ABSENCE_ARRANGE)
@require_safe_or_post
def end(request: Request, absence_id: UUID) -> HttpResponse:
    """Call one off, or cut it short. Who had to sign in again first comes back by GET, to the list."""
    if request.method != "POST":
        return redirect("agencies:absences")
    theirs = Absence.objects.filter(agency__in=agencies_where(request.user, Permission.ABSENCE_ARRANGE))
    entered: Absence = get_object_or_404(theirs, pk=absence_id)
    end_absence(absence_id=entered.pk, by=request.user, now=timezone.now())
    messages.success(request, _("The absence is called off."))
    return redirect("agencies:absences")


def _agency(request: Request, agency_id: UUID) -> Agency:
    theirs = [agency.pk for agency in agencies_where(request.user, Permission.ABSENCE_ARRANGE)]
    return get_object_or_404(Agency.objects.filter(pk__in=theirs), pk=agency_id)
