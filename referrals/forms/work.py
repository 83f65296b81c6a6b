"""What officers fill in beside a referral."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from referrals.models import NoteReaders
from referrals.reference import NotAReference, normalise_reference
from referrals.states import DispatchState


class NoteForm(forms.Form):
    """A note and who may read it."""

    text = forms.CharField(
        label=_("Note"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Write the note"),
            "max_length": _("Shorten the note to 10,000 characters"),
        },
    )
    readers = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=NoteReaders.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who may read the note")},
    )


class AssignForm(forms.Form):
    """A colleague."""

    to = forms.ChoiceField(
        label=_("Who will work this referral?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pick a colleague"),
            "invalid_choice": _("Pick a colleague from the list"),
        },
    )

    def __init__(self, *args: Any, colleagues: list[User], me: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {user.pk: user.name for user in colleagues}
        names = [
            (str(user.pk), _("{name} (me)").format(name=user.name) if user == me else user.name) for user in colleagues
        ]
        self.fields["to"].choices = names  # type: ignore[attr-defined]  # a ChoiceField

    def name_of(self, pk: UUID) -> str:
        """The name of one of the colleagues."""
        return self.names[pk]


class ReferenceField(forms.Field):
    """A reference as somebody types or speaks it; clean, it is as shown, or empty."""

    widget = forms.TextInput

    def to_python(self, value: str | None) -> str:
        """The reference as shown. Raises ValidationError with what a reference looks like."""
        typed = (value or "").strip()
        try:
            return normalise_reference(typed) if typed else ""
        except NotAReference as problem:
            raise forms.ValidationError(str(problem)) from None


IN_AN_INBOX = (DispatchState.SENT, DispatchState.ACKNOWLEDGED)


class InboxFilterForm(forms.Form):
    """The filters of the inbox, all optional, kept in the address."""

    state = forms.ChoiceField(
        label=_("Receipt"),
        required=False,
        choices=[("", _("All")), *((state.value, state.label) for state in IN_AN_INBOX)],
    )
    assigned = forms.ChoiceField(
        label=_("Assigned to"),
        required=False,
        choices=[("", _("Anyone")), ("me", _("Me")), ("nobody", _("Nobody yet"))],
    )
    flags = forms.MultipleChoiceField(
        label=_("Show only"),
        required=False,
        choices=[("immediate", _("Immediate danger")), ("flagged", _("Area not known"))],
        widget=forms.CheckboxSelectMultiple,
    )
    reference = ReferenceField(label=_("Reference"), required=False)
