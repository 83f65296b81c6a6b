"""Leading somebody to where they prove who they are, and back to what they wanted."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.signin.factors import has_factor
from agencies.signin.proof import is_fresh, signed_in_just_now

CLEARED = '"cache", "storage"'


def ask_to_confirm(request: HttpRequest, *, once_more: bool = False) -> HttpResponse:
    """Ask for the second factor once more; what was wanted is done afterwards, or `once_more` by whoever wanted it."""
    return lead(request, reverse("agencies:confirm"), once_more=once_more)


def ask_to_set_up(request: HttpRequest) -> HttpResponse:
    """Ask somebody who has no second factor to set one up."""
    return lead(request, reverse("agencies:set-up"))


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """End the session, and lead to the sign-in page."""
    logout(request)
    return forget_on_this_machine(redirect("account_login"))


def before_changing_factors(request: HttpRequest, user: User) -> HttpResponse | None:
    """Where somebody is led before they may change their second factors; None: they may.

    Whoever has one answers it first. Whoever has none must have signed in a moment ago, and here: a session that was
    left open, or stolen into another network, is not enough to make it somebody else's for good.
    """
    if has_factor(user):
        return None if is_fresh(request, user) else ask_to_confirm(request)
    return None if signed_in_just_now(request, user) else sign_in_again(request)


def lead(request: HttpRequest, address: str, *, once_more: bool = False) -> HttpResponse:
    """Lead to another page first, which leads back to what was wanted, or to the page before it.

    A form that was sent is not kept: it may hold personal data. Its page is opened again afterwards.
    """
    back = request.get_full_path()
    if once_more or request.method not in {"GET", "HEAD"}:
        messages.info(request, _("What you did was not done yet. Please do it again."))
        back = _page_before(request)
    return redirect(f"{address}?{urlencode({'next': back})}")


def way_back(request: HttpRequest) -> str:
    """The page that was wanted, if it is one of ours; home otherwise."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if _is_ours(request, wanted) else reverse("desk:home")


def forget_on_this_machine(response: HttpResponse) -> HttpResponse:
    """Let the browser forget every page it has shown."""
    response["Clear-Site-Data"] = CLEARED
    return response


def _page_before(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    parts = urlsplit(came_from)
    inside = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return inside if inside and _is_ours(request, came_from) else reverse("desk:home")


def _is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
