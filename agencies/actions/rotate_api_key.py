"""A key gets a successor, and goes on working for a while so that nothing stops meanwhile."""

from datetime import datetime, timedelta
from uuid import UUID

from agencies.actions.make_api_key import NewKey, make_api_key
from agencies.models import ApiKey
from agencies.permissions import Permission, require
from agencies.policies import check_key_works, check_not_replaced
from agencies.scopes import Scope
from audit.action import action
from audit.actors import Actor


@action
def rotate_api_key(*, key_id: UUID, overlap: timedelta, by: Actor, now: datetime) -> NewKey:
    """Make a key with the same scopes; the old one ends after `overlap`, or earlier where it would anyway. Locks it.

    Raises:
        ApiKey.DoesNotExist: there is none with this id.
        Forbidden: `by` may not manage keys.
        NotNow: it no longer works, or has a successor already.
    """
    require(by, Permission.API_KEY_MANAGE)
    key: ApiKey = ApiKey.objects.lock(key_id)
    check_key_works(key, now=now)
    check_not_replaced(key)
    scopes = [Scope(scope) for scope in key.scopes]
    made: NewKey = make_api_key(system_id=key.system_id, scopes=scopes, replaces=key, by=by, now=now)
    end = now + overlap
    key.changed(ends=end if key.ends is None else min(key.ends, end))
    return made
