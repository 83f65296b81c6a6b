"""Every page has nothing the matter in a real browser, and neither has one that says what was filled in wrongly.

Nobody lists the pages: they are found as everybody finds them. Each is looked at once by name, at 320 pixels.
"""

import pytest
from playwright.sync_api import Page

from tests.components.axe import faults
from tests.house.reading import Form, name_of, undone
from tests.house.walked.conftest import Walked

pytestmark = [pytest.mark.full, pytest.mark.browser]

ROOMS = ("account", "agencies", "desk", "dialogue", "documents", "front-door", "pages", "referrals", "triage")
ELSEWHERE = ("api:", "healthz", "readyz", "openid_connect_", "notify-receipt")


def room_of(name: str) -> str:
    """The part of a name before its colon; of a page without one, those of signing in."""
    return name.partition(":")[0] if ":" in name else "account"


def is_page(answer: object) -> bool:
    """Whether an answer is a page that somebody reads."""
    kind = getattr(answer, "headers", {}).get("Content-Type", "")
    return getattr(answer, "status_code", 0) != 302 and kind.startswith("text/html")


def each_once(walked: Walked, room: str) -> dict[str, Form]:
    """One form of each address that changes something in this room."""
    forms = [form for form in walked.found.forms.values() if form.method == "POST"]
    return {name_of(form.action): form for form in forms if room_of(name_of(form.action)) == room}


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_of_a_room_has_nothing_the_matter(walked: Walked, page: Page, room: str) -> None:
    wrong: list[str] = []
    for name, (url, client) in walked.found.one_of_each_name().items():
        if room_of(name) == room and not name.startswith(ELSEWHERE):
            with undone(client):
                answer = client.get(url)
            wrong += faults(page, answer, name.replace(":", "-")) if is_page(answer) else []
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", ROOMS)
def test_every_form_of_a_room_that_is_sent_empty_has_nothing_the_matter(walked: Walked, page: Page, room: str) -> None:
    wrong: list[str] = []
    for name, form in each_once(walked, room).items():
        with undone(form.client):
            kept = {field.name: field.value for field in form.fields if field.kind == "hidden"}
            answer = form.client.post(form.action, {"csrfmiddlewaretoken": "x", **kept})
        wrong += faults(page, answer, f"{name.replace(':', '-')}-empty") if is_page(answer) else []
        wrong += [f"{name} says twice that it is an error"] if b"Error: Error:" in answer.content else []
    assert not wrong, "\n".join(wrong)


def test_no_room_is_forgotten(walked: Walked) -> None:
    found = {room_of(name) for name in walked.found.names if name and not name.startswith(ELSEWHERE)}
    assert found <= set(ROOMS)
