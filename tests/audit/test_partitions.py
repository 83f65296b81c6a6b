"""The ledger lies in months: made ahead, detached when old, never deleted; nothing is refused for want of one."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection
from django.utils import timezone

from audit.actions.detach_month import detach_month
from audit.agents import Agent
from audit.models import Entry, Payload
from audit.partitions import AHEAD, lie_in_the_rest, make_months, missing_months, months_from
from audit.redaction import redact_entry
from audit.refusals import NotNow
from audit.sealing import reading
from audit.sealing.proving import prove
from audit.sealing.verifying import verify
from tests.audit.acts import within
from tests.audit.sealing.checking import holds
from tests.audit.sealing.sealed import looked_often, seal
from tests.audit.test_append_only import refused

pytestmark = pytest.mark.usefixtures("db", "on_record", "sealer")
FAR = datetime(2021, 5, 17, 12, tzinfo=UTC)  # the database knows that it is over


def partition_of(entry: Entry) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM audit_entry WHERE id = %s", [entry.pk])
        return str(cursor.fetchone()[0])


def entry_at(time_machine, agency, when: datetime) -> Entry:
    """One that was written then."""
    time_machine.move_to(when, tick=False)
    looked_often(times=1, agency=agency, by=Agent.OPERATOR, now=when)
    return Entry.objects.latest("id")


def test_months_go_over_the_turn_of_the_year():
    assert months_from(date(2026, 11, 22), 4) == [
        date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1),
    ]  # fmt: skip


def test_this_month_and_those_ahead_are_made_once(time_machine):
    time_machine.move_to(FAR)
    assert missing_months(now=FAR) == [date(2021, 5, 1), date(2021, 6, 1)]
    assert make_months(now=FAR) == 1 + AHEAD
    assert make_months(now=FAR) == 0
    assert missing_months(now=FAR) == []


def test_what_came_before_its_month_was_made_lies_in_the_rest_and_moves(time_machine, agency):
    found = entry_at(time_machine, agency, FAR)
    assert partition_of(found) == "audit_entry_rest"
    assert lie_in_the_rest()
    seal()
    make_months(now=FAR)
    assert partition_of(found) == "audit_entry_2021_05"
    assert Payload.objects.filter(entry=found).exists()
    assert verify().ok


def test_a_month_begins_at_midnight_utc(time_machine, agency):
    make_months(now=FAR)
    last = entry_at(time_machine, agency, datetime(2021, 5, 31, 23, 59, 59, 999_999, tzinfo=UTC))
    first = entry_at(time_machine, agency, datetime(2021, 6, 1, tzinfo=UTC))
    assert [partition_of(each) for each in (last, first)] == ["audit_entry_2021_05", "audit_entry_2021_06"]


@pytest.fixture
def old(time_machine, agency):
    """An entry of a month that has a partition, three months ago."""
    make_months(now=FAR)
    return entry_at(time_machine, agency, FAR)


def detach(now: datetime) -> None:
    detach_month(month=FAR.date(), by=Agent.OPERATOR, now=now)


def test_a_detached_month_is_verified_and_proved_although_no_page_shows_it(old, time_machine):
    seal()
    time_machine.move_to(FAR + timedelta(days=90))
    call_command("audit_detach", "2021-05")
    assert not Entry.objects.filter(pk=old.pk).exists()
    seal()
    assert verify().ok
    assert holds(prove(old.pk))


def test_a_month_stays_until_all_of_it_is_sealed_and_another_has_passed(old, time_machine):
    time_machine.move_to(FAR + timedelta(days=90))
    with pytest.raises(NotNow, match="another whole month"):
        detach(FAR + timedelta(days=20))
    with pytest.raises(NotNow, match="not sealed"):
        detach(FAR + timedelta(days=90))
    seal()
    detach(FAR + timedelta(days=90))
    with pytest.raises(NotNow, match="no such month"):
        detach(FAR + timedelta(days=90))


def test_the_command_says_why_a_month_has_to_stay():
    with pytest.raises(CommandError, match="another whole month"):
        call_command("audit_detach", f"{timezone.now():%Y-%m}")


def test_the_database_keeps_a_month_that_is_not_over(old):
    with pytest.raises(ProgrammingError, match="not over"), connection.cursor() as cursor:
        cursor.execute("SELECT audit_detach_partition(current_date)")


def test_a_detached_month_can_be_redacted(old):
    seal()
    detach(FAR + timedelta(days=90))
    assert within(do=partial(redact_entry, old.pk), by=Agent.OPERATOR, now=FAR) == 1
    report = verify()
    assert (report.ok, report.redacted) == (True, 1)


def test_a_month_that_is_detached_while_somebody_verifies_is_no_fault(old, agency, monkeypatch):
    looked_often(times=20, agency=agency, by=Agent.OPERATOR, now=FAR)
    seal()
    monkeypatch.setattr(reading, "BATCH", 10)
    told: list[int] = []

    def progress(done: int) -> None:
        if not told:
            detach(FAR + timedelta(days=90))
        told.append(done)

    assert verify(progress=progress).faults == []
    assert told


def test_nothing_of_a_detached_month_can_be_changed_by_the_application(old):
    seal()
    detach(FAR + timedelta(days=90))
    for statement in ("DELETE FROM", "TRUNCATE"):
        refused(f"{statement} detached.audit_entry_2021_05")


def test_the_application_writes_to_no_partition_past_the_ledger():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname::text FROM pg_class WHERE relispartition AND relkind = 'r' AND"
            " has_table_privilege(current_user, oid, 'INSERT, UPDATE, DELETE, TRUNCATE')"
        )
        assert cursor.fetchall() == []
