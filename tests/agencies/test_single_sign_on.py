"""People sign in by their organisation's own account; a second factor is asked unless its provider proved one."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.internal import jwtkit
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from agencies.actions.deactivate_user import deactivate_user
from agencies.models import Agency, Identity, User
from agencies.signin.proof import FRESH
from agencies.signin.providers import Provider, contradict
from audit.agents import Agent
from audit.context import recording
from audit.ledger import read_payload
from audit.models import Entry
from config.embedded.ports import free_port
from config.environment import CLONE
from config.settings.single_sign_on import library_settings, read
from tests.audit.acts import within
from tests.live import LiveSite
from tests.making import officer_of
from tests.processes import children
from tests.signing_in import code_of

pytestmark = pytest.mark.browser
NODE = str(shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"))
FORCE: dict[str, Any] = {
    "id": "example-force",
    "name": "Example Force",
    "client_id": "casework",
    "secret": "only-for-tests",
    "domains": ["officers.example"],
    "second_factor": {"amr": ["mfa"], "acr": ["gold"]},
}


@pytest.fixture
def provider(site: LiveSite) -> Iterator[str]:
    """A provider of an organisation, in a process of its own, and its button on our sign-in page."""
    port = free_port()
    server = f"http://localhost:{port}"
    back = site.at("/casework/sign-in/with/example-force/done/")
    command = [NODE, str(CLONE / "tests/oidc/provider.mjs"), str(port), back]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=CLONE) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            force = [FORCE | {"server": server}]
            with override_settings(OIDC_PROVIDERS=force, SOCIALACCOUNT_PROVIDERS=library_settings(force)):
                yield server
        finally:
            # What is called is a launcher: its child is Node itself, and would outlive it.
            for pid in [*children(process.pid), process.pid]:
                os.kill(pid, signal.SIGTERM)


def somebody(*, newly: bool = False) -> User:
    with recording(by=Agent.OPERATOR):
        user = officer_of(Agency.objects.get(code="E08000038"))
        if newly:
            within(do=Authenticator.objects.filter(user=user).delete, by=Agent.OPERATOR, now=timezone.now())
    return user


def come_by(page: Page, site: LiveSite, subject: str, email: str, *ticked: str, signed: str = "") -> None:
    """Go to the provider from our sign-in page and say there who one is, also under its signature."""
    page.set_default_timeout(8_000)
    page.goto(site.at("/casework/sign-in/"))
    page.get_by_role("button", name="Sign in with Example Force").click()
    page.get_by_label("Subject").fill(subject)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Address in the token").fill(signed)
    for each in ticked:
        page.get_by_label(each).check()
    page.get_by_role("button", name="Go on").click()


def test_who_proved_a_second_factor_there_is_in(page: Page, site: LiveSite, provider: str) -> None:
    user = somebody(newly=True)
    come_by(page, site, "officer-1", user.email, "Second factor")
    expect(page).to_have_url(site.at("/casework/"))
    assert Identity.objects.get(user=user).subject == "officer-1"
    kinds = Entry.objects.filter(actor=user.pk).values_list("kind", flat=True)
    assert "signed_in" in kinds
    page.goto(site.at("/casework/account/"))
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_session_that_was_stolen_elsewhere_cannot_add_a_factor_to_one_proved_by_the_provider(
    page: Page, site: LiveSite, provider: str
) -> None:
    user = somebody(newly=True)
    come_by(page, site, "officer-1", user.email, "Second factor")
    expect(page).to_have_url(site.at("/casework/"))
    thief = Client(REMOTE_ADDR="198.51.100.7", headers={"User-Agent": page.evaluate("navigator.userAgent")})
    (key,) = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME]
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    set_up = reverse("agencies:set-up-app")
    assert thief.get(reverse("desk:home"))["Location"].startswith(reverse("agencies:set-up"))
    assert thief.get(set_up)["Location"] == reverse("account_login")
    assert not Authenticator.objects.filter(user=user).exists()
    page.goto(site.at(set_up))
    assert page.url.startswith(site.at("/casework/sign-in/")), "the session is ended for both"


def test_who_proved_it_by_the_agreed_class_is_in(page: Page, site: LiveSite, provider: str) -> None:
    come_by(page, site, "officer-1", somebody(newly=True).email, "Gold")
    expect(page).to_have_url(site.at("/casework/"))


def test_what_was_proved_there_some_minutes_ago_grows_old_from_then(
    page: Page, site: LiveSite, provider: str, time_machine: Any
) -> None:
    """The provider's clock stays: what it says was now is five minutes ago here."""
    before_what_matters = site.at("/casework/account/password/")
    time_machine.move_to(timezone.now() + timedelta(minutes=5))
    come_by(page, site, "officer-1", somebody().email, "Second factor")
    expect(page).to_have_url(site.at("/casework/"))
    page.goto(before_what_matters)
    expect(page).to_have_url(before_what_matters)
    time_machine.shift(timedelta(minutes=6))
    page.goto(before_what_matters)
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()


def test_who_proved_none_there_answers_ours(page: Page, site: LiveSite, provider: str) -> None:
    user = somebody()
    come_by(page, site, "officer-1", user.email)
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    page.goto(site.at("/casework/inbox/"))
    assert "sign-in" in page.url
    page.goto(site.at("/casework/sign-in/code/"))
    with recording(by=Agent.OPERATOR):
        page.get_by_label("Code", exact=True).fill(code_of(user))
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.at("/casework/"))


def test_who_has_none_anywhere_sets_one_up(page: Page, site: LiveSite, provider: str) -> None:
    come_by(page, site, "officer-1", somebody(newly=True).email)
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()


@pytest.mark.parametrize(
    ("email", "ticked"),
    [
        ("stranger@officers.example", ()),
        ("{email}", ("Unverified",)),
        ("administrator@elsewhere.example", ()),
    ],
)
def test_whom_nobody_knows_or_vouches_for_is_not_let_in(
    page: Page, site: LiveSite, provider: str, email: str, ticked: tuple[str, ...]
) -> None:
    come_by(page, site, "officer-1", email.format(email=somebody().email), "Second factor", *ticked)
    expect(page.get_by_text("Nobody here is known by that sign-in")).to_be_visible()
    assert not Identity.objects.exists()


def test_an_address_beside_the_token_does_not_stand_in_for_the_one_that_is_signed(
    page: Page, site: LiveSite, provider: str
) -> None:
    thief, boss = somebody(newly=True), somebody(newly=True)
    come_by(page, site, "officer-1", boss.email, "Second factor", signed=thief.email)
    expect(page.get_by_text("did not work")).to_be_visible()
    assert not Identity.objects.exists()


@pytest.mark.parametrize("beside", ["", "{email}"])
def test_whom_the_signed_address_names_is_in(page: Page, site: LiveSite, provider: str, beside: str) -> None:
    user = somebody(newly=True)
    come_by(page, site, "officer-1", beside.format(email=user.email.upper()), "Second factor", signed=user.email)
    expect(page).to_have_url(site.at("/casework/"))
    assert Identity.objects.get().user == user


def test_an_address_that_has_changed_hands_opens_nothing(page: Page, site: LiveSite, provider: str) -> None:
    user = somebody()
    with recording(by=Agent.OPERATOR):
        known = Identity(user=user, provider="example-force", subject="officer-1")
        within(do=known.save, by=Agent.OPERATOR, now=timezone.now())
    come_by(page, site, "officer-2", user.email, "Second factor")
    expect(page.get_by_text("Nobody here is known by that sign-in")).to_be_visible()


def test_a_closed_account_stays_closed(page: Page, site: LiveSite, provider: str) -> None:
    user = somebody()
    with recording(by=Agent.OPERATOR):
        deactivate_user(user_id=user.pk, by=Agent.OPERATOR, now=timezone.now())
    come_by(page, site, "officer-1", user.email, "Second factor")
    expect(page.get_by_text("Nobody here is known by that sign-in")).to_be_visible()


def test_a_refusal_there_is_said_here_and_on_the_record(page: Page, site: LiveSite, provider: str) -> None:
    come_by(page, site, "officer-1", somebody().email, "Refuse")
    expect(page.get_by_text("did not work")).to_be_visible()
    (entry,) = Entry.objects.filter(kind=Entry.Kind.SIGN_IN_FAILED)
    with recording(by=Agent.OPERATOR):
        assert read_payload(entry) == {"provider": "example-force"}


def test_a_reply_that_this_browser_did_not_ask_for_opens_nothing(page: Page, site: LiveSite, provider: str) -> None:
    """Somebody is made to come in as somebody else, or a reply is overheard: it belongs to one browser, once."""
    user = somebody(newly=True)
    replies: list[str] = []
    page.on("request", lambda request: replies.append(request.url) if "/done/?" in request.url else None)
    come_by(page, site, "officer-1", user.email, "Second factor")
    expect(page).to_have_url(site.at("/casework/"))
    (reply,) = replies
    thief = requests.get(reply, timeout=10)
    assert "did not work" in thief.text
    page.goto(reply)
    expect(page.get_by_text("did not work")).to_be_visible()


def test_a_token_that_the_providers_key_has_not_signed_opens_nothing(
    page: Page, site: LiveSite, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stands between the house and the provider has every word right but the signature."""
    others = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    monkeypatch.setattr(jwtkit, "fetch_key", lambda *asked: ("RS256", others))
    come_by(page, site, "officer-1", somebody(newly=True).email, "Second factor")
    expect(page.get_by_text("did not work")).to_be_visible()


def test_a_provider_that_names_another_issuer_opens_nothing(page: Page, site: LiveSite, provider: str) -> None:
    force = [FORCE | {"server": provider.replace("localhost", "127.0.0.1")}]
    with override_settings(OIDC_PROVIDERS=force, SOCIALACCOUNT_PROVIDERS=library_settings(force)):
        come_by(page, site, "officer-1", somebody(newly=True).email, "Second factor")
        expect(page.get_by_text("did not work")).to_be_visible()
    assert not Identity.objects.exists()


def test_a_provider_that_is_down_is_said_so(page: Page, site: LiveSite) -> None:
    force = [FORCE | {"server": "http://localhost:1"}]
    with override_settings(OIDC_PROVIDERS=force, SOCIALACCOUNT_PROVIDERS=library_settings(force)):
        page.goto(site.at("/casework/sign-in/"))
        page.get_by_role("button", name="Sign in with Example Force").click()
        expect(page.get_by_text("did not work")).to_be_visible()


@pytest.mark.usefixtures("db")
def test_where_no_provider_is_named_there_is_no_button_and_no_address(client: Client) -> None:
    assert b"Sign in with Example" not in client.get("/casework/sign-in/").content
    assert client.get("/casework/sign-in/with/example-force/").status_code == 404
    assert client.get("/casework/sign-in/with/example-force/done/").status_code == 404


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("site", "status"), [("cross-site", 302), ("same-site", 302), ("same-origin", 404)])
def test_no_other_site_begins_a_sign_in(client: Client, site: str, status: int) -> None:
    answer = client.get("/casework/sign-in/with/example-force/", headers={"Sec-Fetch-Site": site})
    assert answer.status_code == status


def force(**changes: Any) -> Provider:
    told: dict[str, Any] = {"id": "f", "name": "F", "domains": ("officers.example",), "vouches_for_emails": False}
    return Provider(**{**told, "amr": frozenset({"mfa"}), "acr": frozenset({"gold"}), **changes})


@pytest.mark.parametrize(
    ("token", "proves"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, False),
        ({"acr": "gold"}, True),
        ({"acr": "silver"}, False),
        ({"acr": ["gold"]}, False),
        ({"acr": {"gold": True}, "amr": {"mfa": True}}, False),
        ({}, False),
    ],
)
def test_only_what_was_agreed_proves_a_second_factor(token: Any, proves: bool) -> None:
    now = int(time.time())
    assert force().second_factor_at({**token, "auth_time": now}) == (now if proves else None)
    assert force().second_factor_at(token) is None


@pytest.mark.parametrize(
    ("ago", "counts_as"),
    [
        (0, 0),
        (FRESH.total_seconds() + 59, FRESH.total_seconds() + 59),
        (FRESH.total_seconds() + 60, None),
        (-59, 0),
        (-60, None),
        (-86_400, None),
    ],
)
def test_a_second_factor_is_as_old_as_its_provider_says_and_never_from_another_day(
    ago: float, counts_as: float | None, time_machine: Any
) -> None:
    now = int(time.time())
    time_machine.move_to(now, tick=False)
    proven = force().second_factor_at({"amr": ["mfa"], "auth_time": now - int(ago)})
    assert proven == (None if counts_as is None else now - counts_as)
    assert force().second_factor_at({"amr": ["mfa"], "auth_time": now * 1000}) is None, "that is in milliseconds"
    assert force().second_factor_at({"amr": ["mfa"], "auth_time": str(now)}) is None


@pytest.mark.parametrize(
    ("said", "vouches", "address"),
    [
        ({"email": "a@officers.example", "email_verified": True}, False, "a@officers.example"),
        ({"email": "a@OFFICERS.example", "email_verified": True}, False, "a@OFFICERS.example"),
        ({"email": "a@officers.example", "email_verified": "true"}, False, ""),
        ({"email": "a@officers.example"}, False, ""),
        ({"email": "a@officers.example"}, True, "a@officers.example"),
        ({"email": "a@not.officers.example", "email_verified": True}, True, ""),
        ({"email": "officers.example", "email_verified": True}, True, ""),
        ({}, True, ""),
    ],
)
def test_a_provider_speaks_for_its_own_domains(said: Any, vouches: bool, address: str) -> None:
    assert force(vouches_for_emails=vouches).address_of({}, said) == address
    assert force(vouches_for_emails=vouches).address_of(said, {}) == address


def test_the_signed_address_borrows_no_word_from_beside_the_token_nor_lends_one() -> None:
    bare, vouched = {"email": "a@officers.example"}, {"email": "a@officers.example", "email_verified": True}
    assert force().address_of(bare, vouched) == ""
    assert force().address_of({"email_verified": True}, bare) == ""
    assert force().address_of(vouched, bare) == "a@officers.example"


@pytest.mark.parametrize(
    ("token", "about", "contradicted"),
    [
        ({}, {}, False),
        ({"email": "a@officers.example"}, {"email": "A@officers.example "}, False),
        ({"email": "a@officers.example"}, {"email": "b@officers.example"}, True),
        ({"email_verified": True}, {"email_verified": "true"}, False),
        ({"email_verified": True}, {"email_verified": False}, True),
        ({"email": "a@officers.example"}, {"email": None}, False),
        ({"email": "a@officers.example"}, {"email": ""}, False),
        ({}, {"sub": "officer-2"}, True),
    ],
)
def test_what_stands_beside_the_token_may_not_contradict_it(token: Any, about: Any, contradicted: bool) -> None:
    assert contradict({"sub": "officer-1", **token}, about) is contradicted


@pytest.mark.parametrize("wrong", [{"server": "http://idp.example"}, {"domains": []}])
def test_a_provider_is_asked_by_https_and_speaks_for_somebody(wrong: Any) -> None:
    right = FORCE | {"server": "https://idp.example"}
    assert read(json.dumps([right])) == [right]
    with pytest.raises(ImproperlyConfigured, match="example-force"):
        read(json.dumps([right | wrong]))
