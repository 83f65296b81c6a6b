"""The steps of the standards, to be ticked off above an answer: for every form that is filled in by them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField, Look, looking
from agencies.words import says_something
from triage.checklist import Checked
from triage.models import PracticeNote, Result, StandardStep, StepCheck

Asked = tuple[StandardStep, list[PracticeNote]]
_ON = Result.DONE.value
_WHY = (Result.NOT_APPLICABLE.value, Result.NOT_DONE.value)


class ChecksForm(forms.Form):
    """One question for each step, before the questions of the form itself.

    `asked` are the steps with the good practice beside each. A step that is not required may be left open; where the
    form is not `whole`, so may each, for now.
    """

    of_steps: ClassVar[str] = "check"
    whole: ClassVar[bool] = True

    def __init__(self, *args: Any, asked: Sequence[Asked] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = asked
        own, self.fields = self.fields, {}
        for step, _notes in asked:
            self.fields |= self._fields_of(step)
        self.fields |= own

    def name_of(self, step: StandardStep, part: str = "") -> str:
        """The name of a step's field, or of one that its answer opens."""
        return "-".join(filter(None, (self.of_steps, step.code, part)))

    def _fields_of(self, step: StandardStep) -> dict[str, forms.Field]:
        opened = {each: self.name_of(step, each) for each in (_ON, *_WHY)}
        said: forms.Field = forms.ChoiceField(
            label=step.words if step.required else format_lazy(_("{words} (not required)"), words=step.words),
            help_text=step.guidance,
            choices=Result.choices,
            required=step.required and self.whole,
            widget=forms.RadioSelect,
            error_messages={
                "required": format_lazy(_("Say what became of “{words}”"), words=step.words),
                "invalid_choice": _("Pick one of the answers"),
            },
        )
        found = {self.name_of(step): looking(said, reveals=opened, small=True)}
        found[opened[_ON]] = GovukDateField(
            label=_("On which day?"), name=_("the day on which it was done"), required=False, past=True,
            initial=timezone.localdate(),
        )  # fmt: skip
        for each in _WHY:
            found[opened[each]] = forms.CharField(
                label=_("Why?"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": _("Shorten the reason to 1,000 characters")},
            )  # fmt: skip
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for the day on which a step was done, or why it was not."""
        given: dict[str, Any] = super().clean() or {}
        for step, _notes in self.asked:
            result = given.get(self.name_of(step))
            opened = self.name_of(step, result) if result else ""
            if result == _ON and opened not in self.errors and not given.get(opened):
                self.add_error(opened, _("Say on which day it was done"))
            elif result in _WHY and not says_something(given.get(opened, "")):
                self.add_error(opened, _("Say why it was not done, without intelligence"))
        return given

    @property
    def checks(self) -> list[Checked]:
        """What was ticked off."""
        found = []
        for step, _notes in self.asked:
            result = self.cleaned_data[self.name_of(step)]
            if result:
                opened = self.cleaned_data[self.name_of(step, result)]
                done = isinstance(opened, date)
                found.append(Checked(step.code, Result(result), opened if done else None, "" if done else opened))
        return found

    @property
    def questions(self) -> list[tuple[BoundField, list[PracticeNote]]]:
        """Each step's field, with the good practice that stands beside it."""
        return [(self[self.name_of(step)], notes) for step, notes in self.asked]

    @property
    def others(self) -> list[BoundField]:
        """The questions of the form itself, but for what stands inside the choice of another."""
        shown = {name for step, _notes in self.asked for name in self._fields_of(step)}
        for form_field in self.fields.values():
            for names in getattr(form_field, "look", Look()).reveals.values():
                shown |= {names} if isinstance(names, str) else {*names}
        return [bound for bound in self.visible_fields() if bound.name not in shown]

    @classmethod
    def ticked(cls, checks: Iterable[StepCheck]) -> dict[str, Any]:
        """What the form shows at first of steps that were ticked off before."""
        said: dict[str, Any] = {}
        for check in checks:
            name = f"{cls.of_steps}-{check.step.code}"
            said |= {name: check.result, f"{name}-{check.result}": check.done_on or check.why}
        return said
