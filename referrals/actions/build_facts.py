"""What the answers say of persons by which they can be found is kept with their search rows."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.keys import KeyDestroyed, load_keys
from people.actions.keep_facts import keep_facts
from people.matching.described import Aside
from people.matching.storing import without_facts
from referrals.extracts import aside_of
from referrals.models import Referral

# Persons at a time, in one transaction.
BATCH = 2000


@action
def build_facts(*, after: UUID | None = None, by: Actor, now: datetime) -> list[UUID]:
    """Open the answers of referrals about some persons and keep keyed hashes of what they can be found by.

    Of persons for whom that was not done yet, or under other rules or another key, in the order of their ids and
    `after` one of them. Gives their ids; none are left at an empty list. Locks the persons.

    Raises Forbidden when `by` may not load reference data.
    """
    require(by, Permission.REFERENCE_DATA_LOAD)
    ids = without_facts(after, BATCH)
    load_keys(set(ids))
    asides = {pk: Aside() for pk in ids}
    for referral in Referral.objects.filter(person__in=ids).order_by("submitted_at", "pk"):
        asides[referral.person_id] = _told(referral)
    if ids:
        keep_facts(asides=asides, by=by, now=now)
    return ids


def _told(referral: Referral) -> Aside:
    """Nothing but the year where the key was destroyed in the meantime."""
    on = timezone.localdate(referral.submitted_at)
    try:
        return aside_of(referral.answers, on=on)
    except KeyDestroyed:
        return Aside(on.year)
