"""What a referrer says who sent something in error, or withdraws it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.forms.referrers_page import EnterForm
from referrals.models import WithdrawalKind


class WithdrawForm(EnterForm):
    """Reference and code show who it is; then what happened, and why."""

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
