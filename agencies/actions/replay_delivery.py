"""An event that no receiver took in time is sent again."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.models import Delivery
from agencies.permissions import Permission, require
from agencies.policies import check_enabled
from agencies.webhooks.queueing import SWEEP
from audit.action import action
from audit.actors import Actor
from audit.refusals import NotNow
from audit.waking import wake


@action
def replay_delivery(*, delivery_id: UUID, by: Actor, now: datetime) -> Delivery:
    """Put a dead event back in the queue, under the id it had; its time begins anew. Locks it.

    Raises:
        Delivery.DoesNotExist: there is none with this id.
        Forbidden: `by` may not edit endpoints.
        NotNow: it is not dead, or its endpoint is disabled.
    """
    require(by, Permission.ENDPOINT_EDIT)
    delivery: Delivery = Delivery.objects.select_related("endpoint").lock(delivery_id)
    if delivery.dead is None:
        raise NotNow(_("This event is not waiting to be sent again."))
    check_enabled(delivery.endpoint)
    wake(SWEEP)
    return delivery.changed(dead=None, attempts=0, due=now, since=now)
