"""Whoever runs the service hears when the ledger is not sealed, published or given its months: once a day."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from agencies.actions.alarm_about_ledger import alarm_about_ledger
from agencies.models import Agency, AgencyKind, Notice, NoticeKind
from audit.actions.publish_checkpoint import publish_checkpoint
from audit.actions.seal_entries import seal_entries
from audit.agents import Agent
from audit.models import Entry, Leaf, Publication, Seal
from audit.partitions import make_months
from audit.refusals import Forbidden
from audit.sealing.watching import BEHIND, LATE, Trouble, troubles
from tests.audit.sealing.sealed import looked_often
from tests.house.one_of_each import administrator


@pytest.fixture
def now() -> datetime:
    """The test's present: entries are dated by the clock."""
    return timezone.now()


@pytest.fixture(autouse=True)
def in_order(db, on_record, tmp_path, settings, council, now):
    """A ledger that is sealed and published, with somebody who runs the service."""
    settings.LEDGER_CHECKPOINTS = (tmp_path / "checkpoints").as_uri()
    administrator("Wren the administrator")
    make_months(now=now)
    looked_often(times=1, agency=council, by=Agent.OPERATOR, now=now)
    while seal_entries(by=Agent.SEALER, now=now):
        pass
    publish_checkpoint(by=Agent.SEALER, now=now)


@pytest.fixture
def alarmed(now) -> Callable[..., list[Trouble]]:
    """What there is so long after the present; those who run the service are told."""

    def after(later: timedelta = timedelta(0)) -> list[Trouble]:
        return alarm_about_ledger(by=Agent.SWEEPER, now=now + later)

    return after


def test_nobody_is_told_of_a_ledger_in_order(alarmed):
    assert alarmed() == []
    assert not Notice.objects.filter(kind=NoticeKind.LEDGER_TROUBLE).exists()


def test_entries_that_wait_for_a_minute_are_told_of_once_a_day(council, alarmed, now):
    looked_often(times=1, agency=council, by=Agent.OPERATOR, now=now)
    assert alarmed() == []
    later = BEHIND + timedelta(seconds=30)
    assert alarmed(later) == alarmed(later) == [Trouble.BEHIND]
    assert Notice.objects.filter(kind=NoticeKind.LEDGER_TROUBLE).count() == 1
    alarmed(later + timedelta(days=1))
    assert Notice.objects.filter(kind=NoticeKind.LEDGER_TROUBLE).count() > 1


def test_however_much_came_in_the_last_minute_what_waits_for_longer_is_told_of(council, alarmed, now, monkeypatch):
    monkeypatch.setattr("audit.sealing.watching.NEWEST", 3)
    looked_often(times=1, agency=council, by=Agent.OPERATOR, now=now)
    with time_machine.travel(now + 2 * BEHIND):
        looked_often(times=5, agency=council, by=Agent.OPERATOR, now=now)
    assert alarmed(2 * BEHIND) == [Trouble.BEHIND]


@pytest.fixture
def below_the_horizon():
    """Put in an entry that the sealer does not come back to. Only the database's owner can; it is taken away again."""
    told = urlsplit(os.environ["MIGRATION_DATABASE_URL"])
    where = {"host": told.hostname, "port": told.port, "dbname": connection.settings_dict["NAME"]}
    actor = uuid4()
    with psycopg.connect(**where, user=told.username, password=told.password, autocommit=True) as owner:

        def put_in(at, pk=None):
            owner.execute(
                "INSERT INTO audit_entry (id, at, stamp, kind, verb, actor, object_type, correlation) VALUES"
                " (coalesce(%s, nextval('audit_entry_number')), %s, 1, 'viewed', '', %s, '', gen_random_uuid())",
                [pk, at, actor],
            )

        yield put_in
        owner.execute("DELETE FROM audit_entry WHERE actor = %s", [actor])


def test_what_was_passed_by_is_told_of_however_much_is_sealed_after_it(council, now, monkeypatch, below_the_horizon):
    monkeypatch.setattr("audit.sealing.watching.NEWEST", 3)
    monkeypatch.setattr("audit.sealing.watching.STRETCH", 50)
    below_the_horizon(at=now - timedelta(days=1))
    looked_often(times=200, agency=council, by=Agent.OPERATOR, now=now)
    seal_entries(by=Agent.SEALER, now=now)
    stretches = (Entry.objects.latest("id").pk - Entry.objects.earliest("id").pk) // 50 + 1
    assert stretches > 4
    told = [Trouble.BEHIND in troubles(now=now + timedelta(minutes=2 + each)) for each in range(stretches)]
    assert told.count(True) == 1


def test_what_was_passed_by_is_told_of_whatever_it_says_of_its_age(alarmed, now, below_the_horizon):
    below_the_horizon(at=now + timedelta(days=20))
    assert alarmed() == [Trouble.BEHIND]


def test_a_second_entry_of_a_number_that_is_sealed_is_told_of(alarmed, now, below_the_horizon):
    below_the_horizon(at=now - timedelta(days=1), pk=Leaf.objects.latest("position").entry)
    assert alarmed() == [Trouble.BEHIND]


def test_checkpoints_that_do_not_arrive_are_told_of(council, settings, tmp_path, alarmed, now):
    settings.LEDGER_CHECKPOINTS = (tmp_path / "not mounted" / "checkpoints").as_uri()
    looked_often(times=1, agency=council, by=Agent.OPERATOR, now=now)
    seal_entries(by=Agent.SEALER, now=now)
    with pytest.raises(OSError, match="not mounted"):
        publish_checkpoint(by=Agent.SEALER, now=now + timedelta(minutes=2))
    assert Trouble.NOT_PUBLISHED not in alarmed(LATE)
    assert Trouble.NOT_PUBLISHED in alarmed(2 * LATE)


def test_a_clock_that_was_wrong_is_told_of_until_the_next_checkpoint(council, alarmed, now):
    looked_often(times=1, agency=council, by=Agent.OPERATOR, now=now)
    assert Trouble.CLOCK not in alarmed()
    seal_entries(by=Agent.SEALER, now=now)
    publish_checkpoint(by=Agent.SEALER, now=now + timedelta(days=300))
    assert Trouble.CLOCK in alarmed()
    looked_often(times=1, agency=council, by=Agent.OPERATOR, now=now)
    seal_entries(by=Agent.SEALER, now=now)
    assert Trouble.NOT_PUBLISHED in alarmed(2 * LATE)
    publish_checkpoint(by=Agent.SEALER, now=now)
    assert not {Trouble.CLOCK, Trouble.NOT_PUBLISHED} & set(alarmed())


def test_a_ledger_that_is_another_than_was_published_is_told_of(alarmed, now):
    assert Trouble.CONTRADICTED not in alarmed()
    Publication.objects.create(size=Seal.objects.latest().size + 1, at=now)
    assert Trouble.CONTRADICTED in alarmed()


def test_a_month_that_is_missing_is_told_of(alarmed):
    assert Trouble.NO_MONTH in alarmed(timedelta(days=365))


def test_the_e_mail_goes_to_the_mailbox_of_the_system_where_it_has_one(alarmed):
    system = Agency.objects.filter(kind=AgencyKind.SYSTEM).first()
    alarmed(timedelta(days=365))
    told = Notice.objects.filter(kind=NoticeKind.LEDGER_TROUBLE)
    assert {each.agency for each in told} == {system}
    assert all("@" in each.address for each in told)


def test_only_who_may_cause_mail_alarms(now):
    with pytest.raises(Forbidden):
        alarm_about_ledger(by=Agent.VISITOR, now=now)
