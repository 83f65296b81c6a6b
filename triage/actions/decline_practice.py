"""Headquarters do not publish a good-practice note, and say why."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from triage.models import PracticeNote
from triage.policies import check_is_offered, check_says_it
from triage.states import PracticeState


@action
def decline_practice(*, practice_id: UUID, reason: str, by: User, now: datetime) -> PracticeNote:
    """Decline what a region offered, which reads why. Locks the note.

    Raises:
        Forbidden: `by` writes no standards.
        PracticeNote.DoesNotExist: there is none with this id.
        NotNow: somebody has decided about it, or the reason says nothing.
    """
    require(by, Permission.STANDARD_WRITE)
    note: PracticeNote = PracticeNote.objects.lock(practice_id)
    check_is_offered(note)
    check_says_it(reason)
    note.move(PracticeState.DECLINED, at=now, by=by, reason=reason.strip())
    return note
