"""What a region fills in to offer good practice, and headquarters to decide about it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import WordsField
from agencies.models import Agency
from agencies.words import says_something
from triage.models import PracticeNote
from triage.standards import StepWords
from triage.states import PracticeState


class OfferForm(forms.Form):
    """Words beside a step."""

    step = forms.ChoiceField(label=_("Which step is it about?"), error_messages={"required": _("Pick a step")})
    words = WordsField(
        label=_("What works well?"),
        help_text=_("How you do it, and what it brought. Nothing about a person or a case, nothing sensitive."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write what works well"),
            "max_length": _("Shorten what works well to 2,000 characters"),
        },
    )
    agency = forms.ChoiceField(label=_("For which region do you offer it?"))

    def __init__(self, *args: Any, steps: Iterable[StepWords], agencies: Iterable[Agency], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["step"].choices = [(step.code, step.words) for step in steps]  # type: ignore[attr-defined]
        self.agencies = list(agencies)
        if len(self.agencies) == 1:
            del self.fields["agency"]
        else:
            self.fields["agency"].choices = [(str(each.pk), each.name) for each in self.agencies]  # type: ignore[attr-defined]

    @property
    def agency_id(self) -> UUID:
        """The one that was picked, or the only one."""
        return UUID(self.cleaned_data["agency"]) if "agency" in self.fields else self.agencies[0].pk


PUBLISH, DECLINE, WITHDRAW = "publish", "decline", "withdraw"
_SAYABLE = {
    PracticeState.OFFERED: (
        (PUBLISH, _("Publish it to all regions")),
        (DECLINE, _("Do not publish it")),
    ),
    PracticeState.PUBLISHED: ((WITHDRAW, _("Withdraw it: no region sees it any more")),),
}


class DecideForm(forms.Form):
    """What becomes of a good-practice note."""

    said = forms.ChoiceField(
        label=_("What becomes of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what becomes of it"), "invalid_choice": _("Pick one of these")},
    )
    reason = forms.CharField(
        label=_("Why not?"),
        help_text=_("The region that offered it reads this. Not needed where it is published."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Shorten the reason to 1,000 characters")},
    )

    def __init__(self, *args: Any, note: PracticeNote, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["said"].choices = _SAYABLE.get(PracticeState(note.state), ())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask why where the regions are not to see it."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("said") in {DECLINE, WITHDRAW} and not says_something(given.get("reason", "")):
            self.add_error("reason", _("Say why the regions are not to see it"))
        return given
