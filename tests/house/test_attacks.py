"""What strangers try on every site they find, tried on every address of this one."""

from importlib import import_module

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from agencies.signin.demanding import way_back
from tests.house.addresses import paths
from tests.house.test_addresses import by_key
from tests.signing_in import PASSWORD, code_of

pytestmark = pytest.mark.usefixtures("db", "on_record")
SIGN_IN, HOME = "/casework/sign-in/", "/casework/"
# Machines call it, with a token of their own and without cookies.
BY_TOKEN = {"notify-receipt"}
ELSEWHERE = [
    "https://elsewhere.example/", "//elsewhere.example", "///elsewhere.example", "/\\elsewhere.example",
    "\\\\elsewhere.example", "https:elsewhere.example", "http:///elsewhere.example", "javascript:alert(1)",
    "data:text/html,x", "https://testserver@elsewhere.example/", "https://testserver.elsewhere.example/",
    "\t//elsewhere.example", "ftp://testserver/",
]  # fmt: skip


def pages():
    return [(path, each) for path, each in paths(import_module("config.urls.both").urlpatterns) if not by_key(each)]


def test_a_form_that_another_site_sends_is_refused_at_every_address(officer):
    """Also the sign-in, so that nobody is signed in as somebody else without noticing."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    let_in = [
        f"{origin} {path}"
        for origin in ("https://elsewhere.example", "")
        for path, each in pages()
        if each.name not in BY_TOKEN
        if client.post(path, headers={"Origin": origin} if origin else {}).status_code != 403
    ]
    assert let_in == []


def test_a_token_of_another_browser_opens_no_form(officer):
    thief, victim = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    thief.get(SIGN_IN)
    token = thief.cookies["csrf"].value
    sent = {"login": officer.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert victim.post(SIGN_IN, sent).status_code == 403
    assert thief.post(SIGN_IN, sent).status_code == 302


@pytest.mark.parametrize("host", ["elsewhere.example", "testserver.elsewhere.example", "testserver@x", "testserver/x"])
def test_a_host_that_is_not_ours_is_answered_nowhere(client, host):
    for path in (HOME, SIGN_IN, "/", "/no-such-page/", "/api/v1/openapi.json"):
        answer = client.get(path, headers={"Host": host, "X-Forwarded-Host": "testserver"})
        assert answer.status_code == 400, path
        assert "elsewhere" not in answer.content.decode()


def test_a_host_that_a_stranger_forwards_is_not_believed(client):
    answer = client.get(HOME, headers={"X-Forwarded-Host": "elsewhere.example"})
    assert answer["Location"] == f"{SIGN_IN}?next={HOME}"


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(client, officer, wanted):
    client.post(f"{SIGN_IN}?next={wanted}", {"login": officer.email, "password": PASSWORD, "next": wanted})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(officer), "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, HOME)
    signed_out = client.post("/casework/sign-out/", {"next": wanted})
    assert signed_out["Location"] == SIGN_IN


def test_a_line_break_on_the_way_back_makes_no_header(client, officer):
    client.post(SIGN_IN, {"login": officer.email, "password": PASSWORD})
    sent = {"code": code_of(officer), "next": "/casework/\r\nSet-Cookie: planted=1"}
    answer = client.post(reverse("mfa_authenticate"), sent)
    assert "\n" not in answer["Location"]
    assert "planted" not in client.cookies


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_confirming_leads_to_no_other_site(wanted):
    for method in ("get", "post"):
        assert way_back(getattr(RequestFactory(), method)("/x/", {"next": wanted})) == HOME


def test_a_referer_of_ours_with_two_slashes_leads_to_no_other_site(client, officer, time_machine):
    client.force_login(officer)
    headers = {"Referer": "http://testserver//elsewhere.example/x"}
    moved = client.post("/casework/account/recovery-codes/", REMOTE_ADDR="192.0.2.9", headers=headers)
    asked = client.get(moved["Location"], REMOTE_ADDR="192.0.2.9")
    assert 'name="next" value="/casework/"' in asked.content.decode()


def test_no_cookie_outlives_the_browser_or_is_read_by_a_script(client, officer):
    """Only the one by which a browser is known to its user's second factor stays; it opens nothing."""
    client.get("/?lang=cy")
    client.post(SIGN_IN, {"login": officer.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code_of(officer)})
    client.post("/begin/")
    assert {"session", "csrf", "language", "known", "front-door"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/" and not cookie["domain"], (
            name
        )
        assert bool(cookie["max-age"]) is (name == "known"), name


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "TRACK"])
def test_no_address_knows_a_method_that_nobody_needs(client, method):
    assert [path for path, _ in pages() if client.generic(method, path).status_code < 300] == []
