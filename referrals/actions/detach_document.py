"""A document was put beside the wrong referral: it is taken away and destroyed."""

from datetime import datetime
from typing import cast
from uuid import UUID

from agencies.models import NoticeKind, User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from documents.actions.destroy_document import destroy_document
from documents.models import Document
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_referral
from referrals.models import DocumentDetachment
from referrals.permissions import check_can_detach_document
from referrals.selectors import agencies_concerned


@action
def detach_document(*, document_id: UUID, reason: str, by: User, now: datetime) -> DocumentDetachment:
    """Take a document away from its referral. Its bytes and its key are destroyed: nobody reads it any more.

    Locks referral and document. Whoever could read it is told.

    Raises:
        Document.DoesNotExist: there is none with this id beside a referral.
        Forbidden: `by` is no officer of the agency that may take it away.
        NotNow: it was taken away already, or there is no reason.
    """
    document = Document.objects.get(pk=document_id, referral__isnull=False)
    referral = lock_referral(cast(UUID, document.referral))
    check_can_detach_document(by, document, referral.dispatches.select_related("agency"))
    check_has_reason(reason)
    document = destroy_document(document_id=document_id, by=by, now=now)
    detachment = DocumentDetachment(
        referral=referral, document=document, reason=reason, detached_at=now, detached_by=by
    )
    detachment.save(force_insert=True)
    tell_agencies(
        kind=NoticeKind.DOCUMENT_DETACHED,
        about=detachment.pk,
        referral=referral,
        agencies=agencies_concerned(referral),
        by=by,
        now=now,
    )
    happened(Event.DOCUMENT_DETACHED, detachment, by=by, now=now, referral=referral.pk, document=document_id)
    return detachment
