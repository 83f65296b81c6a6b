"""Persons whose search row is missing, or was made by other rules, get one as it would be made today."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.bulk import create_in_bulk
from people.matching.keys import VERSION
from people.matching.storing import search_rows
from people.models import Person, SearchRow

# Persons at a time, in one transaction.
BATCH = 2000
_COLUMNS = ("given", "family", "other", "born", "born_about", "postcode", "keys", "version")


@action
def build_search_rows(*, by: Actor, now: datetime) -> int:
    """Make the rows of some persons anew, and say of how many; none are left to do at 0. Locks the persons.

    The year to which an age leads was found when the person was made, and is kept.

    Raises Forbidden when `by` may not load reference data.
    """
    require(by, Permission.REFERENCE_DATA_LOAD)
    behind = Q(search_row=None) | ~Q(search_row__version=VERSION)
    ids = Person.objects.filter(behind).values_list("pk", flat=True)[:BATCH]
    persons = Person.objects.filter(pk__in=list(ids)).order_by("pk").select_for_update()
    known = {row.person_id: row for row in SearchRow.objects.filter(person__in=persons)}
    rows = search_rows(list(persons), year=timezone.localdate(now).year)
    for row in rows:
        if row.person_id in known:
            row.pk, row.born_about = known[row.person_id].pk, known[row.person_id].born_about
    if rows:
        create_in_bulk(SearchRow, rows, now=now, update=_COLUMNS)
    return len(rows)
