"""An officer puts a file beside a referral."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from audit.events import Event, happened
from documents.actions.keep_document import keep_document
from documents.models import Document
from documents.storing import Kept
from referrals.locking import lock_dispatch
from referrals.permissions import check_can


@action
def add_document(*, dispatch_id: UUID, kept: Kept, source: str, caveat: str, by: User, now: datetime) -> Document:
    """Hang a stored file on the referral of a dispatch, in the name of its agency; readers of the referral read it.

    Locks referral and dispatch. Records the event DOCUMENT_ADDED: new information has arrived.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` may not add documents for the dispatch's agency.
    """
    dispatch = lock_dispatch(dispatch_id)
    check_can(by, Permission.DOCUMENT_ADD, dispatch)
    document = keep_document(
        kept=kept,
        referral_id=dispatch.referral_id,
        person=dispatch.referral.person,
        agency=dispatch.agency,
        source=source,
        caveat=caveat,
        by=by,
        now=now,
    )
    happened(Event.DOCUMENT_ADDED, dispatch.referral, by=by, now=now, document=document.pk)
    return document
