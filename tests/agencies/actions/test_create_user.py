"""Accounts are made on the record, once for each address."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.contrib.auth import authenticate

from agencies.actions.create_user import create_user
from agencies.models import User
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from audit.refusals import Forbidden, NotNow, Refused
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 17, 9, tzinfo=UTC)


def create(*, email: str = "new@leeds.example", password: str | None = "a long pass phrase", by: Agent) -> User:
    with recording(by=by):
        return create_user(email=email, name="Nerys Whitaker", password=password, by=by, now=NOW)


def test_an_operator_makes_an_account_that_can_sign_in():
    user = create(by=Agent.OPERATOR)
    assert user.check_password("a long pass phrase")
    assert Entry.objects.get(object_id=user.pk).kind == Entry.Kind.CREATED


def test_without_a_password_nobody_can_sign_in():
    user = create(password=None, by=Agent.OPERATOR)
    assert not user.has_usable_password()
    with recording(by=Agent.REFERRER):
        assert authenticate(email=user.email, password="") is None


def test_one_address_has_one_account_whatever_its_case():
    create(by=Agent.OPERATOR)
    with pytest.raises(Refused, match="already"):
        create(email="NEW@Leeds.example", by=Agent.OPERATOR)
    assert User.objects.count() == 1


def test_of_two_at_the_same_moment_one_is_told_that_there_is_an_account_already(own_database):
    made = at_once(
        *[partial(create, by=Agent.OPERATOR), partial(create, email="NEW@leeds.example", by=Agent.OPERATOR)] * 4
    )
    assert [type(each) for each in made].count(User) == 1
    assert {type(each) for each in made} == {User, NotNow}


def test_a_weak_password_is_refused():
    with pytest.raises(Refused, match="too short"):
        create(password="short", by=Agent.OPERATOR)


@pytest.mark.parametrize("agent", [agent for agent in Agent if agent is not Agent.OPERATOR])
def test_no_agent_but_the_operator_makes_an_account(agent):
    with pytest.raises(Forbidden):
        create(by=agent)
    assert not User.objects.exists()
