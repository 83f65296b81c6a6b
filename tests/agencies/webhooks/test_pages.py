"""The administrator's pages: who is told, how it does, and what to do about it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, Endpoint, EndpointSecret
from agencies.tasks import sweep_webhooks
from audit.agents import Agent
from tests.agencies.hearing import endpoint_at, event_for, hearing
from tests.audit.acts import within
from tests.components.axe import faults
from tests.making import officer_of
from tests.receiver import receiving

pytestmark = pytest.mark.usefixtures("db", "on_record")
SECRET = re.compile(r"whsec_[\w+/=]+")


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


@pytest.fixture(autouse=True)
def administrator(db, on_record, client):
    user = officer_of(Agency.objects.get(code="system"))
    client.force_login(user)
    return user


@pytest.fixture
def council():
    return Agency.objects.get(code="E08000038")


def text_of(answer):
    return answer.content.decode()


def dead(row):
    within(do=lambda: row.changed(dead=timezone.now(), attempts=3, last_error="answered:500"),
           by=Agent.OPERATOR, now=timezone.now())  # fmt: skip
    return row


def test_from_the_list_to_an_agency_to_an_endpoint_whose_secret_is_shown_once(client, council, receiver):
    answer = client.post(reverse("agencies:webhooks"), {"agency": str(council.pk)}, follow=True)
    assert "Barnsley" in text_of(answer) and "not told of anything yet" in text_of(answer)
    answer = client.post(reverse("agencies:agency-webhooks", args=[council.pk]), {"url": f" {receiver.url} "})
    (secret,) = SECRET.findall(text_of(answer))
    endpoint = Endpoint.objects.get()
    assert (endpoint.url, endpoint.secrets.get().secret) == (receiver.url, secret)
    assert "no-store" in answer["Cache-Control"]
    for page in (
        reverse("agencies:webhooks"),
        reverse("agencies:agency-webhooks", args=[council.pk]),
        reverse("agencies:endpoint", args=[endpoint.pk]),
    ):
        text = text_of(client.get(page))
        assert receiver.url in text and not SECRET.search(text)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "Enter the address"),
        ("receiver.example", "Enter an address like"),
        ("ftp://receiver.example/", "must start with https"),
        ("http://10.0.0.1:80/x", "one of these ports"),
        ("https://10.0.0.1/x", "private network"),
        ("https://169.254.169.254/latest/meta-data/", "private network"),
        ("https://nobody.invalid/", "was not found"),
    ],
)
def test_an_address_that_is_not_called_is_refused_beside_the_field(client, council, receiver, url, words):
    answer = client.post(reverse("agencies:agency-webhooks", args=[council.pk]), {"url": url})
    assert words in text_of(answer) and "Error:" in text_of(answer)
    assert not Endpoint.objects.exists()


def test_a_test_event_shows_on_the_page_what_came_of_it(client, receiver):
    endpoint = hearing(receiver)
    page = reverse("agencies:endpoint", args=[endpoint.pk])
    assert "Nothing has been sent to it yet" in text_of(client.get(page))
    answer = client.post(reverse("agencies:test-endpoint", args=[endpoint.pk]), follow=True)
    assert "on its way" in text_of(answer) and "Waiting" in text_of(answer)
    sweep_webhooks()
    assert "Taken" in text_of(client.get(page))
    receiver.answer = 500
    client.post(reverse("agencies:test-endpoint", args=[endpoint.pk]))
    sweep_webhooks()
    text = text_of(client.get(page))
    assert "Being tried again: It answered 500" in text and "It failed once." in text and "Next try after" in text


def test_a_new_secret_is_shown_once_and_says_how_long_the_old_one_holds(client, receiver):
    endpoint = hearing(receiver)
    rotate = reverse("agencies:rotate-endpoint", args=[endpoint.pk])
    answer = client.post(rotate)
    assert SECRET.findall(text_of(answer)) and "signed with the old secret too" in text_of(answer)
    assert "signed with the old one too" in text_of(client.get(reverse("agencies:endpoint", args=[endpoint.pk])))
    assert client.post(rotate).status_code == 409, "reloading makes no third secret"
    answer = client.post(rotate, {"at_once": "on"})
    assert SECRET.findall(text_of(answer)) and "signed with the old secret too" not in text_of(answer)
    assert EndpointSecret.objects.filter(valid_until=None).count() == 1


def test_an_endpoint_that_is_disabled_sends_no_test_event_until_it_is_enabled(client, receiver):
    endpoint = hearing(receiver)
    answer = client.post(reverse("agencies:disable-endpoint", args=[endpoint.pk]), follow=True)
    assert "Disabled by an administrator" in text_of(answer) and "Send a test event" not in text_of(answer)
    answer = client.post(reverse("agencies:enable-endpoint", args=[endpoint.pk]), follow=True)
    assert "Send a test event" in text_of(answer)


def test_what_was_given_up_is_listed_and_sent_again(client, receiver):
    row = dead(event_for(hearing(receiver)))
    text = text_of(client.get(reverse("agencies:webhooks")))
    assert "It answered 500" in text and str(row.event) in text
    answer = client.post(reverse("agencies:replay-event", args=[row.pk]), follow=True)
    assert "will be sent again now" in text_of(answer)
    assert sweep_webhooks() == 1
    assert receiver.events


def test_who_signed_in_again_first_comes_back_to_the_page(client, receiver):
    endpoint = hearing(receiver)
    for name in ("test-endpoint", "rotate-endpoint", "disable-endpoint", "enable-endpoint"):
        answer = client.get(reverse(f"agencies:{name}", args=[endpoint.pk]))
        assert answer["Location"] == reverse("agencies:endpoint", args=[endpoint.pk])
    answer = client.get(reverse("agencies:replay-event", args=[endpoint.pk]))
    assert answer["Location"] == reverse("agencies:webhooks")
    endpoint.refresh_from_db()
    assert endpoint.disabled_at is None and endpoint.secrets.count() == 1


def test_officers_of_an_agency_have_no_such_page(client, council, receiver):
    endpoint = hearing(receiver)
    client.force_login(officer_of(council))
    for page in (
        reverse("agencies:webhooks"),
        reverse("agencies:agency-webhooks", args=[council.pk]),
        reverse("agencies:endpoint", args=[endpoint.pk]),
    ):
        assert client.get(page).status_code == 404


def test_they_cost_the_same_queries_with_one_row_and_with_twenty(client, council, receiver):
    def count(page):
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        return len(asked)

    endpoint = hearing(receiver)
    dead(event_for(endpoint))
    pages = [reverse("agencies:webhooks"), reverse("agencies:endpoint", args=[endpoint.pk]),
             reverse("agencies:agency-webhooks", args=[council.pk])]  # fmt: skip
    for page in pages:
        count(page)
    one = [count(page) for page in pages]
    for number in range(19):
        endpoint_at(f"{receiver.url}/{number}")
        dead(event_for(endpoint))
    assert [count(page) for page in pages] == one
    assert max(one) <= 14


@pytest.mark.browser
def test_nothing_is_the_matter_with_the_pages_in_any_state(client, page, council, receiver):
    found, agency_page = [], reverse("agencies:agency-webhooks", args=[council.pk])
    found += faults(page, client.get(reverse("agencies:webhooks")), "webhooks-empty")
    found += faults(page, client.get(agency_page), "webhooks-agency-empty")
    found += faults(page, client.post(agency_page, {"url": "x"}), "webhooks-agency-error")
    found += faults(page, client.post(reverse("agencies:webhooks"), {"agency": ""}), "webhooks-error")
    found += faults(page, client.post(agency_page, {"url": receiver.url}), "webhooks-secret")
    endpoint = Endpoint.objects.get()
    own = reverse("agencies:endpoint", args=[endpoint.pk])
    found += faults(page, client.get(own), "webhooks-endpoint-empty")
    row = dead(event_for(endpoint))
    receiver.answer = 500
    event_for(endpoint)
    sweep_webhooks()
    found += faults(page, client.get(own), "webhooks-endpoint-failing")
    found += faults(page, client.get(reverse("agencies:webhooks")), "webhooks-full")
    found += faults(page, client.post(reverse("agencies:rotate-endpoint", args=[endpoint.pk])), "webhooks-rotated")
    client.post(reverse("agencies:disable-endpoint", args=[endpoint.pk]))
    found += faults(page, client.get(own), "webhooks-endpoint-disabled")
    found += faults(page, client.get(reverse("agencies:webhooks")), "webhooks-full-disabled")
    assert found == []
    assert row.dead
