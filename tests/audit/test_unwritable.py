"""A write whose entry cannot be written does not happen, and what nobody can be on record for is not shown."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, Membership, Session, User
from audit.agents import Agent
from audit.bulk import create_in_bulk
from audit.context import recording
from audit.keys import KeyDestroyed
from audit.models import Entry, EventRecord
from people.models import Person
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.models import Dispatch, Draft, Referral
from referrals.states import DispatchState
from tests.audit.acts import refuse, rename, within
from tests.database import OwnDatabase
from tests.making import BARNSLEY, TEACHER, dispatch_to_authority, draft_with, officer_of, submitted
from tests.signing_in import code_of, give_code, give_password

NOW = timezone.now()
TABLES = pytest.mark.parametrize("table", ["audit_entry", "audit_payload"])


@contextmanager
def unwritable(own_database: OwnDatabase, table: str) -> Iterator[None]:
    """The owner has taken away the application's right to write there."""
    role = psycopg.conninfo.conninfo_to_dict(own_database.environment["DATABASE_URL"])["user"]
    with psycopg.connect(own_database.environment["MIGRATION_DATABASE_URL"], autocommit=True) as owner:
        owner.execute(f"REVOKE INSERT ON {table} FROM {role}")
        yield
        owner.execute(f"GRANT INSERT ON {table} TO {role}")


def counted() -> list[int]:
    """How many there are of what an action could leave behind."""
    return [model._default_manager.count() for model in (Entry, EventRecord, Referral, Person, Dispatch, Session)]


@TABLES
def test_an_action_changes_nothing_and_tells_nobody(own_database, council, table):
    before = counted()
    with recording(by=Agent.OPERATOR), unwritable(own_database, table):
        with pytest.raises(DatabaseError, match=f"permission denied for table {table}"):
            rename(agency_id=council.pk, name="Elsewhere", by=Agent.OPERATOR, now=NOW)
        with pytest.raises(DatabaseError):
            refuse(agency_id=council.pk, name="Elsewhere", by=Agent.OPERATOR, now=NOW)
    assert (Agency.objects.get(pk=council.pk).name, counted()) == (council.name, before)
    with recording(by=Agent.OPERATOR):
        rename(agency_id=council.pk, name="Elsewhere", by=Agent.OPERATOR, now=NOW)
    assert Entry.objects.count() == before[0] + 1, "and what could not be said is not said later"


@TABLES
def test_many_rows_written_as_a_set_are_not_written(own_database, council, table):
    with recording(by=Agent.OPERATOR):
        user = officer_of(council)
        row = Membership(user=user, agency=council, role="authority_supervisor", starts_on=NOW.date())
        with unwritable(own_database, table), pytest.raises(DatabaseError):
            within(do=lambda: create_in_bulk(Membership, [row], now=NOW), by=Agent.OPERATOR, now=NOW)
    assert Membership.objects.filter(user=user).count() == 1


@pytest.fixture
def reader(own_database: OwnDatabase) -> tuple[Client, Dispatch, User]:
    """An officer who is signed in, and a referral of theirs; faults are answered with pages."""
    with recording(by=Agent.OPERATOR):
        dispatch = dispatch_to_authority(submitted())
        officer = officer_of(dispatch.agency)
        client = Client(raise_request_exception=False)
        client.force_login(officer)
    return client, dispatch, officer


@TABLES
@pytest.mark.parametrize("page", ["desk:referral", "desk:referral-print", "desk:referral-pdf"])
def test_a_page_shows_nothing_where_the_look_cannot_be_written(own_database, reader, table, page):
    client, dispatch, _officer = reader
    address = reverse(page, args=[dispatch.referral_id])
    with unwritable(own_database, table):
        answer = client.get(address)
    assert answer.status_code == 500
    for words in (TEACHER["family_name"], TEACHER["concern"], dispatch.referral.reference):
        assert words not in answer.content.decode()
    assert client.get(address).status_code == 200


@TABLES
def test_a_form_that_somebody_sends_changes_nothing(own_database, reader, table):
    client, dispatch, _officer = reader
    before = counted()
    with unwritable(own_database, table):
        answer = client.post(reverse("referrals:acknowledge", args=[dispatch.pk]))
    assert (answer.status_code, counted()) == (500, before)
    assert Dispatch.objects.get(pk=dispatch.pk).state == DispatchState.SENT


@TABLES
def test_a_referral_is_not_taken_and_its_referrer_sees_no_reference(own_database, table):
    with recording(by=Agent.OPERATOR):
        draft = draft_with(TEACHER)
    before = counted()
    with recording(by=Agent.REFERRER), unwritable(own_database, table), pytest.raises(DatabaseError):
        submitted(TEACHER)
    assert (counted(), list(Draft.objects.values_list("pk", flat=True))[:1]) == (before, [draft.pk])


@TABLES
def test_nobody_signs_in_off_the_record(own_database, table):
    with recording(by=Agent.OPERATOR):
        user = officer_of(Agency.objects.get(code=BARNSLEY))
    client = Client(raise_request_exception=False)
    give_password(client, user)
    with unwritable(own_database, table):
        assert give_code(client, code_of(user)).status_code == 500
    assert not Session.objects.filter(user=user).exclude(began=None).exists()
    assert client.get(reverse("desk:home")).status_code == 302


def test_nothing_is_written_about_somebody_whose_key_was_destroyed_meanwhile(own_database, reader):
    client, dispatch, officer = reader
    with psycopg.connect(own_database.environment["DATABASE_URL"], autocommit=True) as other:
        other.execute("DELETE FROM audit_datakey WHERE subject = %s", [dispatch.referral.person_id])
    before = counted()
    with recording(by=officer), pytest.raises(KeyDestroyed):
        acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=NOW)
    answer = client.post(reverse("referrals:acknowledge", args=[dispatch.pk]))
    assert (answer.status_code, counted()) == (500, before)
    assert Dispatch.objects.get(pk=dispatch.pk).state == DispatchState.SENT
