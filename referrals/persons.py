"""Referrals keep persons: who may read whom, and which agencies have them, follows from the referrals about them."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from agencies.models import RESTRICTED_KINDS, Exclusion, Restriction, User
from agencies.permissions import Permission, agencies_where
from agencies.restricted import hidden_from, works_at_restricted_desk
from people.keeping import Kept, Persons, keeps_persons
from people.models import Person
from referrals.models import Dispatch, Referral
from referrals.models.dispatch import STANDING
from referrals.selectors import dispatches_of, readable_referrals


class Referrals:
    """The `people.keeping.Keeper` of this room."""

    def readable(self, reader: User, among: Persons) -> set[UUID]:
        """Persons of referrals that the reader may read. One query."""
        about = Referral.objects.filter(person__in=among).values("pk")
        return set(readable_referrals(reader, about).values_list("person_id", flat=True))

    def worked(self, actor: User, among: Persons, needed: Permission) -> Kept:
        """Persons of dispatches to the actor's agencies. One query."""
        found = dispatches_of(actor, needed=needed).filter(referral__person__in=among)
        return _by_person(found.select_related("agency", "referral"))

    def keeping(self, among: Persons) -> Kept:
        """Persons of dispatches that stand. One query."""
        found = Dispatch.objects.filter(STANDING, referral__person__in=among)
        return _by_person(found.select_related("agency", "referral"))

    def restricted(self, among: Persons) -> set[UUID]:
        """Persons with a referral on which any restriction stands. One query."""
        walled = Restriction.objects.filter(released_at=None).values("about")
        return set(Referral.objects.filter(person__in=among, pk__in=walled).values_list("person_id", flat=True))

    def hidden(self, reader: User, among: Persons) -> set[UUID]:
        """Persons with a referral from which the reader is excluded. One query."""
        kept = Exclusion.objects.filter(user=reader, restriction__released_at=None).values("restriction__about")
        return set(Referral.objects.filter(person__in=among, pk__in=kept).values_list("person_id", flat=True))

    def had_by(self, reader: User, needed: Permission) -> QuerySet[Any, Any]:
        """Persons of dispatches to the reader's agencies."""
        return dispatches_of(reader, needed=needed).values("referral__person")

    def barred_from(self, reader: User) -> QuerySet[Any, Any]:
        """Persons of referrals from which the reader is excluded, or which an agency of theirs has and keeps from them;
        and whoever is on the same record."""
        excluded = Exclusion.objects.filter(user=reader, restriction__released_at=None).values("restriction__about")
        theirs = Dispatch.objects.filter(STANDING, agency__in=reader.agencies, referral__in=hidden_from(reader))
        about = Referral.objects.filter(Q(pk__in=excluded) | Q(pk__in=theirs.values("referral")))
        joined = Person.objects.filter(pk__in=about.values("person"), record_id__isnull=False).values("record_id")
        return Person.objects.filter(Q(pk__in=about.values("person")) | Q(record_id__in=joined)).values("pk")

    def voices(self, reader: User, among: Persons) -> Kept:
        """As for notes: the reader's agencies that have a referral about each, and who of their side had it before.

        One query.
        """
        theirs = agencies_where(reader, Permission.DISPATCH_READ)
        everybodys = Dispatch.objects.filter(referral__person__in=among).exclude(referral__in=hidden_from(reader))
        rows = list(everybodys.select_related("agency", "referral").order_by("sent_at", "pk"))
        at_desk = works_at_restricted_desk(reader)
        mine = [row for row in rows if row.stands and row.agency in theirs]
        sides = {(row.referral.person_id, row.agency.is_police) for row in mine}
        gone = [row for row in rows if not row.stands and (row.referral.person_id, row.agency.is_police) in sides]
        found = [row for row in [*mine, *gone] if at_desk or row.agency.kind not in RESTRICTED_KINDS]
        return [(row.referral.person_id, row.agency) for row in found]


def _by_person(dispatches: QuerySet[Dispatch]) -> Kept:
    return [(row.referral.person_id, row.agency) for row in dispatches]


keeps_persons(Referrals())
