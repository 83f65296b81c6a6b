"""A file is added to a draft."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from documents.actions.keep_upload import keep_upload
from documents.models import Upload
from documents.storing import Kept
from referrals.holding import Holder
from referrals.models.draft import IDLE


@action
def add_upload(*, draft_id: UUID, kept: Kept, holder: Holder, by: Actor, now: datetime) -> Upload:
    """Hang a stored file on a draft, and keep the draft 24 more hours. Locks the draft.

    Raises:
        Draft.DoesNotExist: there is no such draft, or the holder does not hold it.
        NotNow: it has been sent, or has ten files.
    """
    draft = holder.lock_unsent(draft_id, now=now)
    upload = keep_upload(draft_id=draft.pk, kept=kept, by=by, now=now)
    draft.changed(touched_at=now, expires_at=max(draft.expires_at, now + IDLE))
    return upload
