"""No agency is left without anybody who knows of a restricted record, and nobody gets in by bringing that about."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.end_membership import end_membership
from agencies.actions.suspend_user import suspend_user
from agencies.models import Agency
from agencies.roles import RoleName
from audit.agents import Agent
from audit.tasks import sweep_events
from referrals.mailing import officers_not_excluded
from referrals.selectors import can_read, dispatches_of
from referrals.tasks import sweep_vacancies
from tests.making import officer_of, reread
from tests.referrals.opening import supervisor
from tests.referrals.test_named_only import BARNSLEY, case

__all__ = ["case"]
pytestmark = pytest.mark.usefixtures("db", "on_record")


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
    system, role = Agency.objects.get(code="system"), RoleName.SYSTEM_ADMINISTRATOR
    add_membership(user_id=heir.pk, agency_id=system.pk, role=role, by=Agent.OPERATOR, now=timezone.now())
    suspend_user(user_id=case.police.pk, by=heir, now=timezone.now())
    assert sweep_vacancies() == 0 and not can_read(reread(heir), case.referral.pk)
    officer = officer_of(case.theirs.agency, name="Anwen Castellan")
    assert sweep_vacancies() == 1 and can_read(officer, case.referral.pk)
