"""One Django field for each kind of question. Fields keep what was typed; the definition says what is wrong with it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from agencies.forms.fields import DateWidget, looking
from referrals.questions.shapes import Answers, Kind, Question, Text, say

WIDTHS: dict[Kind, int | str] = {Kind.POSTCODE: 10, Kind.AGE: 3, Kind.PHONE: 20}
WIDGETS: dict[Kind, type[forms.Widget]] = {
    Kind.TEXT: forms.TextInput,
    Kind.LONG_TEXT: forms.Textarea,
    Kind.EMAIL: forms.EmailInput,
    Kind.PHONE: forms.TextInput,
    Kind.POSTCODE: forms.TextInput,
    Kind.AGE: forms.TextInput,
    Kind.DATE: DateWidget,
    Kind.ONE_OF: forms.RadioSelect,
    Kind.ANY_OF: forms.CheckboxSelectMultiple,
    Kind.AUTHORITY: forms.Select,
}
WITH_CHOICES = {Kind.ONE_OF, Kind.ANY_OF, Kind.AUTHORITY}


class AsTyped(forms.Field):
    """A field that neither strips nor judges. `max_length` is for the count below a box."""

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        self.max_length = max_length
        super().__init__(required=False, **options)


def field_for(
    question: Question, answers: Answers, *, heading: bool = False, areas: Iterable[tuple[str, Text]] = ()
) -> forms.Field:
    """The Django field of a question, worded for the kind of referrer. `areas`: the councils to pick from."""
    widget = WIDGETS[question.kind](attrs=_attributes(question))
    if question.kind in WITH_CHOICES:
        own = [(choice.value, say(choice.label, answers)) for choice in question.choices]
        blank: list[tuple[str, Text]] = [("", "")] if question.kind is Kind.AUTHORITY else []
        widget.choices = [*blank, *own, *areas]  # type: ignore[attr-defined]  # widgets of these kinds have choices
    field = AsTyped(
        widget=widget,
        label=say(question.label, answers),
        help_text=say(question.hint, answers),
        max_length=question.max_length if question.kind is Kind.LONG_TEXT else None,
    )
    alone = [choice.value for choice in question.choices if choice.exclusive]
    return looking(
        field,
        heading=heading,
        width=WIDTHS.get(question.kind),
        hints={choice.value: say(choice.hint, answers) for choice in question.choices if choice.hint},
        exclusive=tuple(alone),
        divider_before=alone[0] if alone else None,
    )


def _attributes(question: Question) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    if question.autocomplete:
        attributes["autocomplete"] = question.autocomplete
    if question.kind is Kind.PHONE:
        attributes["type"] = "tel"
    if question.kind is Kind.AGE:
        attributes["inputmode"] = "numeric"
    if question.kind is Kind.AUTHORITY:
        attributes["data-autocomplete"] = True
    if not question.spellcheck:
        attributes["spellcheck"] = "false"
    if question.kind is Kind.LONG_TEXT:
        attributes["rows"] = 12 if question.max_length >= 20_000 else 5 if question.max_length > 2_000 else 3
    return attributes
