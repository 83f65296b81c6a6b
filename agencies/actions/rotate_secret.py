"""A new secret for an endpoint; the old one goes on signing beside it for a while, or ends at once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from agencies.models import Endpoint, EndpointSecret
from agencies.permissions import Permission, require
from agencies.policies import check_one_secret_holds
from agencies.webhooks.envelope import new_secret
from audit.action import action
from audit.actors import Actor


@action
def rotate_secret(*, endpoint_id: UUID, at_once: bool, by: Actor, now: datetime) -> str:
    """Make a new secret, returned to be shown this once. Locks the endpoint.

    Events are signed by both for WEBHOOK_OVERLAP_HOURS, or with `at_once` by the new one alone: for a secret that
    others have seen.

    Raises:
        Endpoint.DoesNotExist: there is none with this id.
        Forbidden: `by` may not edit endpoints.
        NotNow: an earlier change of secrets is still under way, and this one is not at once.
    """
    require(by, Permission.ENDPOINT_EDIT)
    endpoint: Endpoint = Endpoint.objects.select_for_update(of=("self",), no_key=True).get(pk=endpoint_id)
    holding = list(endpoint.secrets.filter(Q(valid_until=None) | Q(valid_until__gt=now)))
    if not at_once:
        check_one_secret_holds(holding)
    ends = now if at_once else now + timedelta(hours=settings.WEBHOOK_OVERLAP_HOURS)
    for old in holding:
        old.changed(valid_until=ends)
    secret = new_secret()
    EndpointSecret(endpoint=endpoint, secret=secret, created_at=now, created_by=by.pk).save(force_insert=True)
    return secret
