"""The forms of saving and of opening a saved draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import looking


class SaveForm(forms.Form):
    """Whether the link is also sent by e-mail; asked of those who gave an address."""

    e_mail = forms.BooleanField(label=_("Also send the link (without the code) to my e-mail address"), required=False)

    def __init__(self, *arguments: Any, address: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not address:
            del self.fields["e_mail"]


class ResumeForm(forms.Form):
    """The code that goes with the link."""

    code = looking(
        forms.CharField(
            label=_("Your code"),
            help_text=_("12 letters and numbers, like 7K4M-2QXP-9DTR"),
            max_length=40,
            error_messages={"required": _("Enter the code that was shown when the form was saved")},
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        ),
        width=20,
    )

    def refuse(self) -> None:
        """Say that link and code open nothing, whichever of them is wrong."""
        self.add_error(
            "code",
            _(
                "This link and code do not open a form. Check the code. After 5 wrong codes, "
                "or after 7 days, a link stops working"
            ),
        )
