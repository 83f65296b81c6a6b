"""Storing of an account by the sign-in library, outside our own actions (a renewed password hash)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from audit.action import action
from audit.actors import Actor

if TYPE_CHECKING:
    from agencies.models import User


@action
def store_user(*, user: "User", update_fields: Iterable[str] | None, by: Actor, now: datetime) -> None:
    """Store `user` on the record of `by`."""
    user.save(update_fields=update_fields)
