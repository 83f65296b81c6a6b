"""What officers fill in about tasks."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField, WordsField, looking
from agencies.models import Absence, User
from referrals.forms.work import NOBODY, away_until, colleagues_to_pick

TEAM = "team"


class _ToSomebody(forms.Form):
    """A colleague, or the whole team."""

    to = looking(
        forms.ChoiceField(
            label=_("Who is to do it?"),
            help_text=_("One person has it, or the whole team until somebody takes it. They are told by e-mail."),
            widget=forms.RadioSelect,
            error_messages={"required": _("Say who is to do it"), "invalid_choice": _("Pick somebody from the list")},
        )
    )

    def __init__(
        self, *args: Any, colleagues: list[User], me: User, away: Mapping[UUID, Absence] = NOBODY, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (TEAM, _("The whole team: whoever takes it")),
            *colleagues_to_pick(colleagues, me=me),
        ]
        looking(self.fields["to"], hints={str(pk): away_until(absence) for pk, absence in away.items()})

    @property
    def owner_id(self) -> UUID | None:
        """Who was picked; None for the whole team."""
        picked: str = self.cleaned_data["to"]
        return None if picked == TEAM else UUID(picked)


class GiveTaskForm(_ToSomebody):
    """What is to be done, by whom, and by when."""

    field_order = ("words", "to", "due_on")

    words = WordsField(
        label=_("What is to be done?"),
        help_text=_("Write nothing above OFFICIAL-SENSITIVE, and no intelligence."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Say what is to be done"),
            "max_length": _("Shorten it to 2,000 characters"),
        },
    )
    due_on = GovukDateField(label=_("By when? (optional)"), name=_("the day"), required=False)


class HandTaskForm(_ToSomebody):
    """Who has it from now on: not who `has` it already, or without one the whole team."""

    def __init__(self, *args: Any, has: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, already = self.fields["to"], str(has) if has else TEAM
        field.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, words)
            for key, words in field.choices  # type: ignore[attr-defined]
            if key != already
        ]


class FinishWorkForm(forms.Form):
    """What came of it."""

    reason = WordsField(
        label=_("What did you do, and what came of it?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Say what you did, and what came of it"),
            "max_length": _("Shorten it to 2,000 characters"),
        },
    )
