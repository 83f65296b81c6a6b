"""What may be kept of an answer, and what is wrong with it: pure functions, no database, no request."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.postcodes import NotAPostcode, normalise
from referrals.questions.shapes import Answers, Kind, Question, Text

DATE_PARTS = ("day", "month", "year")
GSS_CODE = re.compile(r"[ENSW]\d{8}", re.ASCII)
OLDEST = 120

ONE_LINE = {Kind.TEXT, Kind.EMAIL, Kind.PHONE, Kind.POSTCODE, Kind.AGE}


def kept(question: Question, value: Any) -> Any:
    """`value` in the shape its question is stored in, or None where nothing usable was given.

    Text is kept as it was typed: only NUL, which PostgreSQL cannot hold, is removed and line ends are made alike.
    """
    if question.kind is Kind.ANY_OF:
        return _kept_list(value)
    if question.kind is Kind.DATE:
        return _kept_date(value)
    return _kept_text(value, one_line=question.kind in ONE_LINE)


def _kept_text(value: Any, *, one_line: bool = False) -> str | None:
    if not isinstance(value, str):
        return None
    text = value.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    if one_line:
        text = text.replace("\n", " ")
    return text if text.strip() else None


def _kept_list(value: Any) -> list[str] | None:
    if not isinstance(value, list | tuple):
        return None
    items = [item for item in value if isinstance(item, str) and item.strip("\x00 ")]
    return list(dict.fromkeys(items)) or None


def _kept_date(value: Any) -> dict[str, str] | None:
    if not isinstance(value, Mapping):
        return None
    parts = {part: (_kept_text(value.get(part), one_line=True) or "").strip() for part in DATE_PARTS}
    return parts if any(parts.values()) else None


def problem(question: Question, value: Any, answers: Answers) -> Text | None:
    """What is wrong with a kept answer, as a sentence for the person who gave it; None when nothing is."""
    for text in _texts(value):
        if _has_surrogates(text):
            return _("This has a character that we cannot store. Type it again without that character")
        if len(text) > question.max_length:
            return _("Use {limit} characters or fewer").format(limit=f"{question.max_length:,}")
    check = _CHECKS.get(question.kind)
    return check(question, value) if check else None


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return list(value.values()) if isinstance(value, Mapping) else list(value)


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _email(question: Question, value: str) -> Text | None:
    try:
        validate_email(value.strip())
    except ValidationError:
        return _("Enter an e-mail address like name@example.com")
    return None


def _phone(question: Question, value: str) -> Text | None:
    if sum(character.isdecimal() for character in value) < 3:
        return _("Enter a phone number like 01632 960 001")
    return None


def _postcode(question: Question, value: str) -> Text | None:
    try:
        normalise(value)
    except NotAPostcode:
        return _("Enter a full postcode like SW1A 2AA, or leave it empty")
    return None


def _age(question: Question, value: str) -> Text | None:
    digits = value.strip()
    if not digits.isdecimal() or int(digits) > OLDEST:
        return _("Enter the age as a number of years, like 15")
    return None


def _date(question: Question, value: Mapping[str, str]) -> Text | None:
    day = as_date(value)
    if day is None and all(value.get(part, "").isdecimal() for part in DATE_PARTS):
        return _("There is no such day. Check the day, the month and the year")
    if day is None:
        return _("Enter a full date like 27 3 2010. If you do not know it, leave it empty and give an age")
    if day.year < 1900:
        return _("The year of birth must be 1900 or later, like 2010")
    if day > timezone.localdate():
        return _("The date of birth must be in the past. Check the year")
    return None


def as_date(value: Any) -> date | None:
    """The real date that a date answer names, or None."""
    parts = _kept_date(value)
    if parts is None or not all(part.isdecimal() and len(part) <= 4 for part in parts.values()):
        return None
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return None


def _one_of(question: Question, value: str) -> Text | None:
    return None if value in {choice.value for choice in question.choices} else _("Choose one of the answers shown")


def _any_of(question: Question, value: list[str]) -> Text | None:
    known = {choice.value: choice for choice in question.choices}
    if not set(value) <= known.keys():
        return _("Choose from the answers shown")
    alone = [known[item] for item in value if known[item].exclusive]
    if alone and len(value) > 1:
        return _("You chose “{choice}”. Choose it alone, or choose the others").format(choice=alone[0].label)
    return None


def _authority(question: Question, value: str) -> Text | None:
    if GSS_CODE.fullmatch(value) or value in {choice.value for choice in question.choices}:
        return None
    return _("Choose a council area from the list")


_CHECKS: dict[Kind, Callable[[Question, Any], Text | None]] = {
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.POSTCODE: _postcode,
    Kind.AGE: _age,
    Kind.DATE: _date,
    Kind.ONE_OF: _one_of,
    Kind.ANY_OF: _any_of,
    Kind.AUTHORITY: _authority,
}
