"""A draft is sent: its files become documents of the person it describes."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from documents.models import Document, Upload
from documents.permissions import check_can_upload
from people.models import Person


@action
def adopt_uploads(*, draft_id: UUID, referral_id: UUID, person: Person, by: Actor, now: datetime) -> int:
    """Move a draft's files to a referral; returns how many. One statement where there are none.

    The bytes stay as they are: each file's key is opened with the draft's data key and sealed with the person's.
    Refused files come too, so that officers see that there were some. Raises Forbidden when `by` may not submit.
    """
    check_can_upload(by)
    uploads = list(Upload.objects.select_for_update(of=("self",)).filter(draft=draft_id).order_by("pk"))
    for upload in uploads:
        document = Document(
            id=upload.pk,
            person=person,
            referral=referral_id,
            name=upload.name,
            key=upload.key,
            source="",
            caveat="",
            **{name: getattr(upload, name) for name in _AS_IT_WAS},
        )
        upload.delete()
        document.save(force_insert=True)
    return len(uploads)


_AS_IT_WAS = ("state", "kind", "size", "added_at", "added_by", "checked_at", "checked_by")
