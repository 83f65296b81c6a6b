"""What is known of persons aside from their own rows is kept with the rows by which they are found."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from people.matching.described import Aside
from people.matching.storing import store_anew
from people.models import Person


@action
def keep_facts(*, asides: Mapping[UUID, Aside], by: Actor, now: datetime) -> None:
    """Make the search rows of these persons anew, with facts and the year in which they were told. Locks the persons.

    Raises Forbidden when `by` may not load reference data.
    """
    require(by, Permission.REFERENCE_DATA_LOAD)
    persons = Person.objects.filter(pk__in=list(asides)).order_by("pk").select_for_update()
    store_anew(list(persons), asides, now=now)
