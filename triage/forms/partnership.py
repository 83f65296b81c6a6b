"""What the police fill in to own, plan and review a police-led partnership."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField, WordsField, looking
from agencies.models import User
from agencies.words import says_something
from referrals.forms.putting_right import reason_field
from referrals.forms.work import colleagues_to_pick
from triage.models import ReviewDecision
from triage.models.plan import BecameOfIt

ACCEPT, DECLINE = "accept", "decline"


def _words(label: Any, hint: Any, missing: Any, *, rows: int = 5) -> WordsField:
    return WordsField(
        label=label,
        help_text=hint,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": _("Shorten it to 4,000 characters")},
    )


def _colleague(label: Any) -> forms.ChoiceField:
    return looking(
        forms.ChoiceField(
            label=label,
            help_text=_("Start to type a name"),
            widget=forms.Select(attrs={"data-autocomplete": True}),
            error_messages={
                "required": _("Pick a colleague"),
                "invalid_choice": _("Pick a colleague from the list"),
            },
        ),
        width="two-thirds",
    )


class _WithColleague(forms.Form):
    """A form in which one colleague is picked, in the field `to`."""

    def __init__(self, *args: Any, colleagues: Iterable[User], me: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", ""), *colleagues_to_pick(colleagues, me=me)]  # type: ignore[attr-defined]

    @property
    def to_id(self) -> UUID:
        """Who was picked."""
        return UUID(self.cleaned_data["to"])


class NameOwnerForm(_WithColleague):
    """Who is to own it, and why."""

    to = _colleague(_("Who is to own it?"))
    reason = reason_field(_("Why?"), _("They read this, and accept or decline."))


class AnswerOwnershipForm(forms.Form):
    """Whether they own it from now on."""

    said = forms.ChoiceField(
        label=_("Do you own this partnership from now on?"),
        choices=[(ACCEPT, _("Yes, I accept it")), (DECLINE, _("No, I decline"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you accept it"), "invalid_choice": _("Pick one of the answers")},
    )
    reason = WordsField(
        label=_("Why not?"),
        help_text=_("Not needed if you accept it."),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Shorten the reason to 4,000 characters")},
    )

    def clean(self) -> dict[str, Any]:
        """Ask why of whoever declines."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("said") == DECLINE and not says_something(given.get("reason", "")):
            self.add_error("reason", _("Give the reason"))
        return given


class AimsForm(forms.Form):
    """What it is to reach."""

    aims = _words(
        _("What is this partnership to reach?"),
        _("For the person and for others’ safety, and how you will know. What stood here before stays to be read."),
        _("Write what it is to reach"),
        rows=8,
    )


class PlanActionForm(_WithColleague):
    """What, who, and by when; nothing that means contact while the police have not cleared it."""

    words = _words(_("What is to be done?"), _("One thing. It is one colleague’s."), _("Write what is to be done"))
    contacts = forms.TypedChoiceField(
        label=_("Does it mean contact with the person, or with anybody about them?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether it means contact"),
            "invalid_choice": _("Pick one of the answers"),
        },
    )
    to = _colleague(_("Who does it?"))
    due_on = GovukDateField(label=_("By which day?"), name=_("the day"))

    def __init__(self, *args: Any, cleared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cleared = cleared

    def clean_contacts(self) -> bool:
        """Refuse contact that is not cleared."""
        contacts: bool = self.cleaned_data["contacts"]
        if contacts and not self.cleared:
            raise forms.ValidationError(
                _(
                    "Contact is not cleared. Plan it once FIMU has cleared it; where it cannot wait, authorise urgent"
                    " contact on the person’s page."
                )
            )
        return contacts


class CloseForm(forms.Form):
    """What became of it."""

    became = forms.ChoiceField(
        label=_("What became of it?"),
        choices=BecameOfIt.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what became of it"), "invalid_choice": _("Pick one of the answers")},
    )
    reason = reason_field(_("What came of it, or why is it dropped?"))


class ReviewForm(forms.Form):
    """What was found, what follows, and when the next review is."""

    found = _words(
        _("What did you find?"),
        _("What has changed for the person and for others’ safety; which actions helped and which did not."),
        _("Write what you found"),
        rows=8,
    )
    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        help_text=_("It ends, or goes to Channel, only by an outcome that is signed at the gateway."),
        choices=ReviewDecision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you decide"), "invalid_choice": _("Pick one of the answers")},
    )
    reason = reason_field(_("Why?"))
    next_on = GovukDateField(
        label=_("Day of the next review"),
        name=_("the day of the next review"),
        help_text=_("The day proposed is a local target, not national policy. Choose an earlier one if it is needed."),
    )

    def __init__(self, data: Any, *, proposed: date) -> None:
        super().__init__(data, initial={"next_on": proposed})
