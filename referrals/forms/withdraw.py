"""What a referrer says who sent something in error, or withdraws it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import looking
from referrals.models import WithdrawalKind
from referrals.reference import NotAReference, normalise_reference


class WithdrawForm(forms.Form):
    """Reference and code show who it is; then what happened, and why."""

    reference = looking(
        forms.CharField(
            label=_("Your reference"),
            help_text=_("8 letters and numbers, like 7K4M-Q2XP"),
            max_length=40,
            error_messages={"required": _("Enter your reference")},
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        ),
        width=10,
    )
    code = looking(
        forms.CharField(
            label=_("Your code"),
            help_text=_("12 letters and numbers, like 7K4M-2QXP-9DTR. It was shown when you sent the referral."),
            max_length=40,
            error_messages={"required": _("Enter the code that was shown when you sent the referral")},
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        ),
        width=20,
    )
    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=[
            (WithdrawalKind.IN_ERROR, _("I sent it by mistake")),
            (WithdrawalKind.WITHDRAWN, _("I no longer want it to go on")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what happened")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("If somebody puts you under pressure to withdraw it, you can tell us here."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Tell us why"), "max_length": _("Shorten this to 4,000 characters")},
    )

    def clean_reference(self) -> str:
        """The reference as shown. Raises ValidationError with what a reference looks like."""
        try:
            return normalise_reference(self.cleaned_data["reference"])
        except NotAReference as problem:
            raise forms.ValidationError(str(problem)) from None
