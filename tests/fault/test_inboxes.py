"""From Send to both inboxes."""

import time

import pytest

from agencies.models import Agency
from audit.agents import Agent
from audit.context import recording
from tests.fault.conftest import AUTHORITY, POLICE
from tests.fault.visitor import Visitor
from tests.making import PASSWORD, TEACHER, officer_of

pytestmark = pytest.mark.fault

SECONDS = 2


def signed_in(url: str, code: str) -> Visitor:
    with recording(by=Agent.OPERATOR):
        user = officer_of(Agency.objects.get(code=code))
    visitor = Visitor(url)
    visitor.sign_in(user.email, PASSWORD)
    return visitor


def test_both_inboxes_show_a_referral_within_two_seconds_of_send_with_broker_and_workers_dead(house):
    officers = [signed_in(house.url, code) for code in (POLICE, AUTHORITY)]
    stranger = signed_in(house.url, "E08000035")
    referrer = Visitor(house.url)
    referrer.write(TEACHER)
    house.kill("worker")
    house.kill("beat")
    house.broker.kill()
    start = time.monotonic()
    reference = referrer.send()
    for officer in officers:
        officer.get("/casework/inbox/")
        assert reference in officer.page
    assert time.monotonic() - start < SECONDS
    stranger.get("/casework/inbox/")
    assert stranger.path == "/casework/inbox/" and reference not in stranger.page


def test_officers_sign_in_while_the_broker_is_dead(house):
    house.broker.kill()
    officer = signed_in(house.url, POLICE)
    assert officer.took < SECONDS
