"""An event reaches each receiver under one id: put off while it does not take it, given up after seven days."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from agencies.actions.call_endpoint import call_endpoint
from agencies.actions.queue_deliveries import queue_deliveries
from agencies.actions.replay_delivery import replay_delivery
from agencies.actions.set_mailboxes import set_mailboxes
from agencies.models import Agency, Delivery, DisabledBecause, Endpoint, Notice, NoticeKind
from agencies.selectors import endpoints_with_work
from agencies.tasks import sweep_webhooks
from agencies.webhooks import reasons
from agencies.webhooks.types import WebhookType
from audit.agents import Agent
from audit.models import Entry
from audit.refusals import Forbidden, NotNow
from tests.agencies.hearing import endpoint_at, event_for, hearing, sweeping
from tests.audit.acts import entries_of, within
from tests.making import officer_of, submitted
from tests.receiver import allowing, nobody_answers, receiving

pytestmark = pytest.mark.usefixtures("db", "on_record")
WEEK = timedelta(days=7)


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


def later(**ago):
    return time_machine.travel(timezone.now() + timedelta(**ago), tick=True)


def test_an_event_is_an_id_a_type_and_the_id_of_its_subject(receiver):
    referral = submitted()
    row = event_for(hearing(receiver), subject=referral.pk, person=referral.person_id)
    assert sweep_webhooks() == 1
    ((headers, body),) = receiver.calls
    assert json.loads(body) == {
        "specversion": "1.0",
        "id": str(row.event),
        "source": "http://127.0.0.1:8000",
        "type": "referral.dispatched",
        "subject": str(row.subject),
    }
    assert headers["content-type"].startswith("application/cloudevents+json")
    assert headers["webhook-id"] == str(row.event)
    assert str(row.person) not in str(receiver.calls)
    assert set(headers) <= {
        "host", "accept-encoding", "content-length", "content-type", "user-agent",
        "webhook-id", "webhook-timestamp", "webhook-signature",
    }  # fmt: skip
    assert receiver.events and not receiver.refused


def test_what_was_taken_is_not_sent_again(receiver):
    row = event_for(hearing(receiver))
    assert [sweep_webhooks(), sweep_webhooks()] == [1, 0]
    row.refresh_from_db()
    assert row.done and not row.dead and row.attempts == 1
    assert len(receiver.calls) == 1


def test_an_endpoint_gets_an_event_once_however_often_it_is_queued(receiver):
    endpoint = hearing(receiver)
    row = event_for(endpoint)
    event_for(endpoint, event=row.event)
    assert Delivery.objects.count() == 1


def test_two_endpoints_of_an_agency_get_the_same_event_under_the_same_id(receiver):
    with receiving() as second, override_settings(**allowing(receiver.port, second.port)):
        event_for(hearing(receiver))
        event_for(hearing(second), event=(event := uuid4()))
        assert sweep_webhooks() == 3
    assert str(event) in receiver.events and str(event) in second.events


def test_an_agency_without_endpoint_costs_nothing(receiver):
    told: dict[str, Any] = {
        "kind": WebhookType.REFERRAL_DISPATCHED,
        "event": uuid4(),
        "subject": uuid4(),
        "person": None,
    }
    agency = Agency.objects.get(code="E08000035")
    assert queue_deliveries(agency_id=agency.pk, by=Agent.SWEEPER, now=timezone.now(), **told) == 0
    with pytest.raises(Forbidden):
        queue_deliveries(agency_id=agency.pk, by=Agent.REFERRER, now=timezone.now(), **told)
    with pytest.raises(Forbidden):
        call_endpoint(endpoint_id=hearing(receiver).pk, by=Agent.REFERRER, now=timezone.now())


@pytest.mark.parametrize("fault", [500, 404, 302, "drop", "hang"])
def test_until_it_is_taken_it_is_tried_again_under_the_same_id(receiver, fault):
    row = event_for(hearing(receiver))
    receiver.answer = fault
    with override_settings(WEBHOOK_SECONDS=1):
        assert sweep_webhooks() == 0
    row.refresh_from_db()
    assert (row.attempts, row.done, row.dead) == (1, None, None) and row.why
    assert sweep_webhooks() == 0 and len(receiver.calls) == 1, "not before it is due again"
    receiver.answer = 200
    with later(minutes=1):
        assert sweep_webhooks() == 1
    assert len(receiver.calls) == 2
    assert len({headers["webhook-id"] for headers, _ in receiver.calls}) == 1
    assert len({body for _, body in receiver.calls}) == 1
    assert len(receiver.events) == 1
    endpoint = Endpoint.objects.get(pk=row.endpoint_id)
    assert (endpoint.failures, endpoint.waits_until) == (0, None)


def test_a_receiver_that_was_down_for_76_hours_ends_with_every_event_once(receiver):
    start, endpoint = timezone.now(), hearing(receiver)
    receiver.answer = 503
    rows = [event_for(endpoint) for _ in range(3)]
    sweeping(start=start, lasting=timedelta(hours=76), every=timedelta(minutes=20))
    with time_machine.travel(start + timedelta(hours=50), tick=True):
        rows.append(event_for(endpoint))
    tried = len(receiver.calls)
    # Waits are spread by a quarter, and end with the sweep after them.
    assert 60 < tried < 76 * 3, "it goes on trying about every hour, and does not hammer"
    assert not Delivery.objects.filter(dead__isnull=False).exists()
    receiver.answer = 200
    sweeping(start=start + timedelta(hours=76), lasting=timedelta(hours=3), every=timedelta(minutes=20))
    assert receiver.events.keys() == {str(row.event) for row in rows}
    assert not Delivery.objects.filter(done=None).exists()
    assert len(receiver.calls) - tried == len(rows), "each taken at its first try after that"


def test_after_seven_days_it_is_dead_and_an_administrator_is_told_once(receiver):
    start, endpoint = timezone.now(), hearing(receiver)
    set_mailboxes(
        agency_id=Agency.objects.get(code="system").pk, email="ops@system.example", duty_email="",
        by=Agent.OPERATOR, now=start,
    )  # fmt: skip
    receiver.answer = 500
    rows = [event_for(endpoint), event_for(endpoint)]
    sweeping(start=start, lasting=WEEK - timedelta(hours=1), every=timedelta(hours=2))
    assert not Delivery.objects.filter(dead__isnull=False).exists()
    sweeping(start=start + WEEK, lasting=timedelta(hours=4), every=timedelta(hours=2))
    assert Delivery.objects.filter(dead__isnull=False).count() == 2
    notice = Notice.objects.get(kind=NoticeKind.ENDPOINT_TROUBLE)
    assert notice.address == "ops@system.example"
    assert notice.details == {"link": f"http://127.0.0.1:8000/casework/webhooks/{endpoint.agency_id}/"}
    receiver.answer = 200
    administrator = officer_of(Agency.objects.get(code="system"))
    with time_machine.travel(start + timedelta(days=9), tick=True):
        assert sweep_webhooks() == 0, "dead is dead"
        for row in rows:
            replay_delivery(delivery_id=row.pk, by=administrator, now=timezone.now())
        with pytest.raises(NotNow):
            replay_delivery(delivery_id=row.pk, by=administrator, now=timezone.now())
        assert sweep_webhooks() == 2
    assert receiver.events.keys() == {str(row.event) for row in rows}


def test_gone_disables_the_endpoint_and_every_administrator_is_told(receiver):
    row = event_for(hearing(receiver))
    administrator = officer_of(Agency.objects.get(code="system"))
    receiver.answer = 410
    assert sweep_webhooks() == 0
    row.refresh_from_db()
    endpoint = Endpoint.objects.get(pk=row.endpoint_id)
    assert row.dead and row.why == "It answered that it is gone (410)"
    assert (endpoint.disabled_because, endpoint.disabled_by) == (DisabledBecause.GONE, Agent.MESSENGER.pk)
    assert [notice.address for notice in Notice.objects.filter(about=endpoint.pk)] == [administrator.email]
    receiver.answer = 200
    told: dict[str, Any] = {
        "kind": WebhookType.REFERRAL_DISPATCHED,
        "event": uuid4(),
        "subject": uuid4(),
        "person": None,
    }
    assert queue_deliveries(agency_id=endpoint.agency_id, by=Agent.SWEEPER, now=timezone.now(), **told) == 0
    with pytest.raises(NotNow, match="disabled"):
        replay_delivery(delivery_id=row.pk, by=administrator, now=timezone.now())


def test_a_receiver_that_asks_to_be_left_alone_is(receiver):
    row = event_for(hearing(receiver))
    receiver.answer, receiver.headers = 429, {"Retry-After": "1800"}
    sweep_webhooks()
    with later(minutes=25):
        sweep_webhooks()
    assert len(receiver.calls) == 1
    row.refresh_from_db()
    assert row.why == "It answered 429"


def test_one_that_hangs_costs_the_others_one_call_once(receiver):
    with nobody_answers() as port, override_settings(**{**allowing(receiver.port, port), "WEBHOOK_SECONDS": 1}):
        mute, _ = endpoint_at(f"http://127.0.0.1:{port}/", code="E08000035")
        for _ in range(5):
            event_for(mute)
        fine = hearing(receiver)
        for _ in range(5):
            event_for(fine)
        start = timezone.now()
        assert sweep_webhooks() == 5
        assert (timezone.now() - start).total_seconds() < 2.5
        assert mute.deliveries.filter(attempts__gt=0).count() == 1, "the other four were not tried in vain"
        event_for(fine)
        with later(minutes=1):
            assert endpoints_with_work(timezone.now()) == [fine.pk, mute.pk], "who answered last time comes first"


def test_the_endpoints_take_turns(receiver, monkeypatch):
    with receiving() as second, override_settings(**allowing(receiver.port, second.port)):
        one, other = hearing(receiver), hearing(second, code="E08000035")
        order: list[str] = []
        monkeypatch.setattr(receiver, "take", lambda headers, body: order.append("one"))
        monkeypatch.setattr(second, "take", lambda headers, body: order.append("other"))
        for endpoint in (one, other):
            for _ in range(3):
                event_for(endpoint)
        assert sweep_webhooks() == 6
    assert order == ["one", "other"] * 3


def test_an_endpoint_without_a_secret_is_not_called(receiver):
    row = event_for(hearing(receiver))
    secret = row.endpoint.secrets.get()
    within(do=lambda: secret.changed(valid_until=timezone.now()), by=Agent.OPERATOR, now=timezone.now())
    sweep_webhooks()
    row.refresh_from_db()
    assert row.last_error == reasons.NO_SECRET and receiver.calls == []


def test_nothing_to_do_and_being_left_alone_are_told_apart_from_failing(receiver):
    endpoint, now = hearing(receiver), timezone.now()
    assert call_endpoint(endpoint_id=endpoint.pk, by=Agent.MESSENGER, now=now) is None
    assert call_endpoint(endpoint_id=uuid4(), by=Agent.MESSENGER, now=now) is None


def test_what_the_receiver_answers_is_neither_kept_nor_logged(receiver, caplog, capsys):
    row = event_for(hearing(receiver))
    receiver.answer = 500
    sweep_webhooks()
    said = caplog.text + "".join(capsys.readouterr())
    row.refresh_from_db()
    assert "thanks" not in said + str(vars(row))
    for entry in Entry.objects.exclude(payload=None):
        from audit.ledger import read_payload

        assert "thanks" not in str(read_payload(entry))


def test_each_try_is_on_the_ledger_under_the_person_it_concerns(receiver):
    referral = submitted()
    row = event_for(hearing(receiver), subject=referral.pk, person=referral.person_id)
    sweep_webhooks()
    assert {entry.subject for entry in entries_of(row.pk)} == {referral.person_id}
    assert entries_of(row.pk)[-1].actor == Agent.MESSENGER.pk


def test_a_fault_of_ours_at_one_endpoint_keeps_no_other_waiting(receiver):
    broken, _ = endpoint_at(receiver.url.replace("events", "broken"), code="E08000035")
    fine = hearing(receiver)
    for endpoint in (broken, fine):
        event_for(endpoint)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agencies_endpointsecret SET secret = 'x' WHERE endpoint_id = %s", [broken.pk])
    assert sweep_webhooks() == 1
    assert len(receiver.events) == 1


def test_every_type_of_event_is_a_lower_case_name_with_a_dot():
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+", kind) for kind in WebhookType)
