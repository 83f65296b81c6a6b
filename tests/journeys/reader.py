"""Somebody at a browser: counts the pages they see, and keeps pictures of them where SCREENSHOTS names a folder."""

import os
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Page

LANGUAGES = {"en": "English", "cy": "Cymraeg"}
PICTURES = os.environ.get("SCREENSHOTS")
WIDTHS = (1280, 320)


def words(language: str) -> Callable[..., str]:
    """What a page says in a language: `said("Continue")`."""

    def said(text: str, context: str = "") -> str:
        with override(language):
            return pgettext(context, text) if context else gettext(text)

    return said


class Reader:
    """One person with one tab."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.seen: list[str] = []
        self.language = "en"

    def choose(self, language: str) -> None:
        """Use the switch, if the page is in the other language."""
        if language != self.language:
            self.language = language
            self.page.get_by_role("link", name=LANGUAGES[language]).click()
            self.page.locator(f"html[lang='{language}']").wait_for()

    def arrive(self) -> str:
        """A new page stands there: count it, and return its heading."""
        heading = self.page.locator("h1").inner_text()
        self.seen.append(heading)
        assert not self.page.title().startswith(("Error", "Gwall"))
        assert self.page.locator("html").get_attribute("lang") == self.language
        self.picture(f"{len(self.seen):02}")
        return heading

    def picture(self, step: str) -> None:
        """Keep the page as it looks wide and narrow; nothing may run off the screen."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, f"{self.page.title()} is {overflow}px wider than {width}px"
            if PICTURES:
                Path(PICTURES).mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=f"{PICTURES}/{self.name}-{step}-{width}.png", full_page=True)
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 800})

    # With the keyboard alone

    def tab_to(self, selector: str) -> None:
        """Press Tab until the element has the focus: if no number of Tabs leads there, keyboard users are shut out."""
        for _press in range(80):
            if self.page.evaluate("selector => document.activeElement?.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")

    def type_into(self, name: str, text: str) -> None:
        """Tab to a field and type."""
        self.tab_to(f"[name='{name}']")
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def pick(self, name: str, value: str) -> None:
        """Choose a radio with the arrows, or tick a checkbox with Space."""
        group = f"input[name='{name}']"
        if self.page.locator(group).first.get_attribute("type") == "checkbox":
            self.tab_to(f"{group}[value='{value}']")
            self.page.keyboard.press("Space")
            return
        self.tab_to(group)
        self.page.keyboard.press("Space")
        for _press in range(10):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows do not lead to {value}")

    def press_enter(self) -> str:
        """Press Enter where one is, as many do after typing; then count the page it leads to."""
        before = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != before)
        return self.arrive()

    def press(self, text: str) -> str:
        """Tab to the button with these words and press Enter; then count the page it leads to."""
        before = self.page.url
        self.page.evaluate(
            "text => document.querySelectorAll('main button').forEach(b => "
            "b.toggleAttribute('data-wanted', b.textContent.trim() === text))",
            text,
        )
        self.tab_to("[data-wanted]")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != before)
        return self.arrive()
