"""A file is taken off a draft again."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from documents.actions.remove_upload import remove_upload
from referrals.holding import Holder


@action
def drop_upload(*, draft_id: UUID, upload_id: UUID, holder: Holder, by: Actor, now: datetime) -> bool:
    """Delete one file of a draft; False where it is gone already. Locks the draft.

    Raises:
        Draft.DoesNotExist: there is no such draft, or the holder does not hold it.
        NotNow: it has been sent.
    """
    draft = holder.lock_unsent(draft_id, now=now)
    return remove_upload(draft_id=draft.pk, upload_id=upload_id, by=by, now=now)
