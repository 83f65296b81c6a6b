"""A role that reads cases takes two administrators; nobody gives themselves anything, nobody removes the last one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.approve_proposal import approve_proposal
from agencies.actions.deactivate_user import deactivate_user
from agencies.actions.decline_proposal import decline_proposal
from agencies.actions.end_membership import end_membership
from agencies.actions.suspend_user import suspend_user
from agencies.models import Agency, Membership, Proposal
from agencies.permissions import Permission, can
from agencies.roles import ROLES, RoleName, takes_two
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from audit.refusals import Forbidden, NotNow
from tests.agencies.administering import administrator, council, given, nobody_yet, page_of
from tests.at_once import at_once
from tests.audit.acts import within
from tests.making import officer_of, reread

NOW = timezone.now()
READS = RoleName.AUTHORITY_LEAD
READS_NOTHING = RoleName.CHANNEL_CHAIR
ordinary = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def somebody(db, on_record):
    return nobody_yet()


def approve(proposal, by):
    return approve_proposal(proposal_id=proposal.pk, by=by, now=timezone.now())


def test_which_roles_one_administrator_gives_alone():
    assert {role for role in RoleName if not takes_two(role)} == {
        RoleName.CHANNEL_CHAIR,
        RoleName.PANEL_MEMBER,
        RoleName.INTERVENTION_PROVIDER,
        RoleName.RETENTION_ADMINISTRATOR,
        RoleName.RETENTION_APPROVER,
        RoleName.HOME_OFFICE_ANALYST,
    }


@pytest.mark.parametrize("role", [role for role in RoleName if takes_two(role) and not ROLES[role].for_systems])
@ordinary
def test_such_a_role_is_had_when_a_second_administrator_has_approved_it(role, first, second, somebody):
    kind = min(ROLES[role].agency_kinds)
    agency = Agency.objects.filter(kind=kind).order_by("code").first()
    proposal = given(somebody, role, by=first, agency=agency)
    assert isinstance(proposal, Proposal)
    assert reread(somebody).current_memberships == []
    membership = approve(proposal, second)
    assert [each.role for each in reread(somebody).current_memberships] == [role] == [membership.role]
    stored = Proposal.objects.get()
    assert (stored.state, stored.became, stored.decided_by) == ("approved", membership, second)
    with pytest.raises(NotNow, match="moved on"):
        approve(proposal, second)


@ordinary
def test_a_role_that_reads_no_case_is_had_at_once(first, somebody):
    assert isinstance(given(somebody, READS_NOTHING, by=first), Membership)
    assert [each.role for each in reread(somebody).current_memberships] == [READS_NOTHING]
    assert not Proposal.objects.exists()


@ordinary
def test_nobody_approves_what_they_proposed_and_no_action_goes_round_it(first, somebody):
    proposal = given(somebody, READS, by=first)
    assert isinstance(proposal, Proposal)
    with pytest.raises(Forbidden, match="Somebody else"):
        approve(proposal, first)
    where = {"user_id": somebody.pk, "agency_id": council().pk, "role": READS, "by": first, "now": NOW}
    with pytest.raises(Forbidden, match="Another administrator"):
        add_membership(**where)
    with pytest.raises(Forbidden, match="Somebody else"):
        add_membership(**where, approving=proposal)
    assert not somebody.memberships.exists()
    assert Entry.objects.filter(kind=Entry.Kind.REFUSED, actor=first.pk).count() == 3


@ordinary
def test_the_database_itself_refuses_an_approval_by_who_proposed_it(first, somebody):
    proposal = given(somebody, READS, by=first)
    membership = add_membership(
        user_id=somebody.pk, agency_id=council().pk, role=READS, by=Agent.OPERATOR, now=timezone.now()
    )
    decided = {"state": "approved", "decided_at": NOW, "decided_by": first, "became": membership}
    with pytest.raises(IntegrityError, match="proposal_takes_two"), transaction.atomic():
        within(do=lambda: proposal.changed(**decided), by=Agent.OPERATOR, now=NOW)


@ordinary
@pytest.mark.parametrize("role", [READS, READS_NOTHING])
def test_nobody_gives_themselves_a_role(role, first):
    with pytest.raises(Forbidden, match="yourself"):
        given(first, role, by=first)


@ordinary
def test_nobody_approves_a_role_for_themselves(first, second):
    proposal = given(second, RoleName.PRIVACY_OFFICER, by=first)
    with pytest.raises(Forbidden, match="Somebody else"):
        approve(proposal, second)
    approve(proposal, administrator("A third"))
    assert can(reread(second), Permission.GLASS_REVIEW)


@ordinary
def test_what_was_proposed_by_somebody_who_may_not_any_more_is_proposed_anew(first, second, somebody):
    proposal = given(somebody, READS, by=first)
    suspend_user(user_id=first.pk, by=second, now=NOW)
    with pytest.raises(NotNow, match="proposed anew"):
        approve(proposal, second)
    assert not somebody.memberships.exists()
    decline_proposal(proposal_id=proposal.pk, by=second, now=NOW)
    approve(given(somebody, READS, by=second), administrator("A third"))
    assert can(reread(somebody), Permission.DISPATCH_READ)


@ordinary
def test_only_administrators_propose_approve_and_decline(first, somebody):
    lead = officer_of(council())
    with pytest.raises(Forbidden):
        given(somebody, READS, by=lead)
    proposal = given(somebody, READS, by=first)
    for act in (approve_proposal, decline_proposal):
        with pytest.raises(Forbidden):
            act(proposal_id=proposal.pk, by=lead, now=NOW)


@ordinary
def test_an_operator_who_gives_roles_alone_approves_none(first, somebody):
    proposal = given(somebody, READS, by=first)
    with pytest.raises(Forbidden):
        approve(proposal, Agent.OPERATOR)


@ordinary
def test_another_declines_and_the_proposer_takes_back(first, second, somebody):
    for by, state in ((second, "declined"), (first, "taken_back")):
        proposal = given(somebody, READS, by=first)
        assert decline_proposal(proposal_id=proposal.pk, by=by, now=NOW).state == state
        with pytest.raises(NotNow):
            approve(proposal, second)
    assert not somebody.memberships.exists()


@ordinary
def test_what_was_right_when_it_was_proposed_is_asked_again(first, second, somebody):
    proposal = given(somebody, READS, by=first)
    suspend_user(user_id=somebody.pk, by=second, now=NOW)
    with pytest.raises(NotNow, match="suspended"):
        approve(proposal, second)
    assert Proposal.objects.get().state == "proposed"


@ordinary
def test_a_role_begins_on_its_first_day_and_late_approval_begins_it_today(first, second, somebody, time_machine):
    today = timezone.localdate()
    days: dict[str, Any] = {"starts_on": today + timedelta(2), "ends_on": today + timedelta(9)}
    soon, late = given(somebody, READS, by=first, **days), given(nobody_yet("Late"), READS, by=first, **days)
    approve(soon, second)
    assert reread(somebody).current_memberships == []
    time_machine.move_to(timezone.now() + timedelta(days=4))
    assert can(reread(somebody), Permission.DISPATCH_READ)
    assert approve(late, second).starts_on == today + timedelta(4)
    time_machine.shift(timedelta(days=6))
    assert not can(reread(somebody), Permission.DISPATCH_READ)


@ordinary
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"role": RoleName.CTP_OFFICER}, "does not exist in an agency like"),
        ({"role": RoleName.RECEIVING_SYSTEM}, "not for this kind of account"),
        ({"starts_on": timezone.localdate() - timedelta(1)}, "today or later"),
        ({"ends_on": timezone.localdate() - timedelta(1)}, "not be before the first"),
    ],
)
def test_what_cannot_begin_is_not_proposed(first, somebody, changes, words):
    with pytest.raises(NotNow, match=words):
        given(somebody, **{"role": READS, "by": first, **changes})
    assert not Proposal.objects.exists()


@ordinary
def test_a_role_is_neither_held_nor_proposed_twice_for_the_same_days(first, second, somebody):
    today = timezone.localdate()
    proposal = given(somebody, READS, by=first, ends_on=today + timedelta(5))
    with pytest.raises(NotNow, match="proposed already"):
        given(somebody, READS, by=second)
    approve(proposal, second)
    for starts_on, ends_on in ((0, 2), (5, 9), (0, None)):
        days: dict[str, Any] = {
            "starts_on": today + timedelta(starts_on),
            "ends_on": ends_on and today + timedelta(ends_on),
        }
        with pytest.raises(NotNow, match="already on some of these days"):
            given(somebody, READS, by=first, **days)
    assert isinstance(given(somebody, READS, by=first, starts_on=today + timedelta(6)), Proposal)


@ordinary
def test_an_administrator_ends_roles_in_every_agency_but_never_their_own(first, second):
    lead = officer_of(council())
    end_membership(membership_id=lead.memberships.get().pk, by=first, now=NOW)
    assert reread(lead).current_memberships == []
    with pytest.raises(Forbidden, match="your own"):
        end_membership(membership_id=first.memberships.get().pk, by=first, now=NOW)
    for act in (suspend_user, deactivate_user):
        with pytest.raises(Forbidden, match="your own"):
            act(user_id=first.pk, by=first, now=NOW)


@ordinary
def test_the_last_administrator_stays(first):
    for remove in (
        lambda by: suspend_user(user_id=first.pk, by=by, now=NOW),
        lambda by: deactivate_user(user_id=first.pk, by=by, now=NOW),
        lambda by: end_membership(membership_id=first.memberships.get().pk, by=by, now=NOW),
    ):
        for by in (first, Agent.OPERATOR):
            with pytest.raises(NotNow, match="last administrator"):
                remove(by)
    administrator("A second")
    end_membership(membership_id=first.memberships.get().pk, by=Agent.OPERATOR, now=NOW)


def test_of_two_who_remove_each_other_at_the_same_moment_one_stays(own_database):
    with recording(by=Agent.OPERATOR):
        both = [administrator("One"), administrator("Other")]

    def remove(by, other, act):
        def work():
            with recording(by=by):
                act(other)

        return work

    results = at_once(
        remove(both[0], both[1], lambda user: suspend_user(user_id=user.pk, by=both[0], now=NOW)),
        remove(
            both[1],
            both[0],
            lambda user: end_membership(membership_id=user.memberships.get().pk, by=both[1], now=NOW),
        ),
    )
    assert sorted(type(result).__name__ for result in results) in (["Forbidden", "NoneType"], ["NoneType", "NotNow"])
    assert sum(can(reread(user), Permission.MEMBERSHIP_ADD) for user in both) == 1


@ordinary
def test_on_the_pages_one_proposes_and_the_other_approves(client, first, second, somebody):
    client.force_login(first)
    given(somebody, READS, by=first)
    proposal = Proposal.objects.get()
    page = reverse("agencies:proposal", args=[proposal.pk])
    text = client.get(page).content.decode()
    assert "Another administrator has to approve it" in text and "Approve the role" not in text
    assert "Take it back" in text
    assert client.post(page).status_code == 404
    assert page in client.get(page_of(somebody)).content.decode()
    client.force_login(second)
    assert "1 role waits for your approval" in client.get(reverse("desk:home")).content.decode()
    assert page in client.get(reverse("agencies:administration")).content.decode()
    assert "Approve the role" in client.get(page).content.decode()
    assert "The role is given" in client.post(page, follow=True).content.decode()
    assert can(reread(somebody), Permission.DISPATCH_READ, agency=council())
    assert "Nothing waits for your approval" in client.get(reverse("desk:home")).content.decode()
    assert client.post(page).status_code == 409


@ordinary
def test_declining_and_taking_back_on_the_pages(client, first, second, somebody):
    for by, state in ((second, "Declined"), (first, "Taken back")):
        client.force_login(by)
        proposal = given(somebody, READS, by=first)
        decline = reverse("agencies:decline-proposal", args=[proposal.pk])
        page = reverse("agencies:proposal", args=[proposal.pk])
        assert client.get(decline)["Location"] == page
        assert "The role is not given" in client.post(decline, follow=True).content.decode()
        assert state in client.get(page).content.decode()


@ordinary
def test_whom_a_proposal_is_about_is_told_so_and_cannot_approve_it(client, first, second):
    proposal = given(second, RoleName.PRIVACY_OFFICER, by=first)
    client.force_login(second)
    page = reverse("agencies:proposal", args=[proposal.pk])
    assert "This is about you" in client.get(page).content.decode()
    assert client.post(page).status_code == 404
    assert client.get(reverse("agencies:give-role", args=[second.pk])).status_code == 404


@ordinary
def test_an_operator_gives_any_role_alone(somebody):
    add_membership(user_id=somebody.pk, agency_id=council().pk, role=READS, by=Agent.OPERATOR, now=NOW)
    assert can(reread(somebody), Permission.DISPATCH_READ)
