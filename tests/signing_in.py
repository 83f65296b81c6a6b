"""Signing in as people do, and the short way for tests that are about something else."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from agencies.models import User
from agencies.signin.factors import Kind, next_code
from agencies.signin.proof import prove
from audit.agents import Agent
from audit.context import current_or_none, recording

PASSWORD = "a long enough pass phrase"
SECRET = "ONLYFORTESTSONLYFORTESTSONLYFORT"


@receiver(user_logged_in)
def prove_a_factor_at_once(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """`client.force_login` skips the sign-in page, and so the second factor: its session has one all the same."""
    if request.method is None:
        request.META["REMOTE_ADDR"] = "127.0.0.1"
        prove(request, user, how="totp")


def code_of(user: User) -> str:
    """What the authenticator app of a user shows who was made by `make_user`."""
    app = Authenticator.objects.get(user=user, type=Kind.TOTP)
    if current_or_none():
        return next_code(app)
    with recording(by=Agent.OPERATOR):
        return next_code(app)


def codes_about_now(secret: str = SECRET) -> list[str]:
    """The codes of a secret that are good now, for whoever cannot look up which of them are used."""
    return [format_hotp_value(hotp_value(secret, step)) for step in yield_hotp_counters_from_time()]


def give_password(client: Client, user: User, password: str = PASSWORD, **extra: Any) -> HttpResponse:
    """The first step, on the sign-in page."""
    answer: Any = client.post(reverse("account_login"), {"login": user.email, "password": password, **extra})
    return answer


def give_code(client: Client, code: str) -> HttpResponse:
    """The second step."""
    answer: Any = client.post(reverse("mfa_authenticate"), {"code": code})
    return answer


def sign_in(client: Client, user: User, **extra: Any) -> HttpResponse:
    """Both steps. Returns what answers the second."""
    assert give_password(client, user, **extra)["Location"] == reverse("mfa_authenticate")
    return give_code(client, code_of(user))
