"""Who hears at once what somebody else did with a referral: for each agency that has it, somebody who is there."""

from datetime import date

from agencies.models import Absence
from agencies.permissions import Permission
from agencies.selectors import colleagues, holding
from referrals.mailing import duty_addresses_of
from referrals.models import Dispatch


def owners_of(dispatch: Dispatch, *, on: date) -> list[str]:
    """The addresses of whoever works it, and of who covers for them while they are away.

    Unless who works it is there and may sign in, also of the agency's duty contact; where it has none, of the national
    desk that stands in for it, and of its own officers. Empty where nobody can be told.
    """
    agency = dispatch.agency
    told = [user for user in colleagues(agency, on=on) if user.pk == dispatch.assigned_to_id]
    away = Absence.objects.in_force(on).filter(agency=agency, user=dispatch.assigned_to_id).select_related("cover")
    covers = [absence.cover for absence in away]
    if told and not covers:
        return [user.email for user in told]
    told += [cover for cover in covers if cover.is_active]
    if not (told or agency.duty_email or agency.email):
        told = list(holding(agency, Permission.DISPATCH_READ, on=on))
    return [*(user.email for user in told), *duty_addresses_of(dispatch)]
