"""An organisation's system gets a service account and its first key."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from agencies.actions.make_api_key import NewKey, make_api_key
from agencies.models import Agency, AgencyKind, Membership, User
from agencies.permissions import Permission, require
from agencies.roles import RoleName
from agencies.scopes import Scope
from audit.action import action
from audit.actors import Actor


@action
def connect_system(*, agency_id: UUID, name: str, scopes: Iterable[Scope], by: Actor, now: datetime) -> NewKey:
    """Make a service account that cannot sign in, with the role its agency's kind gives to systems, and a key.

    Raises:
        Agency.DoesNotExist: there is none with this id.
        Forbidden: `by` may not manage keys.
        NotNow: a scope does not fit the agency's kind, or none was given.
    """
    require(by, Permission.API_KEY_MANAGE)
    agency: Agency = Agency.objects.get(pk=agency_id)
    pk = uuid4()
    # An address under .invalid can never receive mail, and nobody can claim it.
    system = User(id=pk, email=f"{pk.hex}@systems.invalid", name=name, is_system=True)
    system.set_unusable_password()
    system.save(force_insert=True)
    # Not by add_membership: who manages keys gives this one role to this one account, and no role to anybody else.
    starts_on = timezone.localdate(now)
    Membership(user=system, agency=agency, role=role_of_systems(agency), starts_on=starts_on).save(force_insert=True)
    return make_api_key(system_id=pk, scopes=scopes, by=by, now=now)


def role_of_systems(agency: Agency) -> RoleName:
    """What a system of this agency may do at most."""
    return RoleName.SENDING_SYSTEM if agency.kind == AgencyKind.PARTNER else RoleName.RECEIVING_SYSTEM
