"""Taking an answer to the question for a second factor, on the page that asks it."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actions.answer_second_factor import answer_second_factor
from agencies.actions.change_password import change_password
from agencies.forms.factors import CodeForm, CredentialForm
from agencies.forms.password import PasswordForm
from agencies.models import User
from agencies.signin.adapters import WAIT
from agencies.signin.passkeys import owner_of
from agencies.signin.proof import prove
from agencies.signin.tries import pay_back, pay_for_code
from audit.agents import Agent
from audit.refusals import NotNow

WRONG = _("This code is not right, or was used already. Wait for the next one.")
WRONG_PASSWORD = _("This is not your current password.")
WRONG_PASSKEY = _("This passkey was not accepted. Try again, or use a code.")


def took_answer(request: HttpRequest, user: User, form: CodeForm) -> bool:
    """Whether what was sent answers the second factor of `user`; the session then proves it. Else the form says why."""
    used = _passkey(request, user, form) if "credential" in request.POST else _code(request, user, form)
    if used is None:
        return False
    prove(request, user, how=used.type)
    return True


def took_password(request: HttpRequest, form: PasswordForm) -> bool:
    """Whether what was sent changed the password of the user who is signed in. Else the form says why."""
    user: Any = request.user
    paid = pay_for_code(request, user, now=timezone.now())
    if paid.must_wait:
        form.add_error(None, ValidationError(WAIT))
        return False
    old, new = form.cleaned_data["password"], form.cleaned_data["new_password"]
    try:
        changed = change_password(old=old, new=new, here=request.session["number"], by=user, now=timezone.now())
    except NotNow as weak:
        form.add_error("new_password", str(weak))
        return False
    if not changed:
        form.add_error("password", WRONG_PASSWORD)
        return False
    pay_back(paid)
    return True


def user_by_passkey(request: HttpRequest) -> User | None:
    """Who signs in with a passkey alone, which is both factors; the session proves them. None: a message says why."""
    form = CredentialForm(request.POST)
    credential = form.cleaned_data["credential"] if form.is_valid() else None
    user = owner_of(credential)
    if user is None or not user.is_active or user.is_system:
        messages.error(request, WRONG_PASSKEY)
        return None
    used = answer_second_factor(user=user, credential=credential, by=Agent.VISITOR, now=timezone.now())
    if used is None:
        messages.error(request, WRONG_PASSKEY)
        return None
    prove(request, user, how=used.type, passwordless=True)
    return user


def _passkey(request: HttpRequest, user: User, form: CodeForm) -> Authenticator | None:
    """The passkey that answers. It cannot be guessed, so nobody waits for it."""
    sent = CredentialForm(request.POST)
    credential = sent.cleaned_data["credential"] if sent.is_valid() else None
    used = answer_second_factor(user=user, credential=credential, by=Agent.VISITOR, now=timezone.now())
    if used is None:
        form.add_error(None, ValidationError(WRONG_PASSKEY))
    return used


def _code(request: HttpRequest, user: User, form: CodeForm) -> Authenticator | None:
    """What a code answers."""
    paid = pay_for_code(request, user, now=timezone.now())
    if paid.must_wait:
        form.add_error(None, ValidationError(WAIT))
        return None
    if not form.is_valid():
        return None
    code = form.cleaned_data["code"]
    used = answer_second_factor(user=user, code=code, by=Agent.VISITOR, now=timezone.now())
    if used is None:
        form.add_error("code", ValidationError(WRONG))
        return None
    pay_back(paid)
    return used
