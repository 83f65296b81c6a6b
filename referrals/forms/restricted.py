"""What officers of a restricted desk fill in."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import WordsField
from agencies.models import User
from referrals.forms.work import colleagues_to_pick


def _reason(label: Any, required: Any) -> WordsField:
    """One box for a reason, no longer than a page."""
    return WordsField(
        label=label,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": required, "max_length": _("Shorten the reason to 5,000 characters")},
    )


class ReleaseForm(forms.Form):
    """Why a referral does not concern a colleague."""

    reason = _reason(
        _("Why does it not concern a colleague, their relative or somebody they work with?"),
        _("Say why it does not concern a colleague, their relative or somebody they work with"),
    )


class FinishTaskForm(forms.Form):
    """What came of a task."""

    reason = _reason(_("What did you decide, and why?"), _("Say what you decided, and why"))


class ExcludeForm(forms.Form):
    """A colleague who must not know of the referral, and why."""

    user = forms.ChoiceField(
        label=_("Who must not know of this referral?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pick a colleague"), "invalid_choice": _("Pick a colleague from the list")},
    )
    reason = _reason(_("Why must they not know of it?"), _("Say why they must not know of it"))

    def __init__(self, *args: object, colleagues: list[User], me: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as a Form takes them
        self.names = {user.pk: user.name for user in colleagues}
        self.fields["user"].choices = colleagues_to_pick(colleagues, me=me)  # type: ignore[attr-defined]  # a ChoiceField

    def name_of(self, pk: UUID) -> str:
        """The name of one of the colleagues."""
        return self.names[pk]
