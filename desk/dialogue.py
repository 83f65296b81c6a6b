"""The referrer of a referral: when they were heard, what they were asked, and what the reader can do about it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, can
from audit.events import Event
from audit.models import EventRecord
from desk.beside_person import BesidePerson, moment_of
from desk.shown import Shown
from people.models import ContactWith
from referrals.asked import questions_settled_by
from referrals.models import Addition, Dispatch, Message, Question, Succession, Worry
from referrals.models.referrer import ReferrerKind
from referrals.reached import used_links
from referrals.succeeding import Chain
from referrals.worries import worries_to_answer


@dataclass(frozen=True)
class Dialogue:
    """`heard` is when they last came, said something or were spoken with; None where they have not since they sent it.

    `chain` holds who succeeded them, `successors` each of those with when they were last heard, oldest first.
    `verified`: an e-mail address of who answers now is; `tells`: words may be released to them now. `asks` are the
    reader's dispatches by which they may ask, and each of the questions and additions comes with who spoke, where
    somebody was succeeded; of the questions it is said whether the reader may send or withdraw them. `to_answer` are
    the ids of worries that are theirs.
    """

    heard: datetime | None
    chain: Chain
    successors: list[tuple[Succession, datetime | None]]
    at_work: bool
    tells: bool
    verified: bool
    asks: list[Dispatch]
    questions: list[tuple[Question, bool, str]]
    told: list[Message]
    worries: list[tuple[Worry, str]]
    additions: list[tuple[Addition, str]]
    to_answer: frozenset[UUID]


def dialogue_with(reader: User, shown: Shown, written: BesidePerson) -> Dialogue:
    """What the page of a referral shows of it. Four queries."""
    came = EventRecord.objects.filter(object_id=shown.referral.pk, kind=Event.REFERRER_RETURNED)
    chain = shown.chain
    spoken = (
        moment_of(row)
        for row in written.rows.contacts
        if row.with_whom == ContactWith.REFERRER and row.reached and not row.is_struck
    )
    moments = [*came.values_list("happened", flat=True), *spoken, *(each.added_at for each in shown.additions)]
    moments += [each.answered_at for each in shown.questions if each.answered_at]
    heard = {chain.at(moment): moment for moment in sorted(moments)}
    settled = set(questions_settled_by(reader).filter(referral=shown.referral).values_list("pk", flat=True))
    at_work = shown.referral.referrer.kind == ReferrerKind.WORK
    verified = used_links(shown.referral, chain.stands).exists()
    return Dialogue(
        heard=heard.get(None),
        chain=chain,
        successors=[(row, heard.get(row)) for row in chain.rows],
        at_work=at_work,
        tells=at_work and verified and bool(shown.deconfliction.cleared),
        verified=verified,
        asks=[each for each in shown.mine if can(reader, Permission.REFERRER_ASK, agency=each.agency)],
        told=shown.told,
        worries=[(each, chain.who_at(each.raised_at)) for each in shown.worries],
        additions=[(each, chain.who_at(each.added_at)) for each in shown.additions],
        to_answer=frozenset(worries_to_answer(reader).filter(referral=shown.referral).values_list("pk", flat=True)),
        questions=[
            (each, each.is_held and each.pk in settled, chain.who_at(each.answered_at)) for each in shown.questions
        ],
    )
