"""Headquarters publish a version of the standards to the regions."""

from datetime import date, datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from audit.locks import lock_name
from triage.models import Standard
from triage.policies import check_is_drafted, check_is_ready, check_says_what_changed, check_starts_later
from triage.standards import latest
from triage.states import StandardState


@action
def publish_standard(*, standard_id: UUID, note: str, in_force_from: date, by: User, now: datetime) -> Standard:
    """Publish a draft, which nobody changes from then on. The version before it is followed by it.

    Locks both versions.

    Raises:
        Forbidden: `by` writes no standards.
        Standard.DoesNotExist: there is none with this id.
        NotNow: it is published, asks nothing, does not say what changed, or would hold before tomorrow or before
            the version that it follows.
    """
    require(by, Permission.STANDARD_WRITE)
    lock_name("standards")
    draft: Standard = Standard.objects.lock(standard_id)
    current = latest()
    check_is_drafted(draft)
    check_is_ready(draft)
    check_says_what_changed(note)
    check_starts_later(in_force_from, current, now=now)
    if current is not None:
        Standard.objects.lock(current.pk).move(StandardState.SUPERSEDED, at=now, by=by)
    draft.move(StandardState.PUBLISHED, at=now, by=by, note=note.strip(), in_force_from=in_force_from)
    return draft
