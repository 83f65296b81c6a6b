"""A form that is refused keeps what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.utils.functional import Promise

from agencies.access import Request, record_refused
from audit.refusals import NotNow


def tried(form: forms.Form, do: Callable[[], Any]) -> bool:
    """Whether it was done; what the house refuses stands at the top of the form, and nothing typed is lost."""
    try:
        do()
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def done(
    request: Request,
    form: forms.Form,
    do: Callable[[], Any],
    *,
    said: str | Promise | None = None,
    refused_at: str | None = "reason",
) -> bool:
    """Whether the form was sent, holds, and what it says was done; then `said` is said, or else what `do` answers.

    What the state of the record does not permit is put on record, and said beside the field `refused_at`, above the
    form where there is none; nothing typed is lost.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        answer = do()
    except NotNow as refusal:
        record_refused(request, refusal, reference=form.cleaned_data.get("reference"))
        form.add_error(refused_at, str(refusal))
        return False
    messages.success(request, str(answer if said is None else said))
    return True
