"""What somebody types to change their password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import looking

# Longer ones would cost more to hash than anybody gains by them.
LONGEST = 200


def password_field(label: Any, help_text: Any = "", *, autocomplete: str, missing: Any) -> forms.CharField:
    """A field for a password: taken exactly as typed, pasted or filled in by the browser."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        strip=False,
        error_messages={"required": missing},
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )
    return looking(field, width="two-thirds")


def new_password_field() -> forms.CharField:
    """A field for a password that is to be."""
    return password_field(
        _("New password"),
        _("At least 12 characters: three words that have nothing to do with each other are good."),
        autocomplete="new-password",
        missing=_("Enter a new password"),
    )


class PasswordForm(forms.Form):
    """The password that is, and the one that is to be."""

    password = password_field(
        _("Current password"), autocomplete="current-password", missing=_("Enter your current password")
    )
    new_password = new_password_field()
