"""Somebody begins to work for an agency in a role."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from agencies.actions.exclude_user import exclude_user
from agencies.models import Agency, ExclusionGround, Membership, Proposal, User
from agencies.permissions import check_can_give_role
from agencies.policies import (
    check_days_make_sense,
    check_is_open,
    check_not_held,
    check_role_fits,
    check_role_is_theirs,
)
from agencies.restricted import restrictions_naming
from agencies.roles import RoleName
from audit.action import action
from audit.actors import Actor


@action
def add_membership(
    *,
    user_id: UUID,
    agency_id: UUID,
    role: RoleName,
    starts_on: date | None = None,
    ends_on: date | None = None,
    approving: Proposal | None = None,
    by: Actor,
    now: datetime,
) -> Membership:
    """Give a user a role in an agency, from today on unless told otherwise. Locks the user.

    Nobody joins a desk and finds a referral there that may be about them: whoever joins is compared with the names
    in every restricted referral. An action that renames a user must do the same.

    Raises:
        User.DoesNotExist, Agency.DoesNotExist: there is none with this id.
        Forbidden: `by` may not add memberships, or not this one alone.
        NotNow: the role hangs on other kinds of agency, or of account; the days make no sense; it is held already.
    """
    user: User = User.objects.lock(user_id)
    agency: Agency = Agency.objects.get(pk=agency_id)
    check_can_give_role(by, user, role, approving=approving)
    first = starts_on or timezone.localdate(now)
    check_can_begin(user, agency, role, starts_on=first, ends_on=ends_on, now=now)
    left = user.memberships.filter(agency=agency, role=role, starts_on=first).exclude(ended_at=None).first()
    if left is not None:  # on the day on which it began: who comes back has that one again
        taken_up: Membership = left.changed(ends_on=ends_on, ended_at=None, ended_by=None)
        return taken_up
    membership = Membership(user=user, agency=agency, role=role, starts_on=first, ends_on=ends_on)
    membership.save(force_insert=True)
    for restriction in restrictions_naming(user):
        exclude_user(restriction=restriction, user=user, ground=ExclusionGround.NAME, by=by, now=now)
    return membership


def check_can_begin(
    user: User, agency: Agency, role: RoleName, *, starts_on: date, ends_on: date | None, now: datetime
) -> None:
    """Raise NotNow where the records do not permit it, whoever asks: now, or when it is approved."""
    check_is_open(user)
    check_role_fits(role, agency)
    check_role_is_theirs(role, user)
    check_days_make_sense(starts_on, ends_on, today=timezone.localdate(now))
    check_not_held(user, agency, role, starts_on=starts_on, ends_on=ends_on)
