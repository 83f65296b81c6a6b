"""What a FIMU analyst fills in to answer: an outcome, an instruction, a day. It has no place for intelligence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField
from triage.forms.checks import ChecksForm
from triage.models import Outcome


class AnswerForm(ChecksForm):
    """What FIMU answers, after what was checked."""

    outcome = forms.ChoiceField(
        label=_("What do you answer?"),
        help_text=_("The police read which of these it is. The local authority reads whether contact is cleared."),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you answer"), "invalid_choice": _("Pick one of the answers")},
    )
    instruction = forms.CharField(
        label=_("Handling instruction"),
        help_text=_(
            "What those who work the referral are to do or not to do. The police and the local authority read this."
            " Not needed where it is clear to proceed."
        ),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": _("Shorten the instruction to 2,000 characters")},
    )
    review_on = GovukDateField(
        label=_("Review date"),
        help_text=_("The last day on which this answer holds. You are asked again when it is over."),
    )
    two_sign = forms.BooleanField(
        label=_("Two supervisors are to sign what becomes of the referral"),
        help_text=_(
            "Nobody is told why. Ask for it where you know more than they do, and now and then where you do not."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for an instruction where the answer leaves something to be done."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") in {Outcome.CONDITIONS, Outcome.HOLD, Outcome.REFER} and not given.get("instruction"):
            self.add_error("instruction", _("Write what those who work the referral are to do"))
        return given
