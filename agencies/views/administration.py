"""Where administrators begin: what waits for them, what there is to keep, and what each role may do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agencies.access import Request, permission, require_safe
from agencies.administration import all_roles, waiting_proposals, waiting_resumptions
from agencies.permissions import Permission

SHOWN = 200


@permission(Permission.MEMBERSHIP_ADD)
@require_safe
def administration(request: Request) -> HttpResponse:
    """Roles and suspended accounts that wait for a second administrator, and the way to everything else."""
    waiting = {"proposals": list(waiting_proposals()[:SHOWN]), "resumptions": list(waiting_resumptions()[:SHOWN])}
    return render(request, "agencies/administration.html", waiting)


@permission(Permission.MEMBERSHIP_ADD)
@require_safe
def roles(request: Request) -> HttpResponse:
    """Every role: what for, where it hangs, what it may do, and whether it takes two to give it."""
    return render(request, "agencies/roles.html", {"roles": all_roles(on=timezone.localdate())})
