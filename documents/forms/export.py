"""What somebody says who takes a list out of the house."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import looking
from agencies.models import Agency
from agencies.purposes import Purpose


class ExportForm(forms.Form):
    """Of which agency, for what, and in words of their own. Who works for one agency is not asked which."""

    agency = looking(
        forms.ChoiceField(
            label=_("Of which agency?"),
            widget=forms.RadioSelect,
            error_messages={"required": _("Pick an agency"), "invalid_choice": _("Pick an agency from the list")},
        )
    )
    purpose = forms.ChoiceField(
        label=_("What do you need it for?"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say what you need it for"),
            "invalid_choice": _("Pick one of the purposes from the list"),
        },
    )
    words = forms.CharField(
        label=_("Say more about it"),
        help_text=_("Whoever checks the log reads this. For example: the weekly meeting with the police on Thursday"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say in your own words what you need it for"),
            "max_length": _("Shorten this to 1,000 characters"),
        },
    )

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(agency.pk): agency for agency in agencies}
        if len(agencies) == 1:
            del self.fields["agency"]
        else:
            choices = [(pk, agency.name) for pk, agency in self.agencies.items()]
            self.fields["agency"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def picked_agency(self) -> Agency:
        """The agency that was picked, or the only one."""
        (only, *_others) = self.agencies
        return self.agencies[self.cleaned_data.get("agency", only)]
