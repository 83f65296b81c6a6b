"""Immediate danger: both duty contacts are alerted at once, and again in clock minutes, until each takes receipt."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from audit.agents import Agent
from audit.context import recording
from audit.refusals import Forbidden
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.alert_duty_contact import alert_duty_contact
from referrals.models import Dispatch
from referrals.tasks import sweep_alerts
from tests.at_once import at_once
from tests.audit.acts import within
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted, with_mailboxes

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
DANGER = {**TEACHER, "danger": "yes"}


def in_danger(now=NOW, *, mailboxes=True):
    """An immediate referral whose agencies have duty contacts."""
    with time_machine.travel(now, tick=False):
        referral = submitted(DANGER, now=now)
    for dispatch in referral.dispatches.select_related("agency") if mailboxes else ():
        with_mailboxes(dispatch.agency)
    return referral


def alerts(dispatch):
    return Notice.objects.filter(kind=NoticeKind.IMMEDIATE_ALERT, about=dispatch.pk).count()


def sweep(at):
    with time_machine.travel(at, tick=False):
        return sweep_alerts()


def alert(dispatch, *, now, by=Agent.SWEEPER):
    return alert_duty_contact(dispatch_id=dispatch.pk, by=by, now=now)


@ON_RECORD
def test_both_agencies_are_alerted_at_once(settings):
    referral = in_danger()
    assert sweep(NOW) == 2
    for dispatch in referral.dispatches.all():
        assert alerts(dispatch) == 1
        assert dispatch.alert_due == NOW + timedelta(minutes=settings.IMMEDIATE_ALERT_MINUTES)


@ON_RECORD
def test_an_alert_goes_to_the_duty_contact_with_reference_link_and_minutes_only():
    dispatch = dispatch_to_authority(in_danger())
    alert(dispatch, now=NOW)
    notice = Notice.objects.get(kind=NoticeKind.IMMEDIATE_ALERT, about=dispatch.pk)
    assert notice.address == "duty.e08000038@agencies.example"
    assert set(notice.details) == {"reference", "link", "minutes"}


@ON_RECORD
def test_without_a_duty_contact_the_agencys_mailbox_is_alerted():
    dispatch = dispatch_to_authority(in_danger())
    within(do=lambda: dispatch.agency.changed(duty_email=""), by=Agent.OPERATOR, now=NOW)
    alert(dispatch, now=NOW)
    notice = Notice.objects.get(kind=NoticeKind.IMMEDIATE_ALERT, about=dispatch.pk)
    assert notice.address == "e08000038@agencies.example"


@ON_RECORD
def test_an_agency_without_any_mailbox_is_alerted_once_it_has_one(settings):
    dispatch = dispatch_to_authority(in_danger(mailboxes=False))
    assert alert(dispatch, now=NOW) is False
    dispatch.refresh_from_db()
    assert (alerts(dispatch), dispatch.alerts_sent) == (0, 0)
    with_mailboxes(dispatch.agency)
    assert alert(dispatch, now=NOW + timedelta(minutes=settings.IMMEDIATE_ALERT_MINUTES)) is True
    assert alerts(dispatch) == 1


@ON_RECORD
@pytest.mark.parametrize(
    "start",
    [
        "2026-03-29T00:50:00+00:00",  # ten minutes before the clocks go forward
        "2026-10-25T00:50:00+00:00",  # and back
        "2026-12-25T03:00:00+00:00",  # a bank holiday, at night
        "2028-02-29T23:50:00+00:00",
    ],
)
def test_they_are_repeated_in_clock_minutes_whatever_the_hour(settings, start):
    at = datetime.fromisoformat(start)
    dispatch = dispatch_to_authority(in_danger(at))
    step = timedelta(minutes=settings.IMMEDIATE_ALERT_MINUTES)
    for count in range(1, 5):
        assert alert(dispatch, now=at) is True
        assert alert(dispatch, now=at + step - timedelta(seconds=1)) is False
        assert alerts(dispatch) == count
        at += step


@ON_RECORD
def test_receipt_ends_them_for_that_agency_and_not_for_the_other(settings):
    referral = in_danger()
    council, police = dispatch_to_authority(referral), dispatch_to_police(referral)
    sweep(NOW)
    acknowledge_dispatch(dispatch_id=council.pk, by=officer_of(council.agency), now=NOW)
    for count in range(1, 4):
        sweep(NOW + count * timedelta(minutes=settings.IMMEDIATE_ALERT_MINUTES))
        assert (alerts(council), alerts(police)) == (1, 1 + count)
    acknowledge_dispatch(dispatch_id=police.pk, by=officer_of(police.agency), now=NOW)
    assert sweep(NOW + timedelta(days=1)) == 0


@ON_RECORD
def test_after_beat_was_off_for_three_days_one_alert_goes_and_not_hundreds():
    dispatch = dispatch_to_authority(in_danger())
    sweep(NOW)
    sweep(NOW + timedelta(days=3))
    sweep(NOW + timedelta(days=3))
    assert alerts(dispatch) == 2


@ON_RECORD
def test_a_referral_that_is_not_immediate_alerts_nobody():
    referral = submitted()
    assert sweep(NOW + timedelta(days=1)) == 0
    assert not any(alerts(dispatch) for dispatch in referral.dispatches.all())


@ON_RECORD
def test_one_alert_that_fails_stops_no_other_and_stays_due():
    first, second = in_danger(), in_danger(NOW + timedelta(seconds=1))
    broken = dispatch_to_authority(first)
    before = broken.alert_due
    # One more than the column can count.
    within(do=lambda: broken.changed(alerts_sent=2**31 - 1), by=Agent.OPERATOR, now=NOW)
    assert sweep(NOW + timedelta(seconds=2)) == 3
    broken.refresh_from_db()
    assert (broken.alert_due, alerts(broken)) == (before, 0)
    assert alerts(dispatch_to_authority(second)) == 1


@ON_RECORD
def test_who_may_not_cause_mail_alerts_nobody():
    dispatch = dispatch_to_authority(in_danger())
    with pytest.raises(Forbidden):
        alert(dispatch, now=NOW, by=Agent.OPERATOR)
    assert alert_duty_contact(dispatch_id=uuid4(), by=Agent.SWEEPER, now=NOW) is False


def test_two_sweeps_at_once_alert_each_agency_once(own_database):
    with recording(by=Agent.OPERATOR):
        referral = in_danger()
    assert sum(at_once(sweep_alerts, sweep_alerts, sweep_alerts)) == 2
    assert [alerts(dispatch) for dispatch in Dispatch.objects.filter(referral=referral)] == [1, 1]
