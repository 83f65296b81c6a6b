"""docs/scenarios/four-people.md: a teacher asks, and four people at their desks take it to an outcome."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from agencies.models import User
from audit.agents import Agent
from audit.context import recording
from audit.tasks import sweep_events
from referrals.models import Referral
from tests.components.axe import violations
from tests.journeys.reader import Reader, words
from tests.journeys.sending import answer_all
from tests.live import LiveSite
from tests.making import analyst_of, dispatch_to_authority, dispatch_to_police, officer_of
from tests.signing_in import PASSWORD, code_of
from tests.triage.assessing import supervisor_at
from triage.gateway_form import FORMS, LATEST
from triage.models import GatewayAssessment, TriageOutcome
from triage.states import GatewayState

pytestmark = pytest.mark.browser
QUESTION = "On which day did he say it, and who heard him?"
ANSWER = "On Tuesday, in the corridor. Two pupils of 10B heard him."
WRITTEN = {each.code: f"Words about {each.code}." for each in FORMS[LATEST] if each.is_due(TriageOutcome.CHANNEL)} | {
    "rationale": "What the school saw fits no other explanation."
}


@dataclass
class Desk:
    """Somebody signed in, in a browser of their own. axe looks at every page that they come to."""

    site: LiveSite
    page: Page
    user: User

    @classmethod
    def of(cls, site: LiveSite, browser: Browser, user: User) -> "Desk":
        """Sign in with password and code."""
        page = browser.new_context(locale="en-GB", timezone_id="Europe/London").new_page()
        page.set_default_timeout(60_000)
        page.goto(site.at("/casework/sign-in/"))
        page.get_by_label("E-mail address").fill(user.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.locator("input[name='code']").fill(code_of(user))
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("heading", level=1, name="My work").wait_for()
        return cls(site, page, user)

    def comes_to(self, heading: str) -> None:
        """The page with this heading is there, and axe has nothing to say of it."""
        self.page.get_by_role("heading", level=1, name=heading).wait_for()
        assert violations(self.page) == [], heading

    def presses(self, button: str, heading: str) -> None:
        """A button, and the page that it leads to."""
        self.page.get_by_role("button", name=button, exact=True).click()
        self.comes_to(heading)

    def follows(self, link: str, heading: str) -> None:
        """A link, and the page that it leads to."""
        self.page.get_by_role("link", name=link, exact=True).first.click()
        self.comes_to(heading)

    def fills(self, **fields: str) -> None:
        """Fields by their names; of radios and checkboxes the values."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name}']")
            if field.first.get_attribute("type") in ("radio", "checkbox"):
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            else:
                field.fill(value)

    def opens(self, referral: Referral, *, in_list: str = "referrals:inbox") -> None:
        """The referral, from a list; whoever does not work it yet says why."""
        self.page.goto(self.site.at(reverse(in_list)))
        self.page.get_by_role("link", name=referral.reference).first.click()
        self.page.get_by_role("heading", level=1).wait_for()
        if "Why do you open" in self.page.locator("h1").inner_text():
            self.comes_to("Why do you open this referral?")
            self.fills(purpose="working", words="It came in this morning, and is ours.")
            self.page.get_by_role("button", name="Go on", exact=True).click()
        self.comes_to(referral.reference)


def workers() -> None:
    """What happens in the background."""
    with recording(by=Agent.OPERATOR):
        sweep_events()


def answers(analyst: Desk, referral: Referral) -> None:
    """FIMU clears contact."""
    analyst.page.goto(analyst.site.at("/casework/deconflictions/"))
    analyst.comes_to("Deconflictions")
    analyst.follows(referral.reference, "Deconfliction")
    later = timezone.localdate() + timedelta(days=60)
    day = {"review_on-day": str(later.day), "review_on-month": str(later.month), "review_on-year": str(later.year)}
    analyst.fills(outcome="clear", **day)
    analyst.presses("Send the answer", "Deconfliction")
    workers()


def in_both_languages(teacher: Reader, heading: str) -> None:
    """The page is there, and axe has nothing to say of it in Welsh nor in English."""
    for language in ("cy", "en"):
        teacher.choose(language)
        teacher.page.get_by_role("heading", level=1, name=words(language)(heading)).wait_for()
        assert violations(teacher.page) == [], (heading, language)


def test_a_referral_goes_from_the_teacher_to_a_signed_outcome(site: LiveSite, page: Page, browser: Browser) -> None:
    teacher = Reader(page, "four-people")
    page.goto(site.at("/"))
    answer_all(teacher, "en")
    teacher.press("Send")
    reference, code = shown_on(page)
    workers()
    referral = Referral.objects.get(reference=reference)
    police = dispatch_to_police(referral).agency
    with recording(by=Agent.OPERATOR):
        staff = [
            officer_of(police, name="Idris Falkingham"),
            officer_of(dispatch_to_authority(referral).agency, name="Morwenna Oduya"),
            analyst_of(police),
            supervisor_at(police),
        ]
    officer, lead, analyst, boss = (Desk.of(site, browser, user) for user in staff)

    for desk in (officer, lead):
        desk.opens(referral, in_list="desk:home")
        desk.presses("Take receipt", reference)
    answers(analyst, referral)

    officer.opens(referral)
    officer.follows("Ask the referrer a question", "Ask the referrer a question")
    officer.fills(words=QUESTION)
    officer.presses("Send the question", reference)
    workers()

    page.goto(site.at("/your-referral/"))
    in_both_languages(teacher, "Your referral")
    page.locator("[name='reference']").fill(reference)
    page.locator("[name='code']").fill(code)
    page.get_by_role("button", name="Open your page").click()
    page.get_by_text(QUESTION).wait_for()
    in_both_languages(teacher, "Your referral")
    page.get_by_role("link", name="Answer this question").click()
    in_both_languages(teacher, "Answer a question")
    page.locator("[name='text']").fill(ANSWER)
    page.get_by_role("button", name="Send").click()
    in_both_languages(teacher, "Thank you for telling us")
    page.goto(site.at("/your-referral/page/"))
    in_both_languages(teacher, "Your referral")
    stage = page.locator("main").inner_text()
    assert ANSWER not in stage
    workers()

    answers(analyst, referral)
    officer.opens(referral)
    assert ANSWER in officer.page.locator("main").inner_text()
    officer.follows("Begin the gateway assessment", "Gateway assessment")
    officer.presses("Begin", "Gateway assessment")
    officer.fills(outcome="channel", considered="no_further_action", agrees="yes", no_concerns="no", **WRITTEN)
    officer.presses("Save and check", "Gateway assessment")
    officer.presses("Propose it to a supervisor", reference)

    boss.page.goto(site.at("/casework/"))
    boss.page.locator("main a[href*='/casework/gateway/']").first.click()
    boss.comes_to("Gateway assessment")
    boss.presses("Sign", "Sign the outcome")
    boss.fills(reason="I read all of it, and agree.")
    boss.presses("Sign", reference)
    row = GatewayAssessment.objects.get()
    assert (row.state, row.outcome, row.signed_by_id) == (GatewayState.SIGNED, TriageOutcome.CHANNEL, staff[3].pk)
    lead.opens(referral)
    assert "Passed to Channel" in lead.page.locator("main").inner_text()

    page.reload()
    assert page.locator("main").inner_text() == stage, "nothing tells the teacher what it became"
    for desk in (officer, lead, analyst, boss):
        desk.page.context.close()


def shown_on(page: Page) -> tuple[str, str]:
    """The reference and the code of the page that thanks."""
    shown = page.locator("main").inner_text()
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", shown)
    assert code
    reference = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}\b", shown.replace(code.group(), ""))
    assert reference
    return reference.group(), code.group()
