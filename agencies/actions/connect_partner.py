"""An organisation becomes known and its system is connected, both or neither."""

from collections.abc import Iterable
from datetime import datetime

from agencies.actions.add_partner import add_partner
from agencies.actions.connect_system import connect_system
from agencies.actions.make_api_key import NewKey
from agencies.models import Agency
from agencies.permissions import Permission, require
from agencies.scopes import Scope
from audit.action import action
from audit.actors import Actor


@action
def connect_partner(*, organisation: str, name: str, scopes: Iterable[Scope], by: Actor, now: datetime) -> NewKey:
    """Make an agency that only sends, a service account in it, and a key.

    Raises:
        Forbidden: `by` may not manage keys.
        NotNow: the organisation is known already, or a scope is not for those that only send.
    """
    require(by, Permission.API_KEY_MANAGE)
    agency: Agency = add_partner(name=organisation, by=by, now=now)
    made: NewKey = connect_system(agency_id=agency.pk, name=name, scopes=scopes, by=by, now=now)
    return made
