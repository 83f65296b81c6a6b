"""Every address, by every method, as every role, at every relation to what it names: what policy.md says, no more.

What is refused is the page of something that does not exist: same status, body, headers and statements.
`make test` asks one role of each kind at every relation, and every role where a role of its kind may most;
`make test-full` asks everybody everywhere, but where one relation stands for all (`one_for_all`).
"""

from collections.abc import Iterable
from itertools import product
from time import time
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from agencies.roles import ROLES, RoleName
from tests.house.matrix.asking import ADDRESSES, BY_KEY, METHODS, SIGNED_IN, House, arguments_of
from tests.house.matrix.judging import faults, may_most, relations_of, who_is_asked
from tests.house.matrix.marks import NOT_MARKED
from tests.house.matrix.policy import Line, fields, groups, lines, lines_of
from tests.house.matrix.relations import Relation
from tests.house.matrix.world import HUMAN
from tests.house.reading import undone
from tests.house.rooms import our_models

R = Relation
ELEVEN_MINUTES = 660
# They ask by themselves: whoever has a second factor answers it before another one is set up.
BEFORE_FACTORS = ("agencies:set-up", "agencies:set-up-app", "agencies:set-up-passkey")


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert {line.name for line in lines()} == {*ADDRESSES, "casework"}


def test_every_role_is_in_the_groups() -> None:
    assert groups()["everybody"] == set(HUMAN)
    assert set().union(*groups().values()) == set(RoleName) | {"anybody"}


def test_every_personal_field_has_a_line() -> None:
    models: list[Any] = our_models()
    assert set(fields()) == {f"{model._meta.label}.{each}" for model in models for each in model.Privacy.personal}


def test_a_word_stands_in_every_personal_field_that_takes_one(house: House) -> None:
    house.browser(RoleName.CTP_OFFICER)
    marked = house.world.marks.fields
    assert marked | set(NOT_MARKED) == set(fields())
    assert not marked & set(NOT_MARKED)


@pytest.mark.parametrize("name", BY_KEY)
def test_the_policy_decides_about_systems_and_no_session_opens_what_is_theirs(house: House, name: str) -> None:
    wrong: list[str] = []
    for method in METHODS:
        for role in RoleName:
            wrong += faults(house, name, method, role, full=ROLES[role].for_systems)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", SIGNED_IN)
def test_whoever_is_not_signed_in_is_led_to_the_sign_in(house: House, name: str) -> None:
    address = house.things.address(name, arguments_of(name), RoleName.CTP_OFFICER, R.ABSENT)
    client = Client()
    for method in METHODS:
        answer = getattr(client, method.lower())(address)
        assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={address}")


def let_in(house: House, name: str, asked: Iterable[tuple[str, str]]) -> list[str]:
    """What is not as it should be for those who have left or are suspended, by role and method, where they would be
    let in if they were not: the first find nothing, the others are led to the sign-in."""
    wrong = []
    for role, method in asked:
        relation = may_most(name, role, relations_of(house, name, role) or [R.ABSENT])
        address = house.things.address(name, arguments_of(name), role, relation)
        login = f"{reverse('account_login')}?next={address}"
        for client, expected in ((house.left(role), (404, None)), (house.suspended(role), (302, login))):
            with undone(client):
                answer = getattr(client, method.lower())(address)
            if (answer.status_code, answer.headers.get("Location")) != expected:
                wrong.append(f"{method} {name} as {role}: {answer.status_code}, not {expected[0]}")
    return wrong


def by_turns(name: str) -> list[tuple[str, str]]:
    """Every role on the lines of an address, and every method, each at least once; another pair at each address."""
    roles = sorted({role for line in lines_of(name) for role in line.who})
    turns = range(max(len(roles), len(METHODS)))
    return [(roles[at % len(roles)], METHODS[(at + len(name)) % len(METHODS)]) for at in turns]


@pytest.mark.parametrize("name", SIGNED_IN)
def test_whoever_has_left_or_is_suspended_finds_nothing_in_any_role_by_any_method(house: House, name: str) -> None:
    assert not let_in(house, name, by_turns(name))


@pytest.mark.full
@pytest.mark.parametrize("name", SIGNED_IN)
def test_whoever_has_left_or_is_suspended_finds_nothing_in_every_role_by_every_method(house: House, name: str) -> None:
    roles = {role for line in lines_of(name) for role in line.who}
    assert not let_in(house, name, product(sorted(roles), METHODS))


def not_fresh(house: House, name: str) -> list[Line]:
    """The lines of an address that ask for the second factor otherwise than they say.

    By POST too: its page was not opened before.
    """
    found = []
    for line in lines_of(name):
        role, method = min(line.who), min(line.methods)
        relation = next(each for each in relations_of(house, name, role) if line.allows(method, role, each))
        house.browser(role)  # has signed in now
        with patch("agencies.signin.proof.time.time", lambda: time() + ELEVEN_MINUTES):
            asked = house.ask(name, method, role, relation)
        assert asked is not None
        asks = asked.answer.status_code == 302 and asked.answer["Location"].startswith(reverse("agencies:confirm"))
        found += [line] if asks is not (line.fresh or name in BEFORE_FACTORS) else []
    return found


@pytest.mark.parametrize("name", SIGNED_IN)
def test_the_second_factor_must_be_fresh_where_a_line_says_so(house: House, name: str) -> None:
    assert not not_fresh(house, name)


@pytest.mark.parametrize("name", SIGNED_IN)
def test_the_policy_decides(house: House, name: str) -> None:
    wrong: list[str] = []
    for method in METHODS:
        for role in who_is_asked(name, method):
            wrong += faults(house, name, method, role, full=False)
    assert not wrong, "\n".join(wrong)


@pytest.mark.full
@pytest.mark.parametrize("name", SIGNED_IN)
def test_the_policy_decides_about_everybody_everywhere(house: House, name: str) -> None:
    wrong: list[str] = []
    for method in METHODS:
        for role in HUMAN:
            wrong += faults(house, name, method, role, full=True)
    assert not wrong, "\n".join(wrong)
