"""An administrator gives somebody a role, or proposes it where it takes two."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.models import Agency, Membership, Proposal, User
from agencies.permissions import check_can_propose
from agencies.policies import check_may_begin, check_not_proposed
from agencies.roles import RoleName, takes_two
from audit.action import action


@action
def give_role(
    *,
    user_id: UUID,
    agency_id: UUID,
    role: RoleName,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: User,
    now: datetime,
) -> Membership | Proposal:
    """Give a role that reads no case at once; propose any other to the other administrators. Locks the user.

    Raises:
        User.DoesNotExist, Agency.DoesNotExist: there is none with this id.
        Forbidden: `by` may not give roles, or it is themselves.
        NotNow: the role does not fit the agency or the account, the days make no sense, it is held or proposed already,
            or another is held beside which nobody has it.
    """
    starts_on = starts_on or timezone.localdate(now)
    if not takes_two(role):
        membership: Membership = add_membership(
            user_id=user_id, agency_id=agency_id, role=role, starts_on=starts_on, ends_on=ends_on, by=by, now=now
        )
        return membership
    user: User = User.objects.lock(user_id)
    check_can_propose(by, user)
    agency: Agency = Agency.objects.get(pk=agency_id)
    check_may_begin(user, agency, role, starts_on=starts_on, ends_on=ends_on, today=timezone.localdate(now))
    check_not_proposed(user, agency, role)
    proposal = Proposal(
        user=user,
        agency=agency,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        proposed_at=now,
        proposed_by=by,
    )
    proposal.save(force_insert=True)
    return proposal
