"""What officers fill in beside a referral."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import WordsField, looking
from agencies.models import Absence, User
from referrals.models import NoteReaders
from referrals.reference import NotAReference, normalise_reference
from referrals.states import DispatchState
from referrals.waiting import AGES

NOBODY: Mapping[UUID, Absence] = MappingProxyType({})


def colleagues_to_pick(users: Iterable[User], *, me: User | None = None) -> list[tuple[str, str]]:
    """Choices of people by name; `me` says so."""
    return [(str(user.pk), _("{name} (me)").format(name=user.name) if user == me else user.name) for user in users]


class NoteForm(forms.Form):
    """A note and who may read it."""

    text = WordsField(
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

    to = looking(
        forms.ChoiceField(
            label=_("Who will work this referral?"),
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Pick a colleague"),
                "invalid_choice": _("Pick a colleague from the list"),
            },
        )
    )

    def __init__(
        self, *args: Any, colleagues: list[User], me: User, away: Mapping[UUID, Absence] = NOBODY, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = {user.pk: user.name for user in colleagues}
        self.away = {str(pk): absence for pk, absence in away.items()}
        self.fields["to"].choices = colleagues_to_pick(colleagues, me=me)  # type: ignore[attr-defined]  # a ChoiceField
        looking(self.fields["to"], hints={pk: away_until(absence) for pk, absence in self.away.items()})

    def clean_to(self) -> str:
        """The colleague. Raises ValidationError once for one who is away: whoever picks them again means it."""
        picked: str = self.cleaned_data["to"]
        absence = self.away.get(picked)
        if absence is not None and self.data.get("anyway") != picked:
            raise forms.ValidationError(
                _("{name} is {away}. Pick them again if you mean it.").format(
                    name=absence.user.name, away=away_until(absence, middle=True)
                )
            )
        return picked

    @property
    def warned_of(self) -> str:
        """Of which colleague's absence this answer warns; sent back, it says that the warning was read."""
        picked = str(self.data.get("to", ""))
        return picked if picked in self.away else ""

    def name_of(self, pk: UUID) -> str:
        """The name of one of the colleagues."""
        return self.names[pk]


class ReassignForm(forms.Form):
    """Which referrals, to whom, and why. Several colleagues share them in turn."""

    rows = forms.MultipleChoiceField(
        label=_("Which referrals?"), error_messages={"required": _("Select at least one referral")}
    )
    to = looking(
        forms.MultipleChoiceField(
            label=_("To whom?"),
            help_text=_("Pick one colleague, or several who take them in turn."),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Pick at least one colleague")},
        )
    )
    reason = WordsField(
        label=_("Reason"),
        help_text=_("It stands in the timeline of each referral, for your agency only."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Give the reason"),
            "max_length": _("Shorten the reason to 1,000 characters"),
        },
    )

    def __init__(
        self,
        *args: Any,
        rows: list[tuple[str, str]],
        colleagues: list[User],
        away: Mapping[UUID, Absence] = NOBODY,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].choices = rows  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["to"].choices = colleagues_to_pick(colleagues)  # type: ignore[attr-defined]  # likewise
        looking(self.fields["to"], hints={str(pk): away_until(absence) for pk, absence in away.items()})

    @property
    def picked(self) -> set[str]:
        """The rows whose boxes are ticked."""
        return set(self.data.getlist("rows")) if self.is_bound else set()  # type: ignore[attr-defined]  # a QueryDict


def away_until(absence: Absence, *, middle: bool = False) -> str:
    """How a colleague's absence is told, also in the middle of a sentence."""
    words = _("away until {date}, covered by {cover}") if middle else _("Away until {date}, covered by {cover}")
    return words.format(date=date_format(absence.ends_on), cover=absence.cover.name)


class ReferenceField(forms.Field):
    """A reference as somebody types or speaks it; clean, it is as shown, or empty."""

    widget = forms.TextInput
    default_error_messages = {"required": _("Enter the reference, like 7K4M-Q2XP")}

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
    waiting = forms.ChoiceField(
        label=_("Waiting for receipt"),
        required=False,
        choices=[("", _("All")), ("overdue", _("Overdue")), *((age.key, age.title) for age in AGES)],
    )
    agency = forms.CharField(required=False, widget=forms.HiddenInput)
    assigned = forms.ChoiceField(
        label=_("Assigned to"),
        required=False,
        choices=[
            ("", _("Anyone")),
            ("me", _("Me")),
            ("covered", _("Colleagues I cover")),
            ("nobody", _("Nobody yet")),
        ],
    )
    flags = forms.MultipleChoiceField(
        label=_("Show only"),
        required=False,
        choices=[("immediate", _("Immediate danger")), ("flagged", _("Area not known"))],
        widget=forms.CheckboxSelectMultiple,
    )
    reference = ReferenceField(label=_("Reference"), required=False)
