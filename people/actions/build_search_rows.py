"""Persons whose search row is missing, or was made by other rules, get one as it would be made today."""

from datetime import datetime

from django.db.models import Q

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from people.matching.keys import VERSION
from people.matching.storing import store_anew
from people.models import Person

# Persons at a time, in one transaction.
BATCH = 2000


@action
def build_search_rows(*, by: Actor, now: datetime) -> int:
    """Make the rows of some persons anew, and say of how many; none are left to do at 0. Locks the persons.

    What is known aside from the person's own row is kept: the facts, and the year in which their age was told.

    Raises Forbidden when `by` may not load reference data.
    """
    require(by, Permission.REFERENCE_DATA_LOAD)
    behind = Q(search_row=None) | ~Q(search_row__version=VERSION)
    ids = Person.objects.filter(behind).values_list("pk", flat=True)[:BATCH]
    persons = Person.objects.filter(pk__in=list(ids)).order_by("pk").select_for_update()
    return store_anew(list(persons), {}, now=now)
