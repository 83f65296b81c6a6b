"""Reads of the referrals room, scoped to their reader where they are born."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from agencies.models import User
from agencies.permissions import Permission, agencies_where
from referrals.models import Dispatch, Note, NoteReaders, Referral
from referrals.states import DispatchState


@dataclass(frozen=True)
class InboxFilters:
    """What an officer narrows the inbox to; empty means everything."""

    state: str = ""
    assigned: str = ""
    flags: tuple[str, ...] = ()
    reference: str = ""


def dispatches_of(reader: User) -> QuerySet[Dispatch]:
    """Dispatches to the agencies whose referrals the reader reads today: what the reader may know of at all."""
    return Dispatch.objects.filter(agency__in=agencies_where(reader, Permission.DISPATCH_READ))


def inbox(reader: User, *, filters: InboxFilters) -> QuerySet[Dispatch]:
    """The reader's dispatches with person, agency and assignee at hand; order and page are the caller's."""
    found = dispatches_of(reader).select_related("referral__person", "agency", "assigned_to")
    if filters.state in DispatchState.values:
        found = found.filter(state=filters.state)
    if filters.assigned == "me":
        found = found.filter(assigned_to=reader)
    if filters.assigned == "nobody":
        found = found.filter(assigned_to=None)
    if "immediate" in filters.flags:
        found = found.filter(immediate=True)
    if "flagged" in filters.flags:
        found = found.filter(flagged=True)
    if filters.reference:
        found = found.filter(referral__reference=filters.reference)
    return found


def readable_referral(reader: User, referral_id: UUID) -> Referral:
    """The referral, if it was sent to an agency of the reader; person and referrer at hand.

    Raises Referral.DoesNotExist alike for one that is absent and one that is not theirs, by the same statement.
    """
    theirs = dispatches_of(reader).filter(referral_id=referral_id)
    found: Referral = Referral.objects.select_related("person", "referrer").get(pk__in=theirs.values("referral_id"))
    return found


def dispatches(referral: Referral) -> list[Dispatch]:
    """Both dispatches of a referral, the police first, with agencies and names at hand. One query."""
    found = referral.dispatches.select_related("agency", "acknowledged_by", "assigned_to", "assigned_by")
    return sorted(found, key=lambda dispatch: (not dispatch.agency.is_police, dispatch.agency.name))


def readable_notes(reader: User, referral: Referral) -> list[Note]:
    """The notes on a referral that the reader may read, oldest first. One query."""
    theirs = Q(agency__in=agencies_where(reader, Permission.DISPATCH_READ)) | Q(readers=NoteReaders.RECIPIENTS)
    notes = list(referral.notes.filter(theirs).select_related("agency", "written_by").order_by("written_at", "id"))
    for note in notes:
        note.referral = referral
    return notes
