"""The questions why somebody looks, and who made a referral, as they come and with errors, in a real browser."""

import pytest
from django.urls import reverse

from referrals.purposes import ASKING
from tests.components.axe import faults
from tests.making import dispatch_to_authority, officer_of, submitted
from tests.referrals.test_masking import UNNAMED

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


def test_a_referrer_who_asked_not_to_be_named_has_nothing_the_matter_until_shown_and_after(client, page):
    dispatch = dispatch_to_authority(submitted(UNNAMED))
    client.force_login(officer_of(dispatch.agency))
    record = dispatch.get_absolute_url()
    address = reverse("referrals:show-referrer", args=[dispatch.pk])
    found = faults(page, client.get(record), "referral-unnamed") + faults(page, client.get(address), "show-referrer")
    found += faults(page, client.post(address, {"reason": ""}), "show-referrer-wrong")
    client.post(address, {"reason": "We must arrange a visit with her."})
    found += faults(page, client.get(record), "referral-named")
    assert found == []
