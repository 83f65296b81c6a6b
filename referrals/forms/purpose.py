"""What somebody says before they look at what they do not work."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import WordsField, looking
from agencies.purposes import Purpose


class PurposeForm(forms.Form):
    """What for, from a short list, and in words."""

    purpose = forms.ChoiceField(
        label=_("What for?"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what for"), "invalid_choice": _("Pick one of the purposes")},
    )
    words = looking(
        WordsField(
            label=_("In a few words"),
            help_text=_("Whoever checks who looked reads this. For example: her school rang and asked for us."),
            max_length=500,
            error_messages={
                "required": _("Say why in a few words"),
                "max_length": _("Shorten it to 500 characters"),
            },
        ),
        width="two-thirds",
    )
