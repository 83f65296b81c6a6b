"""An officer for every agency that has nobody, so that receipts of made-up referrals can carry a name."""

from collections import defaultdict
from datetime import datetime
from random import Random
from uuid import UUID

from django.utils import timezone

from agencies.models import Agency, Membership, User
from agencies.permissions import Permission, require
from agencies.roles import ROLES, roles_with
from audit.action import action
from audit.actors import Actor
from audit.bulk import create_in_bulk
from desk.demonstration.names import ORIGINS

# In a demonstration's e-mail addresses: a domain that can never be delivered to.
DOMAIN = "seeded.example"


@action
def staff_agencies(*, by: Actor, now: datetime) -> dict[UUID, list[UUID]]:
    """Make the missing officers, who cannot sign in (no password); agency id -> ids of all who work its referrals.

    Raises Forbidden when `by` may not seed.
    """
    require(by, Permission.DEMONSTRATION_SEED)
    today = timezone.localdate(now)
    working = roles_with(Permission.DISPATCH_READ)
    staff: dict[UUID, list[UUID]] = defaultdict(list)
    standing = Membership.objects.in_force(today).filter(role__in=working).order_by("user__email")
    for agency_id, user_id in standing.values_list("agency_id", "user_id"):
        staff[agency_id].append(user_id)
    users, memberships = [], []
    for agency in Agency.objects.order_by("code"):
        role = next((name for name in working if agency.kind in ROLES[name].agency_kinds), None)
        if role is None or staff[agency.pk]:
            continue
        user = User(email=f"officer@{agency.code.lower()}.{DOMAIN}", name=_name(agency.code))
        user.set_unusable_password()
        users.append(user)
        memberships.append(Membership(user=user, agency=agency, role=role, starts_on=today))
        staff[agency.pk].append(user.pk)
    if users:
        create_in_bulk(User, users, now=now)
        create_in_bulk(Membership, memberships, now=now)
    return dict(staff)


def _name(code: str) -> str:
    rng = Random(code)  # noqa: S311  # the same name each time, protects nothing
    origin = rng.choice(ORIGINS)
    return f"{rng.choice(origin.given('other'))[0]} {rng.choice(origin.families)[0]}"
