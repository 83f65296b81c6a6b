"""Each referral makes its own person, with a data key of their own."""

from datetime import datetime
from typing import Any

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.keys import create_key
from people.models import Person


@action
def create_person(*, details: dict[str, Any], by: Actor, now: datetime) -> Person:
    """Store a person and make their data key.

    `details` holds Person's own fields. Raises Forbidden when `by` may not submit referrals.
    """
    require(by, Permission.REFERRAL_SUBMIT)
    person = Person(**details)
    create_key(person.pk)
    person.save(force_insert=True)
    return person
