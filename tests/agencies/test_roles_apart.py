"""Who keeps the house, its data protection or its statistics reads no case: no second role brings them to one."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.approve_proposal import approve_proposal
from agencies.actions.end_membership import end_membership
from agencies.models import Agency, AgencyKind, Membership, Proposal, User
from agencies.roles import ROLES, RoleName
from audit.agents import Agent
from audit.context import recording
from audit.refusals import NotNow
from tests.agencies.administering import administrator, asked, council, given, nobody_yet
from tests.at_once import at_once
from tests.making import agency_for, reread

NOW = timezone.now()
APART = [
    RoleName.PRIVACY_OFFICER, RoleName.STANDARDS_LEAD, RoleName.HOME_OFFICE_ANALYST, RoleName.SYSTEM_ADMINISTRATOR,
]  # fmt: skip
PEOPLES = [role for role in RoleName if not ROLES[role].for_systems]
READS, READS_TOO = RoleName.AUTHORITY_LEAD, RoleName.CHANNEL_CHAIR
OF_CASES = {
    "dispatch",
    "document",
    "exclusion",
    "export",
    "note",
    "offer",
    "quarantine",
    "referral",
    "referrer",
    "restriction",
    "review",
    "task",
    "withdrawal",
}
ordinary = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def somebody(db: None, on_record: Any) -> User:
    return nobody_yet()


def give(user: User, role: RoleName, **days: Any) -> Membership:
    """As an operator gives it, whom no second person checks."""
    where = agency_for(role)
    added: Membership = add_membership(
        user_id=user.pk, agency_id=where.pk, role=role, by=Agent.OPERATOR, now=NOW, **days
    )
    return added


def system() -> Agency:
    found: Agency = Agency.objects.get(kind=AgencyKind.SYSTEM)
    return found


def test_these_roles_read_no_case() -> None:
    assert [role for role in RoleName if not ROLES[role].reads_cases] == APART
    for role in APART:
        assert not {permission.partition(".")[0] for permission in ROLES[role].permissions} & OF_CASES


@ordinary
@pytest.mark.parametrize("role", PEOPLES)
@pytest.mark.parametrize("held", [*APART, READS])
def test_nobody_has_one_of_them_beside_a_role_that_does(somebody: User, held: RoleName, role: RoleName) -> None:
    give(somebody, held)
    if (held in APART) is (role in APART) and role != held:
        give(somebody, role)
        assert somebody.memberships.count() == 2
        return
    with pytest.raises(NotNow, match="already" if role == held else f"Nobody has that role and “{role.label}” at once"):
        give(somebody, role)
    assert somebody.memberships.get().role == held


@ordinary
def test_days_that_do_not_overlap_are_no_conflict(somebody: User) -> None:
    today = timezone.localdate(NOW)
    give(somebody, READS, ends_on=today + timedelta(days=9))
    with pytest.raises(NotNow, match="at once"):
        give(somebody, RoleName.PRIVACY_OFFICER, starts_on=today + timedelta(days=9))
    give(somebody, RoleName.PRIVACY_OFFICER, starts_on=today + timedelta(days=10), ends_on=today + timedelta(days=19))
    give(somebody, READS, starts_on=today + timedelta(days=20))


@ordinary
def test_who_changes_sides_ends_the_one_role_first(somebody: User) -> None:
    held = give(somebody, READS)
    end_membership(membership_id=held.pk, by=Agent.OPERATOR, now=NOW)
    give(somebody, RoleName.SYSTEM_ADMINISTRATOR)
    assert [each.role for each in reread(somebody).current_memberships] == [RoleName.SYSTEM_ADMINISTRATOR]


@ordinary
@pytest.mark.parametrize("role", [READS, READS_TOO])
def test_no_administrator_gives_or_proposes_it_to_another(first: User, second: User, role: RoleName) -> None:
    with pytest.raises(NotNow, match="They are “System administrator” on some of these days"):
        given(second, role, by=first)
    assert not Proposal.objects.exists()


@ordinary
def test_what_was_proposed_before_the_other_role_was_given_is_not_approved(
    first: User, second: User, somebody: User
) -> None:
    proposals = [
        given(somebody, READS, by=first),
        given(somebody, RoleName.SYSTEM_ADMINISTRATOR, by=first, agency=system()),
    ]
    approve_proposal(proposal_id=proposals[0].pk, by=second, now=timezone.now())
    with pytest.raises(NotNow, match="at once"):
        approve_proposal(proposal_id=proposals[1].pk, by=second, now=timezone.now())
    assert [each.role for each in reread(somebody).current_memberships] == [READS]


def test_of_two_that_are_approved_at_the_same_moment_one_is_given(own_database: Any) -> None:
    with recording(by=Agent.OPERATOR):
        first, second, third = administrator("One"), administrator("Another"), administrator("A third")
        somebody = nobody_yet()
        lead = given(somebody, READS, by=first)
        keeper = given(somebody, RoleName.SYSTEM_ADMINISTRATOR, by=first, agency=system())

    def approving(proposal: Any, by: User) -> Any:
        def work() -> None:
            with recording(by=by):
                approve_proposal(proposal_id=proposal.pk, by=by, now=timezone.now())

        return work

    results = at_once(approving(lead, second), approving(keeper, third))
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "NotNow"]
    assert somebody.memberships.count() == 1


@ordinary
def test_the_form_says_why_and_keeps_what_was_typed(client: Any, first: User, second: User) -> None:
    client.force_login(first)
    sent = asked(READS, **{"ends_on-day": "1", "ends_on-month": "2", "ends_on-year": "2199"})
    page = client.post(reverse("agencies:give-role", args=[second.pk]), sent).content.decode()
    assert "There is a problem" in page and "because one of the two reads no case" in page
    assert f'<option value="{READS}" selected' in page and 'value="2199"' in page
    assert second.memberships.count() == 1


@ordinary
def test_a_proposal_that_cannot_be_approved_any_more_says_why_on_its_page(
    client: Any, first: User, second: User, somebody: User
) -> None:
    proposal = given(somebody, READS, by=first)
    give(somebody, RoleName.HOME_OFFICE_ANALYST)
    client.force_login(second)
    answer = client.post(reverse("agencies:proposal", args=[proposal.pk]))
    assert answer.status_code == 409
    assert "They are “Home Office analyst” on some of these days" in answer.content.decode()


@ordinary
def test_an_operator_is_told_so_at_the_terminal(first: User) -> None:
    with pytest.raises(CommandError, match="at once"):
        call_command("add_user", first.email, "--name", first.name, "--agency", council().code, "--role", READS)
