"""Every public page in every state - empty, wrong, full - in both languages in a real browser.

axe, policy, no sideways scrolling. Welsh words are longer.
"""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from agencies.models import Agency
from referrals.questions.shapes import SELF, WORK
from referrals.questions.versions import FORM_VERSION, form_of
from tests.components.axe import faults, open_html
from tests.making import officer_of
from tests.referrals.answering import SHORTEST, full, shortest
from tests.referrals.views.conftest import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.browser]

FORM = form_of(FORM_VERSION)
AT_WORK, OF_ONESELF = ([(kind, page.slug) for page in FORM.path(shortest(kind, danger="yes"))] for kind in (WORK, SELF))
ONLY_IN_OTHER_WORDS = {slug for _kind, slug in AT_WORK}
EVERY_PAGE = [
    *AT_WORK,
    *(
        pytest.param(kind, slug, marks=pytest.mark.full if slug in ONLY_IN_OTHER_WORDS else ())
        for kind, slug in OF_ONESELF
    ),
]
WRONG = {
    "referrer_email": "nobody",
    "approximate_age": "old",
    "postcode": "LS",
    "date_of_birth-day": "40",
    "told": ["nobody", "police"],
}


@pytest.fixture(params=["en", pytest.param("cy", marks=pytest.mark.full)])
def language(request: pytest.FixtureRequest) -> str:
    """Each of the languages of the front door: `make test` looks at one of them."""
    return str(request.param)


@pytest.fixture
def visitor(visitor: Visitor, language: str) -> Visitor:
    """A browser in which somebody has chosen the language."""
    visitor.cookies["language"] = language
    return visitor


@pytest.mark.parametrize(("kind", "slug"), EVERY_PAGE)
def test_a_question_page_has_nothing_the_matter_in_any_state(
    visitor: Visitor, page: Page, kind: str, slug: str
) -> None:
    own = FORM.page(slug).names
    empty = {name: value for name, value in full(kind).items() if name not in own - {"danger", "referrer_kind"}}
    visitor.has_answered(empty)
    found = faults(page, visitor.see(slug), f"{kind}-{slug}-empty")
    wrong = visitor.answer(slug, **WRONG)
    if wrong.status_code == 200:  # a page that asks for nothing goes on
        found += faults(page, wrong, f"{kind}-{slug}-wrong")
    visitor.has_answered(full(kind))
    found += faults(page, visitor.see(slug), f"{kind}-{slug}-full")
    assert found == []


@pytest.mark.parametrize("kind", [WORK, SELF])
def test_checking_and_sending_have_nothing_the_matter(visitor: Visitor, page: Page, kind: str) -> None:
    visitor.has_answered(SHORTEST[kind])
    found = faults(page, visitor.see("check"), f"{kind}-check-short")
    visitor.has_answered(full(kind))
    found += faults(page, visitor.see("check"), f"{kind}-check-full")
    visitor.answer("check")
    assert found + faults(page, visitor.see("sent"), f"{kind}-sent") == []


@pytest.mark.parametrize("language", ["en", "cy"], indirect=True)
def test_saving_and_opening_again_have_nothing_the_matter(visitor: Visitor, page: Page) -> None:
    visitor.has_answered(full(WORK))
    found = faults(page, visitor.see("save"), "save")
    found += faults(page, visitor.post(visitor.url("save"), {"save": "1", "e_mail": "true"}), "saved")
    found += faults(page, visitor.get("/saved/token/"), "resume-empty")
    assert found + faults(page, visitor.post("/saved/token/", {"code": "wrong"}), "resume-wrong") == []


@pytest.mark.parametrize(
    "name",
    ["", "privacy/", "cookies/", "accessibility/", "if-you-were-referred/", "northern-ireland/", "ended/"],
)
def test_a_page_that_explains_has_nothing_the_matter(visitor: Visitor, page: Page, name: str) -> None:
    assert faults(page, visitor.get(f"/{name}"), f"explaining-{name.strip('/') or 'start'}") == []


def test_northern_ireland_in_the_middle_of_the_form_has_nothing_the_matter(visitor: Visitor, page: Page) -> None:
    visitor.has_answered(full(WORK))
    assert faults(page, visitor.see("northern-ireland"), "northern-ireland-within") == []


@pytest.mark.usefixtures("on_record")
def test_staff_entry_has_nothing_the_matter(page: Page) -> None:
    desk = Client()
    desk.force_login(officer_of(Agency.objects.get(code="ctp-north-east")))
    found = faults(page, desk.get("/casework/enter/"), "enter-empty")
    found += faults(page, desk.post("/casework/enter/", {}), "enter-wrong")
    question = desk.post("/casework/enter/", {"entry": "own_work"}).headers["Location"]
    found += faults(page, desk.get(question), "enter-danger")
    assert found + faults(page, desk.get(question.replace("danger", "you")), "enter-you") == []


@pytest.mark.usefixtures("on_record")
@pytest.mark.parametrize("entry", ["telephone", "own_work"])
def test_what_staff_entry_ends_with_has_nothing_the_matter(page: Page, entry: str) -> None:
    desk = Client()
    desk.force_login(officer_of(Agency.objects.get(code="ctp-north-east")))
    pages = desk.post("/casework/enter/", {"entry": entry}).headers["Location"].removesuffix("danger/")
    for slug in (page.slug for page in FORM.path({**SHORTEST[WORK], "entry": entry})):
        desk.post(f"{pages}{slug}/", {**SHORTEST[WORK], "entry": entry})
    found = faults(page, desk.get(f"{pages}check/"), f"{entry}-check")
    assert found + faults(page, desk.post(f"{pages}check/", follow=True), f"{entry}-sent") == []


@pytest.mark.parametrize("language", ["en", "cy"], indirect=True)
def test_the_count_of_characters_has_every_plural_form_of_the_language(
    visitor: Visitor, page: Page, language: str
) -> None:
    visitor.has_answered(SHORTEST[WORK])
    warned: list[str] = []
    page.on("console", lambda message: warned.append(message.text))
    open_html(page, visitor.see("what-has-been-done").content.decode())
    box = page.locator("textarea").first
    limit = int(page.locator("[data-maxlength]").first.get_attribute("data-maxlength") or 0)
    ends = {"en": "remaining", "cy": "nod ar ôl"}
    for left in (11, 6, 3, 2, 1, 0):
        box.fill("x" * (limit - left))
        status = page.locator(".govuk-character-count__status").first
        expect(status).to_contain_text(f"{left} ")
        expect(status).to_contain_text(ends[language])
    assert warned == []


def test_enter_in_a_box_of_text_goes_on_and_does_not_change_the_language(visitor: Visitor, page: Page) -> None:
    visitor.has_answered(SHORTEST[WORK])
    open_html(page, visitor.see("anything-else").content.decode())
    first = page.evaluate(
        """() => {
            const form = document.getElementById("question");
            const sends = button => button.form === form && button.type === "submit";
            const first = [...document.querySelectorAll("button")].find(sends);
            return [first.getAttribute("formaction"), first.name];
        }"""
    )
    assert first == [None, ""]


@pytest.mark.parametrize("language", ["en", "cy"], indirect=True)
def test_the_list_to_type_in_speaks_the_language_of_the_page(visitor: Visitor, page: Page, language: str) -> None:
    visitor.has_answered(SHORTEST[WORK])
    open_html(page, visitor.see("place").content.decode())
    box = page.locator("input.autocomplete__input").first
    box.fill("Leeds")
    said = page.locator(".autocomplete__wrapper").first
    expect(said).to_contain_text({"en": "1 result is available", "cy": "Mae 1 canlyniad ar gael"}[language])
    box.press("ArrowDown")
    expect(said).to_contain_text(
        {"en": "Leeds is highlighted: 1 of 1", "cy": "Mae Leeds wedi’i amlygu: 1 o 1"}[language]
    )
    expect(said).to_contain_text({"en": "as you type", "cy": "wrth i chi deipio"}[language])
