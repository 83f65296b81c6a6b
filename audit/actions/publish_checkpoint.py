"""The newest checkpoint goes to the second place."""

from datetime import datetime

from audit.action import action
from audit.actors import Actor
from audit.locks import lock_name
from audit.models import Publication, Seal
from audit.permissions import check_seals
from audit.sealing import places
from audit.sealing.agreeing import check_agrees


@action
def publish_checkpoint(*, by: Actor, now: datetime) -> Seal | None:
    """Publish the newest seal unless it lies there already, or the place takes no more so soon. What was published.

    Those between are not sent: each checkpoint vouches for all before it.

    Raises:
        Forbidden: `by` is not the sealer.
        Contradicted: what lies there is of another ledger, or of this one before it was changed or cut.
        OSError: the place is away, or full, or there is none.
    """
    check_seals(by)
    lock_name("audit:publisher")
    newest, last = Seal.objects.first(), Publication.objects.first()
    if newest is None or (last and last.size == newest.size) or places.waits(last.at if last else None, now):
        return None
    check_agrees()
    places.publish(newest.checkpoint, newest.size)
    Publication.objects.create(size=newest.size, at=now)
    return newest
