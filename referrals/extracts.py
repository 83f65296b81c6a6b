"""What the answers say about the person and the referrer, in the shape of their models."""

from collections.abc import Mapping
from typing import Any

from people.models import AdultOrChild
from referrals.models.referrer import ReferrerKind
from referrals.questions.checks import as_date

Answers = Mapping[str, Any]


def person_details(answers: Answers) -> dict[str, Any]:
    """Person's own fields, from complete answers; what the referrer did not know is empty."""
    adult_or_child = text_of(answers, "adult_or_child")
    return {
        "given_names": text_of(answers, "given_names")[:200],
        "family_name": text_of(answers, "family_name")[:200],
        "other_names": text_of(answers, "other_names")[:500],
        "adult_or_child": adult_or_child if adult_or_child in AdultOrChild.values else AdultOrChild.UNKNOWN,
        "date_of_birth": as_date(answers.get("date_of_birth")),
        "approximate_age": text_of(answers, "approximate_age")[:60],
        "postcode": text_of(answers, "postcode")[:16],
    }


def referrer_details(answers: Answers) -> dict[str, Any]:
    """Referrer's own fields, from complete answers; nothing is made up for somebody who gave no name."""
    details: dict[str, Any] = {
        name: text_of(answers, f"referrer_{name}") for name in ("name", "email", "phone", "role", "organisation")
    }
    return {"kind": ReferrerKind(text_of(answers, "referrer_kind")), **details}


def text_of(answers: Answers, name: str) -> str:
    """What was typed for a question; empty where nothing was, or something other than words."""
    value = answers.get(name)
    return value if isinstance(value, str) else ""
