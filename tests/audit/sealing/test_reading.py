"""The ledger is read in batches, and counted in spans of numbers, while others go on with it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection

from audit.actions import detach_month as detaching
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from audit.partitions import make_months
from audit.refusals import NotNow
from audit.sealing import reading
from audit.sealing.verifying import verify
from tests.at_once import at_once
from tests.audit.sealing.owning import as_owner
from tests.audit.sealing.sealed import looked_often, seal, sealed

pytestmark = pytest.mark.usefixtures("own_database", "on_record", "sealer")
FAR = datetime(2021, 5, 17, 12, tzinfo=UTC)


def detached() -> str:
    """What somebody is told who detaches that month now."""
    with recording(by=Agent.OPERATOR):
        try:
            detaching.detach_month(month=FAR.date(), by=Agent.OPERATOR, now=FAR + timedelta(days=90))
        except NotNow as why:
            return str(why)
    return ""


def test_no_month_is_detached_while_a_batch_is_read_and_whoever_tries_is_told_why(agency, monkeypatch, time_machine):
    time_machine.move_to(FAR, tick=False)
    make_months(now=FAR)
    looked_often(times=3, agency=agency, by=Agent.OPERATOR, now=FAR)
    seal()
    monkeypatch.setattr(detaching, "PATIENCE", "100ms")
    for _row in reading.leaves(0, 1):
        (told,) = at_once(detached)
        assert told.startswith("Somebody is reading the ledger")
    seal()
    assert at_once(detached) == [""]
    assert verify().faults == []


def test_what_else_ends_the_wait_is_told_as_it_is(agency, time_machine):
    time_machine.move_to(FAR, tick=False)
    make_months(now=FAR)
    looked_often(times=3, agency=agency, by=Agent.OPERATOR, now=FAR)
    seal()

    def cancelled() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '300ms'")
        return detached()

    for _row in reading.leaves(0, 1):
        (told,) = at_once(cancelled)
        assert isinstance(told, OperationalError) and "statement timeout" in str(told)


def test_what_cannot_be_read_although_all_is_as_it_was_made_is_no_finding(agency, monkeypatch):
    sealed(agency, 3)
    monkeypatch.setattr("audit.sealing.verifying.leaves", lambda *_stretch: iter([("one", None)]))
    with pytest.raises(ValueError, match="invalid literal"):
        verify()


def test_only_the_spans_in_which_something_is_unknown_are_looked_through_row_by_row(agency, monkeypatch):
    monkeypatch.setattr(reading, "SPAN", 3)
    sealed(agency, 40)
    numbers = list(Entry.objects.values_list("pk", flat=True))
    seen = {span: sum(number >> 3 == span for number in numbers) for span in {number >> 3 for number in numbers}}
    assert reading.unknown_entries(seen) == []
    span = numbers[20] >> 3
    assert reading.unknown_entries({**seen, span: seen[span] - 1}) == [(span << 3, (span << 3) + 7)]
    assert reading.unknown_entries({**seen, span: seen[span] + 1}) == [(span << 3, (span << 3) + 7)]


def test_what_was_moved_to_a_number_far_away_is_found_there(agency):
    sealed(agency, 3)
    number = Entry.objects.latest("id").pk
    with as_owner():
        Entry.objects.filter(pk=number).update(id=-(2**62))
    report = verify()
    assert (number, "This entry is gone, or its number or time was changed.") in {
        (fault.entry, fault.what) for fault in report.faults
    }
    # Where another transaction of the cluster is older than its own, it waits for its seal as far as anybody can tell.
    assert report.waiting == 1 or any(fault.entry == -(2**62) for fault in report.faults)
