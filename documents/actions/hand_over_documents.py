"""The files of a referral go over to the person whom it is about."""

from datetime import datetime
from uuid import UUID

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from documents.models import Document
from people.models import Person


@action
def hand_over_documents(*, referral_id: UUID, to: Person, by: Actor, now: datetime) -> int:
    """Seal names, keys, sources and caveats of a referral's files for the other person; returns how many.

    Locks the documents, ids ascending. The stored bytes stay: their own key is what is sealed anew.
    Raises Forbidden when `by` may not detach referrals.
    """
    require(by, Permission.REFERRAL_DETACH)
    documents = list(Document.objects.select_for_update(of=("self",)).filter(referral=referral_id).order_by("pk"))
    for document in documents:
        document.changed(
            name=document.name,
            key=document.key,
            source=document.source,
            caveat=document.caveat,
            person=to,
        )
    return len(documents)
