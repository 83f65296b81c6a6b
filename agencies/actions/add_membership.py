"""Somebody begins to work for an agency in a role."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from agencies.actions.exclude_user import exclude_user
from agencies.models import Agency, ExclusionGround, Membership, Proposal, User
from agencies.permissions import check_can_give_role
from agencies.policies import check_may_begin
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
        NotNow: the role hangs on other kinds of agency, or of account; the days make no sense; it is held already,
            or another beside which nobody has it.
    """
    user: User = User.objects.lock(user_id)
    agency: Agency = Agency.objects.get(pk=agency_id)
    check_can_give_role(by, user, role, approving=approving)
    today = timezone.localdate(now)
    first = starts_on or today
    check_may_begin(user, agency, role, starts_on=first, ends_on=ends_on, today=today)
    left = user.memberships.filter(agency=agency, role=role, starts_on=first).exclude(ended_at=None).first()
    if left is not None:  # on the day on which it began: who comes back has that one again
        taken_up: Membership = left.changed(ends_on=ends_on, ended_at=None, ended_by=None)
        return taken_up
    membership = Membership(user=user, agency=agency, role=role, starts_on=first, ends_on=ends_on)
    membership.save(force_insert=True)
    for restriction in restrictions_naming(user):
        exclude_user(restriction=restriction, user=user, ground=ExclusionGround.NAME, by=by, now=now)
    return membership
