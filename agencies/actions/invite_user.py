"""Somebody new is invited: an account, a role, and a link to set a password."""

from datetime import date, datetime
from uuid import UUID

from agencies.actions.create_user import create_user
from agencies.actions.give_role import give_role
from agencies.actions.send_invitation import send_invitation
from agencies.models import Membership, User
from agencies.roles import RoleName
from audit.action import action


@action
def invite_user(
    *,
    email: str,
    name: str,
    agency_id: UUID,
    role: RoleName,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: User,
    now: datetime,
) -> User:
    """Make an account without a password and give it a role, or propose that. The link goes out once there is a role.

    Raises:
        Agency.DoesNotExist: there is none with this id.
        Forbidden: `by` may not create users or give roles.
        NotNow: the e-mail address has an account, or as `give_role`.
    """
    user: User = create_user(email=email, name=name, password=None, by=by, now=now)
    given = give_role(
        user_id=user.pk, agency_id=agency_id, role=role, starts_on=starts_on, ends_on=ends_on, by=by, now=now
    )
    if isinstance(given, Membership):
        send_invitation(user_id=user.pk, by=by, now=now)
    return user
