"""Rows find their section, what is urgent stands first, and how many working days are left is worked out when shown."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.models import Agency
from agencies.working_days import calendar_of, due_after, is_working_day, london_date
from desk.my_work.shape import Due, Pile, Row, Section, due_at, sections

NOW = datetime(2026, 6, 17, 10, tzinfo=UTC)  # a Wednesday
COUNCIL = Agency(code="E08000038", name="Barnsley")
COUNCIL_CALENDAR = calendar_of(COUNCIL.code)


def row(section=Section.NEW, *, due=None, title="K7QM-3XWP", immediate=False, since=NOW):
    return Row(
        section, title, "/casework/", next_step="Do it", why="It is yours.", owner="You", since=since, listed=(),
        due=due, immediate=immediate,
    )  # fmt: skip


def due(days, *, local=True):
    return due_at(NOW + timedelta(days=days), COUNCIL, now=NOW, local=local)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.2, "Due today"),
        (1, "1 working day left"),
        (2, "2 working days left"),
        (5, "3 working days left"),  # a weekend lies between
        (-0.2, "Overdue"),
        (-1, "Overdue by 1 working day"),
        (-6, "Overdue by 4 working days"),
    ],
)
def test_how_long_is_left_is_said_in_working_days(days, words):
    assert due(days).words == words


def test_what_has_no_time_is_due_at_none():
    assert due_at(None, COUNCIL, now=NOW) is None
    assert (due(1).local, due(1, local=False).local) == (True, False)
    assert due(1).colour != due(-1).colour


moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31))  # noqa: DTZ001  # made aware below


@given(moments, st.integers(1, 20))
def test_a_target_of_so_many_days_has_so_many_left_on_the_day_it_begins_and_one_less_each_working_day(naive, count):
    began = naive.replace(tzinfo=UTC)
    at = due_after(began, count, COUNCIL_CALENDAR)
    left, day = count, began
    while day < at:
        assert due_at(at, COUNCIL, now=day) == Due(at, left, over=False, local=True)
        day += timedelta(days=1)
        left -= is_working_day(london_date(day), COUNCIL_CALENDAR)
    assert due_at(at, COUNCIL, now=at + timedelta(seconds=1)) == Due(at, 0, over=True, local=True)


@pytest.mark.parametrize(("section", "days"), list(product(Section, (None, -3, 0.2, 3))))
def test_what_is_late_stands_with_what_is_overdue_unless_it_is_urgent_or_waits_for_others(section, days):
    stands = row(section, due=None if days is None else due(days)).stands_in
    late = days == -3 and section in (Section.NEW, Section.DUE)
    assert stands is (Section.OVERDUE if late else section)


@given(st.lists(st.tuples(st.sampled_from(list(Section)), st.sampled_from([None, -9, -1, 1, 4]), st.booleans())))
def test_every_row_stands_once_in_the_order_of_what_is_urgent(given_rows):
    rows = [
        row(section, due=None if days is None else due(days), immediate=immediate, title=str(number))
        for number, (section, days, immediate) in enumerate(given_rows)
    ]
    shown = sections([Pile("some", rows[::2]), Pile("others", rows[1::2])])
    assert [each.section for each in shown] == [each for each in Section if any(r.stands_in is each for r in rows)]
    assert sorted(r.title for each in shown for r in each.rows) == sorted(r.title for r in rows)
    for each in shown:
        assert all(r.stands_in is each.section for r in each.rows)
        urgent = [r.immediate for r in each.rows]
        assert urgent == sorted(urgent, reverse=True)
        for alike in (True, False):
            dates = [r.due.at for r in each.rows if r.immediate is alike and r.due]
            assert dates == sorted(dates)


def test_where_there_is_more_it_is_said_below_the_last_row_of_its_pile():
    both = Pile("tasks", [row(Section.DUE, due=due(-1)), row(Section.DUE, due=due(1))], more="/all/")
    late, rest = sections([both, Pile("new", [row()])])[0], sections([both])[-1]
    assert (late.more, rest.more) == ([], [both])
    assert (late.name, late.title, rest.name) == ("overdue", "Overdue", "due")
    assert sections([Pile("nothing", [], more="/all/")]) == []
