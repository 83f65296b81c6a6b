"""Taking an answer to the question for a second factor, on the page that asks it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actions.answer_second_factor import answer_second_factor
from agencies.forms.factors import CodeForm, CredentialForm
from agencies.models import User
from agencies.signin.adapters import WAIT
from agencies.signin.proof import prove
from agencies.signin.tries import pay_back, pay_for_code
from audit.agents import Agent

WRONG = _("This code is not right, or was used already. Wait for the next one.")
WRONG_PASSKEY = _("This passkey was not accepted. Try again, or use a code.")


def took_answer(request: HttpRequest, user: User, form: CodeForm) -> bool:
    """Whether what was sent answers the second factor of `user`; the session then proves it. Else the form says why."""
    paid = pay_for_code(user, now=timezone.now())
    if paid.must_wait:
        form.add_error(None, ValidationError(WAIT))
        return False
    used = _used(request, user, form)
    if used is None:
        return False
    pay_back(paid)
    prove(request, user, how=used.type)
    return True


def _used(request: HttpRequest, user: User, form: CodeForm) -> Any:
    now, passkey = timezone.now(), CredentialForm(request.POST)
    if "credential" in request.POST:
        credential = passkey.cleaned_data["credential"] if passkey.is_valid() else None
        used = answer_second_factor(user=user, credential=credential, by=Agent.VISITOR, now=now)
        if used is None:
            form.add_error(None, ValidationError(WRONG_PASSKEY))
        return used
    if not form.is_valid():
        return None
    used = answer_second_factor(user=user, code=form.cleaned_data["code"], by=Agent.VISITOR, now=now)
    if used is None:
        form.add_error("code", ValidationError(WRONG))
    return used
