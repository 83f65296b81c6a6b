"""A file is hung on a draft."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from audit.waking import wake
from documents.models import Scan, Upload
from documents.permissions import check_can_upload
from documents.policies import check_has_room
from documents.storing import Kept


@action
def keep_upload(*, draft_id: UUID, kept: Kept, by: Actor, now: datetime) -> Upload:
    """Make the row of a stored file and put it in the scanner's queue. The caller holds the draft's lock.

    Raises:
        Forbidden: `by` may not submit referrals.
        NotNow: the draft has ten files.
    """
    check_can_upload(by)
    check_has_room(Upload.objects.filter(draft=draft_id).count())
    upload = Upload(
        id=kept.id,
        draft=draft_id,
        name=kept.name,
        key=kept.key.hex(),
        kind=kept.kind,
        size=kept.size,
        added_at=now,
        added_by=by.pk,
    )
    upload.save(force_insert=True)
    Scan.objects.create(file=upload.pk, due=now)
    wake("documents.tasks.sweep_scans")
    return upload
