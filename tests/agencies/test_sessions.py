"""A session is its owner's, in one browser and from one place; they see it and end it, and it ends at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions.end_sessions import end_sessions
from agencies.models import Agency, Session
from agencies.signin.browsers import called
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import Forbidden
from tests.making import officer_of
from tests.signing_in import code_of, give_code, give_password, sign_in

pytestmark = pytest.mark.usefixtures("db", "on_record")
HOME, ACCOUNT, SIGN_IN = "/casework/", "/casework/account/", "/casework/sign-in/"
CONFIRM = "/casework/account/confirm/"


def session_of(client: Client) -> Any:
    return Session.objects.get(session_key=client.cookies["session"].value)


def stolen_from(client: Client, **elsewhere: Any) -> Client:
    thief = Client(**elsewhere)
    thief.cookies["session"] = client.cookies["session"].value
    return thief


def ended(user: Any) -> list[str]:
    found = Entry.objects.filter(object_id=user.pk, kind=Entry.Kind.SESSION_ENDED)
    return [read_payload(entry)["why"] for entry in found]


def test_signing_in_gives_a_key_that_nobody_could_fix_before(client, officer):
    thief = Client()
    give_password(thief, officer_of(Agency.objects.get(code="E08000032")))
    fixed = thief.cookies["session"].value
    client.cookies["session"] = fixed
    give_password(client, officer)
    half_way = client.cookies["session"].value
    give_code(client, code_of(officer))
    assert client.get(HOME).status_code == 200
    assert client.cookies["session"].value not in {fixed, half_way}
    for known in (fixed, half_way):
        thief.cookies["session"] = known
        assert thief.get(HOME)["Location"].startswith(SIGN_IN)


def test_a_made_up_key_is_not_taken(client, officer):
    client.cookies["session"] = "a" * 32
    sign_in(client, officer)
    assert client.cookies["session"].value != "a" * 32


def test_a_session_stolen_into_another_browser_is_ended_for_both(client, officer):
    sign_in(client, officer)
    thief = stolen_from(client, HTTP_USER_AGENT="Thief/1.0")
    answer = thief.get(HOME)
    assert answer["Location"] == SIGN_IN
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(HOME)["Location"].startswith(SIGN_IN)
    assert ended(officer) == ["in another browser"]


@pytest.mark.parametrize("address", ["198.51.100.7", "2001:db8:aaaa::1"])
def test_a_session_stolen_to_another_network_meets_the_second_factor(client, officer, address):
    sign_in(client, officer)
    thief = stolen_from(client, REMOTE_ADDR=address)
    for page in (HOME, ACCOUNT, "/casework/inbox/"):
        assert thief.get(page)["Location"].startswith(CONFIRM)
    assert thief.post(CONFIRM, {"code": "000000"}).status_code == 200
    assert thief.get(HOME).status_code == 302
    assert client.get(HOME).status_code == 200, "its owner is not disturbed"


def test_its_owner_who_moves_to_another_network_answers_once_and_goes_on(officer):
    client = Client(REMOTE_ADDR="192.0.2.10")
    sign_in(client, officer)
    client.defaults["REMOTE_ADDR"] = "192.0.2.200"
    assert client.get(HOME).status_code == 200, "a force leaves by several addresses of one network"
    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    assert client.get(HOME)["Location"] == f"{CONFIRM}?next=%2Fcasework%2F"
    assert client.post(CONFIRM, {"code": code_of(officer), "next": HOME})["Location"] == HOME
    assert client.get(HOME).status_code == 200


def test_a_form_sent_from_another_network_is_not_kept_and_its_page_opens_again(officer):
    client = Client(REMOTE_ADDR="192.0.2.10")
    sign_in(client, officer)
    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    answer = client.post(reverse("agencies:end-sessions"), headers={"referer": "http://testserver/casework/account/"})
    assert answer["Location"] == f"{CONFIRM}?next=%2Fcasework%2Faccount%2F"
    elsewhere = client.post(reverse("agencies:end-sessions"), headers={"referer": "https://elsewhere.example/x"})
    assert elsewhere["Location"] == f"{CONFIRM}?next=%2Fcasework%2F"


def test_ones_sessions_are_listed_with_the_one_in_use_first(client, officer, django_assert_num_queries):
    sign_in(Client(HTTP_USER_AGENT="Elsewhere/2.0", REMOTE_ADDR="192.0.2.77"), officer)
    sign_in(client, officer)
    sign_in(Client(HTTP_USER_AGENT="Not mine"), officer_of(Agency.objects.get(code="E08000032")))
    page = client.get(ACCOUNT).content.decode()
    assert "Elsewhere/2.0" in page and "192.0.2.77" in page
    assert "Not mine" not in page
    assert page.index("This one") < page.index("Elsewhere/2.0")
    assert client.cookies["session"].value not in page


def test_the_list_takes_the_same_queries_for_one_and_for_twenty(client, officer, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(officer)
    client.get(ACCOUNT)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(ACCOUNT)
    for _each in range(20):
        Client().force_login(officer)
    with CaptureQueriesContext(connection) as twenty:
        client.get(ACCOUNT)
    assert len(one) == len(twenty)


def test_a_session_is_ended_from_the_list_and_opens_nothing_at_its_next_request(client, officer):
    elsewhere = Client()
    sign_in(elsewhere, officer)
    sign_in(client, officer)
    number = session_of(elsewhere).number
    assert client.post(reverse("agencies:end-session", args=[number]))["Location"] == ACCOUNT
    assert elsewhere.get(HOME)["Location"].startswith(SIGN_IN)
    assert client.get(HOME).status_code == 200
    assert ended(officer) == ["by its owner"]
    assert client.post(reverse("agencies:end-session", args=[number])).status_code == 404


def test_nobody_ends_somebody_elses(client, officer):
    other = Client()
    other.force_login(officer_of(Agency.objects.get(code="E08000032")))
    client.force_login(officer)
    assert client.post(reverse("agencies:end-session", args=[session_of(other).number])).status_code == 404
    assert other.get(HOME).status_code == 200
    with pytest.raises(Forbidden):
        end_sessions(user_id=session_of(other).user_id, why="spite", by=officer, now=timezone.now())


def test_all_others_are_ended_at_once(client, officer):
    others = [Client() for _each in range(3)]
    for each in others:
        each.force_login(officer)
    client.force_login(officer)
    client.post(reverse("agencies:end-sessions"))
    assert client.get(HOME).status_code == 200
    assert all(each.get(HOME).status_code == 302 for each in others)
    assert ended(officer) == ["by its owner"] * 3


def test_an_administrator_or_operator_may_end_everybodys(client, officer):
    client.force_login(officer)
    assert end_sessions(user_id=officer.pk, why="lost laptop", by=Agent.OPERATOR, now=timezone.now()) == 1
    assert client.get(HOME).status_code == 302


def test_signing_out_ends_it_on_the_server_and_lets_the_browser_forget(client, officer):
    sign_in(client, officer)
    key = client.cookies["session"].value
    answer = client.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in answer["Cache-Control"]
    assert not Session.objects.filter(session_key=key).exists()
    thief = Client()
    thief.cookies["session"] = key
    assert thief.get(HOME)["Location"].startswith(SIGN_IN)


def test_every_page_of_casework_says_no_store(client, officer):
    sign_in(client, officer)
    for page in (HOME, ACCOUNT, CONFIRM, SIGN_IN):
        assert "no-store" in client.get(page)["Cache-Control"]


def test_a_row_says_when_it_began_and_never_outlives_twelve_hours(client, officer, time_machine):
    start = timezone.now().replace(microsecond=0)
    time_machine.move_to(start, tick=False)
    sign_in(client, officer)
    row = session_of(client)
    assert (row.user_id, row.began, row.address) == (officer.pk, start, "127.0.0.1")
    time_machine.move_to(start + timedelta(minutes=50), tick=False)
    client.get(HOME)
    assert session_of(client).expire_date == start + timedelta(minutes=110)


@pytest.mark.parametrize(
    ("itself", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_its_user_knows_it(itself, words):
    assert called(itself) == words
