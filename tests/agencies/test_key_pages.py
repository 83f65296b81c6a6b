"""The administrator's pages: who may use the API, with which key, and how it ends."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.actions.approve_api_key import approve_api_key
from agencies.models import Agency, AgencyKind, ApiKey, User
from agencies.scopes import Scope
from audit.models import Entry
from audit.refusals import Forbidden
from tests.components.axe import faults
from tests.making import officer_of
from tests.referrals.api.calling import Caller, agency_key, partner_key

pytestmark = pytest.mark.usefixtures("db", "on_record")
KEY = re.compile(r"prevent_[2-9a-z]{12}_[\w-]{43}")
PAGE = "agencies:keys"


@pytest.fixture(autouse=True)
def administrator(db, on_record, client):
    user = officer_of(Agency.objects.get(code="system"), name="Rosalind Quayle")
    client.force_login(user)
    return user


def text_of(answer):
    return answer.content.decode()


def connect(client, **changes):
    given = {
        "agency": "new",
        "organisation": "Hollybrook Trust",
        "name": "Hollybrook pupil records",
        "scopes": ["referrals:send"],
    }
    return client.post(reverse("agencies:connect-system"), given | changes)


def works(text):
    return Caller(text).get(f"/api/v1/referrals/{uuid4()}/status").status_code == 404


def test_the_navigation_leads_administrators_to_systems_and_endpoints_and_nobody_else(client):
    links = [f'href="{reverse(page)}"' for page in (PAGE, "agencies:webhooks")]
    text = text_of(client.get(reverse("agencies:undelivered")))
    assert all(link in text for link in links)
    client.force_login(officer_of(Agency.objects.get(code="E08000035")))
    text = text_of(client.get(reverse("agencies:undelivered")))
    assert not any(link in text for link in links)


def test_a_system_of_a_new_organisation_is_connected_and_its_key_shown_once(client, administrator):
    answer = connect(client)
    (text,) = set(KEY.findall(text_of(answer)))
    assert "no-store" in answer["Cache-Control"]
    assert works(text)
    key = ApiKey.objects.get()
    assert key.made_by == administrator.pk
    assert text not in text_of(client.get(reverse(PAGE)))
    assert key.front in text_of(client.get(reverse(PAGE)))
    assert Agency.objects.get(kind=AgencyKind.PARTNER).name == "Hollybrook Trust"


def test_the_secret_is_kept_nowhere_in_the_clear(client):
    (text,) = set(KEY.findall(text_of(connect(client))))
    secret = text.split("_", 2)[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM agencies_apikey")
        (row,) = cursor.fetchall()
    assert secret not in repr(row)
    from audit.ledger import read_payload

    for entry in Entry.objects.filter(object_id=ApiKey.objects.get().pk):
        assert secret not in repr(read_payload(entry))
        assert ApiKey.objects.get().secret_hash not in repr(read_payload(entry))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"agency": ""}, "Pick an organisation"),
        ({"agency": str(uuid4())}, "Pick one from the list"),
        ({"organisation": ""}, "Enter the name of the organisation"),
        ({"name": ""}, "Enter what the system is called"),
        ({"scopes": []}, "Choose what the key may be used for"),
        ({"scopes": ["referrals:receive"]}, "nothing is dispatched to it"),
    ],
)
def test_what_cannot_be_connected_is_said_and_nothing_is_stored(client, changes, words):
    assert words in text_of(connect(client, **changes))
    assert not ApiKey.objects.exists()
    assert not User.objects.filter(is_system=True).exists()
    assert not Agency.objects.filter(kind=AgencyKind.PARTNER).exists()


def test_a_known_organisation_is_not_made_twice(client):
    connect(client)
    assert "is known already" in text_of(connect(client, organisation=" hollybrook  trust"))
    assert Agency.objects.filter(kind=AgencyKind.PARTNER).count() == 1


def test_an_agencys_own_system_may_receive(client):
    council = Agency.objects.get(code="E08000038")
    connect(client, agency=str(council.pk), scopes=list(Scope.values))
    assert set(ApiKey.objects.get().scopes) == set(Scope.values)


def test_a_key_that_writes_on_cases_waits_too_and_one_that_only_sends_does_not(client):
    connect(client, agency=str(Agency.objects.get(code="E08000038").pk), scopes=["dispatches:link"])
    assert ApiKey.objects.get().waits
    connect(client, name="Front office", scopes=["referrals:send"])
    assert not ApiKey.objects.latest("made_at").waits


def test_a_key_that_fetches_referrals_opens_nothing_until_another_administrator_approves_it(client, administrator):
    council = Agency.objects.get(code="E08000038")
    answer = connect(client, agency=str(council.pk), scopes=["referrals:receive"])
    (text,) = set(KEY.findall(text_of(answer)))
    assert "opens nothing until another administrator" in text_of(answer)

    def fetched():
        return Caller(text).get("/api/v1/dispatches").status_code

    assert fetched() == 401
    key = ApiKey.objects.get()
    page = reverse("agencies:approve-key", args=[key.pk])
    rows = text_of(client.get(reverse(PAGE)))
    assert "Another administrator has to approve it" in rows and page not in rows
    assert client.get(page).status_code == client.post(page).status_code == 404
    assert client.post(reverse("agencies:rotate-key", args=[key.pk]), {"days": "0"}).status_code == 409
    with pytest.raises(Forbidden, match="You made this key"):
        approve_api_key(key_id=key.pk, by=administrator, now=timezone.now())
    client.force_login(officer_of(Agency.objects.get(code="system"), name="Thandeka Merriweather"))
    assert page in text_of(client.get(reverse(PAGE)))
    assert "Rosalind Quayle made it" in text_of(client.get(page))
    assert "works from now on" in text_of(client.post(page, follow=True))
    assert fetched() == 200
    assert client.post(page).status_code == 409


def test_a_key_that_waits_can_be_revoked_and_then_not_approved(client):
    council = Agency.objects.get(code="E08000038")
    connect(client, agency=str(council.pk), scopes=["referrals:receive"])
    key = ApiKey.objects.get()
    client.post(reverse("agencies:revoke-key", args=[key.pk]), {"why": "Made in error"})
    client.force_login(officer_of(Agency.objects.get(code="system"), name="Thandeka Merriweather"))
    assert client.post(reverse("agencies:approve-key", args=[key.pk])).status_code == 409


def test_rotating_lets_both_keys_work_until_the_overlap_is_over(client, time_machine):
    old = partner_key()
    page = reverse("agencies:rotate-key", args=[old.key.pk])
    assert "7 days" in text_of(client.get(page))
    (new,) = set(KEY.findall(text_of(client.post(page, {"days": "7"}))))
    assert works(new) and works(str(old.text))
    assert client.post(page, {"days": "7"}).status_code == 409, "it has a successor already"
    time_machine.move_to(timezone.now() + timedelta(days=7, seconds=1))
    assert works(new) and not works(str(old.text))
    assert [key.replaces for key in ApiKey.objects.order_by("made_at")] == [None, old.key]


def test_rotating_a_stolen_key_ends_it_at_once(client):
    old = partner_key()
    client.post(reverse("agencies:rotate-key", args=[old.key.pk]), {"days": "0"})
    assert not works(str(old.text))


def test_revoking_needs_a_reason_and_works_on_the_next_request(client, administrator):
    made = partner_key()
    page = reverse("agencies:revoke-key", args=[made.key.pk])
    assert "Say why the key is revoked" in text_of(client.post(page, {"why": "  "}))
    assert works(str(made.text))
    assert "opens nothing any more" in text_of(client.post(page, {"why": "Found in a repository"}, follow=True))
    assert not works(str(made.text))
    key = ApiKey.objects.get()
    assert (key.revoked_by, key.revoked_why) == (administrator.pk, "Found in a repository")
    assert client.post(page, {"why": "Again"}).status_code == 409
    assert client.post(reverse("agencies:rotate-key", args=[key.pk]), {"days": "1"}).status_code == 409


def test_the_page_says_when_a_key_was_used_last(client):
    made = partner_key()
    assert "Never" in text_of(client.get(reverse(PAGE)))
    assert works(str(made.text))
    assert "Never" not in text_of(client.get(reverse(PAGE)))


@pytest.mark.parametrize("name", ["keys", "connect-system"])
def test_nobody_else_opens_the_pages(client, name):
    client.force_login(officer_of(Agency.objects.get(code="E08000038")))
    assert client.get(reverse(f"agencies:{name}")).status_code == 404


def test_the_list_asks_the_database_as_often_for_twenty_as_for_one(client):
    partner_key()
    client.get(reverse(PAGE))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(PAGE))
    for number in range(19):
        partner_key(f"Trust {number}")
    with CaptureQueriesContext(connection) as twenty:
        assert text_of(client.get(reverse(PAGE))).count("<code>") == 20
    assert len(one) == len(twenty)


@pytest.mark.browser
def test_axe_finds_nothing_in_any_state(client, page):
    assert faults(page, client.get(reverse(PAGE)), "keys-empty") == []
    made = agency_key(Agency.objects.get(code="E08000038"), list(Scope))
    revoked, ended = partner_key(), partner_key("Rookery Lane Surgery")
    pages = {"rotate-key": {"days": ""}, "revoke-key": {"why": ""}}
    for name, wrong in pages.items():
        address = reverse(f"agencies:{name}", args=[made.key.pk])
        assert faults(page, client.get(address), name) == []
        assert faults(page, client.post(address, wrong), f"{name}-error") == []
    address = reverse("agencies:connect-system")
    assert faults(page, client.get(address), "connect-system") == []
    assert faults(page, client.post(address, {"agency": ""}), "connect-system-error") == []
    assert faults(page, connect(client, organisation="Third Trust"), "new-key") == []
    client.post(reverse("agencies:revoke-key", args=[revoked.key.pk]), {"why": "Found in a repository"})
    client.post(reverse("agencies:rotate-key", args=[ended.key.pk]), {"days": "0"})
    client.post(reverse("agencies:rotate-key", args=[made.key.pk]), {"days": "7"})
    client.force_login(officer_of(Agency.objects.get(code="system"), name="Thandeka Merriweather"))
    assert faults(page, client.get(reverse(PAGE)), "keys") == []
    waiting = ApiKey.objects.get(waits=True)
    assert faults(page, client.get(reverse("agencies:approve-key", args=[waiting.pk])), "approve-key") == []
