"""A draft goes, with everything that was sealed under its key."""

from datetime import datetime

from agencies.actions.withdraw_notices import withdraw_notices
from audit.action import action
from audit.actors import Actor
from audit.keys import destroy_key
from documents.actions.destroy_uploads import destroy_uploads
from referrals.models import Draft


@action
def destroy_draft(*, draft: Draft, by: Actor, now: datetime) -> None:
    """Delete a locked draft, its files, the e-mails that hold its link, and its data key."""
    withdraw_notices(key_of=draft.pk, by=by, now=now)
    destroy_uploads(draft_id=draft.pk, by=by, now=now)
    destroy_key(draft.pk)
    draft.delete()
