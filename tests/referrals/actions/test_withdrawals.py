"""Sent in error or withdrawn: recorded, told to all, decided by the police; nothing stops by itself."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from agencies.models import Agency, Notice, NoticeKind
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.resume_referral import resume_referral
from referrals.actions.submit_referral import submit_referral
from referrals.actions.withdraw_referral import withdraw_referral
from referrals.models import Dispatch, Referral, ToldBy, Withdrawal, WithdrawalKind
from referrals.selectors import is_stopped
from referrals.states import DispatchState, WithdrawalState
from tests.at_once import at_once
from tests.making import (
    BROWSER,
    TEACHER,
    dispatch_to_authority,
    dispatch_to_police,
    draft_with,
    officer_of,
    with_mailboxes,
)

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


class Scene:
    """A referral that both agencies have; the police have taken receipt."""

    def __init__(self, **answers):
        draft = draft_with({**TEACHER, **answers})
        self.sent = submit_referral(draft_id=draft.pk, holder=BROWSER, by=Agent.REFERRER, now=NOW)
        self.referral = Referral.objects.get(reference=self.sent.reference)
        self.authority, self.police = dispatch_to_authority(self.referral), dispatch_to_police(self.referral)
        self.lead, self.officer = officer_of(self.authority.agency), officer_of(self.police.agency)

    def receive(self):
        acknowledge_dispatch(dispatch_id=self.police.pk, by=self.officer, now=NOW)

    def report(self, *, by=None, reason="She says it was the wrong form."):
        return report_withdrawal(
            dispatch_id=self.authority.pk,
            kind=WithdrawalKind.IN_ERROR,
            told_how=ToldBy.TELEPHONE,
            reason=reason,
            by=by or self.lead,
            now=NOW,
        )

    def withdraw(self, **other):
        given = {"reference": self.sent.reference, "code": self.sent.code, "reason": "I was wrong about him."} | other
        return withdraw_referral(kind=WithdrawalKind.WITHDRAWN, by=Agent.REFERRER, now=NOW, **given)

    def decide(self, found, *, go_on, by=None, reason="Spoke to her: nobody put her under pressure."):
        return decide_withdrawal(
            withdrawal_id=found.pk,
            dispatch_id=self.police.pk,
            go_on=go_on,
            reason=reason,
            by=by or self.officer,
            now=NOW,
        )


@pytest.fixture
def scene():
    return Scene()


@ON_RECORD
def test_what_an_officer_was_told_is_recorded_and_both_agencies_hear_it(scene):
    mailboxes = {with_mailboxes(each.agency).email for each in (scene.authority, scene.police)}
    found = scene.report()
    stored = Withdrawal.objects.get(pk=found.pk)
    assert (stored.state, stored.reason, stored.agency, stored.reported_by) == (
        WithdrawalState.REPORTED, "She says it was the wrong form.", scene.authority.agency, scene.lead.pk,
    )  # fmt: skip
    told = Notice.objects.filter(kind=NoticeKind.WITHDRAWAL_REPORTED)
    assert {notice.address for notice in told} == mailboxes
    assert EventRecord.objects.get(kind=Event.WITHDRAWAL_REPORTED).actor == scene.lead.pk
    assert not is_stopped(scene.referral)


@ON_RECORD
def test_nothing_stops_until_the_police_decide_and_keeping_safe_not_even_then():
    scene = Scene(danger="yes")
    found = scene.report()
    assert all(dispatch.alert_due for dispatch in Dispatch.objects.filter(referral=scene.referral))
    scene.receive()
    scene.decide(found, go_on=False)
    authority = Dispatch.objects.get(pk=scene.authority.pk)
    assert (authority.state, bool(authority.alert_due)) == (DispatchState.SENT, True)
    assert Referral.objects.get(pk=scene.referral.pk).answers == scene.referral.answers
    assert is_stopped(scene.referral)


@ON_RECORD
def test_the_police_decide_once_with_a_reason_after_receipt_and_nobody_else(scene):
    found = scene.report()
    with pytest.raises(NotNow, match="Take receipt"):
        scene.decide(found, go_on=True)
    scene.receive()
    with pytest.raises(NotNow, match="reason"):
        scene.decide(found, go_on=True, reason="")
    for stranger in (scene.lead, officer_of(Agency.objects.get(code="ctp-wales")), Agent.OPERATOR):
        with pytest.raises(Forbidden):
            scene.decide(found, go_on=True, by=stranger)
    with pytest.raises(Forbidden):
        decide_withdrawal(
            withdrawal_id=found.pk, dispatch_id=scene.authority.pk, go_on=True, reason="x", by=scene.lead, now=NOW
        )
    scene.decide(found, go_on=True)
    with pytest.raises(NotNow):
        scene.decide(found, go_on=False)
    with pytest.raises(NotNow):
        resume_referral(withdrawal_id=found.pk, dispatch_id=scene.police.pk, reason="x", by=scene.officer, now=NOW)
    assert EventRecord.objects.filter(kind=Event.WITHDRAWAL_CONTINUED).count() == 1
    assert scene.report().is_open, "it may be withdrawn again after the police went on"


@ON_RECORD
def test_an_authoritys_desk_officer_does_not_decide_although_the_role_may(scene):
    desk = officer_of(Agency.objects.get(code="national-authority-desk"))
    with pytest.raises(Forbidden):
        scene.decide(scene.report(), go_on=True, by=desk)


@ON_RECORD
def test_what_was_stopped_can_be_taken_up_again_and_both_reasons_stay(scene):
    police = with_mailboxes(scene.police.agency)
    scene.receive()
    found = scene.decide(scene.report(), go_on=False)
    with pytest.raises(NotNow, match="stopped already"):
        scene.report()
    again = partial(resume_referral, withdrawal_id=found.pk, dispatch_id=scene.police.pk, now=NOW)
    with pytest.raises(Forbidden):
        again(reason="x", by=scene.lead)
    with pytest.raises(NotNow, match="reason"):
        again(reason=" ", by=scene.officer)
    again(reason="New words from the school.", by=scene.officer)
    stored = Withdrawal.objects.get()
    assert (stored.decision, stored.resumed_reason) == (
        "Spoke to her: nobody put her under pressure.", "New words from the school.",
    )  # fmt: skip
    assert not is_stopped(scene.referral)
    kinds = [NoticeKind.WITHDRAWAL_REPORTED, NoticeKind.WITHDRAWAL_DECIDED, NoticeKind.REFERRAL_RESUMED]
    assert set(Notice.objects.filter(agency=police).values_list("kind", flat=True)) == set(kinds)


@ON_RECORD
def test_a_referrer_withdraws_by_reference_and_code_alone(scene):
    found = scene.withdraw(code=scene.sent.code.lower().replace("-", " "))
    assert (found.told_how, found.agency, found.reported_by) == (ToldBy.FORM, None, Agent.REFERRER.pk)
    with pytest.raises(NotNow, match="recorded already"):
        scene.withdraw()


@ON_RECORD
@pytest.mark.parametrize("wrong", [{"code": "2222-2222-2222"}, {"reference": "2222-2222"}, {"code": ""}])
def test_a_wrong_code_and_an_absent_reference_are_refused_alike(scene, wrong):
    with pytest.raises(Forbidden, match="do not belong together"):
        scene.withdraw(**wrong)
    assert not Withdrawal.objects.exists()


@ON_RECORD
def test_nobody_outside_reports_and_nothing_without_a_reason(scene):
    for stranger in (officer_of(Agency.objects.get(code="E08000032")), Agent.REFERRER, Agent.VISITOR):
        with pytest.raises(Forbidden):
            scene.report(by=stranger)
    with pytest.raises(Forbidden):
        withdraw_referral(
            reference=scene.sent.reference, code=scene.sent.code, kind=WithdrawalKind.WITHDRAWN, reason="x",
            by=Agent.VISITOR, now=NOW,
        )  # fmt: skip
    for empty in (scene.report, scene.withdraw):
        with pytest.raises(NotNow, match="reason"):
            empty(reason="\n")
    with pytest.raises(Withdrawal.DoesNotExist):
        scene.decide(Withdrawal(pk=uuid4()), go_on=True)


@ON_RECORD
@pytest.mark.parametrize(
    "lie", ["state = 'stopped'", "decided_at = now()", "state = 'resumed'", "reason = substr(reason, 1, 28)"]
)
def test_the_database_refuses_a_withdrawal_that_does_not_tell_the_truth(scene, lie):
    found = scene.report()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE referrals_withdrawal SET {lie} WHERE id = %s", [found.pk])


def test_reported_and_decided_by_many_at_once_it_happens_once(own_database):
    with recording(by=Agent.OPERATOR):
        scene = Scene()
        scene.receive()

    def run(by, do):
        with recording(by=by):
            return do()

    reports = at_once(
        *(partial(run, scene.lead, scene.report) for _ in range(4)), partial(run, Agent.REFERRER, scene.withdraw)
    )
    assert sorted(type(result).__name__ for result in reports) == ["NotNow"] * 4 + ["Withdrawal"], reports
    found = next(result for result in reports if isinstance(result, Withdrawal))
    decisions = at_once(
        *(partial(run, scene.officer, partial(scene.decide, found, go_on=go_on)) for go_on in (True, False) * 3)
    )
    assert sorted(type(result).__name__ for result in decisions) == ["NotNow"] * 5 + ["Withdrawal"], decisions
    assert EventRecord.objects.filter(kind__in=[Event.WITHDRAWAL_CONTINUED, Event.WITHDRAWAL_STOPPED]).count() == 1
