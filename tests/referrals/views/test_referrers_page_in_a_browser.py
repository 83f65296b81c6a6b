"""The referrer's page and the ways to it, in a real browser: axe, policy, no sideways scrolling."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from referrals.models import Referral
from referrals.questions.shapes import WORK
from tests.components.axe import faults
from tests.making import dispatch_to_authority, officer_of
from tests.referrals.answering import shortest
from tests.referrals.views.conftest import Visitor
from tests.referrals.views.every_page import coming_back

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_nothing_is_the_matter_with_the_referrers_page_in_any_state(
    visitor: Visitor, page: Page, language: str
) -> None:
    visitor.cookies["language"] = language
    found = []
    for name, shown in coming_back(visitor):
        if shown.status_code == 200:
            found += faults(page, shown, f"{language} {name}")
    assert found == []


def test_nothing_is_the_matter_with_what_an_officer_sees_of_what_was_added(visitor: Visitor, page: Page) -> None:
    draft = visitor.has_answered(shortest(WORK)).draft
    visitor.answer("check")
    draft.refresh_from_db()
    assert draft.outcome
    visitor.post("/your-referral/", draft.outcome)
    said = {"form_id": str(uuid4()), "text": "He came back on Monday.\n\nHe said it again."}
    assert visitor.post("/your-referral/add/", said).status_code == 302
    referral = Referral.objects.get(draft_id=draft.pk)
    officer = Client()
    officer.force_login(officer_of(dispatch_to_authority(referral).agency))
    for name in ("referral", "referral-print"):
        shown = officer.get(reverse(f"desk:{name}", args=[referral.pk]))
        assert "He came back on Monday." in shown.content.decode()
        assert faults(page, shown, f"added-{name}") == []
