"""A key opens nothing from this moment on."""

from datetime import datetime
from uuid import UUID

from agencies.models import ApiKey
from agencies.permissions import Permission, require
from agencies.policies import check_key_stands, check_reason_given
from audit.action import action
from audit.actors import Actor


@action
def revoke_api_key(*, key_id: UUID, why: str, by: Actor, now: datetime) -> ApiKey:
    """Revoke a key, with the reason. Locks it. A request already past the door finishes.

    Raises:
        ApiKey.DoesNotExist: there is none with this id.
        Forbidden: `by` may not manage keys.
        NotNow: it has ended or was revoked, or no reason was given.
    """
    require(by, Permission.API_KEY_MANAGE)
    key: ApiKey = ApiKey.objects.lock(key_id)
    check_key_stands(key, now=now)
    check_reason_given(why)
    return key.changed(revoked_at=now, revoked_by=by.pk, revoked_why=why.strip())
