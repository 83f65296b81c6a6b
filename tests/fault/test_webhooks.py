"""The system of an agency ends with each referral once, under one event id, whatever dies or hangs on the way."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from uuid import UUID, uuid4

import pytest
from django.test import override_settings
from django.utils import timezone

from agencies.actions.create_endpoint import create_endpoint
from agencies.actions.disable_endpoint import disable_endpoint
from agencies.actions.send_notice import send_notice
from agencies.models import Agency, Delivery, Endpoint, Notice, NoticeKind
from audit.agents import Agent
from audit.context import recording
from referrals.models import Referral
from tests.fault.conftest import AUTHORITY, POLICE
from tests.fault.test_privacy import TELLING, everything, kept, overheard
from tests.fault.test_worker import nothing_is_recorded, send
from tests.fault.visitor import Visitor
from tests.making import TEACHER
from tests.processes import House, children, until
from tests.receiver import Receiver, allowing, nobody_answers, receiving

pytestmark = pytest.mark.fault


@pytest.fixture
def receiver(house: House) -> Iterator[Receiver]:
    """The system of the authority, known to the house until the end of the test."""
    ports = allowing(house.receiver_port, house.mute_port)
    with receiving(house.receiver_port) as made, override_settings(**ports):
        made.secret = hear(made.url)
        yield made
        hush()


def hear(url: str, code: str = AUTHORITY) -> str:
    with recording(by=Agent.OPERATOR):
        agency = Agency.objects.get(code=code)
        return create_endpoint(agency_id=agency.pk, url=f"{url}/{uuid4()}", by=Agent.OPERATOR, now=timezone.now())[1]


def hush() -> None:
    with recording(by=Agent.OPERATOR):
        for endpoint in Endpoint.objects.filter(disabled_at=None):
            disable_endpoint(endpoint_id=endpoint.pk, by=Agent.OPERATOR, now=timezone.now())


def subject_of(reference: str) -> str:
    return str(Referral.objects.get(reference=reference).pk)


def heard(receiver: Receiver, reference: str) -> list[str]:
    """The event ids under which the receiver has the referral."""
    subject = subject_of(reference)
    return [event for event, told in list(receiver.events.items()) if told["subject"] == subject]


@pytest.mark.parametrize("who", ["child", "parent"])
def test_a_worker_killed_between_sending_and_recording_sends_the_same_event_again(house, receiver, who):
    receiver.answer = 503
    reference = send(house)
    until(lambda: heard(receiver, reference), "a first try was refused")
    with nothing_is_recorded():
        receiver.answer = 200
        calls = len(receiver.calls)
        until(lambda: len(receiver.calls) > calls, "the event was taken, and that cannot be recorded", within=40)
        caller = house.running["caller"].pid
        if who == "parent":
            house.kill("caller")
        else:
            for pid in children(caller):
                os.kill(pid, signal.SIGKILL)
        taken = len(receiver.calls)
    if who == "parent":
        house.start("caller")
    until(lambda: not Delivery.objects.filter(done=None, dead=None).exists(), "it is recorded as taken", within=120)
    assert len(receiver.calls) > taken, "it was sent again"
    assert len(heard(receiver, reference)) == 1, "under the same id"
    assert receiver.refused == 0


def test_a_receiver_that_accepts_and_then_times_out_ends_with_one_referral_under_one_id(house, receiver):
    receiver.answer = "hang"
    reference = send(house)
    until(lambda: Delivery.objects.filter(last_error="timed_out", done=None).exists(), "the call was given up on")
    receiver.answer = 200
    until(lambda: not Delivery.objects.filter(done=None, dead=None).exists(), "a later one was answered", within=60)
    assert len(heard(receiver, reference)) == 1
    assert len(receiver.calls) > 1
    assert len({headers["webhook-id"] for headers, _ in receiver.calls}) == 1


def test_events_go_out_while_the_broker_is_dead_and_back(house, receiver):
    house.broker.kill()
    reference = send(house)
    house.broker.back()
    until(lambda: heard(receiver, reference), "the sweep finds the event", within=60)
    assert len(heard(receiver, reference)) == 1


def test_nothing_of_the_answers_is_in_what_is_sent_logged_or_in_the_broker(house, receiver):
    visitor = Visitor(house.url)
    receiver.answer = 500
    with overheard(house) as said:
        visitor.write(everything())
        reference = visitor.send()
        until(lambda: heard(receiver, reference), "the event was sent and refused")
        receiver.answer = 200
        until(lambda: not Delivery.objects.filter(done=None, dead=None).exists(), "it is taken", within=60)
        in_broker = kept(house)
    sent = "\n".join(f"{headers} {body.decode()}" for headers, body in receiver.calls)
    assert any("sweep_webhooks" in command for command in said)
    for text in (sent, "\n".join(said), in_broker, house.output("caller").read_text()):
        assert TELLING.search(text) is None
        assert reference not in text
    assert "webhook_not_taken" in house.output("caller").read_text(), "what went wrong is logged, by ids"


def test_a_mail_server_and_a_receiver_that_hang_delay_neither_alerts_nor_each_other(house, receiver):
    with house.paused("mail"), recording(by=Agent.MESSENGER), ExitStack() as stack:
        for number in range(12):
            send_notice(
                kind=NoticeKind.NEW_REFERRAL, about=uuid4(), tells_of=[], address=f"slow{number}@agencies.example",
                details={}, once=str(uuid4()), by=Agent.MESSENGER, now=timezone.now(),
            )  # fmt: skip
        port = stack.enter_context(nobody_answers(house.mute_port))
        hear(f"http://127.0.0.1:{port}", POLICE)
        time.sleep(3)
        start = time.monotonic()
        visitor = Visitor(house.url)
        visitor.write({**TEACHER, "danger": "yes"})
        reference = visitor.send()
        alerts = Notice.objects.filter(kind=NoticeKind.IMMEDIATE_ALERT, about__in=dispatches(reference))
        until(lambda: alerts.count() == 2, "both duty contacts are alerted", within=15)
        until(lambda: heard(receiver, reference), "the other receiver has it", within=15)
        assert time.monotonic() - start < 15
    until(lambda: len(house.mails(reference)) >= 5, "all mail is out", within=60)


def dispatches(reference: str) -> list[UUID]:
    return list(Referral.objects.get(reference=reference).dispatches.values_list("pk", flat=True))
