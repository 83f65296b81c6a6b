"""Signing in as people do it, in a real browser: app, recovery code, passkey, and once more before what matters."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from agencies.models import Agency, User
from agencies.signin import proof
from agencies.signin.factors import Kind
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from tests.audit.acts import within
from tests.components.axe import faults, violations
from tests.live import LiveSite
from tests.making import officer_of
from tests.signing_in import PASSWORD, code_of, codes_about_now, give_password

pytestmark = pytest.mark.browser
BUTTON = "Continue"


class AtLocalhost:
    """The live site under the name that browsers trust with passkeys."""

    def __init__(self, site: LiveSite) -> None:
        self.url = site.url.replace("127.0.0.1", "localhost")

    def at(self, path: str) -> str:
        return f"{self.url}{path}"


@pytest.fixture
def house(site: LiveSite) -> Iterator[AtLocalhost]:
    with override_settings(ALLOWED_HOSTS=["localhost", "127.0.0.1"]):
        yield AtLocalhost(site)


def somebody(*, newly: bool = False, code: str = "E08000038") -> User:
    with recording(by=Agent.OPERATOR):
        user = officer_of(Agency.objects.get(code=code))
        if newly:
            within(do=Authenticator.objects.filter(user=user).delete, by=Agent.OPERATOR, now=timezone.now())
    return user


def type_password(page: Page, house: AtLocalhost, user: User) -> None:
    page.goto(house.at("/casework/sign-in/"))
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def authenticator(page: Page) -> tuple[Any, str]:
    """A device with a fingerprint reader, made of software."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return cdp, cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def set_up_passkey(page: Page, house: AtLocalhost) -> None:
    """As a newcomer who typed the password a moment ago; ends where the recovery codes are shown."""
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_label("What do you call it?").fill("work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Keep your recovery codes")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_newcomer_sets_up_an_app_and_signs_in_with_it_and_with_a_recovery_code(
    page: Page, house: AtLocalhost
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    user = somebody(newly=True)
    type_password(page, house, user)
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    page.get_by_role("button", name="Set up an app").click()
    expect(page.get_by_role("img", name="Picture of the key")).to_be_visible()
    secret = page.locator("#secret").inner_text()
    page.get_by_label("Code", exact=True).fill(codes_about_now(secret)[1])
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_role("heading", name="Keep your recovery codes")).to_be_visible()
    assert violations(page) == []
    codes = page.locator("#recovery-codes code").all_inner_texts()
    page.get_by_role("button", name="I have kept them").click()
    expect(page).to_have_url(house.at("/casework/"))
    sign_out(page)
    type_password(page, house, user)
    page.get_by_label("Code", exact=True).fill(codes_about_now(secret)[2])
    page.keyboard.press("Enter")
    expect(page).to_have_url(house.at("/casework/"))
    sign_out(page)
    type_password(page, house, user)
    page.get_by_label("Code", exact=True).fill(codes[0])
    page.keyboard.press("Enter")
    expect(page).to_have_url(house.at("/casework/"))
    assert complaints == []


def test_a_passkey_is_set_up_and_signs_in_alone(page: Page, house: AtLocalhost) -> None:
    user = somebody(newly=True)
    cdp, device = authenticator(page)
    type_password(page, house, user)
    set_up_passkey(page, house)
    (credential,) = cdp.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert credential["isResidentCredential"] is True
    page.goto(house.at("/casework/"))
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(house.at("/casework/"))
    kinds = Entry.objects.filter(object_id=user.pk).values_list("kind", flat=True)
    assert [kind for kind in kinds if "factor" in kind] == ["factor_added", "factor_used"]
    sign_out(page)
    type_password(page, house, user)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(house.at("/casework/"))


def test_a_device_that_checked_nobody_signs_nobody_in(page: Page, house: AtLocalhost) -> None:
    user = somebody(newly=True)
    cdp, device = authenticator(page)
    type_password(page, house, user)
    set_up_passkey(page, house)
    page.goto(house.at("/casework/"))
    sign_out(page)
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The browser gave no passkey")).to_be_visible()
    assert page.goto(house.at("/casework/inbox/")) and "sign-in" in page.url


def test_a_mere_security_key_is_no_passkey(page: Page, house: AtLocalhost) -> None:
    user = somebody(newly=True)
    authenticator(page)
    type_password(page, house, user)
    set_up_passkey(page, house)
    key = Authenticator.objects.get(user=user, type=Kind.WEBAUTHN)
    key.data["credential"]["clientExtensionResults"]["credProps"]["rk"] = False
    with recording(by=Agent.OPERATOR):
        within(do=key.save, by=Agent.OPERATOR, now=timezone.now())
    page.goto(house.at("/casework/"))
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("This passkey was not accepted")).to_be_visible()


def test_an_answer_of_a_passkey_that_was_overheard_opens_nothing(page: Page, house: AtLocalhost) -> None:
    user = somebody(newly=True)
    authenticator(page)
    type_password(page, house, user)
    set_up_passkey(page, house)
    page.goto(house.at("/casework/"))
    sign_out(page)
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request.post_data) if "passkey" in request.url else None)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(house.at("/casework/"))
    sign_out(page)
    (overheard,) = re.findall(r"credential=([^&]+)", next(body for body in sent if body))
    page.evaluate(
        """async (credential) => {
            const form = document.querySelector("form[data-passkey]");
            await fetch(form.action);
            form.elements.credential.value = decodeURIComponent(credential.replaceAll("+", " "));
            form.submit();
        }""",
        overheard,
    )
    expect(page.get_by_text("This passkey was not accepted")).to_be_visible()


def test_before_what_matters_one_is_asked_again_and_goes_on(
    page: Page, house: AtLocalhost, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = somebody(code="system")
    type_password(page, house, user)
    with recording(by=Agent.OPERATOR):
        page.get_by_label("Code", exact=True).fill(code_of(user))
    page.keyboard.press("Enter")
    expect(page).to_have_url(house.at("/casework/"))
    fresh = proof.FRESH
    monkeypatch.setattr(proof, "FRESH", fresh * 0)
    page.goto(house.at("/casework/keys/connect/"))
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    assert violations(page) == []
    monkeypatch.setattr(proof, "FRESH", fresh)
    page.get_by_label("Code", exact=True).fill(code_of(user))
    page.keyboard.press("Enter")
    expect(page).to_have_url(house.at("/casework/keys/connect/"))


@pytest.fixture
def newcomer(client: Any, on_record: Any) -> User:
    user = somebody(newly=True)
    give_password(client, user)
    return user


@pytest.mark.usefixtures("db", "on_record")
def test_the_pages_of_ones_account_have_nothing_the_matter(client: Any, page: Page) -> None:
    client.force_login(somebody())
    for name in ("account", "confirm", "change-password", "set-up", "set-up-passkey"):
        assert faults(page, client.get(reverse(f"agencies:{name}")), name) == []
    assert faults(page, client.post(reverse("agencies:confirm"), {"code": "000000"}), "confirm-wrong") == []
    assert faults(page, client.post(reverse("agencies:change-password"), {"password": "x"}), "password-wrong") == []
    assert faults(page, client.post(reverse("agencies:recovery-codes")), "recovery-codes") == []


@pytest.mark.usefixtures("db")
def test_the_pages_of_a_newcomer_have_nothing_the_matter(client: Any, newcomer: User, page: Page) -> None:
    for name in ("set-up", "set-up-app", "confirm"):
        assert faults(page, client.get(reverse(f"agencies:{name}")), f"newcomer-{name}") == []
    assert faults(page, client.post(reverse("agencies:set-up-app"), {"code": "1"}), "set-up-app-wrong") == []
    assert faults(page, client.post(reverse("agencies:set-up-passkey"), {}), "set-up-passkey-wrong") == []


@pytest.mark.usefixtures("db", "on_record")
def test_the_second_step_has_nothing_the_matter(client: Any, page: Page) -> None:
    give_password(client, somebody())
    step = reverse("mfa_authenticate")
    assert faults(page, client.get(step), "second-factor") == []
    assert faults(page, client.post(step, {"code": ""}), "second-factor-wrong") == []
