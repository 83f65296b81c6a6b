"""Pages of one's agency show what is of that agency, and what its reader may do there: no more."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.actions.arrange_absence import arrange_absence
from agencies.actions.set_targets import set_targets
from agencies.models import Agency
from agencies.purposes import Purpose
from agencies.targets import Targets
from audit.agents import Agent
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.state_search_purpose import state_search_purpose
from referrals.models import ToldBy, WithdrawalKind
from referrals.purposes import purpose_of_searching, to_explain
from tests.agencies.administering import administrator
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.overdue import supervisor_of
from tests.referrals.at_the_desk import ABOUT_POLICE, allegations_officer
from tests.referrals.looking import stated

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def elsewhere():
    return Agency.objects.get(code="E08000032")


def page_for(client, user, name, *args):
    client.force_login(user)
    answer = client.get(reverse(name, args=args))
    return answer.content.decode() if answer.status_code == 200 else f"{answer.status_code}"


def is_away(agency, *, name):
    """A colleague of an agency, for whom another stands in."""
    user, cover = officer_of(agency, name=name), officer_of(agency, name=f"Covers {name}")
    today = timezone.localdate()
    arrange_absence(
        user_id=user.pk,
        cover_id=cover.pk,
        agency_id=agency.pk,
        starts_on=today,
        ends_on=today,
        by=user,
        now=timezone.now(),
    )
    return user


def test_who_is_away_elsewhere_is_nobodys_business(client, council, elsewhere):
    away, other = is_away(council, name="Wren Castellane"), is_away(elsewhere, name="Tomos Achebe")
    shown = page_for(client, supervisor_of(council), "agencies:absences")
    assert away.name in shown and other.name not in shown
    assert "Agency</th>" not in shown, "whoever works for one agency is not told which"


def test_only_a_supervisor_is_asked_who_is_away_and_calls_it_off_for_others(client, council):
    away = is_away(council, name="Wren Castellane")
    lead, boss = officer_of(council), supervisor_of(council)
    asked = [page_for(client, user, "agencies:absence", council.pk) for user in (lead, boss)]
    listed = [page_for(client, user, "agencies:absences") for user in (lead, boss)]
    name = f'name="away" type="radio" value="{away.pk}"'
    assert [page.count(str(away.pk)) for page in asked] == [1, 2], name
    assert ["Call it off" in page or "/end/" in page for page in listed] == [False, True]


def test_targets_of_other_agencies_are_shown_to_who_oversees_all(client, council, elsewhere):
    set_targets(agency_id=elsewhere.pk, targets=Targets(acknowledge_days=4), by=Agent.OPERATOR, now=timezone.now())
    desk = Agency.objects.get(code="national-authority-desk")
    readers = (officer_of(desk), supervisor_of(council), administrator())
    pages = [page_for(client, user, "agencies:targets") for user in readers]
    assert [f">{elsewhere.name}</h2>" in page for page in pages] == [False, False, True]
    for agency, shown in ((desk, [True, False]), (council, [False, True])):
        assert [f">{agency.name}</h2>" in page for page in pages[:2]] == shown
    may_change = [reverse("agencies:target", args=[agency.pk]) for agency in (desk, council)]
    assert [address in page for address, page in zip(may_change, pages, strict=False)] == [False, True]


@pytest.mark.parametrize("of", ["boss", "administrator"])
def test_nobody_is_asked_whether_they_leave_themselves(client, council, of):
    user = supervisor_of(council) if of == "boss" else administrator()
    name = "referrals:leave" if of == "boss" else "agencies:end-role"
    assert page_for(client, user, name, user.memberships.get().pk) == "404"


def test_the_inbox_of_one_agency_has_no_column_for_it(client, council):
    dispatch = dispatch_to_authority(submitted())
    assert "Agency</th>" not in page_for(client, officer_of(dispatch.agency), "referrals:inbox")


def test_who_sees_the_counts_of_all_is_told_what_they_do_not_see(client, council):
    submitted()
    said, desk = "you see how many wait, not which", Agency.objects.get(code="national-authority-desk")
    pages = [page_for(client, user, "desk:waiting-for-receipt") for user in (supervisor_of(council), officer_of(desk))]
    assert [said in page for page in pages] == [False, True]


def test_what_one_searches_for_is_said_by_each_for_themselves(council):
    one, other = officer_of(council), officer_of(council, name="Wren Castellane")
    state_search_purpose(purpose=Purpose.WORKING, words="A call.", by=one, now=timezone.now())
    assert purpose_of_searching(one, now=timezone.now())
    assert purpose_of_searching(other, now=timezone.now()) is None


def test_why_one_opens_a_referral_is_said_by_each_for_themselves(council):
    referral = submitted()
    one, other = officer_of(council), officer_of(council, name="Wren Castellane")
    stated(referral, by=one)
    asked = [to_explain(user, [referral.pk], now=timezone.now()).exists() for user in (one, other)]
    assert asked == [False, True]


def test_only_the_police_are_led_to_decide_about_a_withdrawal(client):
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    lead, police = officer_of(dispatch.agency), officer_of(dispatch_to_police(referral).agency)
    report_withdrawal(
        dispatch_id=dispatch.pk,
        kind=WithdrawalKind.IN_ERROR,
        told_how=ToldBy.TELEPHONE,
        reason="The wrong form.",
        by=lead,
        now=timezone.now(),
    )
    said = "Then you can decide whether to go on"
    pages = [page_for(client, user, "desk:referral", referral.pk) for user in (lead, police)]
    assert [said in page for page in pages] == [False, True]


def test_who_answers_for_allegations_is_not_offered_to_see_who_made_the_referral(client):
    referral = submitted({**ABOUT_POLICE, "anonymous": "yes"})
    desk = officer_of(dispatch_to_authority(referral).agency)
    pages = [page_for(client, user, "desk:referral", referral.pk) for user in (desk, allegations_officer())]
    assert ["Show who made this referral" in page for page in pages] == [True, False]
