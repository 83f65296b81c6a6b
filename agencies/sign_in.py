"""Signing in and out leaves access entries."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from agencies.models import User
from audit.access import looked
from audit.agents import Agent
from audit.models import Entry


@receiver(user_logged_in)
def record_sign_in(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """A user signed in."""
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
