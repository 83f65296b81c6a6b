"""A role hangs on its own kinds of agency, and on no other."""

from datetime import UTC, date, datetime

import pytest

from agencies.actions.add_membership import add_membership
from agencies.actions.create_user import create_user
from agencies.models import Agency, AgencyKind, Membership, User
from agencies.permissions import Permission, can
from agencies.roles import ROLES, RoleName
from audit.agents import Agent
from audit.context import recording
from audit.refusals import Forbidden, NotNow

pytestmark = pytest.mark.django_db
# One in the morning in London: the role begins on the day that London has.
NOW = datetime(2026, 6, 17, 23, 30, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    with recording(by=Agent.OPERATOR):
        return create_user(email="new@one.example", name="Eoin Ogden", password=None, by=Agent.OPERATOR, now=NOW)


def add(user: User, agency: Agency, role: RoleName, *, by: Agent = Agent.OPERATOR) -> Membership:
    with recording(by=by):
        return add_membership(user_id=user.pk, agency_id=agency.pk, role=role, by=by, now=NOW)


@pytest.mark.parametrize("kind", AgencyKind)
@pytest.mark.parametrize("role", RoleName)
def test_a_role_is_added_only_where_it_fits(user, role, kind):
    agency = Agency.objects.filter(kind=kind).order_by("code").first()
    assert agency is not None
    if kind in ROLES[role].agency_kinds:
        assert add(user, agency, role).starts_on == date(2026, 6, 18)
    else:
        with pytest.raises(NotNow, match="does not exist"):
            add(user, agency, role)
        assert not Membership.objects.exists()


def test_it_gives_the_permissions_of_the_role_in_that_agency_only(user):
    leeds, bradford = (Agency.objects.get(code=code) for code in ("E08000035", "E08000032"))
    with recording(by=Agent.OPERATOR):
        early = datetime(2026, 1, 5, tzinfo=UTC)
        add_membership(user_id=user.pk, agency_id=leeds.pk, role=RoleName.AUTHORITY_LEAD, by=Agent.OPERATOR, now=early)
    assert can(user, Permission.DISPATCH_READ, agency=leeds)
    assert not can(user, Permission.DISPATCH_READ, agency=bradford)


@pytest.mark.parametrize("agent", [agent for agent in Agent if agent is not Agent.OPERATOR])
def test_nobody_else_may(user, agent):
    with pytest.raises(Forbidden):
        add(user, Agency.objects.get(code="E08000035"), RoleName.AUTHORITY_LEAD, by=agent)
