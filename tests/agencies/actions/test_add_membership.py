"""A role hangs on its own kinds of agency, and on no other."""

from datetime import UTC, date, datetime

import pytest

from agencies.actions.add_membership import add_membership
from agencies.actions.add_partner import add_partner
from agencies.actions.create_user import create_user
from agencies.models import Agency, AgencyKind, Membership, User
from agencies.permissions import Permission, can
from agencies.roles import ROLES, RoleName
from audit.action import action
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


@pytest.fixture
def system(user: User) -> User:
    with recording(by=Agent.OPERATOR):
        return store_system(by=Agent.OPERATOR, now=NOW)


@action
def store_system(*, by: Agent, now: datetime) -> User:
    system = User(email="a@systems.invalid", name="Casebook", is_system=True)
    system.save()
    return system


def agency_of(kind: str) -> Agency:
    if kind == AgencyKind.PARTNER:
        with recording(by=Agent.OPERATOR):
            return add_partner(name="Hollybrook Trust", by=Agent.OPERATOR, now=NOW)
    found = Agency.objects.filter(kind=kind).order_by("code").first()
    assert found is not None
    return found


def add(user: User, agency: Agency, role: RoleName, *, by: Agent = Agent.OPERATOR) -> Membership:
    with recording(by=by):
        return add_membership(user_id=user.pk, agency_id=agency.pk, role=role, by=by, now=NOW)


@pytest.mark.parametrize("kind", AgencyKind)
@pytest.mark.parametrize("role", RoleName)
def test_a_role_is_added_only_where_it_fits(user, system, role, kind):
    agency = agency_of(kind)
    theirs, others = (system, user) if ROLES[role].for_systems else (user, system)
    if kind in ROLES[role].agency_kinds:
        assert add(theirs, agency, role).starts_on == date(2026, 6, 18)
        with pytest.raises(NotNow, match="not for this kind of account"):
            add(others, agency, role)
    else:
        for anybody in (user, system):
            with pytest.raises(NotNow, match="does not exist"):
                add(anybody, agency, role)
        assert not Membership.objects.exists()


def test_it_gives_the_permissions_of_the_role_in_that_agency_only(user):
    leeds, bradford = (Agency.objects.get(code=code) for code in ("E08000035", "E08000032"))
    with recording(by=Agent.OPERATOR):
        early = datetime(2026, 1, 5, tzinfo=UTC)
        add_membership(user_id=user.pk, agency_id=leeds.pk, role=RoleName.AUTHORITY_LEAD, by=Agent.OPERATOR, now=early)
    assert can(user, Permission.DISPATCH_READ, agency=leeds)
    assert not can(user, Permission.DISPATCH_READ, agency=bradford)


@pytest.mark.parametrize("agent", [agent for agent in Agent if agent is not Agent.OPERATOR])
def test_no_agent_but_the_operator_gives_a_role(user, agent):
    with pytest.raises(Forbidden):
        add(user, Agency.objects.get(code="E08000035"), RoleName.AUTHORITY_LEAD, by=agent)
