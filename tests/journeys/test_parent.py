"""docs/scenarios/parent.md, played without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from referrals.models import Draft, Referral
from tests.journeys.reader import Reader
from tests.live import LiveSite

pytestmark = pytest.mark.browser


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A tab in which no script runs."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def go_on(parent: Reader, text: str = "Continue") -> str:
    parent.page.get_by_role("button", name=text).first.click()
    return parent.arrive()


def test_a_mother_sends_a_referral_without_javascript_or_name_within_eight_pages(
    site: LiveSite, plain_page: Page, settings: Any
) -> None:
    page, parent = plain_page, Reader(plain_page, "parent")
    page.goto(site.at("/"))
    parent.arrive()
    assert "you do not have to give your name" in page.locator("main").inner_text()
    assert go_on(parent, "Start now") == "Is anyone in danger right now?"
    page.get_by_label("No", exact=True).check()
    assert go_on(parent) == "Who are you?"
    page.get_by_label("I am worried about a friend or someone in my family").check()
    assert go_on(parent) == "What are you worried about?"
    page.get_by_label("What have you seen or heard").fill("He watches films of killings and says they are heroes.")
    page.get_by_label("I saw or heard it myself").check()
    page.get_by_label("In the last 7 days").check()
    assert go_on(parent) == "Who are you worried about?"
    page.get_by_label("First or given names").fill("Idris")
    page.get_by_label("Family name").fill("Adeyemi")
    page.get_by_label("Child (under 18)").check()
    page.get_by_label("Age, if you know it").fill("17")
    page.get_by_label("which council area?").select_option(label="Leeds")
    assert go_on(parent) == "What has been done so far?"
    page.get_by_label("Nobody yet").check()
    assert go_on(parent) == "Anything else you know"
    assert go_on(parent) == "Check your answers before you send them"
    assert len(parent.seen) == 8

    assert go_on(parent, "Send") == "Referral sent"
    referral = Referral.objects.get()
    assert referral.answers["authority"] == "E08000035"
    assert referral.referrer.name == ""

    draft = Draft.objects.get()
    settings.EXIT_PAGE_URL = site.at("/cookies/")
    page.get_by_role("link", name="clear this form from this browser").click()
    page.wait_for_url("**/cookies/")
    page.go_back()
    assert page.locator("h1").inner_text() == "This form is not open here"
    page.goto(site.at(f"/refer/{draft.pk}/sent/"))
    assert referral.reference not in page.content()
