"""Signing in and out leaves access entries."""

from typing import Any

from allauth.account.signals import user_logged_in as signed_in_and_answered
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agencies.models import User
from agencies.signin.proof import has_proven
from agencies.signin.sessions import begin
from agencies.signin.tries import remember_browser
from audit.access import looked
from audit.agents import Agent
from audit.context import require_action
from audit.models import Entry


@receiver(user_logged_in)
def record_sign_in(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """A user signed in: a session begins, under a key that nobody could know before."""
    begin(request, now=timezone.now())
    looked(kind=Entry.Kind.SIGNED_IN, at_object=user, by=user, now=timezone.now())


@receiver(user_logged_out)
def record_sign_out(sender: Any, request: HttpRequest, user: User | None, **_: Any) -> None:
    """A user signed out."""
    if user is not None:
        looked(kind=Entry.Kind.SIGNED_OUT, at_object=user, by=user, now=timezone.now())


@receiver(user_login_failed)
def record_failed_sign_in(sender: Any, credentials: dict[str, Any], **_: Any) -> None:
    """Somebody tried: which address was tried lies sealed in the payload, the password nowhere."""
    tried = str(credentials.get("email") or credentials.get("username") or "")
    looked(kind=Entry.Kind.SIGN_IN_FAILED, by=Agent.VISITOR, now=timezone.now(), tried=tried[:254])


@receiver(signed_in_and_answered)
def know_the_browser(sender: Any, request: HttpRequest, response: HttpResponse, user: User, **_: Any) -> None:
    """Whoever fails from elsewhere does not keep this browser out."""
    if has_proven(request, user):
        remember_browser(request, response, user, now=timezone.now())


@receiver([pre_save, pre_delete], sender=Authenticator)
def keep_factors_on_the_record(sender: Any, **_: Any) -> None:
    """A second factor is added, used and removed by our actions only. Raises OffTheRecord elsewhere."""
    require_action()
