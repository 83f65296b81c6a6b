"""The demonstration's systems: one that sends referrals, one that receives them, and what each came to."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from agencies.actions.connect_partner import connect_partner
from agencies.actions.connect_system import connect_system
from agencies.actions.create_endpoint import create_endpoint
from agencies.actions.revoke_api_key import revoke_api_key
from agencies.actions.rotate_api_key import rotate_api_key
from agencies.models import Endpoint
from agencies.permissions import Permission, require
from agencies.scopes import Scope
from audit.action import action
from audit.actors import Actor
from desk.demonstration.accounts import BRADFORD, LEEDS
from desk.demonstration.systems import TRUST, URL, deliveries_to


@action
def connect_systems(*, agencies: Mapping[str, UUID], by: Actor, now: datetime) -> Endpoint:
    """Connect a partner and a council, and let the council's system have been told of events.

    The texts of the keys are forgotten: whoever wants to use one rotates it. Raises Forbidden when `by` may not seed.
    """
    require(by, Permission.DEMONSTRATION_SEED)
    month, week = now - timedelta(days=30), now - timedelta(days=7)
    sending = connect_partner(organisation=TRUST, name="Pupil records", scopes=[Scope.SEND], by=by, now=month)
    rotate_api_key(key_id=sending.key.pk, overlap=timedelta(days=30), by=by, now=week)
    scopes = [Scope.RECEIVE, Scope.LINK]
    connect_system(agency_id=agencies[LEEDS], name="Leeds cases", scopes=scopes, by=by, now=month)
    lost = connect_system(agency_id=agencies[BRADFORD], name="Bradford cases", scopes=scopes, by=by, now=month)
    revoke_api_key(key_id=lost.key.pk, why="It was sent by e-mail by mistake.", by=by, now=week)
    endpoint, _secret = create_endpoint(agency_id=agencies[LEEDS], url=URL, by=by, now=month)
    for delivery in deliveries_to(endpoint, now):
        delivery.save(force_insert=True)
    return endpoint.changed(failures=3, waits_until=now + timedelta(hours=4))
