"""An officer writes a note beside a referral."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.events import Event, happened
from referrals.locking import lock_dispatch
from referrals.models import Note, NoteReaders
from referrals.permissions import check_can_write_note
from referrals.policies import check_has_words


@action
def write_note(*, dispatch_id: UUID, text: str, readers: NoteReaders, by: User, now: datetime) -> Note:
    """Write a note for one's own agency, or for both agencies that received the referral.

    Locks referral and dispatch: the words are sealed for whoever the referral belongs to when they are stored.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` may not write notes for the dispatch's agency.
        NotNow: the note is empty.
    """
    dispatch = lock_dispatch(dispatch_id)
    check_can_write_note(by, dispatch)
    check_has_words(text)
    note = Note(
        referral=dispatch.referral,
        agency=dispatch.agency,
        readers=readers,
        text=text,
        written_at=now,
        written_by=by,
    )
    note.save()
    happened(Event.NOTE_WRITTEN, note, by=by, now=now, referral=dispatch.referral_id)
    return note
