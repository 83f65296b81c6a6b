"""What an operator does from the command line: local targets, and people who left."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Membership, Target, User
from agencies.selectors import targets_of
from agencies.targets import DEFAULT
from audit.agents import Agent
from audit.context import recording
from tests.making import officer_of

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def officer(council) -> User:
    with recording(by=Agent.OPERATOR):
        return officer_of(council)


def test_targets_of_an_agency_and_the_default_are_set_and_what_is_left_out_stays(council):
    run("set_targets", "--default", "--acknowledge-days", "2")
    said = run("set_targets", "--agency", "e08000038", "--immediate-minutes", "45", "--answer-requests-days", "7")
    assert "Barnsley" in said and ": 45" in said
    own = targets_of(council)
    assert (own.acknowledge_days, own.immediate_minutes, own.answer_requests_days) == (2, 45, 7)
    told = json.loads(run("set_targets", "--agency", "E08000038", "--forget", "--json"))
    assert told == {
        "agency": "E08000038", "acknowledge_days": 2, "supervisor_days": 1, "desk_days": 1, "immediate_minutes": 30,
        "assign_days": 1, "finish_days": 5, "decide_matches_days": 2, "answer_requests_days": 10,
        "deconflict_days": 2, "review_days": 20,
    }  # fmt: skip
    assert "The default: " in run("set_targets", "--default", "--forget")
    assert targets_of(council) == DEFAULT
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--default"], "at least one number"),
        (["--default", "--acknowledge-days", "0"], "between 1 and 20"),
        (["--agency", "nowhere", "--acknowledge-days", "1"], "No agency has the code"),
        (["--acknowledge-days", "1"], "required"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(arguments, message):
    with pytest.raises(CommandError, match=message):
        run("set_targets", *arguments)


@pytest.mark.parametrize("json_", [True, False])
def test_somebody_leaves_an_agency(council, officer, json_):
    said = run("end_membership", officer.email.upper(), "--agency", council.code, *(["--json"] if json_ else []))
    if json_:
        assert json.loads(said) == {"id": str(officer.pk), "agency": council.code, "ended": 1}
    else:
        assert "no longer works for" in said
    assert Membership.objects.get(user=officer).ended_by == Agent.OPERATOR.pk
    with pytest.raises(CommandError, match="does not work for"):
        run("end_membership", officer.email, "--agency", council.code)


@pytest.mark.parametrize("json_", [True, False])
def test_an_account_is_closed(officer, json_):
    said = run("deactivate_user", officer.email, *(["--json"] if json_ else []))
    if json_:
        assert json.loads(said) == {"id": str(officer.pk), "active": False}
    else:
        assert "is closed" in said
    assert not User.objects.get(pk=officer.pk).is_active
    with pytest.raises(CommandError, match="closed already"):
        run("deactivate_user", officer.email)


@pytest.mark.parametrize("command", [["end_membership", "--agency", "E08000038"], ["deactivate_user"]])
def test_nobody_by_that_address_is_said(command):
    with pytest.raises(CommandError, match="Nobody has an account"):
        run(*command, "nobody@officers.example")
