"""Targets are local settings: an agency's own, a default, and who may set which."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from agencies.actions.set_targets import set_targets
from agencies.models import Agency, Target
from agencies.permissions import Permission
from agencies.roles import ROLES, RoleName
from agencies.selectors import all_targets, targets_of
from agencies.targets import DAYS, DEFAULT, Targets
from agencies.working_days import Calendar
from audit.agents import Agent
from audit.refusals import Forbidden, NotNow
from tests.making import agency_for, make_user

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = datetime(2026, 6, 16, 10, tzinfo=UTC)
LONG = Targets(acknowledge_days=5, supervisor_days=2, desk_days=3, immediate_minutes=60)
ALL = Targets(*range(6, 14))
OTHER = Targets(acknowledge_days=2)


def put(agency, targets, *, by=Agent.OPERATOR):
    return set_targets(agency_id=agency.pk if agency else None, targets=targets, by=by, now=NOW)


def test_what_the_code_says_holds_until_somebody_sets_it(council):
    assert targets_of(council) == DEFAULT == all_targets()[None]


def test_an_agencys_own_come_before_the_default_and_that_before_the_code(council):
    put(None, OTHER)
    assert targets_of(council) == OTHER
    put(council, LONG)
    assert targets_of(council) == LONG
    assert targets_of(Agency.objects.get(code="E08000032")) == OTHER
    assert all_targets() == {None: OTHER, council.pk: LONG}
    put(council, OTHER)
    assert Target.objects.count() == 2
    assert put(council, None) is None
    assert put(None, None) is None
    assert put(None, None) is None
    assert targets_of(council) == DEFAULT


def test_targets_cost_one_query(council, django_assert_num_queries):
    put(council, LONG)
    for read in (lambda: targets_of(council), all_targets):
        with django_assert_num_queries(1):
            read()


@pytest.mark.parametrize("role", RoleName)
def test_a_supervisor_sets_their_own_agencys_and_an_administrator_everybodys(role, council):
    own = agency_for(role)
    user = make_user(agency=own, role=role, name="Marged Holloway", by=Agent.OPERATOR, now=NOW)
    supervises = Permission.DISPATCH_SUPERVISE in ROLES[role].permissions
    everybody = role == RoleName.SYSTEM_ADMINISTRATOR
    other = council if own != council else Agency.objects.get(code="E08000032")
    for agency, may in ((own, supervises or everybody), (other, everybody), (None, everybody)):
        if may:
            assert put(agency, LONG, by=user).set_by == user.pk
        else:
            with pytest.raises(Forbidden):
                put(agency, LONG, by=user)


@pytest.mark.parametrize("agent", [agent for agent in Agent if agent is not Agent.OPERATOR])
def test_no_agent_but_the_operator_sets_any(agent, council):
    for agency in (council, None):
        with pytest.raises(Forbidden):
            put(agency, LONG, by=agent)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *product(DAYS, (0, 21)),
        ("immediate_minutes", 4),
        ("immediate_minutes", 1441),
    ],
)
def test_what_is_out_of_reason_is_refused(council, name, number):
    with pytest.raises(NotNow, match="between"):
        put(council, Targets(**{name: number}))
    assert not Target.objects.exists()


def test_the_steps_follow_each_other():
    sent = NOW
    due = LONG.acknowledge_by(sent, immediate=False, calendar=Calendar.SCOTLAND)
    boss = LONG.supervisor_due(due, immediate=False, calendar=Calendar.SCOTLAND)
    desk = LONG.desk_due(due, immediate=False, calendar=Calendar.SCOTLAND)
    assert [moment.date().isoformat() for moment in (due, boss, desk)] == ["2026-06-23", "2026-06-25", "2026-06-30"]
    at_once = LONG.acknowledge_by(sent, immediate=True, calendar=Calendar.SCOTLAND)
    assert at_once == sent + timedelta(minutes=60)
    assert LONG.supervisor_due(at_once, immediate=True, calendar=Calendar.SCOTLAND) == at_once
    assert LONG.desk_due(at_once, immediate=True, calendar=Calendar.SCOTLAND) == at_once + timedelta(minutes=60)


def test_every_number_comes_back_as_it_was_set(council):
    put(council, ALL)
    assert targets_of(council) == ALL
    assert {field.name for field in fields(Targets)} == {*DAYS, "immediate_minutes"}


def test_the_work_after_receipt_is_due_at_the_end_of_a_working_day():
    friday, scotland = datetime(2026, 6, 19, 20, tzinfo=UTC), {"calendar": Calendar.SCOTLAND}
    due = (
        DEFAULT.assign_by(friday, **scotland),
        DEFAULT.finish_by(friday, **scotland),
        DEFAULT.decide_match_by(friday, **scotland),
        DEFAULT.answer_request_by(friday, **scotland),
        DEFAULT.deconflict_by(friday, **scotland),
    )
    assert [moment.date().isoformat() for moment in due] == [
        "2026-06-22", "2026-06-26", "2026-06-23", "2026-07-03", "2026-06-23",
    ]  # fmt: skip
    assert {moment.hour for moment in due} == {16}
