"""What the answers say about the person and the referrer, in the shape of their models."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from people.matching.described import Aside
from people.matching.whereabouts import Whereabouts, hashed
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


def aside_of(answers: Answers, *, on: date) -> Aside:
    """What they say aside from Person's own fields, by which the person can be found. `on`: when they were told.

    Whoever refers themselves gave telephone and e-mail as the referrer's. Hashed here: people/ sees no words of it.
    """
    own = ["person", *(["referrer"] if text_of(answers, "referrer_kind") == ReferrerKind.SELF else [])]
    told = Whereabouts(
        address=text_of(answers, "address"),
        phone=", ".join(text_of(answers, f"{whose}_phone") for whose in own),
        email=", ".join(text_of(answers, f"{whose}_email") for whose in own),
        school=text_of(answers, "study_or_work"),
    )
    return Aside(on.year, hashed(told))


def text_of(answers: Answers, name: str) -> str:
    """What was typed for a question; empty where nothing was, or something other than words."""
    value = answers.get(name)
    return value if isinstance(value, str) else ""
