"""An operator looks after the systems of agencies at a terminal."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agencies.models import Endpoint
from agencies.tasks import sweep_webhooks
from audit.agents import Agent
from tests.agencies.hearing import event_for
from tests.audit.acts import entries_of, within
from tests.receiver import receiving

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


def run(*words):
    out = StringIO()
    call_command("webhooks", "--json", *words, stdout=out)
    return json.loads(out.getvalue())


def test_from_adding_to_replaying(receiver):
    made = run("add", "e08000038", receiver.url)
    receiver.secret = made["secret"]
    assert made["agency"] == "E08000038"
    tested = run("test", made["endpoint"])
    assert sweep_webhooks() == 1 and tested["event"] in receiver.events
    (row,) = run("list")
    assert (row["url"], row["enabled"], row["waiting"]) == (receiver.url, True, 0)
    receiver.secret = run("rotate", made["endpoint"])["secret"]
    receiver.secret = run("rotate", made["endpoint"], "--at-once")["secret"]
    assert not run("disable", made["endpoint"])["enabled"]
    assert run("enable", made["endpoint"])["enabled"]
    endpoint = Endpoint.objects.get()
    dead = event_for(endpoint)
    within(do=lambda: dead.changed(dead=timezone.now(), last_error="timed_out"), by=Agent.OPERATOR, now=timezone.now())
    assert run("list")[1] == {
        "dead": str(dead.pk),
        "agency": "E08000038",
        "type": "referral.dispatched",
        "why": "No answer in time",
    }
    assert run("replay", str(dead.pk))["event"] == str(dead.event)
    assert sweep_webhooks() == 1
    assert {entry.actor for entry in entries_of(endpoint.pk)} == {Agent.OPERATOR.pk}


def test_for_people_it_prints_a_line_for_each(receiver):
    out = StringIO()
    call_command("webhooks", "add", "E08000038", receiver.url, stdout=out)
    assert "secret: whsec_" in out.getvalue()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "nowhere", "https://receiver.example/"), "No agency has the code"),
        (("add", "E08000038", "ftp://receiver.example/"), "must start with https"),
        (("add", "E08000038", "https://10.0.0.1/"), "private network"),
        (("test", str(uuid4())), "There is none"),
        (("replay", str(uuid4())), "There is none"),
    ],
)
def test_what_cannot_be_done_is_answered_with_why(receiver, words, said):
    with pytest.raises(CommandError, match=said):
        run(*words)


def test_a_rule_that_refuses_is_told(receiver):
    made = run("add", "E08000038", receiver.url)
    with pytest.raises(CommandError, match="enabled already"):
        run("enable", made["endpoint"])
