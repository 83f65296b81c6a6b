"""Our scripts give no object a property whose name comes from elsewhere: what all objects share stays as it is."""

import re
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from config.environment import CLONE
from tests.live import LiveSite

SCRIPTS = sorted((CLONE / "static/js").glob("*.js"))
SHARED = (
    r"__proto__|setPrototypeOf|Object\.(assign|defineProperty|fromEntries)|\.prototype\s*(\[|\.|=[^=])|\.constructor"
)
# The names stand in the list before it.
CONSTANT = {"passkeys.js": ["sent[name]"]}


def test_there_are_scripts() -> None:
    assert len(SCRIPTS) == 5


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_names_a_property_by_what_it_was_sent(script: Path) -> None:
    text = script.read_text()
    assert not re.search(SHARED, text)
    assert re.findall(r"\w+\[\w+\](?=\s*=[^=>])", text) == CONSTANT.get(script.name, [])


@pytest.mark.browser
def test_an_answer_that_names_what_all_objects_share_changes_nothing(page: Page, site: LiveSite) -> None:
    """The one answer that a script reads as an object, as if somebody stood in between."""
    asked = (
        '{"publicKey": {"__proto__": {"taken": 1}, "constructor": {"prototype": {"taken": 1}}, "challenge": "AAAA"}}'
    )
    page.route("**/sign-in/passkey/", lambda route: route.fulfill(content_type="application/json", body=asked))
    page.set_default_timeout(8_000)
    page.add_init_script("navigator.credentials.get = async () => { throw new Error('nobody touches the key') }")
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        page.goto(site.at("/casework/sign-in/").replace("127.0.0.1", "localhost"))
    with page.expect_response("**/sign-in/passkey/"):
        page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-passkey-problem]")).not_to_be_empty()
    assert page.evaluate("({}).taken === undefined")
