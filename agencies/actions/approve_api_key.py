"""A second administrator lets a key open referrals that a first one made."""

from datetime import datetime
from uuid import UUID

from agencies.models import ApiKey
from agencies.permissions import check_can_approve_key
from agencies.policies import check_key_stands, check_key_waits
from audit.action import action
from audit.actors import Actor


@action
def approve_api_key(*, key_id: UUID, by: Actor, now: datetime) -> ApiKey:
    """Approve a key that fetches referrals: it works from now on. Locks it.

    Raises:
        ApiKey.DoesNotExist: there is none with this id.
        Forbidden: `by` may not approve keys, or made this one.
        NotNow: it has ended, was revoked, or does not wait.
    """
    key: ApiKey = ApiKey.objects.lock(key_id)
    check_can_approve_key(by, key)
    check_key_stands(key, now=now)
    check_key_waits(key)
    approved: ApiKey = key.changed(waits=False, approved_at=now, approved_by=by.pk)
    return approved
