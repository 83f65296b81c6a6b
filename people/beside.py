"""What is written beside persons, as one reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, Value

from agencies.models import RESTRICTED_KINDS, User
from agencies.permissions import Permission
from agencies.restricted import works_at_restricted_desk
from audit.keys import load_keys
from people.keeping import NOBODY, agencies_working, readable_persons, voices_for, voices_of
from people.matching.described import Aside, described
from people.models import (
    Address,
    Contact,
    Person,
    PersonName,
    PlannedContact,
    Readers,
    Relationship,
    Telling,
    Whereabouts,
    Written,
)
from people.permissions import can_strike_out

WRITTEN: tuple[type[Written], ...] = (PersonName, Address, Relationship, Contact, PlannedContact, Telling, Whereabouts)
_BY_NAME = {model._meta.model_name: model for model in WRITTEN}


@dataclass(frozen=True)
class WrittenBeside:
    """Of several persons, what is struck out too: names and relationships as written, all else from the latest.

    Contact that is planned as it is to come.
    """

    names: list[PersonName] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)
    whereabouts: list[Whereabouts] = field(default_factory=list)
    planned: list[PlannedContact] = field(default_factory=list)

    def rows(self) -> list[Written]:
        """All of it."""
        known = (self.names, self.addresses, self.relationships, self.contacts, self.planned)
        return [row for rows in (*known, self.tellings, self.whereabouts) for row in rows]

    @property
    def told(self) -> Telling | None:
        """The latest that stands of whether they were told."""
        return next((row for row in self.tellings if not row.is_struck), None)

    @property
    def away(self) -> Whereabouts | None:
        """Where they are, by the latest that stands, unless they are back."""
        latest = next((row for row in self.whereabouts if not row.is_struck), None)
        return latest if latest and latest.is_away else None


def beside_persons(reader: User, persons: Iterable[UUID]) -> WrittenBeside:
    """What the reader may read beside those of the persons whom they may read. Eleven queries however many persons.

    As of notes beside a referral: what is for all who have the referral, and what is for the agency only where its
    words are the reader's to read. What a restricted desk wrote stays with the restricted desks. A relationship says
    in `other_known` whether its reader may read the other person: of one whom they may not, nothing is said.
    """
    known = readable_persons(reader, persons)
    if not known:
        return WrittenBeside()
    condition = _readable(reader, known)
    found = {model: list(_rows(model).filter(condition, person__in=known)) for model in WRITTEN}
    load_keys({row.person_id for rows in found.values() for row in rows})
    return WrittenBeside(
        names=found[PersonName],
        addresses=sorted(found[Address], key=_latest_address),
        relationships=_with_others(reader, found[Relationship]),
        contacts=sorted(found[Contact], key=lambda row: (row.day, row.clock is not None, row.clock), reverse=True),
        tellings=found[Telling][::-1],
        whereabouts=found[Whereabouts][::-1],
        planned=sorted(found[PlannedContact], key=lambda row: (row.day, row.clock is not None, row.clock)),
    )


def other_names_known(reader: User, persons: Iterable[UUID]) -> dict[UUID, str]:
    """Of persons whom the reader may read: their other names, in words, where one stands beside them that is kept from
    the reader, without it. Who is left out has none that is kept. The same statements whoever they are.
    """
    asked = {NOBODY, *persons}
    readable, standing = _readable(reader, asked), PersonName.objects.filter(person__in=asked, struck_at=None)
    some_kept = {NOBODY, *standing.exclude(readable).values_list("person_id", flat=True)}
    load_keys(some_kept)
    names: dict[UUID, list[str]] = {}
    for row in standing.filter(readable, person__in=some_kept).order_by("written_at", "pk"):
        names.setdefault(row.person_id, []).append(row.name)
    found = Person.objects.filter(pk__in=some_kept)
    return {each.pk: described(each, Aside(names=tuple(names.get(each.pk, ())))).other for each in found}


def _rows(model: type[Written]) -> Any:
    more = ["urgency"] if model is PlannedContact else []
    return model.objects.select_related("agency", "written_by", "struck_by", *more).order_by("written_at", "pk")


def _readable(reader: User, persons: Iterable[UUID]) -> Q:
    """Who reads what is asked of the referrals that the persons have."""
    condition = Q(readers=Readers.RECIPIENTS)
    for person, agencies in voices_of(reader, persons).items():
        condition |= Q(person=person, agency__in=agencies)
    return condition if works_at_restricted_desk(reader) else condition & ~Q(agency__kind__in=RESTRICTED_KINDS)


def _latest_address(row: Address) -> tuple[bool, int, int]:
    """Those that nobody has left first, then by the day on which they were left, and on which they began."""
    return row.until is not None, -(row.until or date.min).toordinal(), -(row.since or date.min).toordinal()


def _with_others(reader: User, rows: list[Relationship]) -> list[Relationship]:
    known = readable_persons(reader, {row.other_id for row in rows if row.other_id})
    for row in rows:
        row.other_known = row.other_id in known
    return rows


class Found(NamedTuple):
    """Of which model a row is, beside whom it stands, and who wrote it."""

    model: type[Written]
    person_id: UUID
    agency_id: UUID


def written_with_id(pk: UUID) -> Found:
    """Where a row is. One statement. Raises ObjectDoesNotExist where there is none."""
    first, *others = (
        model.objects.filter(pk=pk).values_list(Value(model._meta.model_name), "person_id", "agency_id")
        for model in WRITTEN
    )
    for name, person, agency in first.union(*others):
        return Found(_BY_NAME[name], person, agency)
    raise ObjectDoesNotExist


def row_to_strike_out(reader: User, pk: UUID) -> Written:
    """The row, if the reader may strike it out.

    Raises ObjectDoesNotExist alike for one that is absent and one that is not theirs, by the same statements.
    """
    try:
        found = written_with_id(pk)
    except ObjectDoesNotExist:
        found = Found(PersonName, pk, pk)
    working = agencies_working(reader, found.person_id, Permission.RECORD_WRITE)
    voices = voices_for(reader, found.person_id)
    for wrote in voices:
        if wrote.pk == found.agency_id and can_strike_out(wrote, working=working, voices=voices):
            row: Written = _rows(found.model).select_related("person").get(pk=pk, person=found.person_id)
            return row
    raise ObjectDoesNotExist
