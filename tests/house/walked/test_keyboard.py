"""Every page can be used with the keyboard alone: what a mouse reaches, Tab reaches, in order, and it can be seen."""

import pytest
from playwright.sync_api import Page

from tests.components.axe import open_html
from tests.house.reading import name_of, undone
from tests.house.walked.conftest import Walked

pytestmark = [pytest.mark.full, pytest.mark.browser]

# What can be worked, as the page orders it. Of a group of radios Tab reaches the one that is chosen, else the first.
WORKED = """() => {
    const every = [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex], [role=button], [onclick]"
    )];
    const shown = every.filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled
        && one.type !== "hidden" && (one.tabIndex >= 0 || one.matches("[role=button], [onclick]")));
    const group = one => [...document.querySelectorAll("input[type=radio]")].filter(
        other => other.name === one.name && other.form === one.form);
    const reached = shown.filter(one => one.type !== "radio"
        || (group(one).find(other => other.checked) || group(one)[0]) === one);
    window.looks = one => JSON.stringify([[one, null], [one.nextElementSibling, "::before"], [one.parentElement, null]]
        .filter(([where, _]) => where).map(([where, part]) => {
            const style = getComputedStyle(where, part);
            if (style.opacity === "0") return "";
            const outline = style.outlineStyle === "none" ? "" : style.outline;
            return [outline, style.boxShadow, style.backgroundColor, style.borderWidth, style.transform, style.top];
        }));
    reached.forEach((one, number) => { one.number = number; one.before = looks(one); });
    return reached.map(one => one.outerHTML.slice(0, 120));
}"""
FOCUSED = """() => {
    const one = document.activeElement;
    return [one.number ?? -1, one.before !== undefined && looks(one) !== one.before];
}"""


def found_by_tab(page: Page, count: int) -> list[tuple[int, bool]]:
    """What has the focus after each press of Tab from the top, by number, and whether that can be seen."""
    found = []
    for _press in range(count):
        page.keyboard.press("Tab")
        number, is_seen = page.evaluate(FOCUSED)
        found.append((int(number), bool(is_seen)))
    return found


def faults(page: Page, name: str, html: str) -> list[str]:
    """What a keyboard does not reach on a page, reaches out of turn, or reaches unseen."""
    page.unroute_all()
    open_html(page, html)
    page.locator("body.govuk-frontend-supported").wait_for()
    worked = page.evaluate(WORKED)
    from_the_top = page.evaluate("document.activeElement === document.body")
    found = [each for each in found_by_tab(page, len(worked) + 1) if each[0] >= 0][: len(worked)]
    wrong = [f"{name}: {worked[number]} is not seen" for number, is_seen in found if not is_seen]
    # A summary of errors takes the focus: then Tab begins there, and comes round.
    first = 0 if from_the_top or not found else found[0][0]
    if [number for number, _is_seen in found] != [*range(first, len(worked)), *range(first)]:
        wrong.append(f"{name}: {[number for number, _ in found]} of {worked}")
    return wrong


def test_whatever_can_be_worked_on_a_page_is_reached_by_tab_in_its_order_and_seen(walked: Walked, page: Page) -> None:
    wrong, seen = [], set()
    for url, client in walked.found.pages.items():
        with undone(client):
            answer = client.get(url)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            seen.add(name_of(url))
            wrong += faults(page, url, answer.content.decode())
    assert len(seen) > 80
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/a">A</a><div role="button">B</div>',
        '<a href="/a" tabindex="2">A</a><a href="/b" tabindex="1">B</a>',
        '<link rel="stylesheet" href="/static/css/app.css"><input class="govuk-radios__input" type="radio" name="a">',
    ],
)
def test_this_test_can_fail(page: Page, html: str) -> None:
    assert faults(page, "bad", f'<body class="govuk-frontend-supported">{html}</body>')
