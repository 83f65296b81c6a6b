"""Another row tells of a restricted record: from whom the record is kept, that row is kept too."""

from datetime import datetime
from uuid import UUID

from agencies.models import Restriction
from audit.action import action
from audit.actors import Actor


@action
def cover_also(*, about: UUID, row: UUID, by: Actor, now: datetime) -> None:
    """Count the row with this id among what the standing restrictions on `about` cover. Locks them.

    A part of the actions that write such rows: they have checked who may.
    """
    standing = Restriction.objects.select_for_update(of=("self",)).filter(about=about, released_at=None)
    for restriction in standing.order_by("pk"):
        if row not in restriction.covers:
            restriction.changed(covers=[*restriction.covers, row])
