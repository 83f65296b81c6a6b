"""Somebody is away: who may enter it, which days make sense, who covers, and how it ends."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from agencies.actions.arrange_absence import arrange_absence
from agencies.actions.end_absence import end_absence
from agencies.models import Absence, Agency
from agencies.permissions import Permission
from agencies.roles import ROLES, RoleName
from agencies.selectors import absences_of, away_now, covered_by
from audit.agents import Agent
from audit.refusals import Forbidden, NotNow
from tests.audit.acts import within
from tests.making import agency_for, make_user, officer_of, reread
from tests.overdue import supervisor_of

NOW = datetime(2026, 6, 16, 10, tzinfo=UTC)
TODAY = date(2026, 6, 16)
pytestmark = pytest.mark.usefixtures("db", "on_record", "at_that_time")


@pytest.fixture
def at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def away(council):
    return officer_of(council, name="Away Today")


@pytest.fixture
def cover(council):
    return officer_of(council, name="Covers Well")


def arrange(away, cover, agency, *, first=0, last=5, by=None):
    return arrange_absence(
        user_id=away.pk,
        cover_id=cover.pk,
        agency_id=agency.pk,
        starts_on=TODAY + timedelta(first),
        ends_on=TODAY + timedelta(last),
        by=by or away,
        now=NOW,
    )


def test_whoever_is_away_says_who_covers(away, cover, council):
    absence = arrange(away, cover, council)
    assert (absence.arranged_by, absence.ended_at) == (away, None)
    assert list(covered_by(cover, on=TODAY)) == [absence]
    assert list(covered_by(away, on=TODAY)) == []
    assert away_now(council) == [absence]
    assert list(absences_of([council], on=TODAY + timedelta(5))) == [absence]
    assert list(absences_of([council], on=TODAY + timedelta(6))) == []


@pytest.mark.parametrize(("days", "covers"), [(-1, False), (0, True), (5, True), (6, False)])
def test_cover_lasts_from_the_first_day_to_the_last(away, cover, council, days, covers):
    arrange(away, cover, council)
    assert covered_by(cover, on=TODAY + timedelta(days)).exists() is covers


@pytest.mark.parametrize("role", RoleName)
@pytest.mark.parametrize("relation", ["own", "stranger"])
def test_a_supervisor_of_the_agency_enters_it_for_others_and_nobody_else_does(away, cover, council, role, relation):
    agency = council
    if relation == "stranger" or council.kind not in ROLES[role].agency_kinds:
        agency = agency_for(role, other_than=council)
    user = make_user(agency=agency, role=role, name="Somebody", by=Agent.OPERATOR, now=NOW)
    may = agency == council and Permission.DISPATCH_SUPERVISE in ROLES[role].permissions
    if may:
        assert arrange(away, cover, council, by=user).arranged_by == user
    else:
        with pytest.raises(Forbidden):
            arrange(away, cover, council, by=user)


def test_only_colleagues_cover(away, council):
    with pytest.raises(Forbidden, match="does not work referrals"):
        arrange(away, officer_of(Agency.objects.get(code="E08000032")), council)


@pytest.mark.parametrize(("first", "last"), [(2, 1), (-5, -1)])
def test_days_that_make_no_sense_are_refused(away, cover, council, first, last):
    with pytest.raises(NotNow, match="last day away"):
        arrange(away, cover, council, first=first, last=last)


@pytest.mark.parametrize(("first", "last", "overlaps"), [(-3, 0, True), (5, 9, True), (1, 2, True), (6, 9, False)])
def test_two_absences_do_not_overlap_and_a_cover_is_there(away, cover, council, first, last, overlaps):
    arrange(away, cover, council)
    third = officer_of(council, name="Third")
    if not overlaps:
        arrange(away, third, council, first=first, last=last)
        arrange(third, away, council, first=first + 10, last=last + 10)
        return
    with pytest.raises(NotNow, match="entered for these days"):
        arrange(away, third, council, first=first, last=last)
    with pytest.raises(NotNow, match="away themselves"):
        arrange(third, away, council, first=first, last=last)


def test_nobody_covers_for_themselves(away, council):
    with pytest.raises(NotNow, match="cannot cover"):
        arrange(away, away, council)


def test_calling_it_off_ends_the_cover(away, cover, council):
    absence = arrange(away, cover, council)
    with pytest.raises(Forbidden):
        end_absence(absence_id=absence.pk, by=cover, now=NOW)
    ended = end_absence(absence_id=absence.pk, by=supervisor_of(council), now=NOW)
    assert ended.ended_at == NOW
    assert not covered_by(cover, on=TODAY).exists()
    with pytest.raises(NotNow, match="called off"):
        end_absence(absence_id=absence.pk, by=away, now=NOW)
    arrange(away, cover, council)


def test_one_that_is_over_cannot_be_called_off(away, cover, council):
    absence = arrange(away, cover, council)
    with pytest.raises(NotNow):
        end_absence(absence_id=absence.pk, by=away, now=NOW + timedelta(days=6))
    with pytest.raises(Absence.DoesNotExist):
        end_absence(absence_id=uuid4(), by=away, now=NOW)


def test_a_cover_who_no_longer_reads_the_agencys_referrals_covers_nothing(away, cover, council):
    arrange(away, cover, council)
    membership = cover.memberships.get()
    within(do=lambda: membership.changed(ends_on=TODAY - timedelta(1)), by=Agent.OPERATOR, now=NOW)
    assert not covered_by(reread(cover), on=TODAY).exists()
