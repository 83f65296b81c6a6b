"""A system gets a key. Its text leaves this action once and is kept nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from agencies.key_text import KeyText, hash_secret, new_key_text
from agencies.models import ApiKey, ApiKeyUse, User
from agencies.permissions import Permission, require
from agencies.policies import check_scopes_fit
from agencies.scopes import ON_CASES, Scope
from audit.action import action
from audit.actors import Actor


@dataclass(frozen=True)
class NewKey:
    """A key with its text, which is shown once."""

    key: ApiKey
    text: KeyText


@action
def make_api_key(
    *, system_id: UUID, scopes: Iterable[Scope], by: Actor, now: datetime, replaces: ApiKey | None = None
) -> NewKey:
    """Make a key for a service account. Locks the account.

    One by which somebody reads cases, or writes on them, opens nothing until another administrator approves it; an
    operator's does.

    Raises:
        User.DoesNotExist: there is no such service account.
        Forbidden: `by` may not manage keys.
        NotNow: a scope does not fit what the account's role allows, or none was given.
    """
    require(by, Permission.API_KEY_MANAGE)
    system: User = User.objects.filter(is_system=True).select_for_update(of=("self",)).get(pk=system_id)
    wanted = sorted(set(scopes))
    check_scopes_fit(wanted, system)
    text = new_key_text()
    key = ApiKey(
        system=system,
        front=text.front,
        secret_hash=hash_secret(text.secret),
        scopes=wanted,
        made_at=now,
        made_by=by.pk,
        waits=isinstance(by, User) and bool(ON_CASES & set(wanted)),
        replaces=replaces,
    )
    key.save(force_insert=True)
    ApiKeyUse.objects.create(key=key)
    return NewKey(key, text)
