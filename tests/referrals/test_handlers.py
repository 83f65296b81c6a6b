"""After a submission the referrer hears back, if they left an address, once and in their language."""

import pytest

from agencies.models import Notice, NoticeKind
from audit.models import Handling
from audit.tasks import sweep_events
from referrals.handlers import confirm_to_referrer
from tests.making import PUBLIC, TEACHER, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")


def confirmations():
    return list(Notice.objects.filter(kind=NoticeKind.CONFIRMATION))


def test_a_referrer_who_left_an_address_is_sent_the_reference_and_nothing_else():
    referral = submitted()
    assert sweep_events() == 2, "the referrer, and the systems of both agencies"
    (notice,) = confirmations()
    assert (notice.address, notice.about, notice.key_of) == (
        TEACHER["referrer_email"],
        referral.pk,
        referral.person_id,
    )
    assert notice.details == {"reference": referral.reference}
    assert notice.language == referral.language


def test_a_referrer_who_left_none_is_sent_nothing():
    submitted(PUBLIC)
    assert sweep_events() == 2, "the referrer, and the systems of both agencies"
    assert confirmations() == []


def test_handling_the_event_twice_sends_once():
    submitted()
    sweep_events()
    handling = Handling.objects.get(handler="referrals.handlers.confirm_to_referrer")
    from django.utils import timezone

    from audit.agents import Agent

    confirm_to_referrer(handling.event, by=Agent.SWEEPER, now=timezone.now())
    assert len(confirmations()) == 1
