"""Links join persons into records: whoever writes one holds the lock, and recomputes who is on which record."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from audit.locks import lock_name
from people.models import Match, Person
from people.states import MatchState


def lock_links() -> None:
    """Let nobody else link, unlink or find until this action ends.

    Officers confirm a few matches a minute in the whole country; with one lock, first of all that are taken, whoever
    computes a record sees every link, and nobody waits for whoever waits for them.
    """
    lock_name("people.links")


def joined_with(persons: Collection[UUID], *, among: Collection[UUID] | None = None) -> set[UUID]:
    """Everybody whom confirmed matches join with these persons, themselves included; by way of those `among` alone."""
    found, at = set(persons), set(persons)
    while at:
        links = Match.objects.filter(Q(one__in=at) | Q(other__in=at), state=MatchState.CONFIRMED)
        if among is not None:
            links = links.filter(one__in=among, other__in=among)
        at = {pk for pair in links.values_list("one_id", "other_id") for pk in pair} - found
        found |= at
    return found


def recompute_records(persons: Collection[UUID]) -> None:
    """Say anew on which record these persons are, and everybody who was on one with them. Locks them, ids ascending.

    Whoever calls it holds `lock_links`. A record has the lowest id of its persons: it follows from the links alone.
    """
    before = Person.objects.filter(pk__in=persons).exclude(record_id=None).values_list("record_id", flat=True)
    left = joined_with({*persons, *Person.objects.filter(record_id__in=list(before)).values_list("pk", flat=True)})
    rows = {row.pk: row for row in Person.objects.filter(pk__in=left).order_by("pk").select_for_update()}
    while left:
        record = joined_with([min(left)])
        left -= record
        for pk in sorted(record):
            record_id = min(record) if len(record) > 1 else None
            if rows[pk].record_id != record_id:
                rows[pk].changed(record_id=record_id)
