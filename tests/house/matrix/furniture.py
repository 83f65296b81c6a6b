"""What stands beside a referral: one of everything, and another that came and went, each text in its own words."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from agencies.models import Agency, Restriction, User
from agencies.purposes import Purpose
from audit.agents import Agent
from audit.events import Event, happened
from audit.models import Recorded
from documents.kinds import Kind
from documents.models import Document
from documents.states import FileState
from documents.storing import keep
from referrals.actions.add_document import add_document
from referrals.actions.join_referrals import join_referrals
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.write_note import write_note
from referrals.models import (
    Detachment,
    Dispatch,
    DocumentDetachment,
    Join,
    JoinKind,
    Note,
    NoteDetachment,
    NoteReaders,
    Offer,
    Reassignment,
    RecordPurpose,
    ReferrerShown,
    SystemLink,
    ToldBy,
    Withdrawal,
    WithdrawalKind,
)
from referrals.states import OfferState, WithdrawalState
from tests.audit.acts import within
from tests.documents.making import TEXT, judged_clean
from tests.house.matrix.records import NOW, RESTRICTED, Record
from tests.making import dispatch_to_authority

YESTERDAY = NOW - timedelta(days=1)


class Past:
    """Rows as actions leave them, with the events that tell of them, stored at once."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.steps: list[Callable[[], Any]] = []

    def had(self, row: Recorded, *events: Event, about: Recorded | None = None, **ids: Any) -> None:
        """One more row."""
        self.steps.append(partial(row.save, force_insert=True))
        self.steps += [partial(happened, event, about or row, by=self.by, now=NOW, **ids) for event in events]

    def store(self) -> None:
        """Store them all."""
        within(do=lambda: [step() for step in self.steps], by=Agent.OPERATOR, now=NOW)


def furnish_side(record: Record, dispatch: Dispatch, to: Agency, by: User) -> None:
    """What one agency of a record has beside it; `to` is whom it is offered to, or was once."""
    side = dispatch.agency.is_police
    text = record.says("referrals.Note.text", side)
    note: Note = write_note(dispatch_id=dispatch.pk, text=text, readers=NoteReaders.AGENCY, by=by, now=NOW)
    record.rows |= {
        ("dispatch_id", side): dispatch.pk,
        ("document_id", side): document(record, dispatch, by).pk,
        ("note_id", side): note.pk,
    }
    past = Past(by)
    _taken_away(record, dispatch, past)
    _moved(record, dispatch, past)
    if record.house != RESTRICTED:
        _offered(record, dispatch, to, past)
    past.store()


def _taken_away(record: Record, dispatch: Dispatch, past: Past) -> None:
    """A note and a document were about somebody else."""
    side, by, referral = dispatch.agency.is_police, past.by, record.referral
    text = record.says("referrals.Note.text", side)
    note = Note(
        referral=referral, agency=dispatch.agency, readers=NoteReaders.AGENCY, text=text, written_at=NOW, written_by=by
    )
    said = record.says("referrals.NoteDetachment.reason", side)
    past.had(note, Event.NOTE_WRITTEN)
    past.had(NoteDetachment(note=note, reason=said, detached_at=NOW, detached_by=by), Event.NOTE_DETACHED)
    words = {name: record.says(f"documents.Document.{name}") for name in ("name", "source", "caveat")}
    gone = Document(
        person=referral.person, referral=referral.pk, agency=dispatch.agency, state=FileState.TAKEN_AWAY,
        kind=Kind.TEXT, size=1, added_at=NOW, added_by=by.pk, **words,
    )  # fmt: skip
    said = record.says("referrals.DocumentDetachment.reason")
    past.had(gone, Event.DOCUMENT_ADDED)
    detached = DocumentDetachment(referral=referral, document=gone, reason=said, detached_at=NOW, detached_by=by)
    past.had(detached, Event.DOCUMENT_DETACHED)


def document(record: Record, dispatch: Dispatch, by: User) -> Document:
    """A document with words in whatever is said of it."""
    said = {name: record.says(f"documents.Document.{name}") for name in ("source", "caveat")}
    name = record.says("documents.Document.name")
    made = add_document(dispatch_id=dispatch.pk, kept=keep(f"{name}.txt", TEXT), **said, by=by, now=NOW)
    found = judged_clean(made.pk)
    record.marks.known(found.key, "documents.Document.key", lambda role: record.stands(record, None, role))
    return found


def _moved(record: Record, dispatch: Dispatch, past: Past) -> None:
    """It was given to a colleague; the referrer was shown; somebody said why they looked; a system has linked it."""
    side, by = dispatch.agency.is_police, past.by
    given = Reassignment(
        dispatch=dispatch, from_user=None, to_user=by, reason=record.says("referrals.Reassignment.reason", side),
        reassigned_at=NOW, reassigned_by=by,
    )  # fmt: skip
    past.had(given, Event.DISPATCH_REASSIGNED, about=dispatch, to=by.pk, reason=given.pk)
    shown = ReferrerShown(
        dispatch=dispatch, reason=record.says("referrals.ReferrerShown.reason", side), day=YESTERDAY.date(),
        shown_at=YESTERDAY, shown_by=by,
    )  # fmt: skip
    past.had(shown, Event.REFERRER_SHOWN, about=dispatch, reason=shown.pk)
    said = {"purpose": Purpose.WORKING, "words": record.says("referrals.RecordPurpose.words")}
    past.had(RecordPurpose(referral=record.referral, **said, day=NOW.date(), stated_at=NOW, stated_by=by))
    linked = {name: record.says(f"referrals.SystemLink.{name}", side) for name in ("case_number", "status")}
    link = SystemLink(dispatch=dispatch, version=1, **linked, written_at=NOW, written_by=by)
    past.had(link, Event.DISPATCH_LINKED, dispatch=dispatch.pk)


def _offered(record: Record, dispatch: Dispatch, to: Agency, past: Past) -> None:
    """It is offered, and was before."""
    before = offer(record, dispatch, to, past.by)
    before.state, before.closed_at, before.closed_by = OfferState.TAKEN_BACK, NOW, past.by
    before.closing_reason = record.says("referrals.Offer.closing_reason")
    past.had(before, Event.OFFER_MADE, Event.OFFER_TAKEN_BACK)
    now = offer(record, dispatch, to, past.by)
    past.had(now, Event.OFFER_MADE)
    record.rows["offer_id", dispatch.agency.is_police] = now.pk


def offer(record: Record, dispatch: Dispatch, to: Agency, by: User) -> Offer:
    """An offer, whether or not the desks offer to each other; not stored yet."""
    said = record.says("referrals.Offer.reason")
    return Offer(dispatch=dispatch, agency=to, reason=said, offered_at=NOW, offered_by=by)


def furnish_middle(record: Record, twin: Record, by: User) -> None:
    """What both agencies of a record have beside it, by the council's officer."""
    council = dispatch_to_authority(record.referral)
    past = Past(by)
    _withdrawn(record, past)
    _detached(record, twin, past)
    if record.house != RESTRICTED:
        _restricted(record, past)
    past.store()
    reason = record.says("referrals.Withdrawal.reason")
    told: dict[str, Any] = {"kind": WithdrawalKind.IN_ERROR, "told_how": ToldBy.TELEPHONE, "reason": reason}
    withdrawal: Withdrawal = report_withdrawal(dispatch_id=council.pk, **told, by=by, now=NOW)
    join: Join = join_referrals(
        dispatch_id=council.pk, other_id=dispatch_to_authority(twin.referral).pk, kind=JoinKind.DUPLICATE,
        reason=record.says("referrals.Join.reason"), by=by, now=NOW,
    )  # fmt: skip
    record.rows |= {("withdrawal_id", None): withdrawal.pk, ("join_id", None): join.pk}


def _withdrawn(record: Record, past: Past) -> None:
    """Withdrawn, stopped, and taken up again."""
    said = {name: record.says(f"referrals.Withdrawal.{name}") for name in ("reason", "decision", "resumed_reason")}
    row = Withdrawal(
        referral=record.referral, state=WithdrawalState.RESUMED, kind=WithdrawalKind.WITHDRAWN, told_how=ToldBy.E_MAIL,
        reported_at=YESTERDAY, reported_by=past.by.pk, decided_at=YESTERDAY, decided_by=past.by,
        resumed_at=YESTERDAY, resumed_by=past.by, **said,
    )  # fmt: skip
    past.had(row, Event.WITHDRAWAL_REPORTED, Event.WITHDRAWAL_STOPPED, Event.WITHDRAWAL_RESUMED)


def _detached(record: Record, twin: Record, past: Past) -> None:
    """It belonged to somebody else once, and was joined with another."""
    detached = Detachment(
        referral=record.referral, wrong=twin.referral.person, right=record.referral.person,
        reason=record.says("referrals.Detachment.reason"), detached_at=YESTERDAY, detached_by=past.by,
    )  # fmt: skip
    past.had(detached, Event.REFERRAL_DETACHED)
    said = {name: record.says(f"referrals.Join.{name}") for name in ("reason", "undone_reason")}
    join = Join(
        earlier=twin.referral, later=record.referral, kind=JoinKind.SAME_CONCERN, joined_at=YESTERDAY,
        joined_by=past.by, undone_at=NOW, undone_by=past.by, **said,
    )  # fmt: skip
    past.had(join, Event.REFERRALS_JOINED, Event.JOIN_UNDONE)


def _restricted(record: Record, past: Past) -> None:
    """It was kept to named people once."""
    referral = record.referral
    reasons = {name: record.says(f"agencies.Restriction.{name}") for name in ("reason", "release_reason")}
    row = Restriction(
        about=referral.pk, person=referral.person_id, grounds=[], names={}, closed=True,
        restricted_at=YESTERDAY, restricted_by=past.by.pk, released_at=NOW, released_by=past.by, **reasons,
    )  # fmt: skip
    past.had(row)
