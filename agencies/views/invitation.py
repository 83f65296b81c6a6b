"""Whoever was sent the link sets the password of their account."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agencies.access import public, require_safe_or_post
from agencies.actions.accept_invitation import accept_invitation
from agencies.forms.administration import PasswordForm
from agencies.models import User
from agencies.views.trying import tried
from audit.agents import Agent


@public
@require_safe_or_post
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a password; then the second factor is asked for, or set up.

    A GET looks nothing up: mail scanners that follow links neither use one nor learn whether it is alive.
    """
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"token": token, "password": form.cleaned_data["password"]}
        whose: list[User] = []
        if tried(form, lambda: whose.append(accept_invitation(**given, by=Agent.VISITOR, now=timezone.now()))):
            return _go_on(request, whose[0])
    return render(request, "agencies/invitation.html", {"form": form})


def _go_on(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in by what was just proven, the mailbox and a password; whose role has yet to begin is told so."""
    if not user.current_memberships:
        return render(request, "agencies/password_set.html")
    answer: HttpResponse = perform_password_login(request, {}, Login(user=user))
    return answer
