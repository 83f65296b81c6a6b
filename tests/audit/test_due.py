"""The queue is a table: each due row is done once in effect, put off when it fails, and given up in the end."""

import threading
from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.utils import timezone

from agencies.actions.send_notice import send_notice
from agencies.models import Notice, NoticeKind
from audit import due
from audit.agents import Agent
from audit.context import current, recording
from audit.due import FIRST_WAIT, LONGEST_WAIT, wait_after, waiting, work_through
from audit.models import Entry
from audit.refusals import NotNow
from tests.at_once import at_once

NOW = timezone.now()


def queue(count: int) -> list[Notice]:
    return [
        send_notice(
            kind=NoticeKind.NEW_REFERRAL,
            about=uuid4(),
            tells_of=[],
            address="desk@agencies.example",
            details={},
            once=f"{uuid4()}",
            by=Agent.MESSENGER,
            now=NOW + timedelta(milliseconds=number),
        )
        for number in range(count)
    ]


def work(do, *, now=NOW + timedelta(seconds=1), give_up_after=3):
    return work_through(Notice, do, by=Agent.MESSENGER, now=now, give_up_after=give_up_after)


class Doing:
    """Remembers which rows it did; fails for those it is told to."""

    def __init__(self, *failing, error=OSError):
        self.done, self.failing, self.error = [], {row.pk for row in failing}, error

    def __call__(self, *, row, by, now):
        if row.pk in self.failing:
            raise self.error("desk@agencies.example refused")
        self.done.append(row.pk)


@pytest.mark.usefixtures("db", "on_record")
class TestWorkingThrough:
    def test_due_rows_are_done_oldest_first_and_once(self):
        rows, doing = queue(3), Doing()
        assert work(doing) == 3
        assert work(doing) == 0
        assert doing.done == [row.pk for row in rows]
        assert {(row.done, row.attempts) for row in Notice.objects.all()} == {(NOW + timedelta(seconds=1), 1)}

    def test_each_row_is_on_record_under_a_correlation_of_its_own_for_the_same_reason(self):
        """Else whoever is kept from what was done for one row is kept from all that were due beside it."""
        first, _second, third = queue(3)
        seen = []

        def do(*, row, by, now):
            seen.append((current().correlation, current().by, current().reason))
            if row == first:
                raise OSError

        with recording(by=Agent.SWEEPER, reason="After the outage.") as outer:
            assert work(do) == 2
        assert len({correlation for correlation, _by, _reason in seen} | {outer.correlation}) == 4
        assert {told[1:] for told in seen} == {(Agent.SWEEPER, "After the outage.")}
        assert Notice.objects.get(pk=third.pk).done

    def test_what_is_not_due_yet_waits(self):
        queue(1)
        assert work(Doing(), now=NOW - timedelta(seconds=1)) == 0
        assert waiting(Notice, now=NOW).count() == 1

    def test_no_more_than_asked_for_is_done_in_one_go(self):
        queue(3)
        assert (
            work_through(Notice, Doing(), by=Agent.MESSENGER, now=NOW + timedelta(1), give_up_after=3, at_most=2) == 2
        )

    @pytest.mark.parametrize("error", [OSError, NotNow, ZeroDivisionError])
    def test_a_row_that_fails_stops_no_other_and_is_put_off(self, error):
        first, second, third = queue(3)
        doing = Doing(second, error=error)
        now = NOW + timedelta(seconds=1)
        assert work(doing, now=now) == 2
        assert doing.done == [first.pk, third.pk]
        second.refresh_from_db()
        assert (second.done, second.dead, second.attempts, second.last_error) == (None, None, 1, error.__name__)
        assert now + FIRST_WAIT * 0.75 <= second.due <= now + FIRST_WAIT * 1.25

    def test_after_so_many_attempts_it_is_dead_and_stays_so(self):
        (row,) = queue(1)
        for hours in range(5):
            work(Doing(row), now=NOW + timedelta(hours=2 * hours + 1))
        row.refresh_from_db()
        assert (row.attempts, row.dead, row.done) == (3, NOW + timedelta(hours=5), None)

    def test_it_may_work_after_having_failed(self):
        (row,) = queue(1)
        work(Doing(row))
        doing = Doing()
        assert work(doing, now=NOW + timedelta(hours=2)) == 1
        row.refresh_from_db()
        assert (row.attempts, row.last_error) == (2, "")
        assert row.done == NOW + timedelta(hours=2)

    def test_each_step_is_on_the_ledger_and_no_message_of_an_error_is(self):
        (row,) = queue(1)
        work(Doing(row))
        work(Doing(), now=NOW + timedelta(hours=2))
        verbs = [entry.verb for entry in Entry.objects.filter(object_id=row.pk)]
        assert verbs == ["send_notice", "_put_off", "_do_one"]
        row.refresh_from_db()
        assert "example" not in row.last_error

    def test_a_row_done_by_another_meanwhile_is_left_alone(self):
        _first, second = queue(2)

        def finish_the_second(*, row, by, now):
            second.changed(done=now)

        assert work(finish_the_second) == 1

    def test_a_row_done_by_another_while_it_failed_here_is_not_put_off(self):
        (row,) = queue(1)
        work(Doing())
        due._put_off(
            model=Notice, pk=row.pk, error=OSError(), by=Agent.MESSENGER, now=NOW + timedelta(1), give_up_after=1
        )
        row.refresh_from_db()
        assert (row.dead, row.attempts) == (None, 1)


def test_waits_double_from_five_seconds_to_an_hour_and_are_spread():
    for attempts in range(1, 30):
        plain = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
        waits = {wait_after(attempts) for _ in range(50)}
        assert len(waits) > 1
        assert all(plain * 0.75 <= wait <= plain * 1.25 for wait in waits)


def test_a_row_that_another_worker_holds_is_passed_over(own_database):
    with recording(by=Agent.MESSENGER):
        held, free = queue(2)
        doing = Doing()
        with psycopg.connect(own_database.environment["DATABASE_URL"]) as other:
            other.execute("SELECT 1 FROM agencies_notice WHERE id = %s FOR UPDATE", [held.pk])
            assert work(doing) == 1
            assert doing.done == [free.pk]
        assert work(doing) == 1
        assert doing.done == [free.pk, held.pk]


def test_two_workers_at_once_do_each_row_once(own_database):
    with recording(by=Agent.MESSENGER):
        rows = queue(20)
    done: Counter[UUID] = Counter()
    lock = threading.Lock()

    def do(*, row, by, now):
        with lock:
            done[row.pk] += 1

    def sweep():
        with recording(by=Agent.MESSENGER):
            return work(do)

    counts = at_once(sweep, sweep)
    assert sum(counts) == 20
    assert done == {row.pk: 1 for row in rows}
