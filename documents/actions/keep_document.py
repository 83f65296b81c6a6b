"""A file of an officer, or of a referrer who came back, is hung on a referral, or on a request that it answers."""

from datetime import datetime
from uuid import UUID

from agencies.models import Agency
from audit.action import action
from audit.actors import Actor
from audit.waking import wake
from documents.models import Document, Scan
from documents.permissions import check_can_add, check_can_upload
from documents.storing import Kept
from people.models import InformationRequest, Person


@action
def keep_document(
    *,
    kept: Kept,
    referral_id: UUID | None = None,
    request: InformationRequest | None = None,
    person: Person,
    agency: Agency | None,
    source: str,
    caveat: str,
    by: Actor,
    now: datetime,
) -> Document:
    """Make the row of a stored file, with where it is from and how to handle it, and queue it for the scanner.

    Raises Forbidden when `by` may not add documents for `agency`; without one, when `by` may not submit referrals.
    """
    if agency is None:
        check_can_upload(by)
    else:
        check_can_add(by, agency)
    document = Document(
        id=kept.id,
        person=person,
        referral=referral_id,
        request=request,
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
