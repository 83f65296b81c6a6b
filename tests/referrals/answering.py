"""The least that each kind of referrer may answer and still send the form."""

from typing import Any

from referrals.questions.shapes import FAMILY, PUBLIC, SELF, WORK, Kind
from referrals.questions.versions import FORM_VERSION, form_of

_ALL: dict[str, Any] = {
    "danger": "no",
    "concern": "He says that he wants to copy an attack he saw online.",
    "when_noticed": "week",
    "adult_or_child": "child",
    "authority": "unknown",
    "told": ["nobody"],
}
SHORTEST: dict[str, dict[str, Any]] = {
    WORK: {
        **_ALL,
        "referrer_kind": WORK,
        "referrer_name": "Ffion O’Shea-Nowak",
        "referrer_email": "ffion@hollybrook.example",
        "referrer_role": "Form tutor",
        "referrer_organisation": "Hollybrook Academy",
        "how_known": ["seen"],
        "given_names": "Tomasz",
    },
    FAMILY: {**_ALL, "referrer_kind": FAMILY, "how_known": ["told_by_them"], "given_names": "Idris"},
    PUBLIC: {**_ALL, "referrer_kind": PUBLIC, "how_known": ["online"], "description": "A man with a green rucksack"},
    SELF: {**_ALL, "referrer_kind": SELF, "given_names": "Sam"},
}


def shortest(kind: str, **changes: Any) -> dict[str, Any]:
    """The least for `kind`, changed; None takes an answer away."""
    answers = SHORTEST[kind] | changes
    return {name: value for name, value in answers.items() if value is not None}


_WORDS = {
    Kind.TEXT: "Siân O’Brien-Łukasik, called Siwsi",
    Kind.LONG_TEXT: "First line.\nSecond line with averylongwordthatneverends" + "x" * 60,
    Kind.EMAIL: "sian.obrien-lukasik@a-very-long-name-of-a-school.example",
    Kind.PHONE: "+44 1632 960 001 ext 22",
    Kind.POSTCODE: "S70 1GW",
    Kind.AGE: "17",
    Kind.AUTHORITY: "E08000038",
    Kind.DATE: {"day": "27", "month": "3", "year": "2010"},
}


def full(kind: str) -> dict[str, Any]:
    """Every question that `kind` is asked, answered at some length; someone is in danger."""
    answers = shortest(kind, danger="yes")
    for _page, question in form_of(FORM_VERSION).asked(answers):
        if question.kind is Kind.ANY_OF:
            answers[question.name] = [choice.value for choice in question.choices if not choice.exclusive]
        elif question.kind is Kind.ONE_OF:
            answers.setdefault(question.name, question.choices[-1].value)
        else:
            answers[question.name] = _WORDS[question.kind]
    return answers
