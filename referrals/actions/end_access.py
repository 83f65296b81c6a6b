"""What was opened to somebody by name is closed to them again."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.events import Event, happened
from referrals.actions.release_tasks import release_tasks
from referrals.actions.unassign_dispatches import unassign_dispatches
from referrals.locking import lock_referral
from referrals.models import AccessKind, NamedAccess
from referrals.permissions import check_can_end_access
from referrals.policies import check_every_agency_is_named, check_not_over
from referrals.restricted import people_of_agencies


@action
def end_access(*, access_id: UUID, by: User, now: datetime) -> NamedAccess:
    """End an access at once: the next request of whoever had it finds nothing. Locks the referral and the access.

    Who is struck off a restricted record is no longer assigned to it either.

    Raises:
        NamedAccess.DoesNotExist: there is none with this id.
        Forbidden: `by` may not end such accesses in an agency that has the referral.
        NotNow: it is over, or nobody of an agency would be left on the restricted record.
    """
    found = NamedAccess.every.values("content_object_id").get(pk=access_id)
    referral = lock_referral(found["content_object_id"])
    access: NamedAccess = NamedAccess.every.select_related("user").lock(access_id)
    access.content_object = referral
    check_can_end_access(by, access, referral.dispatches.select_related("agency"))
    check_not_over(access)
    access.changed(ended_at=now, ended_by=by.pk)
    if access.kind == AccessKind.NAMED:
        named = set(NamedAccess.objects.filter(content_object=referral).values_list("user_id", flat=True))
        check_every_agency_is_named(people_of_agencies(referral, now=now), named)
        unassign_dispatches(dispatches=referral.dispatches.exclude(assigned_to__in=named), by=by, now=now)
        release_tasks(tasks=referral.tasks.exclude(owner__in=named), by=by, now=now)
    happened(Event.ACCESS_ENDED, access, by=by, now=now, referral=referral.pk, to=access.user_id)
    return access
