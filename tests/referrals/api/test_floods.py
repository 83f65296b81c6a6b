"""A partner's system is limited by its key, and a flood by it is held as any other."""

import pytest

from agencies import limiting
from agencies.limits import LIMITS, Doing, Key, Limit
from referrals.models import Quarantined, Referral
from tests.referrals.api.calling import Caller, partner_key, with_answers
from tests.referrals.writing import from_template, many, scripted

pytestmark = pytest.mark.usefixtures("db")


def told(answers):
    return with_answers(**{name: value for name, value in answers.items() if name in ("concern", "given_names")})


def test_a_system_that_asks_too_often_is_told_when_to_ask_again_and_another_is_not(monkeypatch):
    monkeypatch.setattr(limiting, "LIMITS", {**LIMITS, Doing.USE_API: {Key.API_KEY: Limit(2, 60)}})
    monkeypatch.setattr(limiting._Counter, "away_until", 0.0)
    busy, other = Caller(partner_key()), Caller(partner_key("Marlow Trust"))
    assert [busy.send().status_code for _time in range(2)] == [201, 201]
    answer = busy.send()
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert 0 < int(answer["Retry-After"]) <= 61
    assert other.send().status_code == 201


def test_copies_from_a_system_are_received_and_held_and_honest_ones_pass(monkeypatch):
    monkeypatch.setattr("referrals.actions.judge_likeness.PASS", 3)
    system = Caller(partner_key())
    assert {system.send(told(each)).status_code for each in many(scripted, 6)} == {201}
    assert Quarantined.objects.count() == 3
    assert {system.send(told(each)).status_code for each in many(from_template, 6)} == {201}
    assert Quarantined.objects.count() == 3 and Referral.objects.count() == 12
