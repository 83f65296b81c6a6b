"""A document that stood beside the wrong referral is destroyed."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from documents.models import Document
from documents.permissions import check_can_destroy
from documents.policies import check_not_taken_away
from documents.states import FileState
from documents.storage import remove_after_commit


@action
def destroy_document(*, document_id: UUID, by: Actor, now: datetime) -> Document:
    """Destroy a document's key, and its bytes after commit; the row stays, and no page shows it.

    Locks the document. The caller holds the lock of its referral and has asked whether `by` may take it away.

    Raises:
        Forbidden: `by` may not take documents away.
        NotNow: it was taken away already.
    """
    document: Document = Document.objects.lock(document_id)
    check_can_destroy(by)
    check_not_taken_away(document)
    document.move(FileState.TAKEN_AWAY, at=now, by=by, key=None)
    remove_after_commit(document_id)
    return document
