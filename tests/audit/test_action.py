"""Every write is one recorded transaction: change, entry and event together, or nothing and why not."""

from contextlib import suppress
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.context import current, current_or_none, recording, require_action
from audit.keys import KeyDestroyed, create_key, seal
from audit.ledger import read_payload
from audit.models import Entry, EventRecord
from audit.refusals import Forbidden, OffTheRecord
from tests.audit.acts import entries_of, refuse, rename, rename_then, within

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def test_nothing_is_written_without_an_audit_context(db, agency):
    with pytest.raises(OffTheRecord):
        rename(agency_id=agency.pk, name="Elsewhere", by=Agent.OPERATOR, now=NOW)
    agency.refresh_from_db()
    assert agency.name != "Elsewhere"


def test_there_is_no_context_to_be_had_outside_one():
    assert current_or_none() is None
    with pytest.raises(OffTheRecord):
        current()


def test_a_context_alone_is_no_action():
    with recording(by=Agent.OPERATOR), pytest.raises(OffTheRecord):
        require_action()


@ON_RECORD
def test_the_context_cannot_be_replaced_inside_an_action():
    def replace():
        with recording(by=Agent.SWEEPER):
            pass

    with pytest.raises(OffTheRecord):
        within(do=replace, by=Agent.OPERATOR, now=NOW)


def test_a_context_ends_with_its_block_and_gives_back_the_one_before():
    with recording(by=Agent.OPERATOR) as outer:
        with recording(by=Agent.SWEEPER) as inner:
            assert current() is inner
        assert current() is outer
    assert current_or_none() is None


def test_change_entry_and_event_are_seen_by_others_at_the_same_moment(own_database, agency):
    counts = (
        "SELECT (SELECT count(*) FROM agencies_agency WHERE name = 'Elsewhere'),"
        " (SELECT count(*) FROM audit_entry WHERE object_id = %s),"
        " (SELECT count(*) FROM audit_payload p JOIN audit_entry e ON e.id = p.entry_id WHERE e.object_id = %s),"
        " (SELECT count(*) FROM audit_eventrecord WHERE object_id = %s)"
    )
    with psycopg.connect(own_database.environment["DATABASE_URL"], autocommit=True) as other:

        def seen():
            return other.execute(counts, [agency.pk] * 3).fetchone()

        before, during = seen(), []
        with recording(by=Agent.OPERATOR):
            rename_then(
                agency_id=agency.pk,
                name="Elsewhere",
                then=lambda: during.append(seen()),
                by=Agent.OPERATOR,
                now=NOW,
            )
        assert during == [before]
        assert [after - was for after, was in zip(seen(), before, strict=True)] == [1, 1, 1, 1]


@ON_RECORD
@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt])
def test_an_exception_takes_everything_back(agency, fault):
    def fail():
        raise fault

    before = Entry.objects.count(), EventRecord.objects.count()
    with pytest.raises(fault):
        rename_then(agency_id=agency.pk, name="Elsewhere", then=fail, by=Agent.OPERATOR, now=NOW)
    agency.refresh_from_db()
    assert agency.name != "Elsewhere"
    assert (Entry.objects.count(), EventRecord.objects.count()) == before


@ON_RECORD
def test_what_a_failed_action_had_to_say_is_not_said_by_the_next(agency):
    with pytest.raises(ZeroDivisionError):
        rename_then(agency_id=agency.pk, name="Elsewhere", then=lambda: 1 / 0, by=Agent.OPERATOR, now=NOW)
    rename(agency_id=agency.pk, name="Here", by=Agent.OPERATOR, now=NOW)
    changes = [read_payload(entry)["changes"] for entry in entries_of(agency.pk) if entry.verb == "rename"]
    assert [change["name"][1] for change in changes] == ["Here"]


@ON_RECORD
def test_what_a_savepoint_would_take_back_is_not_said_and_not_done(agency):
    def swallow():
        with suppress(ZeroDivisionError), transaction.atomic():
            Agency.objects.lock(agency.pk).changed(name="Elsewhere")
            raise ZeroDivisionError

    before = Entry.objects.count()
    with pytest.raises(OffTheRecord, match="Inside a savepoint"):
        within(do=swallow, by=Agent.OPERATOR, now=NOW)
    agency.refresh_from_db()
    assert (agency.name == "Elsewhere", Entry.objects.count()) == (False, before)


@ON_RECORD
def test_an_action_may_stand_inside_a_savepoint_and_one_that_writes_nothing_inside_it(agency):
    def look():
        with transaction.atomic():
            Agency.objects.lock(agency.pk)

    with transaction.atomic():
        rename_then(agency_id=agency.pk, name="Elsewhere", then=look, by=Agent.OPERATOR, now=NOW)
    assert entries_of(agency.pk)[-1].verb == "rename"


@ON_RECORD
def test_a_key_that_went_with_a_rollback_seals_nothing():
    subject = uuid4()

    def fail():
        create_key(subject)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        within(do=fail, by=Agent.OPERATOR, now=NOW)
    with pytest.raises(KeyDestroyed):
        seal(subject, b"text", bound_to="a place")


@ON_RECORD
def test_a_refusal_takes_everything_back_and_is_recorded_with_ids_only(agency):
    present = current()
    with pytest.raises(Forbidden):
        refuse(agency_id=agency.pk, name="A secret name", by=Agent.SWEEPER, now=NOW)
    agency.refresh_from_db()
    assert agency.name != "A secret name"
    (entry,) = [entry for entry in entries_of(agency.pk) if entry.kind == Entry.Kind.REFUSED]
    assert (entry.verb, entry.actor, entry.correlation) == ("refuse", Agent.SWEEPER.pk, present.correlation)
    assert read_payload(entry) == {"rule": "Only the owner renames an agency.", "agency_id": str(agency.pk)}


@ON_RECORD
def test_a_refusal_about_several_objects_is_of_the_one_that_the_action_names_first_and_names_all(agency):
    other = uuid4()
    with pytest.raises(Forbidden):
        refuse(other_id=other, agency_id=agency.pk, name="x", by=Agent.SWEEPER, now=NOW)
    entry = Entry.objects.filter(kind=Entry.Kind.REFUSED).latest("id")
    assert entry.object_id == agency.pk
    assert read_payload(entry)["other_id"] == str(other)


def test_a_refusal_outlives_the_rollback(own_database, agency):
    with recording(by=Agent.OPERATOR), pytest.raises(Forbidden):
        refuse(agency_id=agency.pk, name="x", by=Agent.SWEEPER, now=NOW)
    with psycopg.connect(own_database.environment["DATABASE_URL"]) as other:
        kinds = other.execute("SELECT kind FROM audit_entry WHERE object_id = %s ORDER BY id DESC", [agency.pk])
        assert kinds.fetchone() == ("refused",)


@ON_RECORD
def test_an_action_inside_another_joins_it_and_each_entry_names_the_innermost(agency):
    def inner():
        rename(agency_id=agency.pk, name="Second", by=Agent.SWEEPER, now=NOW)

    rename_then(agency_id=agency.pk, name="First", then=inner, by=Agent.OPERATOR, now=NOW)
    assert [(entry.verb, entry.actor) for entry in entries_of(agency.pk)][-2:] == [
        ("rename", Agent.OPERATOR.pk),
        ("rename", Agent.SWEEPER.pk),
    ]

    def direct():
        Agency.objects.lock(agency.pk).changed(name="Third")

    rename_then(agency_id=agency.pk, name="Fourth", then=direct, by=Agent.OPERATOR, now=NOW)
    assert entries_of(agency.pk)[-1].verb == "rename_then"


@ON_RECORD
def test_an_entry_says_from_where_and_why(agency):
    with recording(by=Agent.OPERATOR, address="192.0.2.7", reason="A slip of the pen") as present:
        rename(agency_id=agency.pk, name="Elsewhere", by=Agent.OPERATOR, now=NOW)
    entry = entries_of(agency.pk)[-1]
    assert (entry.address, entry.correlation) == ("192.0.2.7", present.correlation)
    assert read_payload(entry)["reason"] == "A slip of the pen"
    assert entry.kind == Entry.Kind.CHANGED
    assert str(entry) == f"changed agencies.agency {agency.pk}"
    assert str(entry.payload) == str(entry.pk)


@ON_RECORD
def test_an_action_that_changes_nothing_leaves_no_entry(agency):
    before = Entry.objects.count()
    within(do=lambda: Agency.objects.lock(agency.pk).changed(name=agency.name), by=Agent.OPERATOR, now=NOW)
    assert Entry.objects.count() == before


@ON_RECORD
def test_a_whole_change_costs_two_statements_for_the_ledger(agency, django_assert_max_num_queries):
    def both():
        for name in ("First", "Second", "Third"):
            Agency.objects.lock(agency.pk).changed(name=name)

    before = Entry.objects.count()
    # Savepoint and its release, three times lock, old row and update, one data key, two statements of the ledger.
    with django_assert_max_num_queries(2 + 3 * 3 + 1 + 2):
        within(do=both, by=Agent.OPERATOR, now=NOW)
    assert Entry.objects.count() == before + 3
