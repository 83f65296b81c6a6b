"""Reads for the systems of other organisations, scoped to their reader as those for officers are."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from agencies.models import User
from agencies.permissions import Permission
from referrals.models import Dispatch, ReceivedBy, Referral, SystemLink
from referrals.selectors import dispatches_of


def dispatched_referral(system: User, referral_id: UUID) -> Referral:
    """The referral, if an agency of the system has it. One that is only offered is officers' business.

    Raises Referral.DoesNotExist alike for one that is absent and one that is not theirs, by the same statement.
    """
    theirs = dispatches_of(system, needed=Permission.DISPATCH_FETCH).filter(referral_id=referral_id)
    found: Referral = Referral.objects.select_related("person").get(pk__in=theirs.values("referral_id"))
    return found


def waiting_for_a_system(system: User) -> QuerySet[Dispatch]:
    """Dispatches to the agencies of a system that it has not linked to a case of its own, oldest first."""
    theirs = dispatches_of(system, needed=Permission.DISPATCH_FETCH)
    return theirs.filter(system_links=None).order_by("sent_at", "id")


def sent_by_system(system: User, referral_id: UUID) -> Referral:
    """A referral that this system sent. Raises Referral.DoesNotExist alike for an absent one and another's."""
    found: Referral = Referral.objects.get(pk=referral_id, received_by=ReceivedBy.API, entered_by=system)
    return found


def system_links(dispatches: Iterable[Dispatch]) -> list[SystemLink]:
    """Every version of what the agencies' own systems wrote back about these dispatches, newest first. One query.

    Of each dispatch the newest is marked.
    """
    by_id = {dispatch.pk: dispatch for dispatch in dispatches}
    written = SystemLink.objects.filter(dispatch__in=by_id).select_related("written_by")
    found = list(written.order_by("-written_at", "-version"))
    newest: set[UUID] = set()
    for link in found:
        link.dispatch = by_id[link.dispatch_id]
        link.is_newest = link.dispatch_id not in newest
        newest.add(link.dispatch_id)
    return found
