"""An endpoint is called no more."""

from datetime import datetime
from uuid import UUID

from agencies.models import DisabledBecause, Endpoint
from agencies.permissions import Permission, require
from agencies.policies import check_enabled
from audit.action import action
from audit.actors import Actor


@action
def disable_endpoint(*, endpoint_id: UUID, by: Actor, now: datetime) -> Endpoint:
    """Stop calling an endpoint. What waits for it goes on waiting; what happens meanwhile is not queued. Locks it.

    Raises Endpoint.DoesNotExist, Forbidden when `by` may not edit endpoints, NotNow when it is disabled.
    """
    require(by, Permission.ENDPOINT_EDIT)
    endpoint: Endpoint = Endpoint.objects.select_for_update(of=("self",), no_key=True).get(pk=endpoint_id)
    check_enabled(endpoint)
    return endpoint.changed(disabled_at=now, disabled_by=by.pk, disabled_because=DisabledBecause.ADMINISTRATOR)
