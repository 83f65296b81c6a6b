"""The contact log."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.refusals import Forbidden, NotNow
from people.models import Contact, ContactHow, ContactWith
from people.policies import check_is_past
from tests.people.writing import NOW, rang

# Summer time: a day in London begins an hour before it does in UTC.
SUMMER = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("with_whom", ContactWith)
@pytest.mark.parametrize("how", ContactHow)
def test_contact_that_was_is_recorded_whatever_has_been_cleared(referral, lead, with_whom, how):
    row = Contact.objects.get(pk=rang(referral.person_id, lead, with_whom=with_whom, how=how, reached=False).pk)
    assert (row.with_whom, row.how, row.reached, row.outcome) == (with_whom, how, False, "She will call back.")
    assert (row.whom, row.maker, row.day, row.clock) == ("His mother", lead.name, date(2026, 3, 3), time(9, 15))


def test_the_time_may_be_unknown_and_who_exactly_it_was(referral, lead):
    row = rang(referral.person_id, lead, clock=None, whom="")
    assert (row.clock, row.whom) == (None, "")


@pytest.mark.parametrize("missing", ["outcome", "maker"])
def test_it_is_said_what_came_of_it_and_who_made_it(referral, lead, missing):
    said: dict[str, Any] = {missing: " "}
    with pytest.raises(NotNow, match="Say what"):
        rang(referral.person_id, lead, **said)


def test_only_who_works_the_person_for_the_agency_records_it(referral, lead, officer, stranger):
    for by, agency in ((stranger, None), (lead, officer.agencies[0])):
        with pytest.raises(Forbidden):
            rang(referral.person_id, by, agency=agency)


def test_what_is_to_come_is_not_recorded(referral, lead):
    with pytest.raises(NotNow, match="not been made yet"):
        rang(referral.person_id, lead, day=NOW.date() + timedelta(days=1))


@given(minutes=st.integers(-3000, 3000))
def test_contact_is_past_or_not_by_the_clock_in_london(minutes):
    told = datetime(2026, 7, 2, 0, 30) + timedelta(minutes=minutes)  # noqa: DTZ001  # as on the wall in London
    try:
        check_is_past(told.date(), told.time(), now=SUMMER)
    except NotNow:
        assert minutes > 0
    else:
        assert minutes <= 0


def test_of_a_day_without_a_time_today_is_past():
    check_is_past(date(2026, 7, 2), None, now=SUMMER)
    with pytest.raises(NotNow):
        check_is_past(date(2026, 7, 3), None, now=SUMMER)
