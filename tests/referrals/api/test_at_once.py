"""The same request from several threads at once makes one referral."""

import pytest

from referrals.models import Dispatch, Referral
from tests.at_once import at_once
from tests.referrals.api.calling import Caller, partner_key


@pytest.mark.usefixtures("own_database")
def test_eight_at_once_make_one_referral_and_get_one_answer():
    key = partner_key()
    answers = at_once(*[lambda: Caller(key).send(key="one")] * 8)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert (Referral.objects.count(), Dispatch.objects.count()) == (1, 2)
