"""The questions why somebody looks, as they come and with errors, in a real browser."""

import pytest
from django.urls import reverse

from referrals.purposes import ASKING
from tests.components.axe import faults
from tests.making import dispatch_to_authority, officer_of, submitted

pytestmark = [pytest.mark.usefixtures("db", "on_record"), pytest.mark.browser]


def test_the_questions_have_nothing_the_matter(client, page):
    dispatch = dispatch_to_authority(submitted())
    client.force_login(officer_of(dispatch.agency))
    found = []
    for name, address in (
        ("purpose", reverse(ASKING, args=[dispatch.referral_id])),
        ("search-purpose", reverse("referrals:search-purpose")),
    ):
        found += faults(page, client.get(address), name)
        found += faults(page, client.post(address, {"words": ""}), f"{name}-wrong")
    assert found == []
