"""An officer's file is hung on a referral."""

from datetime import datetime
from uuid import UUID

from agencies.models import Agency, User
from audit.action import action
from audit.waking import wake
from documents.models import Document, Scan
from documents.permissions import check_can_add
from documents.storing import Kept
from people.models import Person


@action
def keep_document(
    *,
    kept: Kept,
    referral_id: UUID,
    person: Person,
    agency: Agency,
    source: str,
    caveat: str,
    by: User,
    now: datetime,
) -> Document:
    """Make the row of a stored file, with where it is from and how to handle it, and queue it for the scanner.

    Raises Forbidden when `by` may not add documents for `agency`.
    """
    check_can_add(by, agency)
    document = Document(
        id=kept.id,
        person=person,
        referral=referral_id,
        agency=agency,
        name=kept.name,
        key=kept.key.hex(),
        kind=kept.kind,
        size=kept.size,
        source=source,
        caveat=caveat,
        added_at=now,
        added_by=by.pk,
    )
    document.save(force_insert=True)
    Scan.objects.create(file=document.pk, due=now)
    wake("documents.tasks.sweep_scans")
    return document
