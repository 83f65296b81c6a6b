"""What stands on the first page, and in which order: nothing urgent below what can wait."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.actions.resume_user import resume_user
from agencies.actions.send_notice import send_notice
from agencies.actions.suspend_user import suspend_user
from agencies.models import Agency, NoticeKind
from agencies.roles import RoleName
from audit.agents import Agent
from desk.my_work.shape import SHOWN
from tests.agencies.administering import administrator, given, nobody_yet
from tests.audit.acts import within
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, make_user, officer_of, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")
DANGER = {**TEACHER, "danger": "yes"}


def home_of(client, user):
    client.force_login(user)
    return client.get(reverse("desk:home")).content.decode()


def assigned(referral, user, *, days):
    """Assigned to somebody, and as old as that."""
    dispatch, sent = dispatch_to_authority(referral), timezone.now() - timedelta(days=days)
    now = {
        "state": "acknowledged",
        "acknowledged_by": user,
        "acknowledged_at": sent,
        "sent_at": sent,
        "alert_due": None,
    }
    whose = {"assigned_to": user, "assigned_by": user, "assigned_at": sent}
    within(do=lambda: dispatch.changed(**now, **whose), by=Agent.OPERATOR, now=timezone.now())
    return referral


def test_immediate_danger_stands_first_however_long_the_pile(client):
    calm = [submitted() for _each in range(SHOWN + 1)]
    lead = officer_of(dispatch_to_authority(calm[0]).agency)
    for days, referral in enumerate(calm, start=10):
        assigned(referral, lead, days=days)
    urgent = assigned(submitted(DANGER), lead, days=1)
    home = home_of(client, lead)
    shown = [each.reference for each in calm if each.reference in home]
    assert len(shown) == SHOWN - 1
    assert all(home.index(urgent.reference) < home.index(reference) for reference in shown)


def test_the_alarm_stands_beside_the_reference_where_a_narrow_screen_shows_it(client):
    urgent = submitted(DANGER)
    lead = officer_of(dispatch_to_authority(urgent).agency)
    for page in (home_of(client, lead), client.get(reverse("referrals:inbox")).content.decode()):
        row = page[page.index(urgent.reference) :]
        assert "Immediate danger" in row[: row.index("</th>")]


def test_an_alarm_that_the_other_agency_has_not_heard_is_said(client):
    urgent = submitted(DANGER)
    dispatch, police = dispatch_to_authority(urgent), dispatch_to_police(urgent)
    lead = officer_of(dispatch.agency)
    client.force_login(lead)
    said = f"{police.agency.name} has not taken receipt yet"
    assert said not in client.get(dispatch.get_absolute_url()).content.decode(), "one’s own receipt comes first"
    client.post(reverse("referrals:acknowledge", args=[dispatch.pk]))
    assert said in client.get(dispatch.get_absolute_url()).content.decode()


def test_a_reviewer_to_whom_nothing_is_open_is_told_what_to_wait_for(client):
    office = Agency.objects.get(kind="home_office")
    reviewer = make_user(
        agency=office, role=RoleName.AUDITOR, name="Imran Telford", by=Agent.OPERATOR, now=timezone.now()
    )
    home = home_of(client, reviewer)
    assert "No referral is open to you at the moment" in home and "reads no referral" not in home


def test_who_reads_no_referral_is_told_so(client):
    assert "Your role reads no referral" in home_of(client, administrator())


def test_what_an_administrator_has_asked_for_waits_for_another(client):
    first, second = administrator(), administrator("Thandeka Merriweather")
    suspended = officer_of(Agency.objects.get(code="E08000038"))
    given(nobody_yet(), RoleName.AUTHORITY_LEAD, by=first)
    for do in (suspend_user, resume_user):
        do(user_id=suspended.pk, by=first, now=timezone.now())
    home = home_of(client, second)
    assert "1 role waits for your approval" in home and "1 suspended account waits to be opened again" in home
    assert "Nothing waits for your approval" in home_of(client, first)


def given_up(agency):
    """An e-mail to the agency that nobody is trying to deliver any more."""
    now = timezone.now()
    row = send_notice(
        kind=NoticeKind.NEW_REFERRAL,
        about=uuid4(),
        tells_of=(),
        address="desk@agencies.example",
        details={"reference": "K7QM-3XWP", "link": "https://casework.example/x/"},
        once="given up",
        agency=agency,
        by=Agent.MESSENGER,
        now=now,
    )
    within(do=lambda: row.changed(dead=now, attempts=20, last_error="OSError"), by=Agent.MESSENGER, now=now)


def test_mail_that_was_given_up_is_said_to_those_who_can_try_again(client):
    council, other = (Agency.objects.get(code=code) for code in ("E08000038", "E08000032"))
    lead, said = officer_of(council), "1 e-mail could not be delivered."
    assert said not in home_of(client, lead)
    given_up(council)
    assert said in home_of(client, lead)
    assert said in home_of(client, officer_of(Agency.objects.get(code="system")))
    assert said not in home_of(client, officer_of(other))


def test_who_may_not_take_receipt_is_not_told_to(client):
    referral = submitted({**TEACHER, "work_and_family": ["council"]})
    desk = dispatch_to_authority(referral).agency
    assert "Read it and take receipt" in home_of(client, officer_of(desk))
    answers_for_it = make_user(
        agency=desk, role=RoleName.ALLEGATIONS_OFFICER, name="Wyn Adair", by=Agent.OPERATOR, now=timezone.now()
    )
    home = home_of(client, answers_for_it)
    assert "Read it: an officer of your agency takes receipt" in home and "Read it and take receipt" not in home
