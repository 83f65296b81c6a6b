"""No e-mail tells of a referral to those from whom it is kept: whatever kind, whatever wall, whenever it was queued."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.actions.end_membership import end_membership
from agencies.actions.exclude_user import exclude_user
from agencies.actions.replay_notice import replay_notice
from agencies.actions.suspend_user import suspend_user
from agencies.models import Agency, ExclusionGround, Notice, NoticeKind, Restriction, User
from agencies.selectors import undelivered_notices
from audit.agents import Agent
from audit.refusals import Forbidden
from audit.tasks import sweep_events
from people.actions.answer_match_asking import answer_match_asking
from people.actions.ask_about_match import ask_about_match
from people.actions.find_matches import find_matches
from referrals.actions.accept_offer import accept_offer
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.call_referrer import call_referrer
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.decline_offer import decline_offer
from referrals.actions.detach_document import detach_document
from referrals.actions.detach_note import detach_note
from referrals.actions.detach_referral import detach_referral
from referrals.actions.join_referrals import join_referrals
from referrals.actions.lift_restriction import lift_restriction
from referrals.actions.mail_successor import mail_successor
from referrals.actions.make_offer import make_offer
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.restrict_record import restrict_record
from referrals.actions.resume_referral import resume_referral
from referrals.actions.send_referrer_link import send_referrer_link
from referrals.actions.take_back_offer import take_back_offer
from referrals.actions.tell_of_worry import tell_of_worry
from referrals.actions.thank_referrer import thank_referrer
from referrals.actions.undo_join import undo_join
from referrals.actions.write_note import write_note
from referrals.models import (
    Dispatch,
    Join,
    JoinKind,
    NoteReaders,
    Offer,
    Referral,
    ReferrerLink,
    ToldBy,
    Withdrawal,
    WithdrawalKind,
)
from referrals.tasks import sweep_alerts, sweep_overdue, sweep_vacancies
from tests.audit.acts import within
from tests.documents.making import added, judged_clean
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted, with_mailboxes
from tests.overdue import waiting
from tests.people.pairs import match_of
from tests.people.planning import URGENT, planned
from tests.referrals.at_the_desk import ABOUT_POLICE, allegations_officer
from tests.referrals.opening import broken, privacy_officer, shared, supervisor
from tests.referrals.succeeding import succeeded
from tests.referrals.worrying import worry_about
from tests.triage.partnering import asked, running
from triage.actions.decline_ownership import decline_ownership
from triage.actions.release_partnership import release_partnership
from triage.partnerships import touching

pytestmark = pytest.mark.usefixtures("db", "on_record")
BARNSLEY, BRADFORD, WHY = "E08000038", "E08000032", "It was a mistake."
RIGHT = {"given_names": "Casimir", "family_name": "Thistlewood", "adult_or_child": "adult"}
# About no referral: an account, a draft, an agency's system; of a flood only how many are held, of a restricted
# record only that there is one.
OF_NO_REFERRAL = {
    NoticeKind.ACCOUNT_CHANGED,
    NoticeKind.ENDPOINT_TROUBLE,
    NoticeKind.INVITATION,
    NoticeKind.KNOWN_TO_NOBODY,
    NoticeKind.LEDGER_TROUBLE,
    NoticeKind.QUARANTINE,
    NoticeKind.REQUEST_ANSWERED,
    NoticeKind.REQUEST_DECLINED,
    NoticeKind.REQUEST_MADE,
    NoticeKind.REQUEST_OVERDUE,
    NoticeKind.REQUEST_TAKEN_BACK,
    NoticeKind.SAVED_DRAFT,
}


class Case:
    """A council and a police agency with mailboxes, a referral that both have, and those who work it."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.council, self.neighbours = (Agency.objects.get(code=code) for code in (BARNSLEY, BRADFORD))
        for agency in (self.council, self.neighbours, Agency.objects.get(code="ctp-north-east")):
            with_mailboxes(agency)
        self.lead, self.stranger = officer_of(self.council), officer_of(self.neighbours, name="Adeel Kershaw")

    def sent(self, **more: Any) -> Dispatch:
        """How the council has a new referral."""
        found: Dispatch = dispatch_to_authority(submitted({**TEACHER, **more}))
        return found

    def did(self) -> dict[str, Any]:
        """By the council's lead, for a reason, now."""
        return {"reason": WHY, "by": self.lead, "now": self.now}

    def offered(self) -> Offer:
        """A referral that the council offers to its neighbours."""
        found: Offer = make_offer(dispatch_id=self.sent().pk, to_id=self.neighbours.pk, **self.did())
        return found

    def answered(self) -> dict[str, Any]:
        """By an officer of the neighbours."""
        return {"by": self.stranger, "now": self.now}

    def joined(self) -> Join:
        """Two referrals as one."""
        one, other = self.sent(), self.sent()
        found: Join = join_referrals(dispatch_id=one.pk, other_id=other.pk, kind=JoinKind.SAME_CONCERN, **self.did())
        return found

    def matched(self, *, ours: bool) -> None:
        """Somebody in Cardiff may be the same person: the council asks and is answered, or it is asked."""
        referral, far = self.sent().referral, self.sent(postcode="CF10 3NQ").referral
        find_matches(person_id=far.person_id, by=Agent.SWEEPER, now=self.now)
        cardiff = officer_of(dispatch_to_authority(far).agency, name="Nia Bevan")
        asking = ask_about_match(match_id=match_of(referral, far).pk, by=self.lead if ours else cardiff, now=self.now)
        if ours:
            answer_match_asking(asking_id=asking.pk, accept=True, by=cardiff, now=self.now)
        sweep_events()

    def withdrawn(self) -> Withdrawal:
        """A referral that was sent in error."""
        kind, told_how = WithdrawalKind.IN_ERROR, ToldBy.TELEPHONE
        found: Withdrawal = report_withdrawal(dispatch_id=self.sent().pk, kind=kind, told_how=told_how, **self.did())
        return found

    def stopped(self) -> dict[str, Any]:
        """The police have stopped it: what they say who go on after all."""
        withdrawal = self.withdrawn()
        police = dispatch_to_police(withdrawal.referral)
        officer = officer_of(police.agency)
        acknowledge_dispatch(dispatch_id=police.pk, by=officer, now=self.now)
        theirs: dict[str, Any] = {"dispatch_id": police.pk, "reason": WHY, "by": officer, "now": self.now}
        decide_withdrawal(withdrawal_id=withdrawal.pk, go_on=False, **theirs)
        return {"withdrawal_id": withdrawal.pk, **theirs}


def new(case: Case) -> None:
    case.sent()
    sweep_events()


def urgent(case: Case) -> None:
    case.sent(danger="yes")
    sweep_alerts()


def task(case: Case) -> None:
    allegations_officer()
    submitted(ABOUT_POLICE)


def went_ahead(case: Case) -> None:
    planned(case.sent().referral.person_id, case.lead, urgent=URGENT)
    sweep_events()


def overdue(case: Case) -> None:
    waiting(at=case.now - timedelta(days=30))
    sweep_overdue()


def released(case: Case) -> None:
    leaver, boss = officer_of(case.council, name="Thomas Wojcik"), supervisor(BARNSLEY)
    assign_dispatch(dispatch_id=case.sent().pk, to_id=leaver.pk, by=case.lead, now=case.now)
    end_membership(membership_id=leaver.memberships.get().pk, by=boss, now=case.now)
    sweep_events()


def glass(case: Case) -> None:
    privacy_officer(BARNSLEY)
    broken(case.sent().referral, by=case.stranger)


def of_another(case: Case) -> None:
    dispatch = case.sent()
    wrong = dispatch.referral.person_id
    detach_referral(dispatch_id=dispatch.pk, wrong_id=wrong, right=RIGHT, **case.did())


def note(case: Case) -> None:
    dispatch, readers = case.sent(), NoteReaders.RECIPIENTS
    written = write_note(dispatch_id=dispatch.pk, text="Rang.", readers=readers, by=case.lead, now=case.now)
    detach_note(note_id=written.pk, **case.did())


def vacancy(case: Case, *, heir: bool) -> None:
    """A restricted record of which nobody of the police knew any more. Mail of it is listed to all once it is none."""
    dispatch, boss = case.sent(), supervisor(BARNSLEY)
    police = dispatch_to_police(dispatch.referral)
    leaver = officer_of(police.agency, name="Thomas Wojcik")
    restrict_record(dispatch_id=dispatch.pk, named=[leaver.pk], reason=WHY, by=boss, now=case.now)
    suspend_user(user_id=leaver.pk, by=Agent.OPERATOR, now=case.now)
    if heir:
        officer_of(police.agency, name="Lowri Sutcliffe")
    sweep_vacancies()
    lift_restriction(dispatch_id=dispatch.pk, reason=WHY, by=boss, now=case.now)


def document(case: Case) -> None:
    detach_document(document_id=judged_clean(added(case.sent(), case.lead).pk).pk, **case.did())


def another_link(case: Case) -> None:
    referrer = case.sent().referral.referrer
    reference = referrer.referral.reference
    send_referrer_link(reference=reference, email=referrer.email, by=Agent.REFERRER, now=case.now)


def verified(case: Case) -> ReferrerLink:
    """The referrer has used a link."""
    another_link(case)
    link = ReferrerLink.objects.latest("expires_at")
    used = partial(link.changed, used_at=case.now, used_by=Agent.REFERRER.pk)
    within(do=used, by=Agent.REFERRER, now=case.now)
    return link


def called(case: Case) -> None:
    """... and something is on their page."""
    link = verified(case)
    call_referrer(referral_id=link.referral_id, occasion=link.pk, by=Agent.SWEEPER, now=case.now)


def worried(case: Case) -> None:
    """The referrer has raised a worry."""
    dispatch = case.sent()
    supervisor(BARNSLEY)
    worry = worry_about(dispatch.referral, dispatch.agency, now=case.now)
    tell_of_worry(worry=worry, dispatch=dispatch, by=Agent.REFERRER, now=case.now)


def invited(case: Case) -> None:
    """Somebody succeeds the referrer."""
    made = succeeded(case.sent(), case.lead).succession
    mail_successor(succession_id=made.pk, occasion=made.pk, by=Agent.SWEEPER, now=case.now)


def thanked(case: Case) -> None:
    """... and adds something."""
    link = verified(case)
    thank_referrer(referral=link.referral, occasion=link.pk, by=Agent.REFERRER, now=case.now)


def asked_to_own(case: Case) -> User:
    """An officer is asked to own a police-led partnership."""
    row = running(submitted())
    officer = officer_of(row.agency, name="Saffron Idle")
    asked(row, officer)
    return officer


def declined_to_own(case: Case) -> None:
    """... and does not want it."""
    officer = asked_to_own(case)
    (row,) = touching(officer.pk)
    decline_ownership(partnership_id=row.pk, reason=WHY, by=officer, now=case.now)


def owner_left(case: Case) -> None:
    """Whoever was asked to own one has left."""
    officer = asked_to_own(case)
    (membership,) = officer.memberships.all()
    end_membership(membership_id=membership.pk, by=Agent.OPERATOR, now=case.now)
    (row,) = touching(officer.pk)
    release_partnership(partnership_id=row.pk, once="left", by=Agent.SWEEPER, now=case.now)


# What is done that an e-mail of each kind is queued.
CAUSES: dict[NoticeKind, Callable[[Case], object]] = {
    NoticeKind.NEW_REFERRAL: new,
    NoticeKind.CONFIRMATION: new,
    NoticeKind.REFERRER_CALLED: called,
    NoticeKind.REFERRER_INVITED: invited,
    NoticeKind.REFERRER_LINK: another_link,
    NoticeKind.REFERRER_THANKED: thanked,
    NoticeKind.IMMEDIATE_ALERT: urgent,
    NoticeKind.NEW_TASK: task,
    NoticeKind.OVERDUE: overdue,
    NoticeKind.PARTNERSHIP_DECLINED: declined_to_own,
    NoticeKind.PARTNERSHIP_OFFERED: asked_to_own,
    NoticeKind.PARTNERSHIP_UNOWNED: owner_left,
    NoticeKind.PROCEEDED_URGENTLY: went_ahead,
    NoticeKind.WORK_RELEASED: released,
    NoticeKind.GLASS_BROKEN: glass,
    NoticeKind.REFERRAL_OPENED: lambda case: shared(case.sent(), case.stranger, by=case.lead),
    NoticeKind.SUCCESSOR_NAMED: partial(vacancy, heir=True),
    NoticeKind.NOBODY_TO_NAME: partial(vacancy, heir=False),
    NoticeKind.OFFER_MADE: Case.offered,
    NoticeKind.OFFER_ACCEPTED: lambda case: accept_offer(offer_id=case.offered().pk, **case.answered()),
    NoticeKind.RECEIVER_CHANGED: lambda case: accept_offer(offer_id=case.offered().pk, **case.answered()),
    NoticeKind.OFFER_DECLINED: lambda case: decline_offer(offer_id=case.offered().pk, reason=WHY, **case.answered()),
    NoticeKind.OFFER_TAKEN_BACK: lambda case: take_back_offer(offer_id=case.offered().pk, **case.did()),
    NoticeKind.REFERRAL_DETACHED: of_another,
    NoticeKind.NOTE_DETACHED: note,
    NoticeKind.DOCUMENT_DETACHED: document,
    NoticeKind.REFERRALS_JOINED: Case.joined,
    NoticeKind.JOIN_UNDONE: lambda case: undo_join(join_id=case.joined().pk, **case.did()),
    NoticeKind.MATCH_ASKED: partial(Case.matched, ours=False),
    NoticeKind.MATCH_ANSWERED: partial(Case.matched, ours=True),
    NoticeKind.WITHDRAWAL_REPORTED: Case.withdrawn,
    NoticeKind.WITHDRAWAL_DECIDED: Case.stopped,
    NoticeKind.WORRY_RAISED: worried,
    NoticeKind.REFERRAL_RESUMED: lambda case: resume_referral(**case.stopped()),
}


def test_every_kind_of_mail_tells_of_referrals_or_of_none():
    assert set(CAUSES) | OF_NO_REFERRAL == set(NoticeKind) and not set(CAUSES) & OF_NO_REFERRAL


def put_up(about: UUID, *, closed: bool, excluding: list[User]) -> None:
    """A wall as `restrict_record` or `restrict_referral` leaves it, round a referral however far it has come."""
    found = Restriction.objects.filter(about=about, closed=closed, released_at=None).first()
    if found is None:
        found = Restriction(
            about=about, person=Referral.objects.get(pk=about).person_id, grounds=[], names={}, closed=closed,
            reason=WHY if closed else None, restricted_at=timezone.now(), restricted_by=Agent.OPERATOR.pk,
        )  # fmt: skip
        found.save(force_insert=True)
    for user in excluding:
        ground = ExclusionGround.NAME
        exclude_user(restriction=found, user=user, ground=ground, by=Agent.OPERATOR, now=timezone.now())


def reader_of(notice: Notice) -> User:
    """Who is listed what could not be delivered of this mail: a colleague there, or who keeps the service running."""
    return officer_of(notice.agency or Agency.objects.get(code="system"), name="Hodan Fairweather")


@pytest.mark.parametrize("closed", [True, False], ids=["named only", "excluded"])
@pytest.mark.parametrize("kind", sorted(CAUSES))
def test_from_whom_a_referral_is_kept_no_undelivered_mail_tells_of_it(client, kind, closed):
    CAUSES[kind](Case())
    notices = list(Notice.objects.filter(kind=kind))
    readers = [reader_of(notice) for notice in notices]
    for notice in notices:
        within(do=partial(notice.changed, dead=timezone.now()), by=Agent.MESSENGER, now=timezone.now())
    assert notices and all(
        notice in undelivered_notices(reader) for notice, reader in zip(notices, readers, strict=True)
    )
    for about in {about for notice in notices for about in notice.tells_of}:
        wall = partial(put_up, about, closed=closed, excluding=[] if closed else readers)
        within(do=wall, by=Agent.OPERATOR, now=timezone.now())
    for notice, reader in zip(notices, readers, strict=True):
        client.force_login(reader)
        page = client.get(reverse("agencies:undelivered")).content.decode()
        assert str(NoticeKind(kind).label) not in page and "Every e-mail has been delivered" in page
        with pytest.raises(Forbidden):
            replay_notice(notice_id=notice.pk, by=reader, now=timezone.now())
