"""Whom the triage room writes to: never whoever may not know of the referral."""

from datetime import datetime

from django.utils import timezone

from agencies.models import User
from agencies.permissions import Permission
from agencies.restricted import may_know
from agencies.selectors import holding
from referrals.mailing import addresses_of
from referrals.models import Dispatch
from referrals.permissions import can_with


def of_supervisors(dispatch: Dispatch, *, now: datetime) -> list[str]:
    """Who supervises its partnerships; where none may know of it, whoever reads the agency's mail of it."""
    supervisors = holding(dispatch.agency, Permission.PARTNERSHIP_SUPERVISE, on=timezone.localdate(now))
    return [user.email for user in may_know(dispatch.referral_id, list(supervisors))] or addresses_of(dispatch)


def of_whoever_offered(user: User, dispatch: Dispatch, *, now: datetime) -> list[str]:
    """Who named an owner, or the supervisors where that officer works its partnerships no more."""
    return [user.email] if can_with(user, Permission.PARTNERSHIP_WORK, dispatch) else of_supervisors(dispatch, now=now)
