"""Whoever writes a draft takes a file away again."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from documents.models import Upload
from documents.permissions import check_can_upload
from documents.storage import remove_after_commit


@action
def remove_upload(*, draft_id: UUID, upload_id: UUID, by: Actor, now: datetime) -> bool:
    """Delete one file of the draft; False where it is gone already. The caller holds the draft's lock.

    Raises Forbidden when `by` may not submit referrals.
    """
    check_can_upload(by)
    upload: Upload | None = Upload.objects.select_for_update(of=("self",)).filter(draft=draft_id, pk=upload_id).first()
    if upload is None:
        return False
    upload.delete()
    remove_after_commit(upload_id)
    return True
