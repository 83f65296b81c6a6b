"""What supervisors and national desks see and do: waiting, colleagues, absences, targets; and what others do not."""

import re
from datetime import UTC, datetime, time, timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Absence, Agency, Target
from agencies.roles import RoleName
from agencies.selectors import targets_of
from agencies.working_days import Calendar, known_until
from audit.agents import Agent
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.models import Dispatch, Reassignment
from tests.audit.acts import within
from tests.making import dispatch_to_authority, make_user, officer_of, submitted
from tests.overdue import supervisor_of

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def boss(client, council):
    user = supervisor_of(council)
    client.force_login(user)
    return user


@pytest.fixture
def lead(council):
    return officer_of(council, name="Wren Castellane")


@pytest.fixture
def desk():
    return officer_of(Agency.objects.get(code="national-authority-desk"))


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def overdue_referral(days=14):
    """One that was sent before its target passed."""
    referral = submitted()
    sent = timezone.now() - timedelta(days=days)
    past = {"sent_at": sent, "acknowledge_by": sent + timedelta(days=1), "remind_due": None}
    for dispatch in referral.dispatches.all():
        within(do=partial(dispatch.changed, **past), by=Agent.OPERATOR, now=timezone.now())
    return referral


def when(days):
    day = timezone.localdate() + timedelta(days)
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def absence_of(away, cover, first=0, last=3):
    given = {"away": str(away.pk), "cover": str(cover.pk)}
    for name, days in (("starts_on", first), ("ends_on", last)):
        given |= {f"{name}-{part}": value for part, value in when(days).items()}
    return given


def test_the_page_counts_links_and_names_no_reference(client, boss):
    referral = overdue_referral()
    text = text_of(client, reverse("desk:waiting-for-receipt"))
    assert "1 overdue" in text
    assert "waiting=overdue&amp;agency=E08000038" in text
    assert referral.reference not in text
    inbox = text_of(client, f"{reverse('referrals:inbox')}?waiting=overdue&agency=E08000038")
    assert referral.reference in inbox
    assert "Overdue since" in inbox


def test_a_national_desk_sees_counts_of_others_without_links(client, desk):
    overdue_referral()
    client.force_login(desk)
    text = text_of(client, reverse("desk:waiting-for-receipt"))
    assert "Barnsley" in text
    assert "1 overdue" in text
    assert "agency=E08000038" not in text
    assert "you see how many wait, not which" in text


def test_the_page_costs_the_same_with_one_and_with_twenty(client, boss):
    overdue_referral()
    address = reverse("desk:waiting-for-receipt")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for days in range(19):
        overdue_referral(days)
    with CaptureQueriesContext(connection) as twenty:
        client.get(address)
    assert len(one) == len(twenty) <= 16


PAGES = ("desk:waiting-for-receipt", "referrals:colleagues", "agencies:targets", "agencies:absences")
OPEN = {
    RoleName.CTP_OFFICER: {"agencies:absences"},
    RoleName.AUTHORITY_LEAD: {"agencies:absences"},
    RoleName.CTP_SUPERVISOR: set(PAGES),
    RoleName.AUTHORITY_SUPERVISOR: set(PAGES),
    RoleName.NATIONAL_DESK_OFFICER: {"desk:waiting-for-receipt", "agencies:targets", "agencies:absences"},
    RoleName.NATIONAL_DESK_SUPERVISOR: set(PAGES),
    RoleName.SYSTEM_ADMINISTRATOR: {"agencies:targets"},
}
KINDS = {"ctp": "ctp-north-east", "authority": "E08000038", "national": "national-police-desk", "system": "system"}


@pytest.mark.parametrize("role", OPEN)
def test_each_role_opens_its_pages_and_the_navigation_names_no_other(client, role):
    agency = Agency.objects.get(code=KINDS[role.split("_")[0]])
    client.force_login(make_user(agency=agency, role=role, name="Somebody", by=Agent.OPERATOR, now=timezone.now()))
    home = text_of(client, reverse("desk:home"))
    for page in PAGES:
        may = page in OPEN[role]
        assert client.get(reverse(page)).status_code == (200 if may else 404)
        assert (f'href="{reverse(page)}"' in home) is may


def test_home_puts_overdue_first_and_says_when_receipt_is_due(client, lead):
    late, new = overdue_referral(), submitted()
    client.force_login(lead)
    text = text_of(client, reverse("desk:home"))
    assert text.index("the local target for receipt has passed") < text.index("and nobody has taken receipt.")
    assert text.index(late.reference) < text.index(new.reference)
    assert re.search(r"Overdue by \d+ working days", text) and "1 working day left" in text and "(local target)" in text


def test_the_referral_says_when_receipt_is_due_and_how_old_it_is_in_all(client, lead):
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    client.force_login(lead)
    page = reverse("desk:referral", args=[referral.pk])
    assert "(local target)" in text_of(client, page)
    assert "With this agency since" not in text_of(client, page)
    later = timezone.now() + timedelta(days=2)
    within(do=lambda: dispatch.changed(sent_at=later), by=Agent.OPERATOR, now=later)
    assert "With this agency since" in text_of(client, page)


def test_a_colleague_who_is_away_is_covered_and_assigning_to_them_warns(client, boss, lead, council):
    cover = officer_of(council, name="Covers Well")
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    answer = client.post(reverse("agencies:absence", args=[council.pk]), absence_of(lead, cover))
    assert answer.url == reverse("agencies:absences")
    assert "Covers Well" in text_of(client, reverse("agencies:absences"))
    assign = reverse("referrals:assign", args=[dispatch.pk])
    assert "Away until" in text_of(client, assign)
    warned = client.post(assign, {"to": str(lead.pk)})
    assert "Pick them again if you mean it" in warned.content.decode()
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to is None
    assert client.post(assign, {"to": str(cover.pk), "anyway": str(lead.pk)}).status_code == 302
    assert client.post(assign, {"to": str(lead.pk), "anyway": str(lead.pk)}).status_code == 302
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to == lead
    assert "Away until" in text_of(client, reverse("referrals:colleagues"))
    client.force_login(cover)
    home = text_of(client, reverse("desk:home"))
    assert "for whom you stand in today" in home and referral.reference in home
    assert referral.reference in text_of(client, f"{reverse('referrals:inbox')}?assigned=covered")
    client.force_login(lead)
    assert client.post(reverse("agencies:end-absence", args=[Absence.objects.get().pk])).status_code == 302
    client.force_login(cover)
    assert "for whom you stand in today" not in text_of(client, reverse("desk:home"))


def test_a_referral_is_offered_only_to_colleagues_who_may_work_it(client, boss, lead, council):
    for role in (RoleName.PRIVACY_OFFICER, RoleName.CHANNEL_CHAIR, RoleName.RETENTION_APPROVER):
        make_user(agency=council, role=role, name=f"Reads None {role}", by=Agent.OPERATOR, now=timezone.now())
    shown = text_of(client, reverse("referrals:assign", args=[dispatch_to_authority(submitted()).pk]))
    assert "Wren Castellane" in shown and "Reads None" not in shown


def test_an_absence_that_is_refused_loses_nothing_typed(client, boss, lead, council):
    cover = officer_of(council, name="Covers Well")
    address = reverse("agencies:absence", args=[council.pk])
    client.post(address, absence_of(lead, cover))
    again = client.post(address, absence_of(lead, cover)).content.decode()
    assert "An absence is entered for these days already" in again
    assert f'value="{lead.pk}" selected' in again
    backwards = client.post(address, absence_of(lead, cover, first=3, last=1)).content.decode()
    assert "must not be before the first" in backwards
    alone = client.post(address, absence_of(lead, lead, first=9, last=9)).content.decode()
    assert "nobody covers for themselves" in alone
    assert client.get(reverse("agencies:end-absence", args=[Absence.objects.get().pk])).status_code == 302


def test_an_officer_enters_only_their_own_absence(client, lead, council):
    other = officer_of(council, name="Covers Well")
    client.force_login(lead)
    address = reverse("agencies:absence", args=[council.pk])
    assert "Pick a name" in client.post(address, absence_of(other, lead)).content.decode()
    assert client.post(address, absence_of(lead, other)).status_code == 302
    assert Absence.objects.get().user == lead
    elsewhere = Agency.objects.get(code="E08000032")
    assert client.get(reverse("agencies:absence", args=[elsewhere.pk])).status_code == 404


def reassign_at(council, user=None):
    if user is None:
        return reverse("referrals:reassign-nobodys", args=[council.pk])
    return reverse("referrals:reassign", args=[council.pk, user.pk])


def test_several_share_what_one_had_in_turn_and_each_has_it_in_its_timeline(client, boss, lead, council):
    one, two = officer_of(council, name="One"), officer_of(council, name="Two")
    rows = [dispatch_to_authority(submitted()) for _ in range(5)]
    for row in rows:
        assign_dispatch(dispatch_id=row.pk, to_id=lead.pk, by=boss, now=timezone.now())
    address = reassign_at(council, lead)
    assert rows[0].referral.reference in text_of(client, address)
    given = {"rows": [str(row.pk) for row in rows[:4]], "to": [str(one.pk), str(two.pk)], "reason": "She has left."}
    answer = client.post(address, given, follow=True)
    assert "4 referrals are reassigned." in answer.content.decode()
    held = list(Dispatch.objects.filter(agency=council).values_list("assigned_to__name", flat=True))
    assert sorted(held) == ["One", "One", "Two", "Two", "Wren Castellane"]
    assert Reassignment.objects.count() == 4
    assert "She has left." in text_of(client, reverse("desk:referral", args=[rows[0].referral_id]))


def test_what_moved_meanwhile_stays_and_is_counted(client, boss, lead, council):
    dispatch = dispatch_to_authority(submitted())
    one = officer_of(council, name="One")
    given = {"rows": [str(dispatch.pk)], "to": [str(one.pk)], "reason": "To begin."}
    assert "1 referral is reassigned." in client.post(reassign_at(council), given, follow=True).content.decode()
    wrong = client.post(reassign_at(council), given).content.decode()
    assert "There is nothing to reassign" in wrong


def test_each_wrong_target_is_named_and_the_errors_of_an_absence_stand_in_the_order_of_the_page(client, boss, council):
    wrong = client.post(reverse("agencies:target", args=[council.pk]), {"acknowledge_days": ""}).content.decode()
    for label in ("Take receipt within", "Tell the supervisors after another", "Tell the national desk after another"):
        assert wrong.count(f"{label}: enter a whole number of working days from 1 to 20") == 2
    assert wrong.count("In immediate danger, take receipt within: enter a whole number of minutes") == 2
    text = client.post(reverse("agencies:absence", args=[council.pk]), {"away": ""}).content.decode()
    said = ["Say who is away", "Enter the first day away", "Enter the last day away", "Say who covers"]
    assert [text.index(words) for words in said] == sorted(text.index(words) for words in said)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rows": []}, "Select at least one referral"),
        ({"to": []}, "Pick at least one colleague"),
        ({"reason": " "}, "Give the reason"),
        ({"reason": "x" * 1001}, "Shorten the reason"),
    ],
)
def test_what_is_missing_is_said_and_nothing_moves(client, boss, lead, council, changes, message):
    dispatch = dispatch_to_authority(submitted())
    given = {"rows": [str(dispatch.pk)], "to": [str(lead.pk)], "reason": "To begin.", **changes}
    answer = client.post(reassign_at(council), given).content.decode()
    assert message in answer
    assert (f'value="{dispatch.pk}"' in answer) and (" checked" in answer) is bool(given["rows"] or given["to"])
    assert not Reassignment.objects.exists()


def test_the_list_to_reassign_costs_the_same_with_one_and_with_twenty(client, boss, council):
    for page in (reassign_at(council), reverse("referrals:colleagues")):
        submitted()
        client.get(page)
        with CaptureQueriesContext(connection) as one:
            client.get(page)
        for number in range(19):
            submitted()
            officer_of(council, name=f"Colleague {number}")
        with CaptureQueriesContext(connection) as twenty:
            client.get(page)
        assert len(one) == len(twenty) <= 26


def test_who_left_is_asked_about_once_and_then_gone(client, boss, lead, council):
    membership = lead.memberships.get()
    address = reverse("referrals:leave", args=[membership.pk])
    assert "Has Wren Castellane left?" in text_of(client, address)
    answer = client.post(address, follow=True).content.decode()
    assert "Wren Castellane no longer works for" in answer
    assert client.get(address).status_code == 404
    assert client.get(reverse("referrals:leave", args=[boss.memberships.get().pk])).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_agencys_colleagues_are_absent(client, boss, council, method):
    other = Agency.objects.get(code="E08000032")
    stranger = officer_of(other)
    for address in (
        reverse("referrals:leave", args=[stranger.memberships.get().pk]),
        reassign_at(other),
        reassign_at(other, stranger),
        reverse("agencies:target", args=[other.pk]),
        reverse("agencies:absence", args=[other.pk]),
    ):
        assert getattr(client, method)(address).status_code == 404


NUMBERS = {
    "acknowledge_days": "3", "supervisor_days": "2", "desk_days": "2", "immediate_minutes": "45",
    "assign_days": "4", "finish_days": "6", "decide_matches_days": "7", "answer_requests_days": "8",
    "deconflict_days": "3", "review_days": "15",
}  # fmt: skip


def test_a_supervisor_changes_their_agencys_targets_and_goes_back(client, boss, council):
    address = reverse("agencies:target", args=[council.pk])
    assert "not national policy" in text_of(client, address)
    assert client.post(address, NUMBERS).url == reverse("agencies:targets")
    assert targets_of(council).acknowledge_days == 3
    page = text_of(client, reverse("agencies:targets"))
    for number in (3, 4, 6, 7, 8):
        assert f"within {number} working days" in page
    assert "No law and no national guidance" in page
    assert "Change the default" not in page
    assert "Go back to the default" in text_of(client, address)
    client.post(address, {"default": "yes"})
    assert not Target.objects.exists()
    assert client.get(reverse("agencies:default-target")).status_code == 404


def test_an_administrator_changes_the_default_and_any_agencys(client, council):
    client.force_login(officer_of(Agency.objects.get(code="system")))
    client.post(reverse("agencies:default-target"), NUMBERS)
    client.post(reverse("agencies:target", args=[council.pk]), {**NUMBERS, "acknowledge_days": "9"})
    assert targets_of(Agency.objects.get(code="E08000032")).acknowledge_days == 3
    page = text_of(client, reverse("agencies:targets"))
    assert "within 9 working days" in page and "Change another agency" in page


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("acknowledge_days", "0", "from 1 to 20"),
        ("supervisor_days", "two", "from 1 to 20"),
        ("desk_days", "", "from 1 to 20"),
        ("assign_days", "21", "from 1 to 20"),
        ("finish_days", "", "from 1 to 20"),
        ("decide_matches_days", "0", "from 1 to 20"),
        ("answer_requests_days", "soon", "from 1 to 20"),
        ("immediate_minutes", "9" * 30, "from 5 to 1440"),
    ],
)
def test_a_number_out_of_reason_is_asked_for_again(client, boss, council, name, value, message):
    answer = client.post(reverse("agencies:target", args=[council.pk]), {**NUMBERS, name: value})
    assert message in answer.content.decode()
    assert not Target.objects.exists()


@pytest.mark.parametrize(("days", "warns"), [(200, False), (100, True), (-10, True)])
def test_when_the_bank_holidays_end_soon_the_page_warns(client, council, days, warns):
    at = datetime.combine(min(map(known_until, Calendar)) - timedelta(days), time(12), UTC)
    with time_machine.travel(at, tick=False):
        client.force_login(supervisor_of(council))
        assert ("Bank holidays are known to" in text_of(client, reverse("desk:waiting-for-receipt"))) is warns
