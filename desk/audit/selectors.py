"""Reads of the ledger, scoped to the auditor who reads."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from agencies.keyset import PAGE_SIZE, KeysetPage, KeysetStep
from agencies.models import RESTRICTED_KINDS, Agency, AgencyKind, Membership, Notice, User
from agencies.permissions import Permission, agencies_where
from agencies.restricted import restricted_now
from agencies.working_days import LONDON, start_of
from audit.access import looked
from audit.agents import Agent
from audit.models import Entry
from audit.operations import Operation, kinds_of
from documents.models import Document
from people.beside import WRITTEN
from people.models import Match, MatchAsking, MatchDecision, Person
from referrals.models import (
    Detachment,
    Dispatch,
    Join,
    NamedAccess,
    Note,
    NoteDetachment,
    Offer,
    Quarantined,
    Referral,
    Task,
    Withdrawal,
)
from referrals.models.dispatch import STANDING
from referrals.opened import opened_to
from referrals.selectors import Ids
from referrals.states import DispatchState

# Looks at one record, and what somebody took of it: that it stood in a list is none, nor that an action sent it.
LOOKED = looked.__name__
LOOKS = (Entry.Kind.VIEWED, Entry.Kind.PRINTED, *kinds_of(Operation.DISCLOSURE))
# What restricted desks do about a referral stays with them, also when they have sent it on.
_OF_THE_DESKS = ("agencies.restriction", "agencies.exclusion", "referrals.task")
# What runs by itself: it sweeps, delivers, reminds and seals, and would hide what people did.
_SERVICE = (Agent.SWEEPER.pk, Agent.MESSENGER.pk, Agent.SEALER.pk)
_ASSIGNMENTS: Any = Dispatch.pgh_event_model  # type: ignore[attr-defined]  # made by django-pghistory


def entries_for(reader: User, offices: list[Agency] | None = None) -> QuerySet[Entry]:
    """The entries that an auditor may read, of all their agencies or only for these `offices`.

    Of an agency: what those did who worked for it then, and what anybody did about the persons of referrals that it
    has, or that are opened to the auditor by name. Of the Home Office: all. Never what they did themselves, and nothing
    about a restricted record that is not opened to them by name: to them it is as if it were not there.
    """
    dated = Entry.objects.alias(day=TruncDate("at", tzinfo=LONDON))
    found = dated.exclude(actor=reader.pk).exclude(_tells_of(_kept_from(reader)))
    if offices is None:
        offices = agencies_where(reader, Permission.AUDIT_READ)
    if _reads_all(offices):
        return found
    having = _within(reader, offices)
    # By the id of a referral alone is known what was asked for in vain.
    theirs = Q(subject__in=_persons_of(having)) | Q(subject__in=_former_of(having)) | Q(object_id__in=having)
    of_the_desks = Q(object_type__in=_OF_THE_DESKS) | Exists(_worked(agency__kind__in=RESTRICTED_KINDS))
    # Most entries are of others' people: that is seen by one set, before the days of their memberships are compared.
    ever = Membership.objects.filter(agency__in=offices).values("user")
    return found.filter(Q(actor__in=ever) & Exists(_worked(agency__in=offices)) | theirs & ~of_the_desks)


def auditable_referrals(reader: User, among: Ids | None = None) -> QuerySet[Referral]:
    """The referrals of which an auditor may ask who looked at them, absent and kept ones being the same."""
    found = speakable_referrals(reader)
    if among is not None:
        found = found.filter(pk__in=among)
    offices = agencies_where(reader, Permission.AUDIT_READ)
    return found if _reads_all(offices) else found.filter(pk__in=_within(reader, offices))


def speakable_referrals(reader: User) -> QuerySet[Referral]:
    """Those that a sentence about what somebody did may name: all that are not kept from the auditor."""
    return Referral.objects.exclude(pk__in=_kept_from(reader))


def auditable_users(reader: User) -> QuerySet[User]:
    """Whose deeds an auditor may look through: whoever works or worked for their agency, and never themselves."""
    offices = agencies_where(reader, Permission.AUDIT_READ)
    others: QuerySet[User] = User.objects.exclude(pk=reader.pk)
    if _reads_all(offices):
        return others
    return others.filter(pk__in=Membership.objects.filter(agency__in=offices).values("user"))


def users_called(reader: User, words: str) -> QuerySet[User]:
    """Those among them in whose name all of the words stand, by name."""
    found = auditable_users(reader)
    for word in words.split():
        found = found.filter(name__icontains=word)
    return found.order_by("name", "pk")


def entries_about(entries: QuerySet[Entry], referral: Referral) -> QuerySet[Entry]:
    """Those about the person of a referral, also while the referral was held to be another’s.

    With them stands what was asked for in vain by the id of the referral or of what stands beside it: a refusal names
    no person. The ids are fetched first: by them the ledger is asked by its indexes.
    """
    persons = [referral.person_id, *_former_of([referral.pk]).values_list("wrong", flat=True)]
    joins = Join.objects.filter(Q(earlier=referral) | Q(later=referral)).values("pk")
    first, *others = [*_beside([referral.pk]), joins]
    asked_for = [row["pk"] for row in first.union(*others)]
    refused = Q(kind=Entry.Kind.REFUSED, object_id__in=asked_for)
    return entries.filter(Q(subject__in=persons) | Q(object_id=referral.pk) | refused)


def without_restricted(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those that tell of no restricted record, whomever it is opened to: what may leave the house in a file."""
    return entries.exclude(_tells_of(Referral.objects.filter(pk__in=restricted_now()).values("pk")))


def narrowed(
    entries: QuerySet[Entry],
    *,
    operation: str = "",
    service: str = "too",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """Those of one operation, from one day to another, both included; with what the `service` itself did or without."""
    if not service:
        entries = entries.exclude(actor__in=_SERVICE)
    if operation:
        entries = entries.filter(kind__in=kinds_of(Operation(operation)))
    if since:
        entries = entries.filter(at__gte=start_of(since))
    if until:
        entries = entries.filter(at__lt=start_of(until + timedelta(days=1)))
    return entries


def page_of(entries: QuerySet[Entry], address: Mapping[str, str], *, size: int = PAGE_SIZE) -> KeysetPage[Entry]:
    """The page for which an address asks, the latest first, with payloads. The order is that of the primary key.

    Each entry is annotated with `assigned`. One query, two where nothing newer is left.
    """
    rows = _to_read(entries)
    before, after = (_number(address.get(name, "")) for name in ("older_than", "newer_than"))
    if after is not None and before is None:
        found: list[Entry] = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        newer, shown = len(found) > size, found[:size][::-1]
        if not shown:
            return page_of(entries, {}, size=size)
        return KeysetPage(shown, older=str(shown[-1].pk), newer=str(shown[0].pk) if newer else "")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    shown = found[:size]
    older = str(shown[-1].pk) if len(found) > size else ""
    return KeysetPage(shown, older=older, newer=str(shown[0].pk) if shown and before is not None else "")


def step_of(entries: QuerySet[Entry], /, *, after: str, size: int) -> KeysetStep[Entry]:
    """The next entries after a cursor, the oldest first, as `page_of` reads them. One query."""
    number = _number(after)
    rows = _to_read(entries) if number is None else _to_read(entries).filter(pk__gt=number)
    found = list(rows.order_by("pk")[: size + 1])
    return KeysetStep(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def _to_read(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """With what `sentences.lines` needs of each."""
    found: QuerySet[Entry] = entries.annotate(assigned=was_assigned()).select_related("payload")
    return found


def was_assigned() -> Exists:
    """Whether a referral of the entry's person was assigned to the actor at that moment, as the history tells."""
    then = _ASSIGNMENTS.objects.filter(pgh_created_at__lte=OuterRef("at"), referral__person=OuterRef("subject"))
    later = _ASSIGNMENTS.objects.filter(
        pgh_obj=OuterRef("pgh_obj"), pgh_id__gt=OuterRef("pgh_id"), pgh_created_at__lte=OuterRef(OuterRef("at"))
    )
    held = then.filter(~Exists(later), assigned_to=OuterRef("actor"))
    return Exists(held.exclude(state=DispatchState.TRANSFERRED))


def looks_by_actor(entries: QuerySet[Entry]) -> list[dict[str, Any]]:
    """Who looked, how often, how often while it was assigned to them, first and last; the latest first. One query."""
    looks = entries.filter(kind__in=LOOKS, verb=LOOKED).annotate(assigned=was_assigned())
    counted = looks.order_by().values("actor")
    found = counted.annotate(
        looks=Count("pk"), first=Min("at"), last=Max("at"), while_assigned=Count("pk", filter=Q(assigned=True))
    )
    return [dict(row) for row in found.order_by("-last", "actor")]


def reads_all(reader: User) -> bool:
    """Whether they read the whole ledger: the auditors of the Home Office."""
    return _reads_all(agencies_where(reader, Permission.AUDIT_READ))


def _reads_all(offices: list[Agency]) -> bool:
    return any(office.kind == AgencyKind.HOME_OFFICE for office in offices)


def _worked(**where: Any) -> QuerySet[Membership]:
    """The memberships by which the actor of an entry worked there at its time."""
    day = OuterRef("day")
    lasting = Q(ends_on=None) | Q(ends_on__gte=day)
    standing = Q(ended_at=None) | Q(ended_at__gt=OuterRef("at"))
    return Membership.objects.filter(lasting, standing, user=OuterRef("actor"), starts_on__lte=day, **where)


def _within(reader: User, offices: list[Agency]) -> QuerySet[Any, Any]:
    """The ids of the referrals that the offices have, and of those opened by name to the reader as an auditor."""
    theirs = Dispatch.objects.filter(STANDING, agency__in=offices).values("referral_id")
    return Referral.objects.filter(Q(pk__in=theirs) | Q(pk__in=_opened_to(reader, offices))).values("pk")


def _opened_to(reader: User, offices: list[Agency]) -> QuerySet[Any, Any]:
    """The ids of those opened by name for one of the offices: what somebody reads as an officer they do not audit."""
    there = NamedAccess.objects.filter(user=reader, agency__in=offices).values("content_object")
    return opened_to(reader).filter(pk__in=there).values("pk")


def _kept_from(reader: User) -> QuerySet[Any, Any]:
    """The ids of the referrals on which any restriction stands, but for those opened to the reader by name."""
    offices = agencies_where(reader, Permission.AUDIT_READ)
    restricted = Referral.objects.filter(pk__in=restricted_now())
    return restricted.exclude(pk__in=_opened_to(reader, offices)).values("pk")


def _persons_of(referrals: Ids) -> QuerySet[Any, Any]:
    return Referral.objects.filter(pk__in=referrals).values("person")


def _former_of(referrals: Ids) -> QuerySet[Any, Any]:
    """Whose the referrals were held to be, before they were detached from them."""
    return Detachment.objects.filter(referral__in=referrals).values("wrong")


def _tells_of(referrals: QuerySet[Any, Any]) -> Q:
    """The condition for entries from which somebody would learn of these referrals."""
    joins = Join.objects.filter(Q(earlier__in=referrals) | Q(later__in=referrals)).values("pk")
    moved = NoteDetachment.objects.filter(note__referral__in=referrals, became__isnull=False).values("became")
    mail = Notice.objects.filter(tells_of__overlap=referrals).values("pk")
    found = Q(kind=Entry.Kind.COMBINED, object_id__in=_joined_with(referrals))
    found |= Q(subject__in=_persons_of(referrals)) | Q(subject__in=_former_of(referrals))
    for ids in (referrals, *_beside(referrals), joins, moved, mail):
        found |= Q(object_id__in=ids)
    return found | Q(correlation__in=_about_matches(_persons_of(referrals)))


def _about_matches(persons: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Under which correlation something was done about a match of one of these persons.

    With the match itself goes what was done to the other person in the same breath: who is on whose record, and a look.
    """
    matches = Match.objects.filter(Q(one__in=persons) | Q(other__in=persons)).values("pk")
    told = Q(object_id__in=matches)
    told |= Q(object_id__in=MatchDecision.objects.filter(match__in=matches).values("pk"))
    told |= Q(object_id__in=MatchAsking.objects.filter(match__in=matches).values("pk"))
    return Entry.objects.filter(told).values("correlation")


def _beside(referrals: Ids) -> list[QuerySet[Any, Any]]:
    """The ids of what stands beside them and is asked for by its own id: a refusal knows of nothing else."""
    theirs: list[Any] = [
        model.objects.filter(referral__in=referrals)
        for model in (Dispatch, Note, Task, Withdrawal, Quarantined, Document)
    ]
    theirs.append(NamedAccess.every.filter(content_object__in=referrals))
    theirs.append(Offer.objects.filter(dispatch__referral__in=referrals))
    persons = _persons_of(referrals)
    theirs += [Person.objects.filter(Q(pk__in=persons) | Q(pk__in=_former_of(referrals)))]
    theirs += [model.objects.filter(person__in=persons) for model in WRITTEN]
    return [each.values("pk") for each in theirs]


def _joined_with(referrals: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The other referral of each join of one of these."""
    later = Join.objects.filter(earlier__in=referrals).values("later")
    return later.union(Join.objects.filter(later__in=referrals).values("earlier"))


def _number(cursor: str) -> int | None:
    """The primary key in a cursor; None for one that makes no sense."""
    return int(cursor) if cursor.isascii() and cursor.isdecimal() and len(cursor) < 19 else None
