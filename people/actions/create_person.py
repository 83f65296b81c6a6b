"""Each referral makes its own person, with a data key of their own and a row by which they are found."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.keys import create_key
from people.matching.described import Aside
from people.matching.storing import search_rows
from people.models import Person


@action
def create_person(*, details: dict[str, Any], aside: Aside | None = None, by: Actor, now: datetime) -> Person:
    """Store a person, make their data key and their search row.

    `details` holds Person's own fields, `aside` what else they can be found by; without it, they were told of today.
    Raises Forbidden when `by` may not submit referrals.
    """
    require(by, Permission.REFERRAL_SUBMIT)
    person = Person(**details)
    create_key(person.pk)
    person.save(force_insert=True)
    for row in search_rows([person], [aside or Aside(timezone.localdate(now).year)]):
        row.save(force_insert=True)
    return person
