"""docs/scenarios/parent.md, played without JavaScript, in both languages."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from referrals.models import Draft, Referral
from tests.journeys.reader import Reader, words
from tests.live import LiveSite

pytestmark = pytest.mark.browser

CONCERN = "He watches films of killings and says they are heroes."
NO_NAME = (
    "If you are a member of the public you do not have to give your name. We try to keep a name private, but we cannot "
    "promise it: a court can ask for it, or the person may guess."
)


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A tab in which no script runs."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def go_on(parent: Reader, text: str) -> str:
    parent.page.get_by_role("button", name=text, exact=True).first.click()
    return parent.arrive()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_mother_sends_a_referral_without_javascript_or_name_within_eight_pages(
    site: LiveSite, plain_page: Page, settings: Any, language: str
) -> None:
    page, parent, said = plain_page, Reader(plain_page, f"parent-{language}"), words(language)
    page.goto(site.at("/"))
    parent.choose(language)
    parent.arrive()
    assert said(NO_NAME) in page.locator("main").inner_text()
    assert go_on(parent, said("Start now")) == said("Is anyone in danger right now?")
    page.get_by_label(said("No", "nobody is in danger"), exact=True).check()
    assert go_on(parent, said("Continue")) == said("Who are you?")
    page.get_by_label(said("I am worried about a friend or someone in my family"), exact=True).check()
    assert go_on(parent, said("Continue")) == said("What are you worried about?")
    page.get_by_label(said("What have you seen or heard that worries you?")).fill(CONCERN)
    page.get_by_label(said("I saw or heard it myself"), exact=True).check()
    page.get_by_label(said("In the last 7 days"), exact=True).check()
    assert go_on(parent, said("Continue")) == said("Who are you worried about?")
    page.get_by_label(said("First or given names"), exact=True).fill("Idris")
    page.get_by_label(said("Family name"), exact=True).fill("Adeyemi")
    page.get_by_label(said("Child (under 18)"), exact=True).check()
    page.get_by_label(said("Age, if you know it"), exact=True).fill("17")
    page.get_by_label(said("If you do not know the postcode: which council area?")).select_option(label="Leeds")
    assert go_on(parent, said("Continue")) == said("What has been done so far?")
    page.get_by_label(said("Nobody yet"), exact=True).check()
    assert go_on(parent, said("Continue")) == said("Anything else you know")
    assert go_on(parent, said("Continue")) == said("Check your answers before you send them")
    assert len(parent.seen) == 8

    assert go_on(parent, said("Send")) == said("Referral sent")
    referral = Referral.objects.get()
    assert referral.answers["authority"] == "E08000035"
    assert referral.referrer.name == ""
    assert referral.language == language

    draft = Draft.objects.get()
    settings.EXIT_PAGE_URL = site.at("/cookies/")
    page.get_by_role("link", name=said("I have finished: clear this form from this browser")).click()
    page.wait_for_url("**/cookies/")
    page.go_back()
    assert page.locator("h1").inner_text() == "This form is not open here", "the language is forgotten too"
    page.goto(site.at(f"/refer/{draft.pk}/sent/"))
    assert referral.reference not in page.content()
