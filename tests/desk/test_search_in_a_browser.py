"""The one box in every state, in a real browser, and by the keyboard."""

import pytest
from django.urls import reverse
from django.utils import timezone

from referrals.actions.search_records import search_records
from tests.components.axe import faults
from tests.making import TEACHER, dispatch_to_authority, officer_of, submitted
from tests.referrals.looking import searching

pytestmark = [pytest.mark.usefixtures("db", "on_record"), pytest.mark.browser]
SEARCH = reverse("desk:search")


@pytest.fixture
def officer(client):
    referral = submitted({**TEACHER, "danger": "yes", "other_names": "أحمد"})
    user = officer_of(dispatch_to_authority(referral).agency)
    searching(user)
    client.force_login(user)
    return user


def test_search_has_nothing_the_matter_in_any_state(client, page, officer):
    found = faults(page, client.get(SEARCH), "search")
    found += faults(page, client.get(reverse("desk:home")), "search-in-the-header")
    for name, typed in (("empty", ""), ("long", "x" * 10_000), ("unread", "31/2/2006")):
        found += faults(page, client.post(SEARCH, {"search": typed}), f"search-{name}")
    for name, typed in (("full", "tomas lukasik S70"), ("nothing", "Garside"), ("right-to-left", "أحمد 31/2/2006")):
        row = search_records(words=typed, by=officer, now=timezone.now())
        found += faults(page, client.get(reverse("desk:search-results", args=[row.pk])), f"search-{name}")
    assert found == []
