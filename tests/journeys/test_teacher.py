"""docs/scenarios/teacher.md, played with the keyboard alone, in both languages."""

import re

import pytest
from playwright.sync_api import Page

from referrals.models import Referral
from tests.journeys.reader import Reader, words
from tests.journeys.sending import answer_all
from tests.live import LiveSite

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_teacher_sends_a_referral_by_keyboard_within_twelve_pages(site: LiveSite, page: Page, language: str) -> None:
    teacher, said = Reader(page, f"teacher-{language}"), words(language)
    page.goto(site.at("/"))
    answer_all(teacher, language)
    assert len(teacher.seen) == 11

    teacher.tab_to("a[href$='#id_approximate_age']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/person/**")
    teacher.type_into("approximate_age", "16")
    assert teacher.press(said("Continue")) == said("Check your answers before you send them")
    assert "Ó Briain-Łukasik" in page.locator("main").inner_text()

    assert teacher.press(said("Send")) == said("Referral sent")
    shown = page.locator("main").inner_text()
    reference = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}\b", shown)
    assert reference
    referral = Referral.objects.get(reference=reference.group())
    assert referral.answers["approximate_age"] == "16"
    assert referral.dispatches.count() == 2
    assert referral.language == language

    page.reload()
    assert reference.group() in page.locator("main").inner_text()
    page.go_back()
    assert page.locator("h1").inner_text() == said("Referral sent"), "going back after sending shows the same reference"
    assert Referral.objects.count() == 1
