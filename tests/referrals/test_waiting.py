"""What waits, by age in working days and agency: counted for those who supervise, opened only where one may read."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from agencies.models import Agency
from agencies.working_days import Calendar, london_date, working_days_between
from audit.agents import Agent
from referrals.models import Dispatch
from referrals.selectors import InboxFilters, inbox
from referrals.waiting import AGES, age_of, in_time, overdue, sent_between, supervised, waiting
from tests.audit.acts import within
from tests.making import PUBLIC, TEACHER, dispatch_to_authority, officer_of
from tests.overdue import DUE, SENT, supervisor_of
from tests.overdue import waiting as sent_and_waiting

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
MINUTE = timedelta(minutes=1)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 1)).map(lambda naive: naive.replace(tzinfo=UTC))  # noqa: DTZ001  # made aware


def test_the_ages_follow_each_other_without_a_gap():
    for one, other in pairwise(AGES):
        assert other.first == (one.last or 0) + 1
    assert [age_of(days).key for days in (0, 1, 2, 3, 5, 6, 10, 11, 400)] == [
        "0",
        "1",
        "2",
        "3-5",
        "3-5",
        "6-10",
        "6-10",
        "11",
        "11",
    ]


@given(moments, st.integers(0, 40), st.sampled_from(Calendar))
def test_what_was_sent_lies_in_the_span_of_its_age_and_in_no_other(sent, later, calendar):
    today = london_date(sent) + timedelta(days=later)
    age = age_of(working_days_between(london_date(sent), today, calendar))
    spans = {each.key: sent_between(each, today=today, calendar=calendar) for each in AGES}
    inside = [key for key, (since, before) in spans.items() if (since is None or since <= sent) and sent < before]
    assert inside == [age.key]


def seen(reader, at):
    with time_machine.travel(at, tick=False):
        return {each.agency.code: each for each in waiting(reader, now=at)}


@ON_RECORD
def test_a_supervisor_sees_their_own_agency_by_age_and_what_is_overdue():
    for days in (0, 0, 1, 8):
        sent_and_waiting(at=SENT - timedelta(days=days))
    sent_and_waiting({**TEACHER, "danger": "yes"})
    sent_and_waiting({**TEACHER, "postcode": "BD1 1HX"})
    boss = supervisor_of(Agency.objects.get(code="E08000038"))
    (mine,) = seen(boss, SENT + timedelta(hours=8)).values()
    assert mine.agency.code == "E08000038"
    assert {age.key: count for age, count in mine.cells if count} == {"0": 3, "1": 1, "6-10": 1}
    assert (mine.total, mine.overdue, mine.immediate, mine.oldest, mine.opens) == (5, 3, 1, 6, True)


@ON_RECORD
def test_a_national_desk_sees_how_many_wait_everywhere_and_opens_only_its_own():
    sent_and_waiting()
    sent_and_waiting(PUBLIC)
    rows = seen(officer_of(Agency.objects.get(code="national-authority-desk")), SENT)
    assert {code: row.opens for code, row in rows.items()} == {
        "E08000038": False,
        "ctp-north-east": False,
        "national-authority-desk": True,
        "national-police-desk": False,
    }


@ON_RECORD
def test_others_supervise_nothing():
    assert supervised(officer_of(Agency.objects.get(code="E08000038"))) == []
    assert supervised(officer_of(Agency.objects.get(code="system"))) == []


@ON_RECORD
def test_what_is_overdue_stands_first_and_danger_before_that():
    sent_and_waiting({**TEACHER, "postcode": "BD1 1HX"}, at=SENT - timedelta(days=5))
    sent_and_waiting({**TEACHER, "postcode": "LS1 1UR"})
    sent_and_waiting({**TEACHER, "postcode": "S70 1GW", "danger": "yes"})
    rows = seen(officer_of(Agency.objects.get(code="national-police-desk")), SENT + MINUTE)
    councils = [code for code in rows if code.startswith("E")]
    assert councils == ["E08000038", "E08000032", "E08000035"]


@ON_RECORD
def test_of_one_that_came_from_another_agency_the_whole_age_is_told():
    dispatch = dispatch_to_authority(sent_and_waiting(at=SENT - timedelta(days=14)))
    assert dispatch.sent_at == dispatch.referral.submitted_at
    within(do=lambda: dispatch.changed(sent_at=SENT, acknowledge_by=DUE), by=Agent.OPERATOR, now=SENT)
    assert dispatch.sent_on_later
    row = seen(supervisor_of(dispatch.agency), SENT + MINUTE)["E08000038"]
    assert (row.oldest, row.oldest_in_all, row.overdue) == (0, 10, 0)


@ON_RECORD
def test_the_counts_cost_two_queries_however_much_waits():
    boss = officer_of(Agency.objects.get(code="national-police-desk"))
    for count in (1, 19):
        for number in range(count):
            sent_and_waiting(at=SENT - timedelta(days=number), mailboxes=False)
        assert boss.agencies
        with CaptureQueriesContext(connection) as asked:
            assert waiting(boss, now=SENT)
        assert len(asked) == 2


@ON_RECORD
def test_each_count_is_what_the_inbox_shows_behind_its_link():
    for days in (0, 1, 2, 3, 6, 7, 9, 15, 30):
        sent_and_waiting(at=SENT - timedelta(days=days))
    boss = supervisor_of(Agency.objects.get(code="E08000038"))
    at = SENT + timedelta(hours=10)
    row = seen(boss, at)["E08000038"]
    with time_machine.travel(at, tick=False):
        for age, count in row.cells:
            found = inbox(boss, filters=InboxFilters(waiting=age.key, agency="E08000038"))
            assert found.count() == count, age.key
        assert inbox(boss, filters=InboxFilters(waiting="overdue")).count() == row.overdue
        assert inbox(boss, filters=InboxFilters(waiting="overdue", agency="E08000032")).count() == 0
        assert inbox(boss, filters=InboxFilters(waiting="nonsense")).count() == row.total


@ON_RECORD
def test_each_waits_overdue_or_in_time():
    sent_and_waiting()
    dispatch = dispatch_to_authority(sent_and_waiting(at=SENT + MINUTE))
    within(do=lambda: dispatch.changed(acknowledge_by=None), by=Agent.OPERATOR, now=SENT)
    for at, late in ((DUE - MINUTE, 0), (DUE + MINUTE, 3)):
        assert Dispatch.objects.filter(overdue(at)).count() == late
        assert Dispatch.objects.filter(in_time(at)).count() == 4 - late


@ON_RECORD
def test_an_age_of_a_reader_without_agencies_finds_nothing():
    sent_and_waiting()
    administrator = officer_of(Agency.objects.get(code="system"))
    assert not inbox(administrator, filters=InboxFilters(waiting="0")).exists()
