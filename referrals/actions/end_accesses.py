"""What a referral was opened to people for by name ends with what it was opened for."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from referrals.models import AccessKind, NamedAccess, Referral


@action
def end_accesses(
    *,
    referral: Referral,
    of_others_than: Collection[UUID] = (),
    kinds: Collection[AccessKind] = tuple(AccessKind),
    by: Actor,
    now: datetime,
) -> None:
    """End what is opened by name, of these kinds, to others than these users. Locks the accesses, ids ascending.

    A part of the actions that restrict a record and lift that: they hold the referral's lock, and have checked who may.
    """
    standing = NamedAccess.every.filter(content_object=referral, ended_at=None, kind__in=kinds)
    standing = standing.exclude(user__in=of_others_than)
    for access in standing.select_for_update(of=("self",)).order_by("pk"):
        access.content_object = referral
        access.changed(ended_at=now, ended_by=by.pk)
