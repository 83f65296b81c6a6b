"""The least that each kind of referrer may answer and still send the form."""

from typing import Any

from referrals.questions.shapes import FAMILY, PUBLIC, SELF, WORK

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
