"""Endpoints: made by administrators and operators, their secrets shown once, sealed, and changed with overlap."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from agencies.actions.create_endpoint import create_endpoint
from agencies.actions.disable_endpoint import disable_endpoint
from agencies.actions.enable_endpoint import enable_endpoint
from agencies.actions.replay_delivery import replay_delivery
from agencies.actions.rotate_secret import rotate_secret
from agencies.actions.send_test_event import send_test_event
from agencies.models import Agency, Delivery, Endpoint, EndpointSecret
from agencies.tasks import sweep_webhooks
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import Forbidden, NotNow
from tests.agencies.hearing import endpoint_at, event_for, hearing
from tests.audit.acts import within
from tests.making import officer_of
from tests.receiver import receiving

pytestmark = pytest.mark.usefixtures("db", "on_record")
URL = "https://receiver.example/events"
NOW = timezone.now()


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


@pytest.fixture
def administrator():
    return officer_of(Agency.objects.get(code="system"))


def test_the_secret_lies_sealed_and_is_in_no_ledger_entry(administrator):
    agency = Agency.objects.get(code="E08000038")
    endpoint, secret = create_endpoint(agency_id=agency.pk, url=URL, by=administrator, now=NOW)
    assert secret.startswith("whsec_") and len(secret) == 50
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM agencies_endpointsecret")
        (stored,) = cursor.fetchone()
    assert secret.removeprefix("whsec_").encode() not in bytes(stored)
    assert endpoint.secrets.get().secret == secret
    assert secret not in " ".join(str(read_payload(entry)) for entry in Entry.objects.exclude(payload=None))
    assert "masked" in str(read_payload(Entry.objects.get(object_id=endpoint.secrets.get().pk)))


def test_an_agency_has_one_endpoint_at_an_address(administrator):
    endpoint, _ = endpoint_at(URL)
    with pytest.raises(NotNow, match="already"):
        endpoint_at(URL)
    endpoint_at(URL, code="E08000035")
    with pytest.raises(NotNow):
        endpoint_at("http://receiver.example/")
    assert str(endpoint) == str(endpoint.pk)


def test_who_may_not_edit_endpoints_does_nothing_to_them(receiver):
    endpoint = hearing(receiver)
    row = event_for(endpoint)
    within(do=lambda: row.changed(dead=NOW), by=Agent.OPERATOR, now=NOW)
    for who in (officer_of(endpoint.agency), Agent.MESSENGER):
        for act, more in (
            (create_endpoint, {"agency_id": endpoint.agency_id, "url": URL}),
            (rotate_secret, {"endpoint_id": endpoint.pk, "at_once": False}),
            (disable_endpoint, {"endpoint_id": endpoint.pk}),
            (enable_endpoint, {"endpoint_id": endpoint.pk}),
            (send_test_event, {"endpoint_id": endpoint.pk}),
            (replay_delivery, {"delivery_id": row.pk}),
        ):
            with pytest.raises(Forbidden):
                act(**more, by=who, now=NOW)
    assert EndpointSecret.objects.count() == 1 and Delivery.objects.count() == 1


def test_what_is_not_there_cannot_be_changed(administrator):
    for act, more in ((rotate_secret, {"at_once": True}), (disable_endpoint, {}), (enable_endpoint, {})):
        with pytest.raises(Endpoint.DoesNotExist):
            act(endpoint_id=uuid4(), **more, by=administrator, now=NOW)
    with pytest.raises(Agency.DoesNotExist):
        create_endpoint(agency_id=uuid4(), url=URL, by=administrator, now=NOW)


def test_while_one_secret_replaces_the_other_both_sign(receiver, administrator):
    endpoint = hearing(receiver)
    old, new = receiver.secret, rotate_secret(endpoint_id=endpoint.pk, at_once=False, by=administrator, now=NOW)
    assert old != new
    for secret in (old, new):
        receiver.secret = secret
        event_for(endpoint)
        assert sweep_webhooks() == 1
        assert len(receiver.calls[-1][0]["webhook-signature"].split()) == 2
    assert len(receiver.events) == 2 and not receiver.refused
    with pytest.raises(NotNow, match="still holds"):
        rotate_secret(endpoint_id=endpoint.pk, at_once=False, by=administrator, now=NOW)


def test_after_the_overlap_the_new_secret_alone_signs(receiver, administrator):
    endpoint = hearing(receiver)
    new = rotate_secret(endpoint_id=endpoint.pk, at_once=False, by=administrator, now=NOW)
    with time_machine.travel(NOW + timedelta(hours=24, seconds=5), tick=True):
        event_for(endpoint)
        sweep_webhooks()
        assert len(receiver.calls[-1][0]["webhook-signature"].split()) == 1
        assert receiver.refused == 1, "the old one verifies nothing any more"
        receiver.secret = new
        event_for(endpoint)
        sweep_webhooks()
    assert len(receiver.events) == 1
    rotate_secret(endpoint_id=endpoint.pk, at_once=False, by=administrator, now=NOW + timedelta(days=2))


def test_a_secret_that_others_have_seen_ends_at_once_even_during_an_overlap(receiver, administrator):
    endpoint = hearing(receiver)
    rotate_secret(endpoint_id=endpoint.pk, at_once=False, by=administrator, now=NOW)
    receiver.secret = rotate_secret(endpoint_id=endpoint.pk, at_once=True, by=administrator, now=timezone.now())
    event_for(endpoint)
    sweep_webhooks()
    assert len(receiver.calls[-1][0]["webhook-signature"].split()) == 1
    assert len(receiver.events) == 1


def test_the_database_holds_one_lasting_secret_and_an_endpoint_disabled_by_somebody_for_a_reason(receiver):
    endpoint = hearing(receiver)
    rotate_secret(endpoint_id=endpoint.pk, at_once=True, by=Agent.OPERATOR, now=NOW)
    for wrong in (
        "UPDATE agencies_endpointsecret SET valid_until = NULL",
        "UPDATE agencies_endpoint SET disabled_at = now()",
        "UPDATE agencies_endpoint SET disabled_at = now(), disabled_by = gen_random_uuid()",
        "UPDATE agencies_endpoint SET disabled_because = 'gone'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(wrong)
    assert len({str(secret) for secret in endpoint.secrets.all()}) == 2


def test_a_disabled_endpoint_is_not_called_until_it_is_enabled(receiver, administrator):
    endpoint = hearing(receiver)
    row = event_for(endpoint)
    assert disable_endpoint(endpoint_id=endpoint.pk, by=administrator, now=NOW).disabled_by == administrator.pk
    assert sweep_webhooks() == 0
    for act in (disable_endpoint, send_test_event):
        with pytest.raises(NotNow, match="disabled"):
            act(endpoint_id=endpoint.pk, by=administrator, now=NOW)
    enable_endpoint(endpoint_id=endpoint.pk, by=administrator, now=NOW)
    with pytest.raises(NotNow, match="enabled already"):
        enable_endpoint(endpoint_id=endpoint.pk, by=administrator, now=NOW)
    assert sweep_webhooks() == 1
    assert receiver.events.keys() == {str(row.event)}


def test_a_test_event_is_about_the_endpoint_alone_and_does_not_wait(receiver, administrator):
    endpoint = hearing(receiver)
    receiver.answer = 500
    event_for(endpoint)
    sweep_webhooks()
    receiver.answer = 200
    sent = send_test_event(endpoint_id=endpoint.pk, by=administrator, now=timezone.now())
    assert sweep_webhooks() == 1
    assert receiver.events[str(sent.event)]["type"] == "endpoint.test"
    assert receiver.events[str(sent.event)]["subject"] == str(endpoint.pk)
    assert str(sent) == f"endpoint.test {sent.event}"


def test_an_event_that_waits_is_not_replayed(receiver, administrator):
    row = event_for(hearing(receiver))
    with pytest.raises(NotNow, match="not waiting"):
        replay_delivery(delivery_id=row.pk, by=administrator, now=NOW)
    with pytest.raises(Delivery.DoesNotExist):
        replay_delivery(delivery_id=uuid4(), by=administrator, now=NOW)
