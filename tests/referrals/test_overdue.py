"""Nobody took receipt in time: agency, supervisors and national desk hear, each once, in one e-mail for all."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail

from agencies.actions.set_targets import set_targets
from agencies.models import Agency, Notice
from agencies.targets import Targets
from agencies.tasks import sweep_notices
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.raise_overdue import raise_overdue
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.send_reminders import send_reminders
from referrals.models import Dispatch, Reminder, ToldBy, WithdrawalKind
from referrals.reminding import next_due, steps_of
from tests.agencies.post import post_office
from tests.at_once import at_once
from tests.audit.acts import within
from tests.making import PUBLIC, TEACHER, dispatch_to_authority, dispatch_to_police, officer_of
from tests.overdue import DESK_DUE, DUE, SENT, SUPERVISOR_DUE, digests, fresh, supervisor_of, sweep, told, waiting

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
MINUTE = timedelta(minutes=1)
COUNCIL, POLICE = "e08000038@agencies.example", "ctp-north-east@agencies.example"
DESKS = {"national-police-desk@agencies.example", "national-authority-desk@agencies.example"}


def receive(dispatch, *, now=DUE):
    with time_machine.travel(now, tick=False):
        acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer_of(dispatch.agency), now=now)


@ON_RECORD
def test_receipt_is_due_at_the_end_of_the_working_day_after_it_was_sent():
    for dispatch in waiting().dispatches.all():
        assert (dispatch.acknowledge_by, dispatch.remind_due, dispatch.reminded) == (DUE, DUE, 0)


@ON_RECORD
def test_nobody_hears_anything_before_its_time():
    waiting()
    assert sweep(DUE - MINUTE) == 0
    assert not Reminder.objects.exists()


@ON_RECORD
def test_the_agency_then_its_supervisor_then_the_national_desk_hear_each_once():
    referral = waiting()
    boss = supervisor_of(dispatch_to_authority(referral).agency)
    expected = [
        (DUE, {COUNCIL, POLICE}),
        (SUPERVISOR_DUE, {boss.email, POLICE}),  # nobody supervises the police side: its mailbox hears
        (DESK_DUE, DESKS),
    ]
    before = 0
    for at, recipients in expected:
        assert sweep(at) == len(recipients)
        new = digests()[before:]
        assert told(new) == {address: {referral.reference} for address in recipients}
        before += len(recipients)
        assert sweep(at + MINUTE) == 0
    assert sweep(DESK_DUE + timedelta(days=60)) == 0
    assert {dispatch.remind_due for dispatch in referral.dispatches.all()} == {None}


@ON_RECORD
def test_one_e_mail_names_everything_that_is_overdue():
    referrals = {waiting(at=SENT + number * MINUTE).reference for number in range(12)}
    boss = supervisor_of(Agency.objects.get(code="E08000038"))
    other = supervisor_of(Agency.objects.get(code="E08000038"), name="Second Supervisor")
    assert sweep(DUE) == 2
    assert sweep(SUPERVISOR_DUE) == 3
    assert told(digests()) == dict.fromkeys((COUNCIL, POLICE, boss.email, other.email), referrals)
    assert sweep(DESK_DUE) == 2


@ON_RECORD
def test_each_line_says_why_and_holds_no_personal_data():
    referral = waiting()
    supervisor_of(dispatch_to_authority(referral).agency)
    for at in (DUE, SUPERVISOR_DUE, DESK_DUE):
        sweep(at)
    with post_office() as office, time_machine.travel(DESK_DUE, tick=False):
        sweep_notices()
    bodies = [letter.get_content() for letter in office.letters if "overdue" in letter["Subject"]]
    reasons = ("Your agency has not taken receipt", "You supervise the agency named", "Call the agency")
    for reason in reasons:
        assert any(reason in body for body in bodies)
    for body in bodies:
        assert referral.reference in body
        assert "17 June 2026, 17:00" in body
        assert "local targets, not national policy" in body
        for secret in ("Tomasz", "Łukasik", "Ffion", "Hollybrook", "admires", "S70"):
            assert secret not in body
    desk = next(body for body in bodies if "Call the agency" in body)
    assert "/casework/referrals/" not in desk


@ON_RECORD
def test_an_ampersand_in_an_agencys_name_is_one():
    referral = waiting()
    council = dispatch_to_authority(referral).agency
    within(do=lambda: council.changed(name="Barnsley & District"), by=Agent.OPERATOR, now=SENT)
    sweep(DESK_DUE)
    with time_machine.travel(DESK_DUE, tick=False):
        sweep_notices()
    assert any("Barnsley & District" in letter.body for letter in mail.outbox)


@ON_RECORD
def test_nothing_is_said_about_what_was_received():
    done, open_ = waiting(), waiting(at=SENT + MINUTE)
    receive(dispatch_to_authority(done))
    sweep(DUE)
    assert told(digests()) == {COUNCIL: {open_.reference}, POLICE: {done.reference, open_.reference}}
    assert fresh(dispatch_to_authority(done)).remind_due is None


@ON_RECORD
def test_receipt_between_raising_and_queueing_silences_the_line():
    referral = waiting()
    council = dispatch_to_authority(referral)
    raise_overdue(dispatch_id=council.pk, by=Agent.SWEEPER, now=DUE)
    receive(council)
    assert send_reminders(to_agency_id=council.agency_id, to_user_id=None, by=Agent.SWEEPER, now=DUE) is None
    assert digests() == []
    assert Reminder.objects.get(dispatch=council).done == DUE


@ON_RECORD
def test_receipt_while_the_mail_server_was_down_silences_the_e_mail():
    kept, done = waiting(), waiting(at=SENT + MINUTE)
    sweep(DUE)
    receive(dispatch_to_authority(done))
    receive(dispatch_to_police(done))
    receive(dispatch_to_police(kept))
    mail.outbox.clear()
    with time_machine.travel(DUE + timedelta(hours=8), tick=False):
        sweep_notices()
    letters = [letter for letter in mail.outbox if "overdue" in letter.subject]
    assert [letter.to for letter in letters] == [[COUNCIL]]
    assert kept.reference in letters[0].body
    assert done.reference not in letters[0].body
    assert not Notice.objects.filter(done=None).exists()


@ON_RECORD
def test_after_three_days_without_beat_each_hears_once_and_of_everything():
    referrals = {waiting(at=SENT + number * MINUTE).reference for number in range(5)}
    boss = supervisor_of(Agency.objects.get(code="E08000038"))
    late = DESK_DUE + timedelta(days=3)
    assert sweep(late) == 5
    assert told(digests()) == dict.fromkeys((COUNCIL, POLICE, boss.email, *DESKS), referrals)
    assert sweep(late + MINUTE) == 0
    police = next(notice for notice in digests() if notice.address == POLICE)
    assert len(police.details["agency"]) == len(police.details["supervisor"]) == 5


@ON_RECORD
def test_in_danger_clock_minutes_count_and_the_duty_contact_is_not_told_twice():
    referral = waiting({**TEACHER, "danger": "yes"})
    boss = supervisor_of(dispatch_to_authority(referral).agency)
    due = SENT + timedelta(minutes=30)
    assert {dispatch.acknowledge_by for dispatch in referral.dispatches.all()} == {due}
    assert sweep(due - MINUTE) == 0
    sweep(due)
    assert told(digests()) == {boss.email: {referral.reference}, POLICE: {referral.reference}}
    assert all(notice.details["agency"] == [] for notice in digests())
    sweep(due + timedelta(minutes=30))
    assert set(told(digests())) == {boss.email, POLICE, *DESKS}


@ON_RECORD
def test_above_a_national_desk_there_is_nobody():
    referral = waiting(PUBLIC)
    for dispatch in referral.dispatches.select_related("agency"):
        assert steps_of(dispatch) == ("agency", "supervisor")
    for at in (DUE, SUPERVISOR_DUE, DESK_DUE):
        sweep(at)
    assert {notice.address for notice in digests()} == DESKS
    assert {dispatch.remind_due for dispatch in referral.dispatches.all()} == {None}


@ON_RECORD
def test_the_national_desk_hears_where_the_agency_has_no_mailbox_and_waits_for_one_itself():
    referral = waiting(mailboxes=False)
    assert sweep(DUE) == 0
    assert Reminder.objects.filter(done=None).count() == 2
    assert sweep(DUE + MINUTE) == 0
    council = Agency.objects.get(code="national-authority-desk")
    within(do=lambda: council.changed(email="desk@agencies.example"), by=Agent.OPERATOR, now=SENT)
    assert sweep(DUE + timedelta(hours=1)) == 1
    assert told(digests()) == {"desk@agencies.example": {referral.reference}}


@ON_RECORD
def test_a_supervisor_who_left_before_the_e_mail_hears_nothing():
    council = dispatch_to_authority(waiting())
    boss = supervisor_of(council.agency)
    with time_machine.travel(SUPERVISOR_DUE, tick=False):
        raise_overdue(dispatch_id=council.pk, by=Agent.SWEEPER, now=SUPERVISOR_DUE)
        within(do=lambda: boss.changed(is_active=False), by=Agent.OPERATOR, now=SUPERVISOR_DUE)
        sent = send_reminders(to_agency_id=council.agency_id, to_user_id=boss.pk, by=Agent.SWEEPER, now=SUPERVISOR_DUE)
    assert sent is None


@ON_RECORD
def test_a_target_that_changes_moves_nothing_that_is_on_its_way():
    council = dispatch_to_authority(waiting())
    longer = Targets(acknowledge_days=3, supervisor_days=2, desk_days=2, immediate_minutes=60)
    set_targets(agency_id=council.agency_id, targets=longer, by=Agent.OPERATOR, now=SENT)
    assert fresh(council).acknowledge_by == DUE
    later = dispatch_to_authority(waiting(at=SENT + MINUTE))
    assert later.acknowledge_by == DUE + timedelta(days=2)


@ON_RECORD
def test_a_dispatch_without_a_target_is_left_alone():
    council = dispatch_to_authority(waiting())
    within(do=lambda: council.changed(acknowledge_by=None, remind_due=None), by=Agent.OPERATOR, now=SENT)
    assert next_due(council, Targets()) is None
    assert not council.overdue
    sweep(DESK_DUE)
    assert not council.reminders.exists()


@ON_RECORD
def test_the_timeline_has_each_step():
    council = dispatch_to_authority(waiting())
    sweep(DESK_DUE)
    kinds = EventRecord.objects.filter(object_id=council.pk).order_by("pk").values_list("kind", flat=True)
    assert set(kinds) == {
        Event.DISPATCH_REMINDED,
        Event.DISPATCH_RAISED_WITH_SUPERVISOR,
        Event.DISPATCH_RAISED_WITH_DESK,
    }


@ON_RECORD
def test_one_that_fails_stops_no_other_and_stays_due():
    broken, fine = dispatch_to_authority(waiting()), dispatch_to_authority(waiting(at=SENT + MINUTE))
    # One more than the column can count.
    within(do=lambda: broken.changed(reminded=32767, remind_due=DUE - MINUTE), by=Agent.OPERATOR, now=SENT)
    sweep(DUE)
    assert fresh(broken).remind_due == DUE - MINUTE
    assert COUNCIL in told(digests())
    assert told(digests())[COUNCIL] == {fine.referral.reference}


@ON_RECORD
def test_an_e_mail_that_cannot_be_written_leaves_its_lines_due(settings):
    waiting()
    address = settings.CASEWORK_BASE_URL
    del settings.CASEWORK_BASE_URL
    assert sweep(DUE) == 0
    settings.CASEWORK_BASE_URL = address
    assert sweep(DUE + MINUTE) == 2


@ON_RECORD
def test_who_may_not_cause_mail_reminds_nobody():
    council = dispatch_to_authority(waiting())
    with pytest.raises(Forbidden):
        raise_overdue(dispatch_id=council.pk, by=Agent.OPERATOR, now=DUE)
    with pytest.raises(Forbidden):
        send_reminders(to_agency_id=council.agency_id, to_user_id=None, by=Agent.OPERATOR, now=DUE)
    assert raise_overdue(dispatch_id=uuid4(), by=Agent.SWEEPER, now=DUE) is False
    assert raise_overdue(dispatch_id=council.pk, by=Agent.SWEEPER, now=DUE - MINUTE) is False


def test_sweeps_at_once_tell_each_recipient_once(own_database):
    with recording(by=Agent.OPERATOR):
        referrals = {waiting(at=SENT + number * MINUTE).reference for number in range(4)}
    with time_machine.travel(DUE + MINUTE, tick=False):
        from referrals.tasks import sweep_overdue

        results = at_once(sweep_overdue, sweep_overdue, sweep_overdue)
        assert all(isinstance(result, int) for result in results), results
        sweep_overdue()
    with recording(by=Agent.OPERATOR):
        lines = [
            line["reference"] for notice in digests() if notice.address == COUNCIL for line in notice.details["agency"]
        ]
    assert sorted(lines) == sorted(referrals)
    assert not Dispatch.objects.filter(remind_due__lte=DUE + MINUTE).exists()


def withdrawn(referral):
    """An officer of the council was told by telephone."""
    dispatch = dispatch_to_authority(referral)
    return report_withdrawal(
        dispatch_id=dispatch.pk, kind=WithdrawalKind.WITHDRAWN, told_how=ToldBy.TELEPHONE, reason="Rang us.",
        by=officer_of(dispatch.agency), now=SENT,
    )  # fmt: skip


def decide(withdrawal, *, go_on):
    dispatch = dispatch_to_police(withdrawal.referral)
    receive(dispatch, now=SENT)
    return decide_withdrawal(
        withdrawal_id=withdrawal.pk, dispatch_id=dispatch.pk, go_on=go_on, reason="Looked at it.",
        by=officer_of(dispatch.agency), now=SENT,
    )  # fmt: skip


@ON_RECORD
def test_until_the_police_decide_about_a_withdrawal_the_reminder_is_about_the_decision():
    referral, other = waiting(), waiting(at=SENT + MINUTE)
    withdrawn(referral)
    assert sweep(DUE) == 2
    assert {(line["reference"], line["undecided"]) for notice in digests() for line in notice.details["agency"]} == {
        (referral.reference, True),
        (other.reference, False),
    }
    with post_office() as office, time_machine.travel(DUE, tick=False):
        sweep_notices()
    bodies = [letter.get_content() for letter in office.letters if "overdue" in letter["Subject"]]
    assert [body.count("the police take receipt and decide whether to go on") for body in bodies] == [1, 1]


@ON_RECORD
@pytest.mark.parametrize("go_on", [True, False])
def test_whatever_the_police_decide_the_council_is_reminded_of_its_own_duty(go_on):
    referral = waiting()
    decide(withdrawn(referral), go_on=go_on)
    sweep(DUE)
    assert told(digests()) == {COUNCIL: {referral.reference}}
    assert [line["undecided"] for line in digests()[0].details["agency"]] == [False]


@ON_RECORD
def test_what_the_police_stop_between_reminding_and_sending_stays_in_the_e_mail():
    referral = waiting()
    withdrawal = withdrawn(referral)
    sweep(DUE)
    decide(withdrawal, go_on=False)
    with post_office() as office, time_machine.travel(DUE, tick=False):
        sweep_notices()
    (letter,) = [letter for letter in office.letters if "overdue" in letter["Subject"]]
    assert referral.reference in letter.get_content()
