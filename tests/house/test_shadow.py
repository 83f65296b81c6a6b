"""Ledger and history tell the same of every row, whoever wrote it and however; and where they do not, it is noticed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from inspect import signature
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from agencies.models import Agency, Membership
from audit.agents import Agent
from audit.bulk import create_in_bulk
from audit.ledger import write_entry
from audit.models import Entry
from referrals.models import SearchPurpose
from tests.audit.acts import rename, within
from tests.house.acted_on import LEFT_OUT, ActedOn
from tests.house.matrix.conftest import house
from tests.house.one_of_each import one_of_each
from tests.house.shadow import differences
from tests.house.test_every_action import ACTIONS, DONE_BY, acted_on
from tests.making import officer_of
from tests.referrals.looking import searching

__all__ = ["acted_on", "house"]
ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def changed_past_the_ledger(agency: Agency) -> None:
    raw(f"UPDATE agencies_agency SET name = 'Elsewhere' WHERE id = '{agency.pk}'")


def made_past_the_ledger(agency: Agency) -> None:
    raw(
        "INSERT INTO agencies_membership (id, user_id, agency_id, role, starts_on, ended_by)"
        f" SELECT '{uuid4()}', user_id, agency_id, 'authority_supervisor', starts_on, NULL FROM agencies_membership"
        f" WHERE agency_id = '{agency.pk}' LIMIT 1"
    )


def deleted_past_the_ledger(agency: Agency) -> None:
    raw(f"DELETE FROM agencies_membership WHERE agency_id = '{agency.pk}'")


def told_and_not_done(agency: Agency) -> None:
    told: Any = {"object_type": "agencies.agency", "object_id": agency.pk, "details": {"changes": {"name": ["", "x"]}}}
    within(do=lambda: write_entry(Entry.Kind.CHANGED, **told), by=Agent.OPERATOR, now=NOW)


def another_field_too(agency: Agency) -> None:
    def work() -> None:
        Agency.objects.lock(agency.pk).changed(name="Elsewhere")
        raw(f"UPDATE agencies_agency SET email = 'elsewhere@agencies.example' WHERE id = '{agency.pk}'")

    within(do=work, by=Agent.OPERATOR, now=NOW)


def one_more_than_said(agency: Agency) -> None:
    held = Membership.objects.get(agency=agency)
    rows = [
        Membership(user=held.user, agency=agency, role="authority_lead", starts_on=held.starts_on + timedelta(days=day))
        for day in (1, 2, 3)
    ]

    def work() -> None:
        create_in_bulk(Membership, rows, now=NOW)
        made_past_the_ledger(agency)

    within(do=work, by=Agent.OPERATOR, now=NOW)


def purpose_changed_past_the_ledger(agency: Agency) -> None:
    raw("UPDATE referrals_searchpurpose SET purpose = 'other'")


def purpose_deleted_past_the_ledger(agency: Agency) -> None:
    raw("DELETE FROM referrals_searchpurpose")


def purpose_told_and_not_changed(agency: Agency) -> None:
    told: Any = {"object_type": "referrals.searchpurpose", "object_id": SearchPurpose.objects.get().pk}
    within(do=lambda: write_entry(Entry.Kind.CHANGED, **told), by=Agent.OPERATOR, now=NOW)


@ON_RECORD
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (purpose_changed_past_the_ledger, "not on the ledger: referrals.searchpurpose"),
        (purpose_deleted_past_the_ledger, "gone without a word: referrals.searchpurpose"),
        (purpose_told_and_not_changed, "not on the ledger: referrals.searchpurpose"),
        (changed_past_the_ledger, "not on the ledger"),
        (made_past_the_ledger, "not on the ledger"),
        (deleted_past_the_ledger, "gone without a word"),
        (told_and_not_done, "in no history"),
        (another_field_too, "['email']"),
        (one_more_than_said, "4 rows and not 3"),
    ],
)
def test_what_only_one_of_the_two_knows_is_noticed(council, fault: Callable[[Agency], None], said: str):
    searching(officer_of(council))
    rename(agency_id=council.pk, name="Here", by=Agent.OPERATOR, now=NOW)
    assert differences() == []
    fault(council)
    assert any(said in each for each in differences())


@ON_RECORD
def test_of_one_of_each_thing_both_tell_the_same():
    with one_of_each():
        assert differences() == []


@pytest.mark.parametrize("agent", Agent)
def test_of_every_action_of_an_agent_both_tell_the_same(acted_on: ActedOn, agent: Agent) -> None:
    assert differences() == []
    for name in sorted(DONE_BY[agent]):
        named = [each for each in signature(ACTIONS[name]).parameters if each != "by"]
        given = {each: value for each in named if (value := acted_on.given(name, each)) is not LEFT_OUT}
        with transaction.atomic():
            with suppress(Exception):  # what it was given may not be enough to do it: then it has done nothing
                ACTIONS[name](**given, by=agent)
            assert (name, differences()) == (name, [])
            transaction.set_rollback(True)
