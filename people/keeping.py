"""Who has a person in their keeping, and who may read them: answered by the rooms above, where referrals are."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from agencies.models import Agency, User
from agencies.permissions import Permission
from audit.actors import Actor

# The id of no row. Asked about where there is nothing else to ask: a statement that is spared would tell of it.
NOBODY = UUID(int=0)
Persons = Iterable[UUID]
Kept = list[tuple[UUID, Agency]]


class Keeper(Protocol):
    """A room that has persons in its keeping. Each answer is of those among the persons asked about."""

    def readable(self, reader: User, among: Persons) -> set[UUID]:
        """Those whom the reader may read."""

    def worked(self, actor: User, among: Persons, needed: Permission) -> Kept:
        """Each with an agency in which `actor` holds `needed` and which has them now; nothing kept from `actor`."""

    def keeping(self, among: Persons) -> Kept:
        """Each with every agency that has them now, restricted ones and restricted desks too."""

    def restricted(self, among: Persons) -> set[UUID]:
        """Those of whom something is restricted: whoever was not told of it must not learn of them at all."""

    def hidden(self, reader: User, among: Persons) -> set[UUID]:
        """Those from whom the reader is excluded by name, whatever their role."""

    def had_by(self, reader: User, needed: Permission) -> QuerySet[Any, Any]:
        """The ids of whomever `worked` would find, for the condition of a list."""

    def barred_from(self, reader: User) -> QuerySet[Any, Any]:
        """The ids of those of whom the reader must not learn whoever tells them, for the condition of a list.

        Those from whose records the reader is excluded, and those kept from them in an agency of theirs.
        """

    def voices(self, reader: User, among: Persons) -> Kept:
        """Each with every agency whose words about them "for my agency only" are the reader's to read."""


_keepers: list[Keeper] = []


def keeps_persons(keeper: Keeper) -> None:
    """Register a room above. Called in its AppConfig.ready."""
    _keepers.append(keeper)


def readable_persons(reader: User, among: Persons) -> set[UUID]:
    """Those among the persons whom the reader may read."""
    asked = list(among)
    return {pk for keeper in _keepers for pk in keeper.readable(reader, asked)} if asked else set()


def agencies_working(actor: Actor, person: UUID, needed: Permission) -> list[Agency]:
    """The agencies on whose behalf `actor` may do what `needed` says about the person, by name."""
    return agencies_worked(actor, [person], needed).get(person, [])


def agencies_worked(actor: Actor, among: Persons, needed: Permission) -> dict[UUID, list[Agency]]:
    """The same of several persons; those about whom `actor` may do nothing of the kind are left out."""
    asked = list(among)
    if not isinstance(actor, User) or not asked:
        return {}
    return _by_person(pair for keeper in _keepers for pair in keeper.worked(actor, asked, needed))


def agencies_keeping(among: Persons) -> dict[UUID, list[Agency]]:
    """The agencies that have each person now, by name; a person whom nobody has is left out."""
    asked = list(among)
    return _by_person(pair for keeper in _keepers for pair in keeper.keeping(asked)) if asked else {}


def _by_person(kept: Iterable[tuple[UUID, Agency]]) -> dict[UUID, list[Agency]]:
    found: dict[UUID, dict[UUID, Agency]] = {}
    for person, agency in kept:
        found.setdefault(person, {})[agency.pk] = agency
    return {pk: sorted(theirs.values(), key=lambda agency: (agency.name, agency.pk)) for pk, theirs in found.items()}


def restricted_persons(among: Persons) -> set[UUID]:
    """Those of whom something is restricted."""
    asked = list(among)
    return {pk for keeper in _keepers for pk in keeper.restricted(asked)} if asked else set()


def hidden_persons(reader: User, among: Persons) -> set[UUID]:
    """Those from whom the reader is excluded by name: they must not know of them, whatever their role."""
    asked = list(among)
    return {pk for keeper in _keepers for pk in keeper.hidden(reader, asked)} if asked else set()


def had_by(reader: User, needed: Permission) -> Q:
    """The condition for rows about persons whom `persons_worked` would find."""
    return reduce(or_, (Q(person__in=keeper.had_by(reader, needed)) for keeper in _keepers), Q(pk__in=[]))


def barred_from(reader: User) -> Q:
    """The condition for rows about persons of whom the reader must not learn, whoever tells them."""
    return reduce(or_, (Q(person__in=keeper.barred_from(reader)) for keeper in _keepers), Q(pk__in=[]))


def voices_for(reader: User, person: UUID) -> list[Agency]:
    """The agencies whose words "for my agency only" about the person are the reader's to read."""
    return voices_of(reader, [person]).get(person, [])


def voices_of(reader: User, among: Persons) -> dict[UUID, list[Agency]]:
    """For each of the persons the same, by name; those are left out of whom none are."""
    asked = list(among)
    return _by_person(pair for keeper in _keepers for pair in keeper.voices(reader, asked)) if asked else {}
