"""Leaving in a hurry, and two tabs at once, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from referrals.models import Draft
from tests.live import LiveSite

pytestmark = pytest.mark.browser

SECRET = "What the neighbour’s daughter said"


def writing(page: Page, site: LiveSite, concern: str) -> str:
    """Go as far as the concern and write it; returns the address of the page."""
    page.goto(site.at("/"))
    page.get_by_role("button", name="Start now").first.click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("I am a member of the public").check()
    page.get_by_role("button", name="Continue").click()
    address = page.url
    page.get_by_label("What have you seen or heard").fill(concern)
    page.get_by_label("I saw or heard it myself").check()
    page.get_by_label("Today").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("First or given names").wait_for()
    return address


@pytest.mark.parametrize("by_keyboard", [False, True])
def test_exit_this_page_ends_everything_and_back_shows_nothing(
    site: LiveSite, page: Page, settings: Any, by_keyboard: bool
) -> None:
    settings.EXIT_PAGE_URL = site.at("/cookies/")
    address = writing(page, site, SECRET)
    page.goto(address)
    assert SECRET in page.content().replace("&#x27;", "’")
    if by_keyboard:
        for _press in range(3):
            page.keyboard.press("Shift")
    else:
        page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url("**/cookies/")
    assert not Draft.objects.exists()
    for _step in range(4):
        page.go_back()
        assert SECRET not in page.content()
    page.goto(address)
    assert page.locator("h1").inner_text() == "This form is not open here"
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "front-door"]


def test_two_tabs_about_two_children_stay_apart(site: LiveSite, context: BrowserContext) -> None:
    first, second = context.new_page(), context.new_page()
    about_anwen = writing(first, site, "Anwen watches films of attacks.")
    about_bartosz = writing(second, site, "Bartosz draws maps of his school.")
    first.goto(about_anwen)
    second.goto(about_bartosz)
    assert "Bartosz" not in first.content()
    assert "Anwen" not in second.content()
    assert first.get_by_label("What have you seen or heard").input_value() == "Anwen watches films of attacks."
