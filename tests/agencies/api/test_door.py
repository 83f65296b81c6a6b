"""Every error of the API is a problem, whoever finds it; nothing of what was sent is repeated."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from agencies import limiting
from agencies.actions.end_membership import end_membership
from agencies.api.reading import read_json
from agencies.limits import LIMITS, Doing, Key, Limit
from agencies.models import ApiKeyUse
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from tests.audit.acts import within
from tests.referrals.api.calling import REFERRALS, Caller, partner_key
from tests.referrals.api.test_send import problem

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def key():
    return partner_key()


@pytest.fixture
def school(key):
    return Caller(key)


def status_path():
    return f"{REFERRALS}/{uuid4()}/status"


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/referrals", f"{REFERRALS}/x"])
def test_an_address_that_is_none_is_a_problem(client, path):
    problem(client.get(path), 404)


def test_a_call_without_tls_is_refused_rather_than_led_on(school, settings):
    """A redirect would hide that the key travelled in the clear."""
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    assert "https://" in problem(school.get(status_path()), 403)["detail"]
    assert ApiKeyUse.objects.get().seen is None
    problem(school.client.get(status_path(), secure=True), 404)


@pytest.mark.parametrize("method", ["get", "head", "patch", "delete", "options", "trace"])
def test_a_method_that_is_none_says_which_are(client, method):
    answer = getattr(client, method)(REFERRALS)
    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, "POST", "application/problem+json")


@pytest.mark.parametrize(
    "text",
    [None, "", "x", "prevent_", "prevent_22222222222_x", "prevent_222222222222_", "prevent_222222222222_é", "a_b_c"],
)
def test_what_is_no_key_is_refused_and_told_how_to_send_one(key, text):
    answer = Caller(text).get(status_path())
    assert "Bearer" in problem(answer, 401)["detail"]
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_secret_behind_a_known_front_is_on_record_without_it(key):
    problem(Caller(f"prevent_{key.text.front}_{'x' * 43}").get(status_path()), 401)
    entry = Entry.objects.get(kind=Entry.Kind.SIGN_IN_FAILED)
    assert (entry.object_id, entry.actor) == (key.key.pk, Agent.VISITOR.pk)


def test_another_scheme_is_refused(client, key):
    problem(client.get(status_path(), headers={"Authorization": f"Basic {key.text}"}), 401)


def test_a_key_of_an_account_that_is_switched_off_opens_nothing(key, school, on_record):
    assert school.get(status_path()).status_code == 404
    within(do=lambda: key.key.system.changed(is_active=False), by=Agent.OPERATOR, now=timezone.now())
    problem(school.get(status_path()), 401)


def test_a_key_without_the_scope_is_told_which_it_needs(school):
    assert "referrals:receive" in problem(school.get("/api/v1/dispatches"), 403)["detail"]


def test_the_last_use_is_noted_once_a_minute(school, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    school.get(status_path())
    time_machine.move_to(start + timedelta(seconds=59), tick=False)
    school.get(status_path())
    assert ApiKeyUse.objects.get().seen == start
    time_machine.move_to(start + timedelta(seconds=61), tick=False)
    school.get(status_path())
    assert ApiKeyUse.objects.get().seen == start + timedelta(seconds=61)


def test_over_the_limit_one_is_told_how_long_to_wait(school, monkeypatch):
    monkeypatch.setattr(limiting, "LIMITS", {**LIMITS, Doing.USE_API: {Key.API_KEY: Limit(1, 60)}})
    monkeypatch.setattr(limiting._Counter, "away_until", 0.0)
    problem(school.get(status_path()), 404)
    answer = school.get(status_path())
    problem(answer, 429)
    assert 0 < int(answer["Retry-After"]) <= 61


@pytest.mark.parametrize(("error", "status"), [(OperationalError("secret"), 503), (KeyError("secret"), 500)])
@pytest.mark.parametrize("where", ["agencies.api.keys.parse_key_text", "referrals.api.operations.sent_by_system"])
def test_a_fault_of_ours_is_a_problem_without_its_words(school, monkeypatch, error, status, where):
    def fails(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(where, fails)
    answer = school.get(status_path())
    assert "secret" not in str(problem(answer, status))
    assert ("Retry-After" in answer) is (status == 503)


def test_the_key_of_a_system_whose_role_has_ended_opens_nothing(school, key):
    problem(school.get(status_path()), 404)
    with recording(by=Agent.OPERATOR):
        membership = key.key.system.memberships.get()
        end_membership(membership_id=membership.pk, by=Agent.OPERATOR, now=timezone.now())
    problem(school.get(status_path()), 403)


def test_a_host_that_is_not_ours_is_a_problem_too(client):
    problem(client.get(status_path(), headers={"Host": "elsewhere.example"}), 400)


def test_numbers_and_depth_that_are_honest_are_read():
    assert read_json(b'{"a": [1.5, -0.0, 1e3, 12345678901234567890]}')["a"][2] == 1000.0
