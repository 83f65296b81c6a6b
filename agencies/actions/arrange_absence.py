"""Somebody will be away; a colleague covers for them."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Absence, Agency, User
from agencies.permissions import Permission, can, check_can_arrange_absence
from agencies.policies import check_absence_makes_sense
from audit.action import action
from audit.refusals import Forbidden


@action
def arrange_absence(
    *, user_id: UUID, cover_id: UUID, agency_id: UUID, starts_on: date, ends_on: date, by: User, now: datetime
) -> Absence:
    """Enter an absence from the first to the last day. Locks both users, ids ascending.

    Raises:
        User.DoesNotExist, Agency.DoesNotExist: there is none with this id.
        Forbidden: `by` is neither the one away nor supervises there, or one of the two works no referrals there.
        NotNow: the days are over or overlap another absence of either.
    """
    locked = {pk: User.objects.lock(pk) for pk in sorted({user_id, cover_id})}
    agency: Agency = Agency.objects.get(pk=agency_id)
    away, cover = locked[user_id], locked[cover_id]
    check_can_arrange_absence(by, agency, away)
    if not all(can(each, Permission.DISPATCH_READ, agency=agency) for each in (away, cover)):
        raise Forbidden(_("This colleague does not work referrals of your agency."))
    today = timezone.localdate(now)
    check_absence_makes_sense(away=away, cover=cover, agency=agency, starts_on=starts_on, ends_on=ends_on, today=today)
    absence = Absence(
        user=away, cover=cover, agency=agency, starts_on=starts_on, ends_on=ends_on, arranged_at=now, arranged_by=by
    )
    absence.save(force_insert=True)
    return absence
