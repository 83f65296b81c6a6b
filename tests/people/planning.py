"""Contact that is to come, and what goes ahead before contact is cleared, for tests."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from agencies.models import User
from people.actions.authorise_contact import authorise_contact
from people.models import ContactHow, ContactTo, PlannedContact, Readers
from people.urgent import Urgent

PURPOSE = "Ask how she is since her brother was arrested."
URGENT = Urgent(
    need="She says that she will not live to see Monday.",
    at_risk="The child herself",
    consulted="Bronwen Haworth, at the police desk, by telephone",
)


def planned(person: UUID, by: User, **said: Any) -> PlannedContact:
    """A visit to a parent in two days' time, unless told otherwise."""
    now = said.pop("now", None) or timezone.now()
    given: dict[str, Any] = {
        "agency_id": by.agencies[0].pk,
        "with_whom": ContactTo.CARER,
        "whom": "Her mother",
        "day": timezone.localdate(now) + timedelta(days=2),
        "clock": None,
        "how": ContactHow.VISIT,
        "purpose": PURPOSE,
        "maker": by.name,
        "readers": Readers.RECIPIENTS,
        **said,
    }
    made: PlannedContact = authorise_contact(person_id=person, **given, by=by, now=now)
    return made
