"""No agency is left without anybody who knows of a restricted record, and nobody gets in by bringing that about."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from agencies.actions.end_membership import end_membership
from agencies.actions.suspend_user import suspend_user
from agencies.models import Agency, Notice, NoticeKind
from agencies.roles import RoleName
from agencies.selectors import undelivered_notices
from agencies.tasks import sweep_notices
from audit.agents import Agent
from audit.tasks import sweep_events
from referrals.mailing import officers_not_excluded
from referrals.routing import NATIONAL_AUTHORITY_DESK, NATIONAL_POLICE_DESK
from referrals.selectors import can_read, dispatches_of
from referrals.tasks import sweep_vacancies
from tests.audit.acts import within
from tests.making import has_too, officer_of, reread, with_mailboxes
from tests.referrals.opening import supervisor
from tests.referrals.test_mail_kept import put_up
from tests.referrals.test_named_only import BARNSLEY, case

__all__ = ["case"]
pytestmark = pytest.mark.usefixtures("db", "on_record")
KINDS = (NoticeKind.SUCCESSOR_NAMED, NoticeKind.NOBODY_TO_NAME, NoticeKind.KNOWN_TO_NOBODY)


def told():
    """Who is written to because somebody has left a restricted record, and in which words."""
    return sorted((notice.kind, notice.address) for notice in Notice.objects.filter(kind__in=KINDS))


def gone(user):
    """Somebody's account is suspended."""
    suspend_user(user_id=user.pk, by=Agent.OPERATOR, now=timezone.now())


def test_who_leaves_last_is_followed_by_others_of_the_agency(case):
    case.restrict()
    for membership in case.police.memberships.all():
        end_membership(membership_id=membership.pk, by=Agent.OPERATOR, now=timezone.now())
    sweep_events()
    assert sweep_vacancies() == 0
    heir = officer_of(case.theirs.agency, name="Lowri Sutcliffe")
    assert sweep_vacancies() == 1 and sweep_vacancies() == 0
    assert can_read(heir, case.referral.pk)
    assert not can_read(reread(case.police), case.referral.pk)


def test_who_is_suspended_last_is_followed_too(case):
    case.restrict()
    heir = supervisor("ctp-north-east", name="Lowri Sutcliffe")
    officer = officer_of(case.theirs.agency, name="Anwen Castellan")
    suspend_user(user_id=case.police.pk, by=Agent.OPERATOR, now=timezone.now())
    assert not dispatches_of(heir).exists()
    assert sweep_vacancies() == 1 and sweep_vacancies() == 0
    assert [user.pk for user in officers_not_excluded(case.theirs)] == [heir.pk]
    assert can_read(heir, case.referral.pk) and not can_read(officer, case.referral.pk)


def test_who_ends_the_roles_of_the_named_is_not_named_in_their_place(client, case):
    case.restrict()
    client.force_login(case.other_boss)
    for named in (case.lead, case.boss):
        address = reverse("referrals:leave", args=[named.memberships.get().pk])
        assert client.post(address).status_code == 302
    sweep_events()
    assert sweep_vacancies() == 1
    assert client.get(reverse("desk:referral", args=[case.referral.pk])).status_code == 404
    assert can_read(case.other, case.referral.pk) and not can_read(reread(case.other_boss), case.referral.pk)
    third = supervisor(BARNSLEY, name="Augusta Penrose")
    end_membership(membership_id=case.other.memberships.get().pk, by=case.other_boss, now=timezone.now())
    sweep_events()
    assert sweep_vacancies() == 1
    assert can_read(third, case.referral.pk) and not can_read(reread(case.other_boss), case.referral.pk)


def test_who_can_shut_accounts_is_not_named_in_the_place_of_whose_account_is_shut(case):
    case.restrict()
    heir = supervisor("ctp-north-east", name="Lowri Sutcliffe")
    has_too(heir, RoleName.SYSTEM_ADMINISTRATOR, Agency.objects.get(code="system"))
    suspend_user(user_id=case.police.pk, by=heir, now=timezone.now())
    assert sweep_vacancies() == 0 and not can_read(reread(heir), case.referral.pk)
    officer = officer_of(case.theirs.agency, name="Anwen Castellan")
    assert sweep_vacancies() == 1 and can_read(officer, case.referral.pk)


def test_whoever_is_named_in_the_place_of_others_is_told_at_their_own_address(case):
    with_mailboxes(case.theirs.agency)
    case.restrict()
    heirs = [supervisor("ctp-north-east", name=name) for name in ("Lowri Sutcliffe", "Gethin Ogilvie")]
    officer_of(case.theirs.agency, name="Anwen Castellan")
    gone(case.police)
    assert sweep_vacancies() == 2 and sweep_vacancies() == 0
    assert told() == sorted((NoticeKind.SUCCESSOR_NAMED, heir.email) for heir in heirs)
    sweep_notices()
    messages = [message for message in mail.outbox if "named" in message.subject]
    assert len(messages) == 2
    for message in messages:
        assert case.referral.reference in message.subject
        assert f"/casework/referrals/{case.referral.pk}/" in message.body
        assert case.police.name not in message.body


def test_who_is_excluded_by_name_is_neither_named_nor_told(case):
    case.restrict()
    heir = supervisor("ctp-north-east", name="Lowri Sutcliffe")
    officer = officer_of(case.theirs.agency, name="Anwen Castellan")
    wall = partial(put_up, case.referral.pk, closed=False, excluding=[heir])
    within(do=wall, by=Agent.OPERATOR, now=timezone.now())
    gone(case.police)
    assert sweep_vacancies() == 1 and can_read(officer, case.referral.pk)
    assert told() == [(NoticeKind.SUCCESSOR_NAMED, officer.email)]


def test_what_could_not_be_delivered_of_it_is_listed_to_the_named_alone(case):
    case.restrict()
    heir = supervisor("ctp-north-east", name="Lowri Sutcliffe")
    officer = officer_of(case.theirs.agency, name="Anwen Castellan")
    gone(case.police)
    sweep_vacancies()
    (notice,) = Notice.objects.filter(kind=NoticeKind.SUCCESSOR_NAMED)
    within(do=lambda: notice.changed(dead=timezone.now()), by=Agent.MESSENGER, now=timezone.now())
    assert notice in undelivered_notices(reread(heir))
    assert notice not in undelivered_notices(officer)
    assert notice not in undelivered_notices(officer_of(Agency.objects.get(code="system")))


def test_where_nobody_can_be_named_the_others_who_are_named_are_told_once_a_day(case):
    with_mailboxes(case.ours.agency)
    for code in (NATIONAL_POLICE_DESK, NATIONAL_AUTHORITY_DESK):
        with_mailboxes(Agency.objects.get(code=code))
    case.restrict()
    gone(case.police)
    assert sweep_vacancies() == 0 and sweep_vacancies() == 0
    alarm = sorted((NoticeKind.NOBODY_TO_NAME, user.email) for user in (case.boss, case.lead))
    assert told() == alarm
    assert {tuple(notice.tells_of) for notice in Notice.objects.filter(kind__in=KINDS)} == {(case.referral.pk,)}
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert sweep_vacancies() == 0
    assert told() == sorted(alarm * 2)
    heir = officer_of(case.theirs.agency, name="Anwen Castellan")
    assert sweep_vacancies() == 1
    assert told() == sorted([*alarm * 2, (NoticeKind.SUCCESSOR_NAMED, heir.email)])


def test_where_nobody_at_all_knows_of_it_a_national_desk_hears_that_there_is_one_and_not_which(case):
    for agency in (case.ours.agency, case.theirs.agency, *Agency.objects.filter(code=NATIONAL_POLICE_DESK)):
        with_mailboxes(agency)
    case.restrict()
    for user in (case.boss, case.lead, case.police, case.other, case.other_boss):
        gone(user)
    assert sweep_vacancies() == 0 and sweep_vacancies() == 0
    desk = Agency.objects.get(code=NATIONAL_POLICE_DESK)
    assert told() == [(NoticeKind.KNOWN_TO_NOBODY, desk.duty_email)]
    (notice,) = Notice.objects.filter(kind__in=KINDS)
    assert (notice.agency, notice.tells_of, notice.about) == (desk, [], desk.pk)
    sweep_notices()
    (message,) = [message for message in mail.outbox if "restricted" in message.subject]
    for said in (case.referral.reference, str(case.referral.pk), case.ours.agency.name, case.theirs.agency.name):
        assert said not in f"{message.subject} {message.body}"
