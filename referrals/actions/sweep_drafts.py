"""Drafts whose time is up go."""

from datetime import datetime

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.ledger import write_entry
from audit.models import Entry
from referrals.actions.destroy_draft import destroy_draft
from referrals.models import Draft

AT_ONCE = 200


@action
def sweep_drafts(*, by: Actor, now: datetime, at_most: int = AT_ONCE) -> int:
    """Destroy up to `at_most` drafts that nobody has touched for 24 hours, or saved for seven days.

    Rows that somebody else holds are left for the next sweep. The ledger learns how many went, not which.
    Returns how many; call again while it equals `at_most`. Raises Forbidden when `by` may not sweep.
    """
    require(by, Permission.DRAFT_SWEEP)
    expired = Draft.objects.filter(expires_at__lte=now).order_by("expires_at")
    drafts = list(expired.select_for_update(of=("self",), skip_locked=True)[:at_most])
    for draft in drafts:
        destroy_draft(draft=draft, by=by, now=now)
    if drafts:
        write_entry(Entry.Kind.BULK, object_type=Draft._meta.label_lower, details={"destroyed": len(drafts)})
    return len(drafts)
