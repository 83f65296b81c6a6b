"""The administrator's own pages: people, agencies, roles. Nothing of any case stands there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.actions.deactivate_user import deactivate_user
from agencies.actions.make_agency import make_agency
from agencies.actions.rename_agency import rename_agency
from agencies.actions.resume_user import resume_user
from agencies.actions.suspend_user import suspend_user
from agencies.models import Agency, AgencyKind, Session
from agencies.permissions import Permission, can
from agencies.roles import ROLES, RoleName
from audit.models import Entry
from audit.refusals import Forbidden, NotNow
from audit.tasks import sweep_events
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.models import Dispatch
from tests.agencies.administering import administrator, asked, council, given, nobody_yet, page_of
from tests.components.axe import faults
from tests.house.addresses import of_surface
from tests.making import TEACHER, dispatch_to_authority, officer_of, reread, submitted, with_mailboxes
from tests.referrals.api.calling import partner_key

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
LISTS = ("administration", "people", "agencies", "roles")


@pytest.fixture(autouse=True)
def boss(db, on_record, client):
    user = administrator()
    client.force_login(user)
    return user


def text_of(client, page, *arguments):
    answer = client.get(reverse(f"agencies:{page}", args=arguments) if ":" not in page else page)
    assert answer.status_code == 200
    return answer.content.decode()


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


def post(client, page, *arguments, **given):
    answer = client.post(reverse(f"agencies:{page}", args=arguments), given, follow=True)
    return answer.content.decode()


def test_administration_leads_everywhere_and_only_administrators_there(client):
    home = client.get(reverse("desk:home")).content.decode()
    assert f'href="{reverse("agencies:administration")}"' in home
    start = text_of(client, "administration")
    for page in ("people", "agencies", "roles", "keys", "webhooks", "targets", "undelivered"):
        assert f'href="{reverse(f"agencies:{page}")}"' in start
    other = signed_in(officer_of(council()))
    assert reverse("agencies:administration") not in other.get(reverse("desk:home")).content.decode()
    for page in (*LISTS, "invite", "make-agency"):
        assert other.get(reverse(f"agencies:{page}")).status_code == 404


def test_whatever_changes_an_account_a_role_or_an_agency_asks_for_the_second_factor_again():
    ours = [each for each in of_surface("both") if "administration/" in str(each.pattern) and each.name not in LISTS]
    asking = {each.name for each in ours if getattr(each.callback, "step_up", False)}
    assert {each.name for each in ours} - asking == {
        "user",
        "agency",
        "withdraw-link",
        "decline-proposal",
        "keep-suspended",
    }


def test_an_administrator_sees_nothing_of_any_case_on_any_of_these_pages(client):
    dispatch = dispatch_to_authority(submitted())
    officer = officer_of(dispatch.agency)
    assign_dispatch(dispatch_id=dispatch.pk, to_id=officer.pk, by=officer, now=NOW)
    pages = [*(text_of(client, page) for page in LISTS), text_of(client, "agency", dispatch.agency_id)]
    for text in [*pages, text_of(client, "user", officer.pk), text_of(client, "close-account", officer.pk)]:
        assert not any(word in text for word in (dispatch.referral.reference, "Tomasz", TEACHER["referrer_name"]))
    for page in (reverse("referrals:inbox"), reverse("desk:referral", args=[dispatch.referral_id])):
        assert client.get(page).status_code == 404
    reading = {Permission.DISPATCH_READ, Permission.REFERRAL_READ, Permission.REVIEW_READ, Permission.DISPATCH_FETCH}
    assert not reading & ROLES[RoleName.SYSTEM_ADMINISTRATOR].permissions


def test_people_are_found_by_parts_of_name_and_address_and_neither_stands_in_an_address(client):
    for name in ("Zofia Whitaker", "Zofia Thackray"):
        nobody_yet(name)
    page = reverse("agencies:people")
    everybody = text_of(client, "people")
    assert "Zofia Thackray" in everybody and "Show everybody" not in everybody
    found = client.post(page, {"words": " whit  zof "}).content.decode()
    assert "Zofia Whitaker" in found and "Zofia Thackray" not in found
    assert "Show everybody" in found
    by_address = nobody_yet("Somebody Else")
    assert "Somebody Else" in client.post(page, {"words": by_address.email[:12].upper()}).content.decode()
    assert "Nobody here is called that" in client.post(page, {"words": "Nebuchadnezzar"}).content.decode()
    assert "Enter a name or an e-mail address" in client.post(page, {"words": " "}).content.decode()


def test_systems_are_nobodys_account(client):
    system = partner_key("Hollybrook Trust").key.system
    assert system.name not in text_of(client, "people")
    assert client.get(page_of(system)).status_code == 404
    assert client.get(reverse("agencies:end-role", args=[system.memberships.get().pk])).status_code == 404


def test_an_account_shows_its_roles_with_their_days_and_says_that_it_is_ones_own(client, boss):
    user, today = nobody_yet(), timezone.localdate()
    given(user, RoleName.CHANNEL_CHAIR, by=boss, starts_on=today + timedelta(1), ends_on=today + timedelta(3))
    text = text_of(client, "user", user.pk)
    assert "Channel chair" in text and "Barnsley" in text
    assert f"{today + timedelta(1):%-d %B %Y}" in text and f"{today + timedelta(3):%-d %B %Y}" in text
    own = text_of(client, "user", boss.pk)
    assert "This is your own account" in own
    assert not any(page in own for page in ("/suspend/", "/close/", "/role/", "/end/"))
    for page in ("suspend-account", "close-account", "give-role"):
        assert client.get(reverse(f"agencies:{page}", args=[boss.pk])).status_code == 404


def test_a_role_is_given_and_ended_and_access_goes_with_the_next_request(client):
    user = nobody_yet()
    assert "They have the role" in post(client, "give-role", user.pk, **asked())
    browser = signed_in(user)
    assert browser.get(reverse("desk:home")).status_code == 200
    membership = user.memberships.get()
    assert "End the role" in text_of(client, "end-role", membership.pk)
    assert "The role has ended" in post(client, "end-role", membership.pk)
    assert browser.get(reverse("desk:home")).status_code == 404
    assert client.get(reverse("agencies:end-role", args=[membership.pk])).status_code == 404
    assert "does not exist in an agency like" in post(client, "give-role", user.pk, **asked(RoleName.CTP_OFFICER))
    assert "is proposed" in post(client, "give-role", user.pk, **asked(RoleName.AUTHORITY_LEAD))


def test_a_suspended_account_is_out_at_its_next_request_keeps_its_work_and_comes_back(client, boss):
    dispatch = dispatch_to_authority(submitted())
    officer = officer_of(dispatch.agency)
    assign_dispatch(dispatch_id=dispatch.pk, to_id=officer.pk, by=officer, now=NOW)
    browser = signed_in(officer)
    assert browser.get(reverse("referrals:inbox")).status_code == 200
    assert "Suspend the account" in text_of(client, "suspend-account", officer.pk)
    assert "is suspended" in post(client, "suspend-account", officer.pk)
    assert browser.get(reverse("referrals:inbox")).status_code == 302
    assert not Session.objects.filter(user=officer).exists()
    assert "Suspended" in text_of(client, "user", officer.pk)
    sweep_events()
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to == officer
    assert "Another administrator has to open it too" in post(client, "resume-account", officer.pk)
    assert not reread(officer).is_active
    assert "is open again" in post(signed_in(administrator("A second")), "resume-account", officer.pk)
    assert browser.get(reverse("referrals:inbox")).status_code == 302, "the old session stays ended"
    assert can(reread(officer), Permission.DISPATCH_READ)
    with pytest.raises(NotNow, match="open already"):
        resume_user(user_id=officer.pk, by=boss, now=NOW)


def test_a_closed_account_has_lost_its_roles_and_its_work_is_nobodys(client, boss):
    dispatch = dispatch_to_authority(submitted())
    officer = officer_of(dispatch.agency)
    assign_dispatch(dispatch_id=dispatch.pk, to_id=officer.pk, by=officer, now=NOW)
    suspend_user(user_id=officer.pk, by=boss, now=NOW)
    assert "Has Osian Achterberg left?" in text_of(client, "close-account", officer.pk)
    assert "is closed" in post(client, "close-account", officer.pk)
    sweep_events()
    assert Dispatch.objects.get(pk=dispatch.pk).assigned_to is None
    assert "Closed" in text_of(client, "user", officer.pk)
    with pytest.raises(NotNow, match="closed already"):
        deactivate_user(user_id=officer.pk, by=boss, now=NOW)
    with pytest.raises(NotNow, match="suspended or closed"):
        suspend_user(user_id=officer.pk, by=boss, now=NOW)
    post(client, "resume-account", officer.pk)
    assert reread(officer).is_active and not reread(officer).current_memberships


def test_only_administrators_suspend_and_resume(boss):
    lead, other = officer_of(council()), officer_of(council(), name="Other")
    for act in (suspend_user, resume_user, deactivate_user):
        with pytest.raises(Forbidden):
            act(user_id=other.pk, by=lead, now=NOW)


def test_mailbox_and_duty_contact_of_an_agency(client):
    agency = with_mailboxes(council())
    text = text_of(client, "agency", agency.pk)
    assert agency.email in text and agency.duty_email in text and "Barnsley" in text
    page = reverse("agencies:mailboxes", args=[agency.pk])
    assert agency.email in client.get(page).content.decode()
    assert "in the correct format" in client.post(page, {"email": "x", "duty_email": ""}).content.decode()
    assert "from now on" in post(client, "mailboxes", agency.pk, email="new@barnsley.example", duty_email="")
    stored = council()
    assert (stored.email, stored.duty_email) == ("new@barnsley.example", "")
    assert "nobody is alerted" in text_of(client, "agency", agency.pk)


def test_the_page_of_an_agency_names_its_areas_and_its_people(client):
    police = Agency.objects.get(code="ctp-north-east")
    officer_of(police, name="Bronwen Haworth")
    text = text_of(client, "agency", police.pk)
    assert "Leeds City Council" in text and "Bronwen Haworth" in text
    desk = text_of(client, "agency", Agency.objects.get(code="home-office").pk)
    assert "Nobody works there" in desk and "Areas" not in desk


def test_an_agency_is_renamed_on_record_and_keeps_its_code(client, boss):
    agency = council()
    assert "The name is changed" in post(client, "rename-agency", agency.pk, name="  Barnsley   Borough ")
    assert (council().name, council().code) == ("Barnsley Borough", agency.code)
    assert Entry.objects.filter(object_id=agency.pk, actor=boss.pk).exists()
    taken = Agency.objects.get(code="E08000035").name
    assert "is known already" in post(client, "rename-agency", agency.pk, name=taken.upper())
    assert "Enter the name" in post(client, "rename-agency", agency.pk, name=" ")


def test_an_agency_without_an_area_is_made_and_those_with_one_are_not(client, boss):
    assert "The agency is made" in post(client, "make-agency", kind="provider", name="Larkfield Pathways")
    assert Agency.objects.get(name="Larkfield Pathways").kind == AgencyKind.PROVIDER
    assert "is known already" in post(client, "make-agency", kind="provider", name="larkfield pathways")
    assert "Pick one from the list" in post(client, "make-agency", kind="authority", name="Elsewhere")
    for kind in (AgencyKind.AUTHORITY, AgencyKind.SYSTEM):
        with pytest.raises(NotNow, match="reference data"):
            make_agency(kind=kind, name="Elsewhere", by=boss, now=NOW)


def test_only_administrators_make_and_rename_agencies():
    lead = officer_of(council())
    with pytest.raises(Forbidden):
        make_agency(kind=AgencyKind.PROVIDER, name="X", by=lead, now=NOW)
    with pytest.raises(Forbidden):
        rename_agency(agency_id=council().pk, name="X", by=lead, now=NOW)


def test_the_roles_page_says_of_every_role_what_it_may_do_and_who_gives_it(client):
    text = text_of(client, "roles")
    for name in RoleName:
        assert f'id="{name}"' in text
        assert all(f"<code>{permission}</code>" in text for permission in ROLES[name].permissions)
    assert text.count("One administrator") == 6
    assert text.count("for systems only") == 2


def test_the_lists_ask_the_database_as_often_for_many_as_for_one(client, boss):
    def queries():
        counts = []
        for page in LISTS:
            with CaptureQueriesContext(connection) as captured:
                text_of(client, page)
            counts.append(len(captured))
        return counts

    queries()
    one = queries()
    for number in range(8):
        given(officer_of(council(), name=f"Officer {number}"), RoleName.AUTHORITY_SUPERVISOR, by=boss)
    assert queries() == one


@pytest.mark.browser
def test_axe_finds_nothing_on_any_page_in_any_state(client, page, boss):
    user, agency = officer_of(with_mailboxes(council())), council()
    mine = given(user, RoleName.AUTHORITY_SUPERVISOR, by=boss)
    other = given(user, RoleName.CHANNEL_COORDINATOR, by=administrator("Thandeka Merriweather"))
    post(client, "send-link", user.pk)
    shut = officer_of(agency, name="Suspended Person")
    suspend_user(user_id=shut.pk, by=boss, now=NOW)
    for name, *arguments in (
        *((name,) for name in ("administration", "agencies", "roles")),
        ("user", user.pk), ("user", shut.pk), ("user", boss.pk), ("give-role", user.pk), ("suspend-account", user.pk),
        ("close-account", user.pk), ("end-role", user.memberships.get().pk), ("proposal", mine.pk),
        ("proposal", other.pk), ("agency", agency.pk), ("rename-agency", agency.pk), ("mailboxes", agency.pk),
    ):  # fmt: skip
        found = faults(page, client.get(reverse(f"agencies:{name}", args=arguments)), f"administration-{name}")
        assert found == [], name
    for name in ("people", "invite", "make-agency"):
        answer = client.post(reverse(f"agencies:{name}"), {"words": "", "name": ""})
        assert b"error-summary" in answer.content
        assert faults(page, answer, f"administration-{name}-wrong") == []
