"""What officers fill in about possible matches."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.states import AskingState, MatchState
from referrals.forms.putting_right import reason_field

SAYINGS: dict[str, str | Promise] = {
    MatchState.CONFIRMED: _("They are the same person"),
    MatchState.REJECTED: _("They are different people"),
    MatchState.LEFT_OPEN: _("It stays open: not enough is known"),
}
ANSWERS: dict[str, str | Promise] = {
    AskingState.ACCEPTED: _("Accept: show them what is compared"),
    AskingState.DECLINED: _("Decline"),
    AskingState.WITHDRAWN: _("Withdraw it: they are shown again only that a record exists"),
}


class MatchForm(forms.Form):
    """What the officer says of the two, and why."""

    said = forms.ChoiceField(
        label=_("What do you say?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what they are, or that it stays open")},
    )
    seen_as = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = reason_field(_("Why?"), _("What you compared, and what decided it. Whoever reads both can read this."))

    def __init__(self, *args: Any, allowed: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, words) for value, words in SAYINGS.items() if value in allowed]
        self.fields["said"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class AskingForm(forms.Form):
    """Accept, decline or withdraw; a reason for all but the first."""

    answer = forms.ChoiceField(
        label=_("What do you want to do?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you want to do")},
    )
    reason = reason_field(_("Reason"), _("Not needed to accept. The other area reads it."))

    def __init__(self, *args: Any, allowed: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, words) for value, words in ANSWERS.items() if value in allowed]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["reason"].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where one is needed."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") not in {None, AskingState.ACCEPTED} and not given.get("reason"):
            self.add_error("reason", _("Give the reason"))
        return given
