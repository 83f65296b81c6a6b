"""Many made-up referrals at once, by the bulk paths."""

from collections.abc import Iterator
from datetime import datetime

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.bulk import create_in_bulk
from audit.keys import create_keys
from desk.demonstration.rows import Rows
from people.matching.storing import search_rows
from people.models import Person, SearchRow
from referrals.models import Dispatch, Referral, Referrer
from referrals.reference import new_reference


@action
def seed_referrals(*, rows: Rows, by: Actor, now: datetime) -> Rows:
    """Store a batch: persons with data keys and search rows, referrals, referrers, dispatches.

    One ledger entry for each table. Gives the references. No event is recorded, no e-mail queued and no alert made:
    seeded referrals make no work. Memory holds one batch. Raises Forbidden when `by` may not seed.
    """
    require(by, Permission.DEMONSTRATION_SEED)
    for referral, reference in zip(rows.referrals, free_references(len(rows.referrals)), strict=True):
        referral.reference = reference
    create_keys(person.pk for person in rows.persons)
    create_in_bulk(Person, rows.persons, now=now)
    create_in_bulk(SearchRow, search_rows(rows.persons, rows.asides), now=now)
    create_in_bulk(Referral, rows.referrals, now=now)
    create_in_bulk(Referrer, rows.referrers, now=now)
    create_in_bulk(Dispatch, rows.dispatches, now=now)
    return rows


def free_references(count: int) -> Iterator[str]:
    """As many references that nobody has and that differ from each other. One query, as a rule."""
    free: set[str] = set()
    while len(free) < count:
        drawn = {new_reference() for _time in range(count - len(free))}
        free |= drawn - set(Referral.objects.filter(reference__in=drawn).values_list("reference", flat=True))
    return iter(free)
