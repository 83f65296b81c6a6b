"""Who is away, from when to when, and who stands in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField
from agencies.models import User


class AbsenceForm(forms.Form):
    """An absence in one agency. `people` may be entered as away: a supervisor's colleagues, or oneself alone."""

    away = forms.ChoiceField(
        label=_("Who is away?"), error_messages={"required": _("Say who is away"), "invalid_choice": _("Pick a name")}
    )
    starts_on = GovukDateField(label=_("First day away"), name=_("the first day away"))
    ends_on = GovukDateField(label=_("Last day away"), name=_("the last day away"))
    cover = forms.ChoiceField(
        label=_("Who covers?"),
        help_text=_("What is assigned to whoever is away is shown to them too."),
        error_messages={"required": _("Say who covers"), "invalid_choice": _("Pick a name")},
    )

    def __init__(self, *args: Any, people: list[User], colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pick = [("", _("Pick a name"))]
        self.fields["away"].choices = pick + named(people) if len(people) > 1 else named(people)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["cover"].choices = pick + named(colleagues)  # type: ignore[attr-defined]  # likewise

    def clean(self) -> dict[str, Any]:
        """Both dates in their order, two different people."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day away must not be before the first"))
        if given.get("away") and given.get("away") == given.get("cover"):
            self.add_error("cover", _("Pick a colleague: nobody covers for themselves"))
        return given


def named(users: list[User]) -> list[tuple[str, str]]:
    """Choices of people."""
    return [(str(user.pk), user.name) for user in users]
