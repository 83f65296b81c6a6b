"""A draft's files go with it."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from documents.models import Upload
from documents.storage import remove_after_commit


@action
def destroy_uploads(*, draft_id: UUID, by: Actor, now: datetime) -> int:
    """Delete every file of a draft that is being destroyed, and after commit its bytes; returns how many.

    The caller holds the draft's lock and has asked whether `by` may destroy it.
    """
    uploads = list(Upload.objects.select_for_update(of=("self",)).filter(draft=draft_id).order_by("pk"))
    for upload in uploads:
        remove_after_commit(upload.pk)
        upload.delete()
    return len(uploads)
