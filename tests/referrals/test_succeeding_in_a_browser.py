"""The pages on which officers record who succeeds a referrer, in every state, in a real browser."""

import pytest

from tests.components.axe import faults
from tests.making import TEACHER
from tests.referrals.asking import Desk, cleared
from tests.referrals.succeeding import NEXT
from tests.referrals.test_asking import officers
from tests.referrals.views.test_referrers_page import Sent

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db", "on_record")]


def test_recording_inviting_and_striking_have_nothing_the_matter(page):
    desk = Desk(Sent({**TEACHER, "prevent_lead": "Merryn Oduya, m.oduya@hollybrook.example"}).referral)
    client, found = officers(desk), []
    referral = f"/casework/referrals/{desk.referral.pk}/"
    record = f"/casework/dispatches/{desk.council.pk}/succeed-referrer/"

    def look(name, address, data=None):
        answer = client.get(address) if data is None else client.post(address, data)
        found.extend(faults(page, answer, name))

    look("succeed-held", record)
    look("succeed-wrong", record, {"email": "nowhere"})
    client.post(record, NEXT)
    look("succeed-referral-held", referral)
    invite, strike = (
        f"/casework/successions/{desk.referral.successions.get().pk}/{way}/" for way in ("invite", "strike")
    )
    look("invite-held", invite)
    look("strike", strike)
    look("strike-wrong", strike, {})
    cleared(desk.referral)
    look("succeed-cleared", record)
    look("invite", invite)
    look("successor-code", invite, {})
    look("invite-again", invite)
    client.post(strike, {"reason": "Another school."})
    look("succeed-code", record, {**NEXT, "email": "s.blake@hollybrook.example"})
    look("succeed-referral", referral)
    look("succeed-referral-print", f"{referral}print/")
    assert found == []
