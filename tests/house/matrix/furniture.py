"""What stands beside a referral: one of everything, and another that came and went, each text in its own words."""

from datetime import timedelta
from itertools import product
from typing import Any

from agencies.models import Agency, Restriction, User
from agencies.purposes import Purpose
from audit.events import Event
from audit.fields import SealedField
from documents.kinds import Kind
from documents.models import Document
from documents.states import FileState
from documents.storing import keep
from people.models import (
    Address,
    AddressKind,
    AwayKind,
    Contact,
    ContactHow,
    ContactTo,
    ContactWith,
    Identifier,
    InformationRequest,
    LegalBasis,
    NameKind,
    PersonName,
    PlannedContact,
    Readers,
    Relationship,
    RelationshipKind,
    RequestAnswer,
    Telling,
    ToldWhom,
    Whereabouts,
    Written,
)
from people.states import RequestState
from referrals.actions.add_document import add_document
from referrals.actions.give_task import give_task
from referrals.actions.join_referrals import join_referrals
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.write_note import write_note
from referrals.models import (
    Addition,
    Detachment,
    Dispatch,
    DocumentDetachment,
    Join,
    JoinKind,
    Message,
    Note,
    NoteDetachment,
    NoteReaders,
    Offer,
    Question,
    Reassignment,
    RecordPurpose,
    ReferrerShown,
    Succession,
    SuccessionCause,
    SystemLink,
    Task,
    TaskKind,
    ToldBy,
    Withdrawal,
    WithdrawalKind,
    Worry,
)
from referrals.released import Released
from referrals.states import OfferState, QuestionState, WithdrawalState
from tests.documents.making import TEXT, judged_clean
from tests.house.matrix.assessed import assessed
from tests.house.matrix.deconflicted import deconflicted
from tests.house.matrix.matched import matched
from tests.house.matrix.past import Past
from tests.house.matrix.records import NOW, RESTRICTED, Record
from tests.making import dispatch_to_authority

YESTERDAY = NOW - timedelta(days=1)


def furnish_side(record: Record, dispatch: Dispatch, to: Agency, by: User) -> None:
    """What one agency of a record has beside it; `to` is whom it is offered to, or was once."""
    side = dispatch.agency.is_police
    text = record.says("referrals.Note.text", side)
    note: Note = write_note(dispatch_id=dispatch.pk, text=text, readers=NoteReaders.AGENCY, by=by, now=NOW)
    wanted = record.says("referrals.Task.words", side)
    task: Task = give_task(dispatch_id=dispatch.pk, owner_id=None, words=wanted, due_on=None, by=by, now=NOW)
    record.rows |= {
        ("dispatch_id", side): dispatch.pk,
        ("document_id", side): document(record, dispatch, by).pk,
        ("note_id", side): note.pk,
        ("task_id", side): task.pk,
    }
    past = Past(by)
    _done(record, dispatch, past)
    _taken_away(record, dispatch, past)
    _moved(record, dispatch, past)
    _asked_of_referrer(record, dispatch, past)
    _written(record, dispatch, past)
    asked(record, dispatch, to, past)
    if side:
        deconflicted(record, dispatch, past)
        assessed(record, dispatch, past)
    if record.house != RESTRICTED:
        _offered(record, dispatch, to, past)
    past.store()


def _asked_of_referrer(record: Record, dispatch: Dispatch, past: Past) -> None:
    """A question that is held, one that was answered, one that was withdrawn."""
    by, asked = past.by, {"referral": record.referral, "agency": dispatch.agency, "asked_at": YESTERDAY}
    said = {name: record.says(f"referrals.Question.{name}") for name in ("words", "answer", "reason")}
    held = Question(**asked, asked_by=by, words=said["words"])
    answered = Question(
        **asked, asked_by=by, words=said["words"], state=QuestionState.ANSWERED, released_at=YESTERDAY, released_by=by,
        answered_at=NOW, answered_by=by.pk, answer=said["answer"],
    )  # fmt: skip
    withdrawn = Question(
        **asked, asked_by=by, words=said["words"], state=QuestionState.WITHDRAWN, withdrawn_at=NOW, withdrawn_by=by,
        reason=said["reason"],
    )  # fmt: skip
    past.had(held, Event.QUESTION_ASKED)
    past.had(answered, Event.QUESTION_RELEASED, Event.QUESTION_ANSWERED)
    past.had(withdrawn, Event.QUESTION_WITHDRAWN)
    told = Message(
        referral=record.referral, agency=dispatch.agency, words=Released.READ, released_at=YESTERDAY, released_by=by
    )
    past.had(told, Event.REFERRER_TOLD)
    side = dispatch.agency.is_police
    worry = {name: record.says(f"referrals.Worry.{name}", side) for name in ("words", "answer")}
    raised = {"referral": record.referral, "agency": dispatch.agency, "due": NOW, "raised_at": YESTERDAY}
    waits = Worry(**raised, raised_by=by.pk, words=worry["words"])
    past.had(waits)
    past.had(Worry(**raised, raised_by=by.pk, **worry, answered_at=NOW, answered_by=by), Event.WORRY_ANSWERED)
    record.rows["worry_id", side] = waits.pk
    record.rows["question_id", dispatch.agency.is_police] = held.pk


def _done(record: Record, dispatch: Dispatch, past: Past) -> None:
    """A task that somebody has finished."""
    words = {name: record.says(f"referrals.Task.{name}", dispatch.agency.is_police) for name in ("words", "outcome")}
    task = Task(
        referral=record.referral, agency=dispatch.agency, kind=TaskKind.WORK, due=NOW, opened_at=YESTERDAY,
        opened_by=past.by.pk, done_at=NOW, done_by=past.by, **words,
    )  # fmt: skip
    past.had(task, Event.TASK_FINISHED)


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
    added = Addition(
        referral=record.referral, text=record.says("referrals.Addition.text"), added_at=NOW, added_by=by.pk
    )
    past.had(added, Event.REFERRER_ADDED, about=record.referral, addition=added.pk)
    said = {"purpose": Purpose.WORKING, "words": record.says("referrals.RecordPurpose.words")}
    past.had(RecordPurpose(referral=record.referral, **said, day=NOW.date(), stated_at=NOW, stated_by=by))
    linked = {name: record.says(f"referrals.SystemLink.{name}", side) for name in ("case_number", "status")}
    link = SystemLink(dispatch=dispatch, version=1, **linked, written_at=NOW, written_by=by)
    past.had(link, Event.DISPATCH_LINKED, dispatch=dispatch.pk)


def _written(record: Record, dispatch: Dispatch, past: Past) -> None:
    """Names, addresses, relationships and contacts of the person: one of each that stands, one that is struck out."""
    side, by = dispatch.agency.is_police, past.by
    more: dict[type[Written], dict[str, Any]] = {
        PersonName: {"kind": NameKind.ALIAS},
        Address: {"kind": AddressKind.HOME, "since": YESTERDAY.date()},
        Relationship: {"kind": RelationshipKind.SIBLING},
        PlannedContact: {
            "with_whom": ContactTo.CARER,
            "how": ContactHow.VISIT,
            "day": NOW.date() + timedelta(days=2),
        },
        Contact: {"with_whom": ContactWith.FAMILY, "how": ContactHow.VISIT, "day": YESTERDAY.date(), "reached": True},
        Telling: {"told": True, "whom": ToldWhom.PERSON, "how": ContactHow.VISIT, "day": YESTERDAY.date()},
        Whereabouts: {"kind": AwayKind.ABROAD, "review_on": NOW.date()},
    }
    struck: dict[str, Any] = {"struck_at": NOW, "struck_by": by}
    for (model, said), is_struck in product(more.items(), (False, True)):
        sealed = [each.name for each in model._meta.concrete_fields if isinstance(each, SealedField)]
        words = {name: record.says(f"{model._meta.label}.{name}", side) for name in sealed}
        row = model(
            person=record.referral.person, agency=dispatch.agency, readers=Readers.AGENCY, written_at=NOW,
            written_by=by, **said, **words, **(struck if is_struck else {}),
        )  # fmt: skip
        if not is_struck:
            row.struck_reason = None
            record.rows["written_id", side] = row.pk
        past.had(row)


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


def asked(record: Record, dispatch: Dispatch, to: Agency, past: Past) -> None:
    """Its agency asks another about the person, which has answered, and has asked before."""
    side, by = dispatch.agency.is_police, past.by
    row = _request(record, dispatch, to, by, state=RequestState.ANSWERED)
    past.had(row, Event.REQUEST_MADE)
    past.had(
        RequestAnswer(request=row, words=_says(record, "RequestAnswer.words", side), answered_at=NOW, answered_by=by)
    )
    said = _says(record, "InformationRequest.ending_reason", side)
    ended = {"state": RequestState.CLOSED, "ended_at": NOW, "ended_by": by, "ending_reason": said}
    past.had(_request(record, dispatch, to, by, **ended), Event.REQUEST_MADE)
    past.steps.append(lambda: record.rows.update({("file_id", side): _file_of(record, row, dispatch).pk}))
    record.rows["request_id", side] = row.pk


def _says(record: Record, field: str, side: bool) -> str:
    return record.says(f"people.{field}", side)


def _request(record: Record, dispatch: Dispatch, to: Agency, by: User, **more: Any) -> InformationRequest:
    side = dispatch.agency.is_police
    said = {name: _says(record, f"InformationRequest.{name}", side) for name in ("question", "need", "basis_words")}
    disclosed = {str(Identifier.NAME): _says(record, "InformationRequest.disclosed", side)}
    return InformationRequest(
        person=record.referral.person, asking=dispatch.agency, asked=to, basis=LegalBasis.OTHER,
        discloses=[Identifier.NAME], disclosed=disclosed, due=NOW + timedelta(days=7), asked_at=NOW, asked_by=by,
        answered_at=NOW, answered_by=by, **said, **more,
    )  # fmt: skip


def _file_of(record: Record, row: InformationRequest, dispatch: Dispatch) -> Document:
    """A file beside the answer, which the scanner has found clean."""
    side = dispatch.agency.is_police
    kept = keep(f"{record.says('documents.Document.name', side)}.txt", TEXT)
    found = Document(
        id=kept.id, person=row.person, request=row, agency=row.asked, state=FileState.CLEAN, name=kept.name,
        key=kept.key.hex(), kind=kept.kind, size=kept.size, source=record.says("documents.Document.source", side),
        caveat="", added_at=NOW, added_by=row.asked_by_id, checked_at=NOW, checked_by=row.asked_by_id,
    )  # fmt: skip
    found.save(force_insert=True)
    record.marks.known(found.key, "documents.Document.key", lambda role: record.stands(record, None, role))
    return found


def furnish_middle(record: Record, twin: Record, by: User) -> None:
    """What both agencies of a record have beside it, by the council's officer."""
    council = dispatch_to_authority(record.referral)
    past = Past(by)
    _withdrawn(record, past)
    _succeeded(record, past)
    _detached(record, twin, past)
    if record.house != RESTRICTED:
        _restricted(record, past)
    matched(record, twin, past)
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


def _succeeded(record: Record, past: Past) -> None:
    """Somebody succeeded the referrer, which was wrong; somebody else does."""
    agency = dispatch_to_authority(record.referral).agency
    fields = ("name", "role", "email", "phone", "checked", "struck_reason")
    said = {name: record.says(f"referrals.Succession.{name}") for name in fields}
    reason = said.pop("struck_reason")
    given = {"referral": record.referral, "agency": agency, "cause": SuccessionCause.LEFT, "recorded_by": past.by}
    struck = {"struck_at": NOW, "struck_by": past.by, "struck_reason": reason}
    wrong = Succession(**given, **said, **struck, recorded_at=YESTERDAY - timedelta(hours=1))
    stands = Succession(**given, **said, recorded_at=YESTERDAY)
    past.had(wrong, Event.REFERRER_SUCCEEDED, Event.SUCCESSION_STRUCK)
    past.had(stands, Event.REFERRER_SUCCEEDED)
    record.rows["succession_id", None] = stands.pk


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
    earlier, later = twin.referral.pk, record.referral.pk
    past.had(join, Event.REFERRALS_JOINED, Event.JOIN_UNDONE, earlier=earlier, later=later)


def _restricted(record: Record, past: Past) -> None:
    """It was kept to named people once."""
    referral = record.referral
    reasons = {name: record.says(f"agencies.Restriction.{name}") for name in ("reason", "release_reason")}
    row = Restriction(
        about=referral.pk, person=referral.person_id, grounds=[], names={}, closed=True,
        restricted_at=YESTERDAY, restricted_by=past.by.pk, released_at=NOW, released_by=past.by, **reasons,
    )  # fmt: skip
    past.had(row)
