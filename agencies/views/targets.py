"""How soon things are to be done: local settings, shown as such."""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.actions.set_targets import set_targets
from agencies.forms.targets import TargetForm
from agencies.models import Agency, AgencyKind
from agencies.permissions import Permission, agencies_where, can, check_can_edit_targets
from agencies.selectors import all_targets
from agencies.targets import Targets
from agencies.working_days import Calendar, calendar_of, known_until


@dataclass(frozen=True)
class Row:
    """One agency's targets. `own`: it differs from the default; `editable`: the reader may change it."""

    agency: Agency
    calendar: Calendar
    targets: Targets
    own: bool
    editable: bool


@permission(Permission.TARGET_READ)
@require_safe
def targets(request: Request) -> HttpResponse:
    """The default, the reader's own agencies, and for who oversees all: every one that differs."""
    stored, everybody = all_targets(), can(request.user, Permission.TARGET_OVERSEE)
    mine = agencies_where(request.user, Permission.TARGET_EDIT) or request.user.agencies
    differing = Agency.objects.filter(pk__in=[pk for pk in stored if pk]) if everybody else ()
    rows = [
        Row(
            agency,
            calendar_of(agency.code),
            stored.get(agency.pk) or stored[None],
            agency.pk in stored,
            everybody or can(request.user, Permission.TARGET_EDIT, agency=agency),
        )
        for agency in {agency.pk: agency for agency in (*mine, *differing)}.values()
        if agency.kind != AgencyKind.SYSTEM
    ]
    others = Agency.objects.exclude(kind=AgencyKind.SYSTEM).order_by("name", "pk") if everybody else ()
    context = {
        "default": stored[None],
        "rows": rows,
        "everybody": everybody,
        "others": others,
        "holidays_end": min(map(known_until, Calendar)),
    }
    return render(request, "agencies/targets.html", context)


@permission(Permission.TARGET_EDIT)
@require_safe_or_post
def agency_target(request: Request, agency_id: UUID) -> HttpResponse:
    """Change those of one agency, or go back to the default."""
    agency = get_object_or_404(Agency, pk=agency_id)
    return _edit(request, agency)


@permission(Permission.TARGET_OVERSEE)
@require_safe_or_post
def default_target(request: Request) -> HttpResponse:
    """Change the default of this installation."""
    return _edit(request, None)


def _edit(request: Request, agency: Agency | None) -> HttpResponse:
    check_can_edit_targets(request.user, agency)
    stored, key = all_targets(), agency.pk if agency else None
    form = TargetForm(request.POST or None, initial=asdict(stored.get(key) or stored[None]))
    back = request.method == "POST" and "default" in request.POST
    if back or (request.method == "POST" and form.is_valid()):
        set_targets(agency_id=key, targets=None if back else form.targets, by=request.user, now=timezone.now())
        messages.success(request, _("The targets hold for what begins from now on."))
        return redirect("agencies:targets")
    context = {"form": form, "agency": agency, "own": key in stored and agency is not None}
    return render(request, "agencies/target.html", context)
