"""An endpoint is called again."""

from datetime import datetime
from uuid import UUID

from agencies.models import Endpoint
from agencies.permissions import Permission, require
from agencies.policies import check_disabled
from agencies.webhooks.queueing import SWEEP
from audit.action import action
from audit.actors import Actor
from audit.waking import wake


@action
def enable_endpoint(*, endpoint_id: UUID, by: Actor, now: datetime) -> Endpoint:
    """Call an endpoint again, with what still waits for it. Locks it.

    Raises Endpoint.DoesNotExist, Forbidden when `by` may not edit endpoints, NotNow when it is enabled.
    """
    require(by, Permission.ENDPOINT_EDIT)
    endpoint: Endpoint = Endpoint.objects.select_for_update(of=("self",), no_key=True).get(pk=endpoint_id)
    check_disabled(endpoint)
    wake(SWEEP)
    return endpoint.changed(disabled_at=None, disabled_by=None, disabled_because="", failures=0, waits_until=None)
