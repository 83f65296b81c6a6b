"""What may concern a user goes to the restricted desks alone, and not to the user there either."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.create_user import create_user
from agencies.actions.replay_notice import replay_notice
from agencies.models import Agency, Delivery, Exclusion, Notice, NoticeKind, Restriction
from agencies.roles import RoleName
from agencies.selectors import undelivered_notices
from audit.agents import Agent
from audit.refusals import Forbidden
from audit.tasks import sweep_events
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.judge_likeness import PASS
from referrals.actions.raise_overdue import raise_overdue
from referrals.actions.release_restriction import release_restriction
from referrals.actions.send_reminders import send_reminders
from referrals.actions.submit_referral import submit_referral
from referrals.actions.withdraw_referral import withdraw_referral
from referrals.actions.write_note import write_note
from referrals.due_work import open_tasks
from referrals.models import Dispatch, Flood, Likeness, NoteReaders, Referral, Reminder, Step, Task, WithdrawalKind
from referrals.receivers import receivers
from referrals.restricting import Ground
from referrals.routing import NATIONAL_AUTHORITY_DESK, NATIONAL_POLICE_DESK, How, Route
from referrals.selectors import dispatches, dispatches_of, readable_referral
from referrals.tasks import sweep_alerts
from tests.agencies.hearing import endpoint_at
from tests.audit.acts import within
from tests.making import (
    BROWSER,
    TEACHER,
    dispatch_to_authority,
    dispatch_to_police,
    draft_with,
    mail_queued,
    officer_of,
    submitted,
    with_mailboxes,
)
from tests.referrals.at_the_desk import (
    ABOUT_POLICE,
    COUNCIL,
    POLICE,
    about,
    allegations_officer,
    desk,
    officer_at,
)
from tests.referrals.opening import shared

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def codes(referral):
    return {dispatch.agency.code for dispatch in referral.dispatches.select_related("agency")}


def sees(user, referral):
    return dispatches_of(user).filter(referral=referral).exists()


@pytest.mark.parametrize("said", ["police", "council", "children", "close"])
def test_what_the_form_says_of_work_and_family_sends_it_to_both_restricted_desks_alone(said):
    referral = submitted({**TEACHER, "work_and_family": [said]})
    assert codes(referral) == {POLICE, COUNCIL}
    assert Restriction.objects.get().grounds == [said]


@pytest.mark.parametrize("said", [["none"], ["unknown"], None])
def test_everything_else_goes_where_it_always_went(said):
    assert codes(submitted({**TEACHER, "work_and_family": said})) == {"ctp-north-east", "E08000038"}
    assert not Restriction.objects.exists() and not Task.objects.exists()


@pytest.mark.parametrize(
    "answers",
    [
        about("Bronwen Haworth"),
        about("HAWORTH Bronwen"),
        about("Bronwen Eluned Haworth"),
        about("Bron Smith", other_names="also Bronwen Haworth"),
        about("Idris Vance", household="His mother, Bronwen Haworth"),
    ],
)
def test_a_name_that_meets_a_users_is_held_at_the_door_and_kept_from_that_user(answers):
    user = officer_of(Agency.objects.get(code="ctp-north-east"), name="Brónwen Haworth")
    referral = submitted(answers)
    assert codes(referral) == {POLICE, COUNCIL}
    assert Restriction.objects.get().grounds == [Ground.NAME]
    assert Exclusion.objects.get().user == user
    assert not sees(user, referral)


def test_whoever_may_concern_a_colleague_is_not_known_to_the_ordinary_agencies():
    police, council = (officer_of(Agency.objects.get(code=code)) for code in ("ctp-north-east", "E08000038"))
    national = [officer_of(Agency.objects.get(code=code)) for code in (NATIONAL_POLICE_DESK, NATIONAL_AUTHORITY_DESK)]
    ordinary, hidden = submitted(), submitted(ABOUT_POLICE)
    for reader in (police, council):
        assert [dispatch.referral for dispatch in dispatches_of(reader)] == [ordinary]
    assert all(not dispatches_of(reader).exists() for reader in national)
    for reader in (police, council, *national):
        with pytest.raises(Referral.DoesNotExist):
            readable_referral(reader, hidden.pk)
        with pytest.raises(Forbidden):
            acknowledge_dispatch(dispatch_id=dispatch_to_police(hidden).pk, by=reader, now=NOW)


def test_a_user_whose_name_it_is_sees_nothing_of_it_as_a_member_of_the_restricted_desk_either():
    member, other = officer_at(COUNCIL, name="Dominik Adeyemi"), officer_at(COUNCIL, name="Rhian Oyelaran")
    seen, hidden = submitted(ABOUT_POLICE), submitted(about("Dominik Adeyemi"))
    assert {dispatch.referral for dispatch in dispatches_of(member)} == {seen}
    assert {dispatch.referral for dispatch in dispatches_of(other)} == {seen, hidden}
    assert {task.referral for task in open_tasks(member)} == {seen}
    assert {task.referral for task in open_tasks(other)} == {seen, hidden}
    with pytest.raises(Referral.DoesNotExist):
        readable_referral(member, hidden.pk)


def test_the_excluded_user_can_do_nothing_to_it_and_nobody_can_give_it_to_them():
    member, other = officer_at(COUNCIL, name="Dominik Adeyemi"), officer_at(COUNCIL, name="Rhian Oyelaran")
    dispatch = dispatch_to_authority(submitted(about("Dominik Adeyemi")))
    for act in (
        lambda: acknowledge_dispatch(dispatch_id=dispatch.pk, by=member, now=NOW),
        lambda: assign_dispatch(dispatch_id=dispatch.pk, to_id=member.pk, by=member, now=NOW),
        lambda: assign_dispatch(dispatch_id=dispatch.pk, to_id=member.pk, by=other, now=NOW),
        lambda: write_note(dispatch_id=dispatch.pk, text="x", readers=NoteReaders.AGENCY, by=member, now=NOW),
        lambda: shared(dispatch, member, by=other),
    ):
        with pytest.raises(Forbidden):
            act()
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=other, now=NOW)


def test_the_refusal_says_no_more_than_any_other():
    member = officer_at(COUNCIL, name="Dominik Adeyemi")
    hidden, strange = submitted(about("Dominik Adeyemi")), submitted()
    said = []
    for referral in (hidden, strange):
        with pytest.raises(Forbidden) as caught:
            acknowledge_dispatch(dispatch_id=dispatch_to_authority(referral).pk, by=member, now=NOW)
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_mail_goes_to_the_desks_mailbox_unless_somebody_excluded_would_read_it_there():
    for code in (POLICE, COUNCIL):
        with_mailboxes(desk(code))
    officer_at(POLICE)
    member, other = officer_at(COUNCIL, name="Dominik Adeyemi"), officer_at(COUNCIL, name="Rhian Oyelaran")
    plain = mail_queued(submitted(ABOUT_POLICE))
    assert addresses(plain) == {f"{POLICE}@agencies.example", f"{COUNCIL}@agencies.example"}
    hidden = mail_queued(submitted(about("Dominik Adeyemi")))
    assert addresses(hidden) == {f"{POLICE}@agencies.example", other.email}
    assert member.email not in {notice.address for notice in Notice.objects.filter(tells_of__contains=[hidden.pk])}


def addresses(referral):
    notices = Notice.objects.filter(kind=NoticeKind.NEW_REFERRAL, about__in=referral.dispatches.values("pk"))
    return {notice.address for notice in notices}


def alerted(referral):
    alerts = Notice.objects.filter(kind=NoticeKind.IMMEDIATE_ALERT, about__in=referral.dispatches.values("pk"))
    return sorted(notice.address for notice in alerts)


def test_immediate_danger_alerts_the_restricted_desks_duty_contact():
    for code in (POLICE, COUNCIL, NATIONAL_POLICE_DESK, NATIONAL_AUTHORITY_DESK):
        with_mailboxes(desk(code))
    referral = submitted({**ABOUT_POLICE, "danger": "yes"})
    sweep_alerts()
    assert alerted(referral) == [f"duty.{COUNCIL}@agencies.example", f"duty.{POLICE}@agencies.example"]


def test_immediate_danger_is_never_told_to_the_national_desks_for_want_of_a_mailbox():
    for code in (NATIONAL_POLICE_DESK, NATIONAL_AUTHORITY_DESK):
        with_mailboxes(desk(code))
    police, council = officer_at(POLICE), officer_at(COUNCIL, name="Rhian Oyelaran")
    officer_at(COUNCIL, name="Dominik Adeyemi")
    referral = submitted({**about("Dominik Adeyemi"), "danger": "yes"})
    sweep_alerts()
    assert alerted(referral) == sorted([police.email, council.email])


def test_an_administrator_is_not_told_which_referrals_the_restricted_desks_have(client):
    for code in (POLICE, COUNCIL):
        with_mailboxes(desk(code))
    referral = mail_queued(submitted(ABOUT_POLICE))
    for notice in Notice.objects.filter(tells_of__contains=[referral.pk], kind=NoticeKind.NEW_REFERRAL):
        within(do=partial(notice.changed, dead=NOW), by=Agent.MESSENGER, now=NOW)
    for reader, told in ((officer_at(COUNCIL), True), (officer_of(Agency.objects.get(code="system")), False)):
        client.force_login(reader)
        page = client.get(reverse("agencies:undelivered")).content.decode()
        assert "New referral" in page and (referral.reference in page) is told


def test_what_its_referrer_says_later_is_not_told_to_the_excluded_by_mail_that_failed(client):
    member = officer_at(COUNCIL, name="Dominik Adeyemi")
    officer_at(COUNCIL, name="Rhian Oyelaran")
    draft = draft_with(about("Dominik Adeyemi"))
    sent = submit_referral(draft_id=draft.pk, holder=BROWSER, by=Agent.REFERRER, now=NOW)
    said = {"reference": sent.reference, "code": sent.code, "reason": "I was wrong."}
    withdraw_referral(kind=WithdrawalKind.WITHDRAWN, **said, by=Agent.REFERRER, now=NOW)
    (notice,) = Notice.objects.filter(kind=NoticeKind.WITHDRAWAL_REPORTED)
    within(do=partial(notice.changed, dead=NOW), by=Agent.MESSENGER, now=NOW)
    client.force_login(member)
    assert sent.reference not in client.get(reverse("agencies:undelivered")).content.decode()


def test_mail_that_could_not_be_delivered_tells_the_excluded_nothing():
    member = officer_at(COUNCIL, name="Dominik Adeyemi")
    other = officer_at(COUNCIL, name="Rhian Oyelaran")
    system = officer_of(Agency.objects.get(code="system"), name="Dominik Adeyemi")
    hidden = mail_queued(submitted(about("Dominik Adeyemi")))
    notice = Notice.objects.get(about=dispatch_to_authority(hidden).pk)
    within(do=lambda: notice.changed(dead=NOW), by=Agent.MESSENGER, now=NOW)
    assert list(undelivered_notices(other)) == [notice]
    for kept_from in (member, system):
        assert list(undelivered_notices(kept_from)) == []
        with pytest.raises(Forbidden):
            replay_notice(notice_id=notice.pk, by=kept_from, now=NOW)
    replay_notice(notice_id=notice.pk, by=other, now=NOW)


def test_whoever_joins_a_desk_later_does_not_find_what_may_be_about_them():
    plain, hidden = submitted(ABOUT_POLICE), submitted({**about("Eluned Vance"), "work_and_family": ["council"]})
    user = create_user(email="new@desk.example", name="Eluned Vance", password=None, by=Agent.OPERATOR, now=NOW)
    add_membership(
        user_id=user.pk, agency_id=desk(POLICE).pk, role=RoleName.RESTRICTED_DESK_OFFICER, by=Agent.OPERATOR, now=NOW
    )
    assert sees(user, plain) and not sees(user, hidden)


def test_what_ordinary_desks_have_read_is_not_taken_back_when_a_namesake_joins():
    referral = submitted(about("Eluned Vance"))
    officer_of(Agency.objects.get(code="E08000032"), name="Eluned Vance")
    assert codes(referral) == {"ctp-north-east", "E08000038"} and not Restriction.objects.exists()


def test_a_user_renamed_is_met_by_the_new_name_only():
    user = officer_of(Agency.objects.get(code="E08000032"), name="Eluned Vance")
    within(do=lambda: user.changed(name="Eluned Price"), by=Agent.OPERATOR, now=NOW)
    assert codes(submitted(about("Eluned Vance"))) == {"ctp-north-east", "E08000038"}
    assert codes(submitted(about("Eluned Price"))) == {POLICE, COUNCIL}


def test_the_officer_responsible_for_allegations_gets_one_task_and_is_told_without_a_name():
    officer, colleague = allegations_officer(), officer_at(COUNCIL)
    referral = submitted(ABOUT_POLICE)
    task = Task.objects.get()
    assert (task.referral, task.agency.code, task.role) == (referral, COUNCIL, RoleName.ALLEGATIONS_OFFICER)
    assert task.due > task.opened_at and not task.is_done
    (notice,) = Notice.objects.filter(kind=NoticeKind.NEW_TASK)
    assert notice.address == officer.email != colleague.email
    assert "Tomasz" not in str(notice.details)


def test_where_the_officer_responsible_is_excluded_the_colleagues_of_the_desk_are_told():
    officer, colleague = allegations_officer(name="Seonaid Whitcombe"), officer_at(COUNCIL)
    submitted(about("Seonaid Whitcombe"))
    assert [notice.address for notice in Notice.objects.filter(kind=NoticeKind.NEW_TASK)] == [colleague.email]
    assert not open_tasks(officer).exists()


@pytest.mark.parametrize("missing", [POLICE, COUNCIL, NATIONAL_POLICE_DESK, NATIONAL_AUTHORITY_DESK])
@pytest.mark.parametrize("restricted", [True, False])
def test_without_its_desks_nothing_is_sent_restricted_or_not(missing, restricted):
    gone = desk(missing)
    within(do=lambda: gone.changed(code="x"), by=Agent.OPERATOR, now=NOW)
    decided = Route("ctp-north-east", "E08000038", nation="england", how=How.POSTCODE, flagged=False)
    with pytest.raises(ImproperlyConfigured, match="load_places"):
        receivers(decided, restricted=restricted)


def test_both_kinds_of_referral_are_sent_by_the_same_question_about_receivers(django_assert_num_queries):
    decided = Route("ctp-north-east", "E08000038", nation="england", how=How.POSTCODE, flagged=False)
    for restricted in (True, False):
        with django_assert_num_queries(1):
            assert len(receivers(decided, restricted=restricted)) == 2


def test_the_restricted_desks_are_named_to_nobody_else():
    hidden = submitted(ABOUT_POLICE)
    ordinary = officer_of(Agency.objects.get(code="ctp-north-east"))
    assert dispatches(hidden) == dispatches(hidden, reader=ordinary) == []
    assert len(dispatches(hidden, reader=officer_at(POLICE))) == 2
    assert Dispatch.objects.count() == 2


def test_a_flood_of_them_is_not_shown_to_the_national_desk():
    for _ in range(PASS + 3):
        submitted(ABOUT_POLICE)
    assert not Flood.objects.exists() and not Likeness.objects.exists()
    assert Restriction.objects.count() == PASS + 3


def test_nobody_but_the_desk_hears_that_it_waits_too_long():
    with_mailboxes(desk(NATIONAL_AUTHORITY_DESK))
    officer = officer_at(COUNCIL, name="Rhian Oyelaran")
    officer_at(COUNCIL, name="Dominik Adeyemi")
    dispatch = dispatch_to_authority(submitted(about("Dominik Adeyemi"), now=NOW - timedelta(days=60)))
    raise_overdue(dispatch_id=dispatch.pk, by=Agent.SWEEPER, now=NOW)
    reminders = Reminder.objects.filter(dispatch=dispatch)
    assert {(each.step, each.to_agency.code, each.to_user) for each in reminders} == {
        (Step.AGENCY, COUNCIL, officer),
        (Step.SUPERVISOR, COUNCIL, officer),
    }
    notice = send_reminders(to_agency_id=dispatch.agency_id, to_user_id=officer.pk, by=Agent.SWEEPER, now=NOW)
    assert notice is not None and notice.address == officer.email


def test_no_other_system_hears_of_it_before_it_is_released():
    hidden = submitted(ABOUT_POLICE)
    for code in (POLICE, COUNCIL, "ctp-north-east"):
        endpoint_at("https://receiver.example/in", code=code)
    acknowledge_dispatch(dispatch_id=dispatch_to_police(hidden).pk, by=officer_at(POLICE), now=NOW)
    sweep_events()
    assert not Delivery.objects.exists()
    release_restriction(referral_id=hidden.pk, reason="Another man.", by=officer_at(POLICE), now=timezone.now())
    sweep_events()
    assert [delivery.endpoint.agency.code for delivery in Delivery.objects.all()] == ["ctp-north-east"]
