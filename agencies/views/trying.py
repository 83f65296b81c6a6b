"""A form that is refused keeps what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms

from audit.refusals import NotNow


def tried(form: forms.Form, do: Callable[[], Any]) -> bool:
    """Whether it was done; what the house refuses stands at the top of the form, and nothing typed is lost."""
    try:
        do()
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
