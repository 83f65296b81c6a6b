"""Somebody leaves an agency, or one of their roles there."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from agencies.actions.keep_administered import keep_administered
from agencies.models import Absence, AgencyKind, Membership
from agencies.permissions import check_can_end_membership
from agencies.policies import check_has_not_ended
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened


@action
def end_membership(*, membership_id: UUID, by: Actor, now: datetime) -> Membership:
    """End a membership at once: the next request of that user finds no access by it. Locks it.

    Ends the absences in that agency of whoever leaves, and those they were to cover. Records the event
    MEMBERSHIP_ENDED: what was assigned to them becomes unassigned, and the supervisors are told.

    Raises:
        Membership.DoesNotExist: there is none with this id.
        Forbidden: `by` neither supervises there nor administers, or it is their own.
        NotNow: it has ended, or it is the last administrator's.
    """
    membership: Membership = Membership.objects.select_related("agency", "user").lock(membership_id)
    if membership.agency.kind == AgencyKind.SYSTEM:
        keep_administered(without=membership.user, by=by, now=now)
    check_can_end_membership(by, membership)
    check_has_not_ended(membership)
    last = max(membership.starts_on, min(membership.ends_on or timezone.localdate(now), timezone.localdate(now)))
    membership.changed(ends_on=last, ended_at=now, ended_by=by.pk)
    others = Membership.objects.filter(user=membership.user_id, agency=membership.agency_id, ended_at=None)
    if not others.exists():
        _end_absences(membership, by=by, now=now)
    happened(Event.MEMBERSHIP_ENDED, membership, by=by, now=now, user=membership.user_id, agency=membership.agency_id)
    return membership


def _end_absences(membership: Membership, *, by: Actor, now: datetime) -> None:
    theirs = Q(user=membership.user_id) | Q(cover=membership.user_id)
    standing = Absence.objects.standing().filter(theirs, agency=membership.agency_id)
    for absence in standing.select_for_update(of=("self",)).order_by("pk"):
        absence.changed(ended_at=now, ended_by=by.pk)
