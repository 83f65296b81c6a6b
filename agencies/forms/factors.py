"""What somebody types or their browser says to prove who they are."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import looking
from agencies.signin.passkeys import was_made


def _code(label: Any, help_text: Any) -> forms.CharField:
    field = forms.CharField(
        label=label,
        help_text=help_text,
        max_length=20,
        error_messages={"required": _("Enter the code")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )
    return looking(field, width=10)


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    code = _code(_("Code"), _("The 6 digits that your authenticator app shows now, or one of your recovery codes."))


class AppForm(forms.Form):
    """The first code of a new authenticator app."""

    code = _code(_("Code"), _("The 6 digits that the app shows now."))


class CredentialField(forms.JSONField):
    """JSON, however a stranger has nested it."""

    def to_python(self, value: Any) -> Any:
        """What it says. Raises ValidationError for what is no JSON, deeper than is read, or a number without end."""
        try:
            return super().to_python(value)
        except (RecursionError, ValueError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class CredentialForm(forms.Form):
    """What the browser answers about a passkey."""

    credential = CredentialField(
        widget=forms.HiddenInput,
        error_messages={"required": _("The browser sent no passkey."), "invalid": _("The browser sent no passkey.")},
    )


class PasskeyForm(CredentialForm):
    """A passkey that the browser has just made."""

    name = looking(
        forms.CharField(
            label=_("What do you call it?"),
            help_text=_("So that you know it again in the list. For example: work laptop"),
            max_length=60,
            error_messages={"required": _("Enter a name for the passkey")},
        ),
        width=20,
    )
    field_order = ("name", "credential")

    def clean(self) -> dict[str, Any]:
        """Say of the whole form, whose reader sees no such field, that it does not answer the question asked."""
        given = self.cleaned_data
        if self.errors.pop("credential", None) or not was_made(given.get("credential")):
            raise ValidationError(_("The passkey could not be made. Try again."))
        return given
