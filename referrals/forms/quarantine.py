"""What an officer of the national desk decides about held referrals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import WordsField
from referrals.models import FloodOutcome


class DecisionForm(forms.Form):
    """Release or reject, and why."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (FloodOutcome.RELEASED, _("Release: send it to the police and the council now")),
            (FloodOutcome.REJECTED, _("Reject: do not send it. It stays stored")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you release or reject")},
    )
    reason = WordsField(
        label=_("Why?"),
        help_text=_("Needed if you reject. Name nobody."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Shorten the reason to 2,000 characters")},
    )

    def __init__(self, *args: Any, several: bool = False, **kwargs: Any) -> None:
        """`several`: about a whole group."""
        super().__init__(*args, **kwargs)
        if several:
            self.fields["outcome"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
                (FloodOutcome.RELEASED, _("Release all: send them to the police and the councils now")),
                (FloodOutcome.REJECTED, _("Reject all: do not send them. They stay stored")),
            ]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a rejection beside its field."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") == FloodOutcome.REJECTED and not given.get("reason"):
            self.add_error("reason", _("Say why you reject"))
        return given
