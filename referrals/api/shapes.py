"""How an answer looks in JSON: for each kind of question its schema, and the way in and out.

The schema says what is accepted, and what is accepted is what the schema says: a test sends both.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from referrals.api.days import until
from referrals.form import OUTSIDE_THE_DUTY
from referrals.questions.checks import OLDEST, as_date, kept
from referrals.questions.person import NORTHERN_IRELAND
from referrals.questions.shapes import Kind, Question, Text

Schema = dict[str, Any]

# Every white space of Python, not all of which every reader of patterns knows as such, and NUL.
SOMETHING = r"[^\s\u0000\u001c-\u001f\u0085]"
THREE_DIGITS = r"\d\D*\d\D*\d"
_INWARD = "[0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}"
_AREA = "[A-Za-z]{1,2}"
POSTCODE = rf"^{_AREA}[0-9][0-9A-Za-z]? ?{_INWARD}$"
POSTCODE_WITHIN_THE_DUTY = rf"^(?![Bb][Tt]){_AREA}[0-9][0-9A-Za-z]? ?{_INWARD}$"


class NotThisShape(ValueError):
    """The value is not what the schema says; the message is for a person."""

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Around:
    """What a schema depends on beside the questions: the councils in force, and the day."""

    authorities: tuple[str, ...]
    today: date


@dataclass(frozen=True)
class Shape:
    """`schema` describes; `read` gives the value to store, or raises NotThisShape; `write` undoes it."""

    schema: Callable[[Question, Around], Schema]
    read: Callable[[Question, Any, Around], Any]
    write: Callable[[Any], Any] = lambda value: value


def _text(question: Question, around: Around) -> Schema:
    return {"type": "string", "pattern": SOMETHING, "maxLength": question.max_length}


def _read_text(question: Question, value: Any, around: Around) -> str:
    if not isinstance(value, str):
        raise NotThisShape(_("Send text"))
    if kept(question, value) is None:
        raise NotThisShape(_("Leave this out where there is no answer"))
    if len(value) > question.max_length:
        raise NotThisShape(_("Use {limit} characters or fewer").format(limit=f"{question.max_length:,}"))
    return value


def _email(question: Question, around: Around) -> Schema:
    return {"type": "string", "format": "email", "maxLength": question.max_length}


def _phone(question: Question, around: Around) -> Schema:
    return {"type": "string", "pattern": THREE_DIGITS, "maxLength": question.max_length}


def _postcode(question: Question, around: Around) -> Schema:
    of_the_person = question.name == "postcode"
    return {"type": "string", "pattern": POSTCODE_WITHIN_THE_DUTY if of_the_person else POSTCODE}


def _read_postcode(question: Question, value: Any, around: Around) -> str:
    text = _read_text(question, value, around)
    if not re.search(POSTCODE, text):
        raise NotThisShape(_("Enter a full postcode like SW1A 2AA, or leave it out"))
    return text


def _age(question: Question, around: Around) -> Schema:
    return {"type": "integer", "minimum": 0, "maximum": OLDEST}


def _read_age(question: Question, value: Any, around: Around) -> str:
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
    if not whole or not 0 <= value <= OLDEST:
        raise NotThisShape(_("Send the age as a whole number of years, like 15"))
    return str(int(value))


def _date(question: Question, around: Around) -> Schema:
    return {"type": "string", "pattern": until(around.today), "examples": ["2010-03-27"]}


def _read_date(question: Question, value: Any, around: Around) -> dict[str, str]:
    if not isinstance(value, str) or not re.search(until(around.today), value):
        raise NotThisShape(_("Send a day in the past as year, month and day, like 2010-03-27"))
    day = date.fromisoformat(value.strip())
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _write_date(value: Mapping[str, str]) -> Any:
    day = as_date(value)
    return day.isoformat() if day else " ".join(value.values())


def _one_of(question: Question, around: Around) -> Schema:
    return {"type": "string", "enum": [choice.value for choice in question.choices]}


def _read_one_of(question: Question, value: Any, around: Around) -> str:
    if not isinstance(value, str) or value not in _one_of(question, around)["enum"]:
        raise NotThisShape(_("Choose one of the answers shown"))
    return value


def _any_of(question: Question, around: Around) -> Schema:
    together = [choice.value for choice in question.choices if not choice.exclusive]
    alone = [choice.value for choice in question.choices if choice.exclusive]
    several = _list(together) | {"uniqueItems": True}
    return {"anyOf": [several, _list(alone) | {"maxItems": 1}]} if alone else several


def _list(values: list[str]) -> Schema:
    return {"type": "array", "items": {"type": "string", "enum": values}, "minItems": 1}


def _read_any_of(question: Question, value: Any, around: Around) -> list[str]:
    known = {choice.value for choice in question.choices}
    if not isinstance(value, list) or not all(isinstance(item, str) and item in known for item in value):
        raise NotThisShape(_("Choose from the answers shown"))
    if not value:
        raise NotThisShape(_("Leave this out where there is no answer"))
    if len(set(value)) < len(value):
        raise NotThisShape(_("Send each answer once"))
    return value


def _authority(question: Question, around: Around) -> Schema:
    others = [choice.value for choice in question.choices if choice.value != NORTHERN_IRELAND]
    return {"type": "string", "enum": [*others, *around.authorities]}


def _read_authority(question: Question, value: Any, around: Around) -> str:
    if value == NORTHERN_IRELAND:
        raise NotThisShape(OUTSIDE_THE_DUTY)
    if not isinstance(value, str) or value not in _authority(question, around)["enum"]:
        raise NotThisShape(_("Send the GSS code of a council area in force, or “unknown”"))
    return value


SHAPES: dict[Kind, Shape] = {
    Kind.TEXT: Shape(_text, _read_text),
    Kind.LONG_TEXT: Shape(_text, _read_text),
    Kind.EMAIL: Shape(_email, _read_text),
    Kind.PHONE: Shape(_phone, _read_text),
    Kind.POSTCODE: Shape(_postcode, _read_postcode),
    Kind.AGE: Shape(_age, _read_age, lambda value: int(value)),
    Kind.DATE: Shape(_date, _read_date, _write_date),
    Kind.ONE_OF: Shape(_one_of, _read_one_of),
    Kind.ANY_OF: Shape(_any_of, _read_any_of),
    Kind.AUTHORITY: Shape(_authority, _read_authority),
}
