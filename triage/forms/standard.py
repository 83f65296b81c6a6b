"""What headquarters fill in to write and publish a version of the standards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField, WordsField
from triage.models import Moment


class StepForm(forms.Form):
    """One step of a draft."""

    moment = forms.ChoiceField(
        label=_("When is it to be done?"),
        choices=Moment.choices,
        initial=Moment.DECONFLICTION,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say when it is to be done"), "invalid_choice": _("Pick one of the moments")},
    )
    words = WordsField(
        label=_("What is to be checked?"),
        help_text=_("One line, as it stands on the form: “PNC searched”."),
        max_length=200,
        error_messages={
            "required": _("Write what is to be checked"),
            "max_length": _("Shorten what is to be checked to 200 characters"),
        },
    )
    guidance = forms.CharField(
        label=_("Guidance"),
        help_text=_("How it is done well. No sensitive information: every region reads this."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Shorten the guidance to 2,000 characters")},
    )
    required = forms.BooleanField(
        label=_("Required: nobody answers without saying that it was done, or why not"), required=False
    )

    @property
    def step(self) -> dict[str, Any]:
        """What was filled in, as the actions take it."""
        given = self.cleaned_data
        return {**given, "moment": Moment(given["moment"])}


class PublishForm(forms.Form):
    """What the regions are told, and from when."""

    note = WordsField(
        label=_("What changed?"),
        help_text=_("Every region reads this beside the standard. No sensitive information."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Say what changed, for those who work by it"),
            "max_length": _("Shorten what changed to 2,000 characters"),
        },
    )
    in_force_from = GovukDateField(
        label=_("From which day does it hold?"),
        name=_("the day from which it holds"),
        help_text=_("Tomorrow at the earliest: what was opened before that day is answered by the version of before."),
    )
