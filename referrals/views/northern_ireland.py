"""Northern Ireland, where the Prevent duty does not apply: whom to call instead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.access import public, require_safe
from referrals.models import Draft
from referrals.views.front_door import FRONT_DOOR, with_draft
from referrals.views.outside import outside_context


@public
@require_safe
def northern_ireland(request: HttpRequest) -> HttpResponse:
    """The page by itself."""
    return render(request, "front_door/northern_ireland.html", {"layout": FRONT_DOOR.layout})


@public
@require_safe
@with_draft
def outside(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The page in the middle of the form, with a way back to correct the place."""
    return render(request, "front_door/northern_ireland.html", outside_context(FRONT_DOOR, draft))
