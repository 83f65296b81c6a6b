"""Uploads and documents for tests, through the actions that make them in life."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.models import User
from audit.agents import Agent
from documents.actions.conclude_scan import conclude_scan
from documents.clamd import Verdict
from documents.models import Document, Upload
from documents.storage import read
from documents.storing import keep
from referrals.actions.add_document import add_document
from referrals.actions.add_upload import add_upload
from referrals.holding import Holder
from referrals.models import Dispatch, Draft
from tests.documents.files import HONEST
from tests.making import BROWSER

TEXT = HONEST["notes.txt"]


def uploaded(
    draft: Draft, data: bytes = TEXT, name: str = "notes.txt", *, holder: Holder = BROWSER, now: datetime | None = None
) -> Upload:
    """A file on a draft."""
    return add_upload(draft_id=draft.pk, kept=keep(name, data), holder=holder, by=holder.by, now=now or timezone.now())


def added(
    dispatch: Dispatch, by: User, data: bytes = TEXT, name: str = "notes.txt", *, now: datetime | None = None
) -> Document:
    """A file that an officer has put beside a referral."""
    return add_document(
        dispatch_id=dispatch.pk,
        kept=keep(name, data),
        source="The school’s lead",
        caveat="Not for the family",
        by=by,
        now=now or timezone.now(),
    )


def stored_bytes(file_id: UUID) -> bytes:
    """What lies in the store."""
    with read(file_id) as sealed:
        return sealed.read()


def judged_clean(file_id: UUID) -> Document:
    """The document after the scanner has found nothing in it."""
    conclude_scan(file_id=file_id, verdict=Verdict.CLEAN, by=Agent.SWEEPER, now=timezone.now())
    return Document.objects.get(pk=file_id)
