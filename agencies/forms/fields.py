"""Form fields that Django lacks, and how a field looks. In this room: it is the lowest that has forms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_AP
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from agencies.words import says_something

Text = str | Promise
AnyField = TypeVar("AnyField", bound=forms.Field)
PARTS = ("day", "month", "year")


@dataclass(frozen=True)
class Look:
    """How a field is shown, beyond what its kind, label and help text already say.

    heading: the label or legend is the page's h1 (pages with one question).
    size: of the label or legend: "s", "m", "l", "xl"; by default "s", or "l" where it is the heading.
    hints: a hint under a choice, by the choice's value.
    divider_before: the choice before which stands the word "or".
    reveals: the fields of the same form that a choice opens, by the choice's value: one name or several.
    exclusive: the checkbox that empties the others ("none of these"), or several such.
    width: of an input, in characters: 2, 3, 4, 5, 10, 20, 30; or "two-thirds", "one-half" and so on.
    prefix, suffix: what stands before and after the input, such as "£".
    inline: two short choices side by side. small: small radios and checkboxes.
    optional: says "(optional)" after the label.
    """

    heading: bool = False
    size: str = ""
    hints: Mapping[str, Text] = field(default_factory=dict)
    divider_before: str | None = None
    reveals: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    exclusive: str | tuple[str, ...] | None = None
    width: int | str | None = None
    prefix: Text = ""
    suffix: Text = ""
    inline: bool = False
    small: bool = False
    optional: bool = False


def looking(form_field: AnyField, **look: Any) -> AnyField:
    """The same field with its `Look`: `looking(forms.CharField(label=_("Name")), width=20)`."""
    form_field.look = Look(**look)  # type: ignore[attr-defined]  # Django's Field has no place for it
    return form_field


class WordsField(forms.CharField):
    """Words that somebody is to read: what says nothing that can be seen counts as left empty."""

    def to_python(self, value: Any) -> str:
        """The words, or nothing."""
        words = super().to_python(value) or ""
        return words if says_something(words) else ""


class DateWidget(forms.Widget):
    """Day, month and year as three inputs; what was typed is kept as typed."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """`{"day": "1", "month": "May", "year": "2010"}`, each as typed without the spaces around it."""
        return {part: str(data.get(f"{name}-{part}") or "").strip() for part in PARTS}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form was sent without this question."""
        return all(f"{name}-{part}" not in data for part in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The input for the day."""
        return f"{id_}-day" if id_ else ""


def as_typed(value: Any) -> dict[str, str]:
    """The three texts to show for a date, for a mapping as typed, or for nothing."""
    if isinstance(value, date):
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
    return {part: str((value or {}).get(part, "")) for part in PARTS}


class GovukDateField(forms.Field):
    """A date asked as day, month and year, with the design system's messages. Its value is a `datetime.date`.

    name: how the messages call it in the middle of a sentence ("date of birth"); the label otherwise.
    past: refuse days after today. earliest: refuse days before it.

    An error's params hold `parts`: the names of the inputs that are wrong.
    """

    widget = DateWidget
    default_error_messages = {
        "required": _("Enter %(name)s"),
        "incomplete": _("%(Name)s must include a %(part)s"),
        "incomplete_twice": _("%(Name)s must include a %(first)s and %(second)s"),
        "invalid": _("%(Name)s must be a real date"),
        "year": _("Year must include 4 numbers"),
        "future": _("%(Name)s must be today or in the past"),
        "early": _("%(Name)s must be in %(earliest)s or later"),
    }

    def __init__(self, *, name: Text = "", past: bool = False, earliest: date | None = None, **options: Any) -> None:
        self.name, self.past, self.earliest = name, past, earliest
        super().__init__(**options)

    def clean(self, value: Any) -> date | None:
        """The date. Raises ValidationError naming the parts that are missing or wrong."""
        typed = as_typed(value)
        if not any(typed.values()):
            if self.required:
                raise self.wrong("required", *PARTS)
            return None
        self.check_complete(typed)
        found = self.real_date(typed)
        if self.past and found > timezone.localdate():
            raise self.wrong("future", *PARTS)
        if self.earliest and found < self.earliest:
            raise self.wrong("early", "year", earliest=self.earliest.year)
        return found

    def worded(self, given: str, _reader: object) -> str:
        """A day that was given as a filter, in words."""
        return date_format(date.fromisoformat(given), "j F Y")

    def check_complete(self, typed: Mapping[str, str]) -> None:
        """Raise ValidationError when a part is missing, naming it."""
        missing = [part for part in PARTS if not typed[part]]
        names = [{"day": gettext("day"), "month": gettext("month"), "year": gettext("year")}[part] for part in missing]
        if len(missing) == 1:
            raise self.wrong("incomplete", *missing, part=names[0])
        if missing:
            raise self.wrong("incomplete_twice", *missing, first=names[0], second=names[1])

    def real_date(self, typed: Mapping[str, str]) -> date:
        """The day of the calendar that was typed. Raises ValidationError naming the parts that cannot be."""
        day, month, year = number(typed["day"]), month_number(typed["month"]), number(typed["year"])
        right = {"day": 1 <= day <= 31, "month": 1 <= month <= 12, "year": year > 0}
        if wrong := [part for part in PARTS if not right[part]]:
            raise self.wrong("invalid", *wrong)
        if len(typed["year"]) != 4:
            raise self.wrong("year", "year")
        try:
            return date(year, month, day)
        except ValueError:
            raise self.wrong("invalid", *PARTS) from None

    def wrong(self, code: str, *parts: str, **words: Any) -> ValidationError:
        """The error `code`, which marks `parts`."""
        name = str(self.name or self.label or gettext("date"))
        words |= {"name": name, "Name": name[:1].upper() + name[1:], "parts": parts}
        return ValidationError(self.error_messages[code], code, words)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other parts were typed than were there."""
        return as_typed(initial) != as_typed(data)


def number(typed: str) -> int:
    """The whole number typed in ASCII digits; 0 for anything else, and for more digits than a date has."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def month_number(typed: str) -> int:
    """The month typed as number or as name, whole or short, in the reader's language or English; else 0."""
    if month := number(typed):
        return month
    wanted = typed.casefold().rstrip(".")
    known = month_names()
    with override("en"):
        return (known | month_names()).get(wanted, 0)


def month_names() -> dict[str, int]:
    """The months by their whole and short names in the active language."""
    kinds = (MONTHS, MONTHS_3, MONTHS_AP)
    return {str(name).casefold().rstrip("."): month for names in kinds for month, name in names.items()}
