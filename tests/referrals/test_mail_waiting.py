"""Mail that waited while its referral was restricted: as it is sent it is asked again who may know of that."""

from functools import partial

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from agencies.actions.end_membership import end_membership
from agencies.actions.replay_notice import replay_notice
from agencies.models import Agency, Exclusion, Notice, NoticeKind
from agencies.tasks import sweep_notices
from audit.agents import Agent
from audit.tasks import sweep_events
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.detach_referral import detach_referral
from referrals.actions.end_access import end_access
from referrals.actions.exclude_colleague import exclude_colleague
from referrals.actions.restrict_record import restrict_record
from referrals.models import Dispatch
from tests.audit.acts import within
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted, with_mailboxes
from tests.referrals.at_the_desk import ABOUT_POLICE, allegations_officer
from tests.referrals.opening import shared, supervisor
from tests.referrals.test_mail_kept import BARNSLEY, CAUSES, RIGHT, WHY, Case, glass, put_up

pytestmark = pytest.mark.usefixtures("db", "on_record")


def heard(*words: str) -> list[str]:
    """Who was sent an e-mail with these words, in order."""
    letters = [letter for letter in mail.outbox if all(word in f"{letter.subject} {letter.body}" for word in words)]
    return sorted(to for letter in letters for to in letter.to)


def posted() -> list[str]:
    """Send what waits, twice: what is told to others instead waits for the second time."""
    sweep_notices()
    sweep_notices()
    assert not Notice.objects.filter(done=None)
    return heard()


# What goes to the referrer alone, whoever at the agencies may know of it.
TO_THE_REFERRER = {
    NoticeKind.CONFIRMATION, NoticeKind.REFERRER_CALLED, NoticeKind.REFERRER_INVITED, NoticeKind.REFERRER_LINK,
    NoticeKind.REFERRER_THANKED,
}  # fmt: skip
# The referrer's, the restricted desks' own, and what somebody named has opened: each has a test of its own.
OTHERS = TO_THE_REFERRER | {NoticeKind.NEW_TASK, NoticeKind.REFERRAL_OPENED}


@pytest.mark.parametrize("closed", [True, False], ids=["named only", "restricted desks"])
@pytest.mark.parametrize("kind", sorted(set(CAUSES) - OTHERS))
def test_no_mail_that_waited_reaches_anybody_from_whom_its_referral_is_kept_since(kind, closed):
    CAUSES[kind](Case())
    waiting = list(Notice.objects.filter(kind=kind))
    for about in {about for notice in waiting for about in notice.tells_of}:
        within(do=partial(put_up, about, closed=closed, excluding=[]), by=Agent.OPERATOR, now=timezone.now())
    sweep_notices()
    settled = Notice.objects.filter(kind=kind)
    assert waiting and all(notice.done and notice.last_error for notice in settled)
    assert not set(heard()) & {notice.address for notice in waiting}


@pytest.mark.parametrize("kind", sorted(TO_THE_REFERRER))
def test_the_referrer_hears_what_is_theirs_whatever_is_kept_from_the_agencies(kind):
    CAUSES[kind](Case())
    notice = Notice.objects.get(kind=kind)
    within(do=partial(put_up, notice.about, closed=True, excluding=[]), by=Agent.OPERATOR, now=timezone.now())
    sweep_notices()
    notice.refresh_from_db()
    assert notice.done and not notice.last_error and notice.address in heard()


def test_the_named_people_of_each_agency_are_told_in_place_of_its_mailbox(client):
    case = Case()
    dispatch, boss = case.sent(), supervisor(BARNSLEY)
    police = dispatch_to_police(dispatch.referral)
    theirs = officer_of(police.agency, name="Bronwen Haworth")
    officer_of(police.agency, name="Lowri Sutcliffe")
    sweep_events()
    restrict_record(dispatch_id=dispatch.pk, named=[case.lead.pk, theirs.pk], reason=WHY, by=boss, now=case.now)
    posted()
    assert heard("New referral") == sorted([boss.email, case.lead.email, theirs.email])
    client.force_login(case.lead)
    page = client.get(reverse("desk:referral", args=[dispatch.referral_id])).content.decode()
    assert page.count(f"E-mail sent to {police.agency.name}") == 1 and "waiting to be sent" not in page


def test_what_a_named_person_sends_again_goes_to_the_named_and_to_no_mailbox():
    case = Case()
    dispatch, boss = case.sent(), supervisor(BARNSLEY)
    theirs = officer_of(dispatch_to_police(dispatch.referral).agency)
    sweep_events()
    notice = Notice.objects.get(kind=NoticeKind.NEW_REFERRAL, agency=case.council)
    sweep_notices()
    mail.outbox.clear()
    within(do=partial(notice.changed, dead=timezone.now()), by=Agent.MESSENGER, now=timezone.now())
    restrict_record(dispatch_id=dispatch.pk, named=[theirs.pk], reason=WHY, by=boss, now=case.now)
    replay_notice(notice_id=notice.pk, by=boss, now=timezone.now())
    assert posted() == [boss.email]


def test_of_what_went_to_the_restricted_desks_the_agency_that_had_it_hears_nothing_any_more():
    case = Case()
    dispatch = case.sent()
    sweep_events()
    for agency in Agency.objects.filter(kind__startswith="restricted"):
        with_mailboxes(agency)
    officer_of(case.neighbours, name="Casimir Thistlewood")
    wrong = dispatch.referral.person_id
    detach_referral(dispatch_id=dispatch.pk, wrong_id=wrong, right=RIGHT, **case.did())
    assert not heard()
    posted()
    assert not heard("New referral") and len(heard("about another person")) == 2
    assert not set(heard()) & {case.council.email, case.lead.email}


def test_whom_a_restricted_desk_has_excluded_since_reads_nothing_in_its_mailbox():
    referral = submitted(ABOUT_POLICE)
    desks = [with_mailboxes(dispatch.agency) for dispatch in referral.dispatches.select_related("agency")]
    one, other = officer_of(desks[0]), officer_of(desks[0], name="Lowri Sutcliffe")
    sweep_events()
    exclude_colleague(referral_id=referral.pk, user_id=other.pk, why=WHY, by=one, now=timezone.now())
    assert Exclusion.objects.get().user == other
    posted()
    assert heard("New referral") == sorted([one.email, desks[1].email])


def test_whom_it_was_opened_to_is_told_while_it_is_and_not_once_that_has_ended():
    case = Case()
    dispatch, boss = case.sent(), supervisor(BARNSLEY)
    theirs = officer_of(dispatch_to_police(dispatch.referral).agency)
    before = shared(dispatch, case.stranger, by=case.lead)
    end_access(access_id=before.pk, by=case.lead, now=timezone.now())
    shared(dispatch, case.stranger, by=case.lead)
    restrict_record(dispatch_id=dispatch.pk, named=[theirs.pk], reason=WHY, by=boss, now=timezone.now())
    sweep_notices()
    assert not heard("opened to you")
    shared(dispatch, case.stranger, by=boss)
    posted()
    assert heard("opened to you") == [case.stranger.email]


def test_of_a_task_at_a_restricted_desk_others_are_told_once_its_owner_is_excluded():
    owner = allegations_officer()
    referral = submitted(ABOUT_POLICE)
    other = officer_of(dispatch_to_authority(referral).agency, name="Lowri Sutcliffe")
    exclude_colleague(referral_id=referral.pk, user_id=owner.pk, why=WHY, by=other, now=timezone.now())
    posted()
    assert heard("task") == [other.email]


def test_of_an_emergency_those_are_told_who_are_named_since_and_no_privacy_officer_who_is_not():
    case = Case()
    glass(case)
    dispatch = Dispatch.objects.get(agency=case.council)
    boss, theirs = supervisor(BARNSLEY), officer_of(dispatch_to_police(dispatch.referral).agency)
    restrict_record(dispatch_id=dispatch.pk, named=[theirs.pk], reason=WHY, by=boss, now=timezone.now())
    posted()
    assert heard("opened in an emergency") == sorted([boss.email, theirs.email])


def test_work_that_is_kept_from_its_readers_since_is_not_counted_to_them():
    case = Case()
    leaver, boss = officer_of(case.council, name="Thomas Wojcik"), supervisor(BARNSLEY)
    both = [case.sent(), case.sent()]
    for dispatch in both:
        assign_dispatch(dispatch_id=dispatch.pk, to_id=leaver.pk, by=case.lead, now=case.now)
    end_membership(membership_id=leaver.memberships.get().pk, by=boss, now=case.now)
    sweep_events()
    wall = partial(put_up, both[0].referral_id, closed=True, excluding=[])
    within(do=wall, by=Agent.OPERATOR, now=timezone.now())
    posted()
    assert heard("nobody’s: 1") == [boss.email] and not heard("nobody’s: 2")
