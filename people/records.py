"""Records: the persons whom officers have confirmed to be one human being."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from agencies.models import User
from people.keeping import NOBODY, hidden_persons, readable_persons, restricted_persons
from people.models import Match, Person
from people.states import MatchState


def record_of(person: Person) -> QuerySet[Person]:
    """The persons on the same record, the person among them. Scoped to no reader."""
    if person.record_id is None:
        return Person.objects.filter(pk=person.pk)
    return Person.objects.filter(record_id=person.record_id)


def records_of(persons: Iterable[Person]) -> dict[UUID, list[UUID]]:
    """Each of the persons, and everybody on the same record, ids ascending. One query. Scoped to no reader."""
    asked = list(persons)
    joined = {person.record_id for person in asked if person.record_id}
    members: dict[UUID, list[UUID]] = {}
    for each in Person.objects.filter(record_id__in={NOBODY, *joined}).order_by("pk"):
        if each.record_id:
            members.setdefault(each.record_id, []).append(each.pk)
    return {
        person.pk: members.get(person.record_id, [person.pk]) if person.record_id else [person.pk] for person in asked
    }


def records_known_to(reader: User, persons: Iterable[Person]) -> dict[UUID, set[UUID]]:
    """The same as far as the reader may know: whom only somebody joins who is kept from them, nothing joins.

    As many statements whatever is kept.
    """
    asked = list(persons)
    members = {pk for record in records_of(asked).values() for pk in record} | {person.pk for person in asked}
    kept = restricted_persons(members) | hidden_persons(reader, members)
    known = members - (kept - readable_persons(reader, members))
    links: dict[UUID, set[UUID]] = {}
    confirmed = Match.objects.filter(one__in=members, other__in=members, state=MatchState.CONFIRMED)
    for one, other in confirmed.values_list("one", "other"):
        if {one, other} <= known:
            links.setdefault(one, set()).add(other)
            links.setdefault(other, set()).add(one)
    return {person.pk: _reached(person.pk, links) for person in asked}


def _reached(person: UUID, links: dict[UUID, set[UUID]]) -> set[UUID]:
    found, at = {person}, {person}
    while at:
        at = {other for pk in at for other in links.get(pk, ())} - found
        found |= at
    return found
