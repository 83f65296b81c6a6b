"""The shortest address of the casework surface, where no front door stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from agencies.access import public, require_safe


@public
@require_safe
def casework(request: HttpRequest) -> HttpResponse:
    """Lead on to the home page, which asks to sign in."""
    return redirect("desk:home")
