"""Headquarters let all regions see a good-practice note."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from triage.models import PracticeNote
from triage.policies import check_is_offered
from triage.states import PracticeState


@action
def publish_practice(*, practice_id: UUID, by: User, now: datetime) -> PracticeNote:
    """Publish what a region offered, beside the step that it is about. Locks the note.

    Raises:
        Forbidden: `by` writes no standards.
        PracticeNote.DoesNotExist: there is none with this id.
        NotNow: somebody has decided about it.
    """
    require(by, Permission.STANDARD_WRITE)
    note: PracticeNote = PracticeNote.objects.lock(practice_id)
    check_is_offered(note)
    note.move(PracticeState.PUBLISHED, at=now, by=by)
    return note
