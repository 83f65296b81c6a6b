"""Whether a referral may concern a user, their relative or their colleague: what the answers say of it. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from agencies.names import NamesIn
from people.models import Person
from referrals.extracts import text_of
from referrals.questions.referrer import OLD_RESTRICTED_WORK
from referrals.questions.shapes import FAMILY, SELF, WORK


class Ground(TextChoices):
    """Why a referral goes to the restricted desks; the first four are answers to the form."""

    POLICE = "police", _("The person works for the police")
    COUNCIL = "council", _("The person works for a council")
    CHILDREN = "children", _("The person works or volunteers with children")
    CLOSE = "close", _("Somebody close to the person works for the police, a council or Prevent")
    NAME = "name", _("A name in the referral is like a colleague’s name")


def grounds_in(answers: Mapping[str, Any]) -> list[Ground]:
    """What the answers say outright. Nothing said, or "I don't know", is no ground.

    The first version of the form asked of the referrer and the person in one question: there "with children"
    is no ground where it is said by somebody at work, who is most often a teacher.
    """
    said = _list(answers, "work_and_family")
    before = set(_list(answers, OLD_RESTRICTED_WORK))
    if answers.get("referrer_kind") == WORK:
        before.discard(Ground.CHILDREN.value)
    return [ground for ground in Ground if ground is not Ground.NAME and ground.value in {*said, *before}]


def names_in(answers: Mapping[str, Any]) -> NamesIn:
    """The names to compare with users'.

    The person's; those in what stands in place of a name, of how the referrer knows them and of their household; and
    of a relative who refers, or of somebody who refers themselves, their own. Not those in the concern, in which a
    teacher says whom they told.
    """
    theirs = answers.get("referrer_kind") in {FAMILY, SELF}
    return NamesIn(
        person=f"{text_of(answers, 'given_names')} {text_of(answers, 'family_name')}",
        also=text_of(answers, "other_names"),
        others=[text_of(answers, "referrer_name")] if theirs else [],
        texts=[text_of(answers, name) for name in ("description", "relationship", "household")],
    )


def with_right_person(names: NamesIn, person: Person) -> NamesIn:
    """The names after a detachment: the right person's too. Those in the answers stay, which are never edited."""
    right = (f"{person.given_names} {person.family_name}", person.other_names)
    return replace(names, others=[*names.others, *(name for name in right if name.strip())])


def _list(answers: Mapping[str, Any], name: str) -> list[str]:
    value = answers.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
