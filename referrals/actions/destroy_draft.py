"""A draft goes, with everything that was sealed under its key."""

from datetime import datetime

from audit.action import action
from audit.actors import Actor
from audit.keys import destroy_key
from referrals.models import Draft


@action
def destroy_draft(*, draft: Draft, by: Actor, now: datetime) -> None:
    """Delete a locked draft and its data key."""
    destroy_key(draft.pk)
    draft.delete()
