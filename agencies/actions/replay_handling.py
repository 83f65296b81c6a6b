"""A reaction to an event that was given up is tried again."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from audit.ledger import write_entry
from audit.models import Entry, Handling
from audit.refusals import NotNow
from audit.waking import wake


@action
def replay_handling(*, handling_id: UUID, by: User, now: datetime) -> Handling:
    """Put a dead handling back in the queue. Locks it.

    Raises:
        Handling.DoesNotExist: there is none with this id.
        Forbidden: `by` may not replay.
        NotNow: it is not dead.
    """
    require(by, Permission.NOTICE_OVERSEE)
    handling = Handling.objects.select_for_update(of=("self",)).select_related("event").get(pk=handling_id)
    if handling.dead is None:
        raise NotNow(_("This is not waiting to be tried again."))
    handling.dead, handling.attempts, handling.due = None, 0, now
    handling.save(update_fields=["dead", "attempts", "due"])
    write_entry(Entry.Kind.CHANGED, object_type=Handling._meta.label_lower, object_id=handling.pk)
    wake("audit.tasks.sweep_events")
    return handling
