"""Headquarters take a good-practice note back, and say why."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from triage.models import PracticeNote
from triage.policies import check_is_shown, check_says_it
from triage.states import PracticeState


@action
def withdraw_practice(*, practice_id: UUID, reason: str, by: User, now: datetime) -> PracticeNote:
    """Show a note to no region any more; the one that offered it reads why. Locks the note.

    Raises:
        Forbidden: `by` writes no standards.
        PracticeNote.DoesNotExist: there is none with this id.
        NotNow: the regions do not see it, or the reason says nothing.
    """
    require(by, Permission.STANDARD_WRITE)
    note: PracticeNote = PracticeNote.objects.lock(practice_id)
    check_is_shown(note)
    check_says_it(reason)
    note.move(PracticeState.WITHDRAWN, at=now, by=by, reason=reason.strip())
    return note
