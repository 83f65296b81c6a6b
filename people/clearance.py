"""Whether contact about a person is cleared: asked by every room that sends, asks or authorises something."""

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from people.keeping import NOBODY
from people.models import Clearance, Person

# Asked of the rooms above: those among the persons whose clearance counts no more, though their row stands still.
Suspends = Callable[[Collection[UUID]], set[UUID]]
_suspending: list[Suspends] = []


def suspends_clearance(asked: Suspends) -> Suspends:
    """Register a function of a room above, whose AppConfig.ready imports it."""
    _suspending.append(asked)
    return asked


# Asked of the rooms above: whom they would contact with these persons.
Joins = Callable[[Collection[UUID]], set[UUID]]
_joining: list[Joins] = []


def joins_contact(asked: Joins) -> Joins:
    """Register a function of a room above, whose AppConfig.ready imports it."""
    _joining.append(asked)
    return asked


def contacted_with(persons: Collection[UUID]) -> set[UUID]:
    """These persons, and everybody who would be contacted with any of them."""
    return {*persons, *(pk for each in _joining for pk in each(persons))}


class Cleared(StrEnum):
    """What pages and lists say of it. Not cleared is false, as nothing is."""

    NO = ""
    YES = "yes"
    WITH_CONDITIONS = "with_conditions"


def is_cleared(person_id: UUID) -> bool:
    """Whether the police have cleared contact about the person, and about everybody on the same record."""
    return person_id in cleared_among([person_id])


def how_cleared(person_id: UUID) -> Cleared:
    """The same as `is_cleared`, and whether conditions are to be kept about anybody on the record."""
    return how_cleared_among([person_id]).get(person_id, Cleared.NO)


def cleared_among(persons: Iterable[UUID]) -> set[UUID]:
    """Those among the persons about whom contact is cleared."""
    return set(how_cleared_among(persons))


def how_cleared_among(persons: Iterable[UUID]) -> dict[UUID, Cleared]:
    """The same, and how: whoever is not cleared is left out. As many queries, whoever they are.

    Who is on a record with somebody about whom it is not cleared is not either: that person would be contacted too.
    Which of them it is, is not told. A clearance whose review day is over counts no more, whether or not that was
    noticed; nor does one that a room above suspends, since something new waits or somebody in a joined referral is not
    cleared. Scoped to no reader; whoever refuses because of it holds the person's lock (`people.locking`).
    """
    asked = {NOBODY, *persons}
    standing = Clearance.objects.filter(person=OuterRef("pk"), ended_at=None, review_on__gte=timezone.localdate())
    records = Person.objects.filter(pk__in=asked).exclude(record_id=None).values("record_id")
    rows = Person.objects.filter(Q(pk__in=asked) | Q(record_id__in=records)).annotate(
        conditions=Subquery(standing.values("with_conditions")[:1])
    )
    found = list(rows.values_list("pk", "record_id", "conditions"))
    everybody = asked | {pk for pk, _record, _conditions in found}
    overtaken = {pk for each in _suspending for pk in each(everybody)}
    held = {record or pk for pk, record, conditions in found if conditions is None or pk in overtaken}
    careful = {record or pk for pk, record, conditions in found if conditions}
    return {
        pk: Cleared.WITH_CONDITIONS if (record or pk) in careful else Cleared.YES
        for pk, record, _conditions in found
        if pk in asked and (record or pk) not in held
    }
