"""Paging forward and back visits every row once, in order, whatever rows share an instant."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.keyset import CURSOR, _cursor, _parse, keyset_page
from audit.models import EventRecord

pytestmark = pytest.mark.usefixtures("db")
START = datetime(2026, 11, 21, 12, tzinfo=UTC)


# Events are never deleted: each list of a test has an id of its own, the newest last.
shelf: list[UUID] = []


def store(seconds):
    """One event for each number of seconds after START; equal numbers are ties."""
    shelf.append(uuid4())
    rows = [
        EventRecord(
            id=uuid4(),
            kind="x",
            object_type="x",
            object_id=shelf[-1],
            actor=UUID(int=2),
            happened=START + timedelta(microseconds=at),
        )
        for at in seconds
    ]
    EventRecord.objects.bulk_create(rows)
    return [row.pk for row in sorted(rows, key=lambda row: (row.happened, row.pk), reverse=True)]


def page(size, *, without=(), **cursor):
    rows = EventRecord.objects.filter(object_id=shelf[-1]).exclude(pk__in=without)
    return keyset_page(rows, key="happened", size=size, **cursor)


def test_forward_and_back_visit_every_row_once_in_order():
    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.integers(0, 6), max_size=14), st.integers(1, 5))
    def check(seconds, size):
        expected = store(seconds)
        now, forward = page(size), []
        assert now.newer == ""
        while True:
            forward.append([row.pk for row in now.rows])
            if not now.older:
                break
            now = page(size, older_than=now.older)
        assert [pk for rows in forward for pk in rows] == expected
        assert all(len(rows) == size for rows in forward[:-1])
        back = [[row.pk for row in now.rows]]
        while now.newer:
            now = page(size, newer_than=now.newer)
            back.insert(0, [row.pk for row in now.rows])
        assert back == forward

    check()


def test_rows_that_arrive_meanwhile_shift_nothing():
    expected = store([1, 2, 3, 4])
    first = page(2)
    EventRecord.objects.create(
        kind="x", object_type="x", object_id=shelf[-1], actor=UUID(int=2), happened=START + timedelta(days=1)
    )
    assert [row.pk for row in page(2, older_than=first.older).rows] == expected[2:]


def test_each_page_is_one_query():
    store(range(10))
    cursors = [{}, {"older_than": page(3).older}]
    cursors.append({"newer_than": page(3, **cursors[1]).newer})
    for cursor in cursors:
        with CaptureQueriesContext(connection) as asked:
            page(3, **cursor)
        assert len(asked) == 1
        assert "COUNT" not in asked.captured_queries[0]["sql"]
        assert "OFFSET" not in asked.captured_queries[0]["sql"]


@pytest.mark.parametrize(
    "cursor",
    ["nonsense", "~", "2026-11-21~x", "2026-11-21T12:00:00~00000000-0000-0000-0000-000000000001", "\x00", "’" * 50,
     "2026-11-21T12:00:00+00:00~", "9" * 400],
)  # fmt: skip
@pytest.mark.parametrize("direction", ["older_than", "newer_than"])
def test_a_cursor_that_makes_no_sense_gives_the_first_page(cursor, direction):
    expected = store(range(3))
    assert [row.pk for row in page(2, **{direction: cursor}).rows] == expected[:2]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
@pytest.mark.parametrize("direction", ["older_than", "newer_than"])
def test_a_cursor_from_the_end_of_time_breaks_nothing(at, direction):
    store(range(3))
    assert len(page(2, **{direction: f"{at}~{uuid4()}"}).rows) in (0, 2)


def test_where_nothing_newer_is_left_the_first_page_is_shown():
    expected = store(range(3))
    last = page(1, older_than=page(2).older)
    shown = page(1, newer_than=last.newer, without=expected[:2])
    assert [row.pk for row in shown.rows] == expected[2:]
    assert shown.newer == ""


def test_an_empty_list_is_an_empty_page():
    store([])
    shown = page(2)
    assert (shown.rows, shown.older, shown.newer) == ([], "", "")


ANY_ROW = st.builds(
    lambda at, pk: EventRecord(id=pk, happened=at),
    st.datetimes(datetime(2000, 1, 2), datetime(2999, 12, 30), timezones=st.timezones()),  # noqa: DTZ001
    st.uuids(),
)


@given(ANY_ROW)
def test_every_cursor_is_of_the_shape_that_machines_may_send_and_means_its_row(row):
    cursor = _cursor(row, "happened")
    assert re.fullmatch(CURSOR, cursor)
    assert quote(cursor, safe=":~") == cursor, "safe in an address as it is"
    assert _parse(cursor) == (row.happened.astimezone(UTC), row.pk)


@given(st.from_regex(re.compile(CURSOR, re.ASCII), fullmatch=True))
def test_whatever_has_the_shape_of_a_cursor_is_one(text):
    assert _parse(text) is not None
