"""A note was written beside the wrong referral: it is taken away from it, and put beside the right one."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.models import NoticeKind, User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from audit.refusals import NotNow
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_referrals
from referrals.models import Dispatch, Note, NoteDetachment, NoteReaders, Referral
from referrals.permissions import check_can_detach_note
from referrals.selectors import agencies_concerned
from referrals.states import DispatchState


@action
def detach_note(
    *, note_id: UUID, reason: str, to_dispatch_id: UUID | None = None, by: User, now: datetime
) -> NoteDetachment:
    """Take a note of one's agency away from its referral; nobody reads it there any more.

    Locks the referrals, ids ascending. With `to_dispatch_id` the same words, by the same writer at the same time, stand
    beside that referral of the agency, for the agency only: whom they were written for is not who reads that one.
    Whoever could read the note is told.

    Raises:
        Note.DoesNotExist, Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the agency that wrote it, or that agency has one of the referrals no more.
        NotNow: it was detached already, it would stay where it is, or there is no reason.
    """
    found = Note.objects.get(pk=note_id)
    to: Dispatch | None = Dispatch.objects.select_related("agency").get(pk=to_dispatch_id) if to_dispatch_id else None
    locked = lock_referrals([found.referral_id, *([to.referral_id] if to else [])])
    note: Note = Note.objects.select_related("agency").lock(note_id)
    note.referral = locked[note.referral_id]
    _check(note, to, reason, by=by)
    became = _copy(note, locked[to.referral_id]) if to else None
    detachment = NoteDetachment(note=note, became=became, reason=reason, detached_at=now, detached_by=by)
    detachment.save(force_insert=True)
    _tell(detachment, note, by=by, now=now)
    happened(Event.NOTE_DETACHED, detachment, by=by, now=now, referral=note.referral_id, note=note.pk)
    if became:
        happened(Event.NOTE_MOVED_HERE, became, by=by, now=now, referral=became.referral_id)
    return detachment


def _check(note: Note, to: Dispatch | None, reason: str, *, by: User) -> None:
    here = note.referral.dispatches.exclude(state=DispatchState.TRANSFERRED).filter(agency=note.agency)
    check_can_detach_note(by, note, here.select_related("agency").first())
    if to is not None:
        check_can_detach_note(by, note, Dispatch.objects.select_related("agency").lock(to.pk))
    check_has_reason(reason)
    if NoteDetachment.objects.filter(note=note).exists():
        raise NotNow(_("This note has been detached already."))
    if to is not None and to.referral_id == note.referral_id:
        raise NotNow(_("The note stands beside this referral already. Give the reference of another."))


def _copy(note: Note, referral: Referral) -> Note:
    became = Note(
        referral=referral,
        agency=note.agency,
        readers=NoteReaders.AGENCY,
        text=note.text,
        written_at=note.written_at,
        written_by_id=note.written_by_id,
    )
    became.save(force_insert=True)
    return became


def _tell(detachment: NoteDetachment, note: Note, *, by: User, now: datetime) -> None:
    readers = agencies_concerned(note.referral) if note.readers == NoteReaders.RECIPIENTS else [note.agency]
    tell_agencies(
        kind=NoticeKind.NOTE_DETACHED, about=detachment.pk, referral=note.referral, agencies=readers, by=by, now=now
    )
