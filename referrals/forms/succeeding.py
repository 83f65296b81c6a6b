"""Who succeeds a referrer, as an officer records it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import WordsField, looking
from referrals.forms.putting_right import reason_field
from referrals.models import SuccessionCause


def _line(label: Any, required: Any, *, hint: Any = "") -> WordsField:
    return looking(
        WordsField(
            label=label,
            help_text=hint,
            max_length=200,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            error_messages={"required": required, "max_length": _("Shorten this to 200 characters")},
        ),
        width="two-thirds",
    )


class SuccessionForm(forms.Form):
    """Why, who, and how the officer knows."""

    cause = forms.ChoiceField(
        label=_("Why does somebody else answer?"),
        choices=SuccessionCause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why somebody else answers"), "invalid_choice": _("Pick one of the reasons")},
    )
    name = _line(_("Their name"), _("Enter their name"))
    role = _line(_("Their job or role"), _("Enter their job or role"), hint=_("For example: safeguarding lead"))
    email = looking(
        forms.EmailField(
            label=_("Their work e-mail address"),
            help_text=_("One of their own, at the organisation"),
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            error_messages={
                "required": _("Enter their e-mail address"),
                "invalid": _("Enter an e-mail address like name@example.com"),
            },
        ),
        width="two-thirds",
    )
    phone = looking(
        forms.CharField(
            label=_("Their telephone number"),
            max_length=40,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
        ),
        width=20,
        optional=True,
    )
    checked = reason_field(
        _("How did you check this with the organisation?"),
        _("With whom you spoke and when, and what shows that it was the organisation"),
    )
