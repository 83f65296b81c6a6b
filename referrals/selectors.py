"""Reads of the referrals room, scoped to their reader where they are born."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from agencies.models import RESTRICTED_KINDS, Agency, Membership, User
from agencies.permissions import Permission, agencies_where
from agencies.restricted import hidden_from, may_know, works_at_restricted_desk
from agencies.roles import roles_with
from agencies.selectors import covered_by, holding
from documents.models import Document
from documents.selectors import standing_documents
from referrals.models import (
    Addition,
    Dispatch,
    Join,
    NamedAccess,
    Note,
    NoteDetachment,
    NoteReaders,
    Offer,
    Reassignment,
    Referral,
    ReferrerShown,
    Withdrawal,
)
from referrals.models.dispatch import STANDING
from referrals.opened import opened_to
from referrals.policies import same_side
from referrals.quarantine import held_before
from referrals.states import DispatchState, OfferState, WithdrawalState
from referrals.waiting import AGE, of_age, overdue

# How long somebody's home page names a referral that has left their agency.
TOLD_FOR = timedelta(days=7)
Ids = Iterable[UUID] | QuerySet[Any, Any]


@dataclass(frozen=True)
class InboxFilters:
    """What an officer narrows the inbox to; empty means everything."""

    state: str = ""
    assigned: str = ""
    flags: tuple[str, ...] = ()
    reference: str = ""
    waiting: str = ""
    agency: str = ""


def dispatches_of(reader: User, *, needed: Permission = Permission.DISPATCH_READ) -> QuerySet[Dispatch]:
    """Dispatches to the agencies whose referrals the reader reads today: what the reader may know of at all.

    One that another agency has accepted is not among them; nor is one that is kept from the reader. An agency's own
    system `needed` another permission.
    """
    theirs = Dispatch.objects.filter(STANDING, agency__in=agencies_where(reader, needed))
    return theirs.exclude(referral__in=hidden_from(reader))


def offers_to(reader: User) -> QuerySet[Offer]:
    """Offers that wait for an answer of the reader's agencies, with referral, agencies and who offers at hand.

    Immediate danger first, then the oldest.
    """
    related = ("dispatch__referral__person", "dispatch__agency", "agency", "offered_by")
    found: QuerySet[Offer] = (
        _offered_to(reader).select_related(*related).order_by("-dispatch__immediate", "offered_at", "id")
    )
    return found


def lately_left(reader: User, *, now: datetime) -> QuerySet[Offer]:
    """Referrals that left the reader's agencies within the week: reference and where to, which is all they may know."""
    theirs = agencies_where(reader, Permission.DISPATCH_READ)
    gone = Offer.objects.filter(state=OfferState.ACCEPTED, dispatch__agency__in=theirs, closed_at__gt=now - TOLD_FOR)
    gone = gone.exclude(dispatch__referral__in=hidden_from(reader))
    came_back = Dispatch.objects.filter(STANDING, agency__in=theirs).values("referral_id")
    found: QuerySet[Offer] = gone.exclude(dispatch__referral__in=came_back).order_by("-closed_at", "id")
    return found.select_related("dispatch__referral", "dispatch__agency", "agency")


def inbox(reader: User, *, filters: InboxFilters) -> QuerySet[Dispatch]:
    """The reader's dispatches with person, agency and assignee at hand; order and page are the caller's."""
    found = dispatches_of(reader).select_related("referral__person", "agency", "assigned_to")
    for condition in (_waiting(reader, filters), _assigned(reader, filters), _narrow(filters)):
        found = found.filter(condition)
    return found


def every_offer_to(reader: User) -> QuerySet[Offer]:
    """Offers that were ever made to the agencies of the reader; not of what is kept from the reader."""
    found: QuerySet[Offer] = Offer.objects.filter(agency__in=agencies_where(reader, Permission.DISPATCH_READ))
    return found.exclude(dispatch__referral__in=hidden_from(reader))


def _offered_to(reader: User) -> QuerySet[Offer]:
    """Those that an agency of the reader has still to answer."""
    return every_offer_to(reader).filter(state=OfferState.OFFERED)


def _narrow(filters: InboxFilters) -> Q:
    """What the filters say about the referral and where it went."""
    condition = Q()
    if "immediate" in filters.flags:
        condition &= Q(immediate=True)
    if "flagged" in filters.flags:
        condition &= Q(flagged=True)
    if filters.reference:
        condition &= Q(referral__reference=filters.reference)
    if filters.agency:
        condition &= Q(agency__code=filters.agency)
    return condition


def _waiting(reader: User, filters: InboxFilters) -> Q:
    """What they say about receipt."""
    condition = Q(state=filters.state) if filters.state in DispatchState.values else Q()
    if filters.waiting == "overdue":
        condition &= overdue(timezone.now())
    if filters.waiting in AGE:
        condition &= of_age(AGE[filters.waiting], reader.agencies, now=timezone.now())
    return condition


def _assigned(reader: User, filters: InboxFilters) -> Q:
    """What they say about who works it."""
    match filters.assigned:
        case "me":
            return Q(assigned_to=reader)
        case "covered":
            return covered_for(reader)
        case "nobody":
            return Q(assigned_to=None)
    return Q()


def covered_for(reader: User) -> Q:
    """The condition for what is assigned to colleagues for whom the reader stands in today, agency by agency."""
    found = Q(pk__in=[])
    for absence in covered_by(reader, on=timezone.localdate()):
        found |= Q(assigned_to=absence.user_id, agency=absence.agency_id)
    return found


def able_to_work(dispatch: Dispatch) -> list[User]:
    """Whom the dispatch can be assigned to: who reads the agency's referrals and may know of this one, by name."""
    officers = holding(dispatch.agency, Permission.DISPATCH_READ, on=timezone.localdate())
    return may_know(dispatch.referral_id, list(officers))


def assigned_to(reader: User, agency: Agency, user_id: UUID | None) -> QuerySet[Dispatch]:
    """What one colleague of an agency has, or without one what nobody has, with what a list shows."""
    found = dispatches_of(reader).filter(agency=agency, assigned_to=user_id)
    return found.select_related("referral__person", "agency", "assigned_to")


def work_by_colleague(reader: User, agencies: list[Agency]) -> dict[tuple[UUID, UUID | None], int]:
    """How many dispatches each colleague of each agency has; under None, how many nobody has. One query.

    What is kept from the reader is not counted.
    """
    known = Dispatch.objects.filter(STANDING, agency__in=agencies).exclude(referral__in=hidden_from(reader))
    counted = known.values("agency_id", "assigned_to_id")
    rows = counted.annotate(count=Count("pk")).order_by()
    return {(row["agency_id"], row["assigned_to_id"]): row["count"] for row in rows}


def reasons_of(reader: User, referral: Referral) -> dict[UUID, str]:
    """Why the referral was reassigned, and the referrer shown, in the reader's own agencies: no others are told.

    Two queries.
    """
    theirs = {"dispatch__referral": referral, "dispatch__agency__in": agencies_where(reader, Permission.DISPATCH_READ)}
    kinds: tuple[type[Reassignment | ReferrerShown], ...] = (Reassignment, ReferrerShown)
    found = [row for kind in kinds for row in kind.objects.filter(**theirs).select_related("dispatch__referral")]
    return {row.pk: row.reason for row in found}


def readable_referral(reader: User, referral_id: UUID) -> Referral:
    """The referral, if an agency of the reader has it, or it is opened to the reader by name.

    Of one that is only offered a preview is shown (`referrals.preview`). Person and referrer are at hand.

    Raises Referral.DoesNotExist alike for one that is absent and one that is not theirs, by the same statement.
    """
    found: Referral = readable_referrals(reader, [referral_id]).select_related("person", "referrer").get()
    return found


def readable_referrals(reader: User, among: Ids) -> QuerySet[Referral]:
    """Those among the referrals with these ids that the reader may read."""
    return Referral.objects.filter(_readable(reader, among))


def every_readable(reader: User) -> QuerySet[Any, Any]:
    """The ids of all referrals that the reader may read, some twice, for finding some by other columns.

    One list, and not two conditions: PostgreSQL then begins with it or with what is looked for, whichever is less.
    """
    return dispatches_of(reader).values("referral_id").union(opened_to(reader).values("pk"), all=True)


def openable_referrals(reader: User, among: Ids) -> QuerySet[Referral]:
    """Those that the reader may read, or may decide about while they are held in the quarantine."""
    return Referral.objects.filter(_readable(reader, among) | Q(pk__in=held_before(reader, among)))


def _readable(reader: User, among: Ids) -> Q:
    theirs = dispatches_of(reader).filter(referral_id__in=among).values("referral_id")
    opened = opened_to(reader).filter(pk__in=among).values("pk")
    return Q(pk__in=theirs) | Q(pk__in=opened)


def can_read(reader: User, referral_id: UUID) -> bool:
    """Whether `readable_referral` would find it."""
    try:
        readable_referral(reader, referral_id)
    except Referral.DoesNotExist:
        return False
    return True


def readable_document(reader: User, document_id: UUID) -> Document:
    """The document, if the reader may read its referral.

    Raises Document.DoesNotExist alike for one that is absent, was taken away or is not theirs, by the same statement.
    """
    theirs = dispatches_of(reader).values("referral_id")
    readable = Q(referral__in=theirs) | Q(referral__in=opened_to(reader).values("pk"))
    found: Document = standing_documents().get(readable, pk=document_id)
    return found


def can_read_document(reader_id: UUID, document_id: UUID) -> bool:
    """Whether the reader, as they are known at this moment, may still read the document."""
    try:
        readable_document(User.objects.get(pk=reader_id, is_active=True), document_id)
    except ObjectDoesNotExist:
        return False
    return True


def dispatches(referral: Referral, *, reader: User | None = None) -> list[Dispatch]:
    """Who has a referral, the police first, with agencies and names at hand. One query.

    A restricted desk is named to the restricted desks only, also once it has released the referral.
    """
    found = referral.dispatches.filter(STANDING).select_related(
        "agency", "acknowledged_by", "assigned_to", "assigned_by"
    )
    if reader is None or not works_at_restricted_desk(reader):
        found = found.exclude(agency__kind__in=RESTRICTED_KINDS)
    return sorted(found, key=lambda dispatch: (not dispatch.agency.is_police, dispatch.agency.name))


def readable_notes(reader: User, referral: Referral) -> list[Note]:
    """The notes on a referral that the reader may read, oldest first, without those that were detached. Two queries.

    With the responsibility for a referral its notes go over: whose agency has it reads what was written "for my agency
    only" by the agency of the same side that had it before.
    What a restricted desk wrote stays with the restricted desks. One moved here from a referral that is kept from the
    reader is marked `from_kept`: of that one nothing is said.
    """
    theirs = agencies_where(reader, Permission.DISPATCH_READ)
    everybodys = list(referral.dispatches.select_related("agency"))
    mine = [each.agency for each in everybodys if each.stands and each.agency in theirs]
    sides = {agency.is_police for agency in mine}
    before = [each.agency for each in everybodys if not each.stands and each.agency.is_police in sides]
    readable = Q(agency__in=[*mine, *before]) | Q(readers=NoteReaders.RECIPIENTS)
    if not works_at_restricted_desk(reader):
        readable &= ~Q(agency__kind__in=RESTRICTED_KINDS)
    moved = NoteDetachment.objects.filter(became=OuterRef("pk"), note__referral__in=hidden_from(reader))
    found = referral.notes.filter(readable, detachment=None).annotate(moved_from_kept=Exists(moved))
    found = found.select_related("agency", "written_by")
    notes = list(found.order_by("written_at", "id"))
    for note in notes:
        note.referral, note.from_kept = referral, note.moved_from_kept
    return [*notes]


def additions_to(referral: Referral) -> list[Addition]:
    """What its referrer has added, oldest first, for whoever reads the referral. One query."""
    found = list(referral.additions.order_by("added_at", "id"))
    for addition in found:
        addition.referral = referral
    return found


def agencies_having(referral: Referral) -> list[Agency]:
    """The agencies responsible for a referral now."""
    found = referral.dispatches.filter(STANDING).select_related("agency").order_by("agency_id")
    return [dispatch.agency for dispatch in found]


def agencies_having_both(one: Referral, other: Referral) -> list[Agency]:
    """The agencies that have both referrals: whoever has one only is not told that there is another."""
    known = {agency.pk for agency in agencies_having(one)}
    return [agency for agency in agencies_having(other) if agency.pk in known]


def police_dispatch(reader: User, referral_id: UUID) -> Dispatch | None:
    """How a police agency of the reader has the referral, if one has."""
    found = dispatches_of(reader).filter(referral_id=referral_id).select_related("agency")
    return next((each for each in found if each.agency.is_police), None)


def agencies_concerned(referral: Referral) -> list[Agency]:
    """The agencies that have a referral, and those that it is offered to."""
    offers = Offer.objects.filter(dispatch__referral=referral, state=OfferState.OFFERED).select_related("agency")
    known = {agency.pk: agency for agency in [*agencies_having(referral), *(offer.agency for offer in offers)]}
    return list(known.values())


def is_stopped(referral: Referral) -> bool:
    """Whether the police have stopped: what the police do next with a referral asks this first."""
    return Withdrawal.objects.filter(referral=referral, state=WithdrawalState.STOPPED).exists()


def offerable(dispatch: Dispatch, *, on: date) -> list[tuple[Agency, bool]]:
    """Every agency to which a dispatch can be offered, by name, and whether somebody there may accept. Two queries."""
    able = Membership.objects.in_force(on).filter(role__in=roles_with(Permission.OFFER_ANSWER))
    staffed = set(able.values_list("agency_id", flat=True))
    others = Agency.objects.exclude(pk=dispatch.agency_id).order_by("name", "id")
    return [(agency, agency.pk in staffed) for agency in others if same_side(dispatch.agency, agency)]


def offers_of(reader: User) -> QuerySet[Offer]:
    """Offers of what the reader's agencies have, whether or not they are answered."""
    found: QuerySet[Offer] = Offer.objects.filter(dispatch__in=dispatches_of(reader))
    return found.select_related("dispatch__referral__person", "agency")


def withdrawals_known_to(reader: User) -> QuerySet[Withdrawal]:
    """Withdrawals of what the reader's agencies have."""
    theirs = dispatches_of(reader).values("referral_id")
    found: QuerySet[Withdrawal] = Withdrawal.objects.filter(referral__in=theirs)
    return found.select_related("referral__person")


def accesses_known_to(reader: User) -> QuerySet[NamedAccess]:
    """What is opened by name now of what the reader's agencies have."""
    theirs = dispatches_of(reader).values("referral_id")
    found: QuerySet[NamedAccess] = NamedAccess.objects.filter(content_object__in=theirs)
    return found.select_related("content_object", "user", "agency")


def own_notes(reader: User) -> QuerySet[Note]:
    """Notes of the reader's agencies beside referrals that those agencies still have."""
    found: QuerySet[Note] = Note.objects.filter(
        referral__in=dispatches_of(reader).values("referral_id"),
        agency__in=agencies_where(reader, Permission.NOTE_DETACH),
        detachment=None,
    )
    return found.select_related("referral__person", "agency", "written_by")


def joins_of(reader: User) -> QuerySet[Join]:
    """Joins of two referrals that the reader has and may join."""
    theirs = dispatches_of(reader, needed=Permission.REFERRAL_JOIN).values("referral_id")
    found: QuerySet[Join] = Join.objects.filter(earlier__in=theirs, later__in=theirs)
    return found.select_related("earlier", "later__person")
