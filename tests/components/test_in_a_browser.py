"""The layouts with every field and every state, in a real browser under the strict policy."""

import pytest
from django.template import engines
from playwright.sync_api import Page

from tests.components.axe import open_html, violations
from tests.components.forms import Everything, SignIn, Single, wrong_answers
from tests.components.test_layouts import ERRORS, OFFICER

pytestmark = pytest.mark.browser

FORM = """{% extends layout %}{% block title %}A form{% endblock %}{% block content %}
<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
{% if heading %}<h1 class="govuk-heading-l">A form</h1>{% endif %}
<form method="post" novalidate>{{ form }}{% component "button" text="Continue" preventDoubleClick=True %}</form>
</div></div>{% endblock %}"""


def shown(page: Page, template: str, *, width: int, **context: object) -> list[str]:
    """Everything that is the matter with a rendered page: complaints, sideways scrolling, axe."""
    html = engines["django"].from_string(template).render(context)
    complaints = open_html(page, html, width=width)
    page.wait_for_function("document.body.classList.contains('govuk-frontend-supported')")
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return complaints + violations(page) + (["scrolls sideways"] if sideways else [])


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("layout", ["layouts/public.html", "layouts/casework.html"])
@pytest.mark.parametrize("answers", [None, wrong_answers()], ids=["empty", "with errors"])
def test_a_form_of_every_field_has_nothing_the_matter(
    page: Page, layout: str, answers: dict[str, str] | None, width: int
) -> None:
    context = {"layout": layout, "form": Everything(answers), "heading": True, "user": OFFICER, "back_url": "/"}
    assert shown(page, FORM, width=width, **context) == []


def test_a_single_question_has_nothing_the_matter(page: Page) -> None:
    assert shown(page, FORM, width=320, layout="layouts/public.html", form=Single({})) == []


@pytest.mark.parametrize(
    "template", [*(f"{code}.html" for code in ERRORS), "account/login.html", "account/logout.html"]
)
def test_error_and_sign_in_pages_have_nothing_the_matter(page: Page, template: str) -> None:
    assert shown(page, f'{{% extends "{template}" %}}', width=320, form=SignIn({})) == []


def test_what_is_sent_is_what_is_seen_when_a_council_is_typed(page: Page) -> None:
    shown(page, FORM, width=1200, layout="layouts/public.html", form=Everything(wrong_answers()))
    box, select = page.locator("input#id_authority"), page.locator("select[name=authority]")
    assert box.input_value() == "Cardiff"
    assert select.input_value() == "W06000015"
    box.fill("Barn")
    assert select.input_value() == ""
    page.get_by_role("option", name="Barnsley").click()
    assert select.input_value() == "E08000016"
    box.fill("barnsley")
    assert select.input_value() == "E08000016"


def test_an_error_link_leads_to_its_field(page: Page) -> None:
    shown(page, FORM, width=1200, layout="layouts/public.html", form=Everything(wrong_answers()))
    page.get_by_role("link", name="Date of birth must include a year").click()
    assert page.evaluate("document.activeElement.id") == "id_born-year"
