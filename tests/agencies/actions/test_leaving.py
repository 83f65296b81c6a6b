"""Somebody leaves: access ends with the next request, their work becomes nobody's, the supervisors are told."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.arrange_absence import arrange_absence
from agencies.actions.deactivate_user import deactivate_user
from agencies.actions.end_membership import end_membership
from agencies.models import Absence, Agency, Membership, Notice, NoticeKind
from agencies.roles import RoleName
from agencies.tasks import sweep_memberships, sweep_notices
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from audit.tasks import sweep_events
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.models import Dispatch
from tests.audit.acts import within
from tests.making import officer_of, reread, with_mailboxes
from tests.overdue import supervisor_of

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


@pytest.fixture
def boss(dispatch):
    return supervisor_of(dispatch.agency)


@pytest.fixture
def leaver(dispatch, boss):
    user = officer_of(dispatch.agency, name="Leaves Soon")
    assign_dispatch(dispatch_id=dispatch.pk, to_id=user.pk, by=boss, now=NOW)
    return user


def leave(user, *, by):
    for membership in user.memberships.filter(ended_at=None):
        end_membership(membership_id=membership.pk, by=by, now=timezone.now())


def released():
    return Notice.objects.filter(kind=NoticeKind.WORK_RELEASED)


def test_what_was_theirs_is_nobodys_and_the_supervisors_hear_of_it_without_a_name(dispatch, boss, leaver):
    second = supervisor_of(dispatch.agency, name="Second")
    leave(leaver, by=boss)
    sweep_events()
    stored = Dispatch.objects.get(pk=dispatch.pk)
    assert (stored.assigned_to, stored.assigned_at, stored.assigned_by) == (None, None, None)
    assert {notice.address for notice in released()} == {boss.email, second.email}
    event = EventRecord.objects.get(kind=Event.DISPATCH_RELEASED)
    assert (event.object_id, event.ids["was"]) == (dispatch.pk, str(leaver.pk))
    sweep_notices()
    bodies = [f"{letter.subject} {letter.body}" for letter in mail.outbox if "left" in letter.subject]
    assert len(bodies) == 2
    assert not any("Leaves" in body or "Tomasz" in body for body in bodies)
    sweep_events()
    assert released().count() == 2


def test_their_next_request_finds_no_access(client, dispatch, boss, leaver):
    client.force_login(leaver)
    assert client.get(reverse("referrals:inbox")).status_code == 200
    leave(leaver, by=boss)
    assert client.get(reverse("referrals:inbox")).status_code == 404
    assert client.get(reverse("desk:referral", args=[dispatch.referral_id])).status_code == 404


def test_a_closed_account_is_signed_out_at_its_next_request(client, dispatch, leaver):
    client.force_login(leaver)
    deactivate_user(user_id=leaver.pk, by=Agent.OPERATOR, now=timezone.now())
    answer = client.get(reverse("desk:home"))
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={reverse('desk:home')}")
    sweep_events()
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to is None
    assert not leaver.memberships.filter(ended_at=None).exists()
    with pytest.raises(NotNow, match="closed already"):
        deactivate_user(user_id=leaver.pk, by=Agent.OPERATOR, now=timezone.now())


def test_an_account_is_closed_by_an_operator_only(boss, leaver):
    with pytest.raises(Forbidden):
        deactivate_user(user_id=leaver.pk, by=boss, now=NOW)


def test_a_membership_that_began_today_ends_at_once_and_can_begin_again(dispatch, boss):
    user = officer_of(Agency.objects.get(code="E08000032"))
    added = add_membership(
        user_id=user.pk, agency_id=dispatch.agency_id, role=RoleName.AUTHORITY_LEAD, by=Agent.OPERATOR, now=NOW
    )
    end_membership(membership_id=added.pk, by=boss, now=NOW)
    assert dispatch.agency not in reread(user).agencies
    again = add_membership(
        user_id=user.pk, agency_id=dispatch.agency_id, role=RoleName.AUTHORITY_LEAD, by=Agent.OPERATOR, now=NOW
    )
    assert again.pk == added.pk
    assert dispatch.agency in reread(user).agencies


def test_who_keeps_another_role_there_keeps_the_work(dispatch, boss, leaver):
    first = leaver.memberships.get()
    add_membership(
        user_id=leaver.pk, agency_id=dispatch.agency_id, role=RoleName.AUTHORITY_SUPERVISOR, by=Agent.OPERATOR, now=NOW
    )
    cover_for(leaver, boss, dispatch.agency, by=leaver)
    end_membership(membership_id=first.pk, by=boss, now=NOW)
    sweep_events()
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to == leaver
    assert not released().exists()
    assert Absence.objects.standing().count() == 1


def cover_for(away, cover, agency, *, by, first=0):
    today = timezone.localdate() + timedelta(first)
    arrange_absence(
        user_id=away.pk, cover_id=cover.pk, agency_id=agency.pk, starts_on=today, ends_on=today, by=by, now=NOW
    )


def test_their_absences_end_and_those_they_were_to_cover(dispatch, boss, leaver):
    cover_for(leaver, boss, dispatch.agency, by=leaver)
    cover_for(boss, leaver, dispatch.agency, by=boss, first=3)
    leave(leaver, by=boss)
    assert not Absence.objects.standing().exists()


def test_a_leaver_with_nothing_assigned_causes_no_mail(dispatch, boss):
    leave(officer_of(dispatch.agency, name="Had Nothing"), by=boss)
    sweep_events()
    assert not released().exists()


def test_without_a_supervisor_the_mailbox_hears(dispatch):
    with_mailboxes(dispatch.agency)
    user = officer_of(dispatch.agency)
    assign_dispatch(dispatch_id=dispatch.pk, to_id=user.pk, by=user, now=NOW)
    leave(user, by=Agent.OPERATOR)
    sweep_events()
    assert [notice.address for notice in released()] == ["e08000038@agencies.example"]


def test_nobody_ends_their_own_nor_one_of_another_agency_nor_one_that_ended(dispatch, boss, leaver):
    with pytest.raises(Forbidden, match="your own"):
        leave(boss, by=boss)
    with pytest.raises(Forbidden):
        leave(boss, by=leaver)
    stranger = supervisor_of(Agency.objects.get(code="E08000032"))
    with pytest.raises(Forbidden):
        leave(leaver, by=stranger)
    membership = leaver.memberships.get()
    leave(leaver, by=boss)
    with pytest.raises(NotNow, match="ended already"):
        end_membership(membership_id=membership.pk, by=boss, now=NOW)


def test_a_last_day_that_is_over_releases_the_work_too(dispatch, boss, leaver):
    membership = leaver.memberships.get()
    within(do=lambda: membership.changed(ends_on=date(2020, 1, 2)), by=Agent.OPERATOR, now=NOW)
    assert sweep_memberships() == 1
    assert sweep_memberships() == 0
    sweep_events()
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to is None
    stored = Membership.objects.get(pk=membership.pk)
    assert (stored.ends_on, stored.ended_by) == (date(2020, 1, 2), Agent.SWEEPER.pk)


def test_a_last_day_still_to_come_changes_nothing(dispatch, boss, leaver):
    membership = leaver.memberships.get()
    within(do=lambda: membership.changed(ends_on=timezone.localdate()), by=Agent.OPERATOR, now=NOW)
    assert sweep_memberships() == 0
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert sweep_memberships() == 1
