"""The broker dies with its data: nobody at the form notices, and what is due is found in the database."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from agencies.models import Notice
from tests.fault.visitor import Visitor
from tests.making import TEACHER
from tests.processes import House, until

pytestmark = pytest.mark.fault

# A request that waits for the broker takes 4 seconds where it is refused, 10 where it is not answered.
PROMPT = 3


def ready(house: House) -> Visitor:
    visitor = Visitor(house.url)
    visitor.write(TEACHER)
    return visitor


def test_a_referral_sent_while_the_broker_is_dead_gets_its_reference_and_its_mail_once_it_is_back(house):
    visitors = [ready(house) for _ in range(3)]
    house.broker.kill()
    references = [visitor.send() for visitor in visitors]
    assert max(visitor.took for visitor in visitors) < PROMPT
    house.broker.back()
    until(lambda: house.told(*references), "all mail is out", within=40)
    assert [len(house.mails(reference)) for reference in references] == [3, 3, 3]


def test_referrals_sent_while_the_broker_dies_get_their_references_and_mail(house):
    visitors = [ready(house) for _ in range(8)]
    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(visitor.send) for visitor in visitors]
        answers[0].result()
        house.broker.kill()
        references = [answer.result() for answer in answers]
    assert max(visitor.took for visitor in visitors) < PROMPT
    house.broker.back()
    until(lambda: house.told(*references), "all mail is out", within=40)
    assert all(len(house.mails(reference)) == 3 for reference in references)


def test_hints_lost_with_the_broker_after_a_referral_was_sent_lose_no_mail(house):
    house.end("mailer")
    reference = ready(house).send()
    until(lambda: house.broker.client().llen("mail") or house.broker.client().dbsize(), "the hint is queued")
    house.broker.kill()
    house.broker.back()
    house.start("mailer")
    until(lambda: house.told(reference), "all mail is out", within=40)
    assert len(house.mails(reference)) == 3


def test_a_broker_that_takes_connections_and_never_answers_holds_up_no_referral(house):
    visitors = [ready(house) for _ in range(3)]
    with house.broker.mute():
        references = [visitor.send() for visitor in visitors]
        assert max(visitor.took for visitor in visitors) < PROMPT
    until(lambda: house.told(*references), "all mail is out", within=40)
    assert not Notice.objects.filter(done=None).exists()
