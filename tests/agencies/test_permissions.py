"""Who may do what: every role, every agent, every permission, in one's own agency and in another's."""

from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from agencies.actions.add_partner import add_partner
from agencies.models import Agency, AgencyKind, Membership, User
from agencies.permissions import AGENT_PERMISSIONS, Permission, can, require
from agencies.roles import ROLES, RoleName
from audit.agents import Agent
from audit.refusals import Forbidden
from tests.audit.acts import within
from tests.making import make_user, reread

pytestmark = pytest.mark.usefixtures("db", "on_record")

P = Permission
OFFICER = {
    P.ABSENCE_ARRANGE, P.DECONFLICTION_ASK, P.DISPATCH_ACKNOWLEDGE, P.DISPATCH_ASSIGN, P.DISPATCH_READ, P.HOME_READ,
    P.MATCH_DECIDE, P.MATCH_READ, P.NOTE_DETACH, P.DOCUMENT_ADD, P.DOCUMENT_DETACH, P.NOTE_WRITE,
    P.NOTICE_READ, P.NOTICE_REPLAY, P.NOTICE_SEND, P.OFFER_ANSWER, P.OFFER_MAKE, P.RECORD_SEARCH,
    P.RECORD_WRITE, P.REFERRAL_DETACH,
    P.REFERRAL_ENTER, P.REFERRAL_JOIN, P.REFERRAL_READ, P.REFERRAL_SHARE, P.REFERRAL_SUBMIT, P.REFERRER_ASK,
    P.REFERRER_SHOW, P.TASK_FINISH, P.TASK_OPEN, P.WITHDRAWAL_REPORT,
}  # fmt: skip
EMERGENCY = {P.GLASS_BREAK, P.REQUEST_ANSWER, P.REQUEST_SEND}
EXPORTS = {P.EXPORT_MAKE}
SUPERVISOR = OFFICER | EMERGENCY | EXPORTS | {
    P.DISPATCH_SUPERVISE, P.MEMBERSHIP_END, P.REFERRAL_RESTRICT, P.REVIEW_OPEN, P.TARGET_EDIT, P.TARGET_READ,
    P.WAITING_READ, P.WORRY_ANSWER,
}  # fmt: skip
OVERSEER = {P.DISPATCH_OVERSEE, P.QUARANTINE_DECIDE, P.TARGET_READ, P.WAITING_READ}
DECIDES = {P.URGENCY_SEE, P.GATEWAY_WRITE, P.PARTNERSHIP_READ, P.PARTNERSHIP_WORK, P.WITHDRAWAL_DECIDE}
SIGNS = {P.GATEWAY_SIGN, P.PARTNERSHIP_SUPERVISE}
SIGNS_IN = {P.HOME_READ}
STANDARDS = {P.STANDARD_READ}
SENDS = {P.NOTICE_SEND, P.REFERRAL_FOLLOW, P.REFERRAL_SUBMIT}
# The table as people agreed on it, beside the code that says the same.
AGREED: dict[RoleName, set[Permission]] = {
    RoleName.CTP_OFFICER: OFFICER | EMERGENCY | EXPORTS | STANDARDS | DECIDES,
    RoleName.CTP_SUPERVISOR: SUPERVISOR | STANDARDS | DECIDES | SIGNS,
    RoleName.AUTHORITY_LEAD: OFFICER | EMERGENCY | EXPORTS,
    RoleName.AUTHORITY_SUPERVISOR: SUPERVISOR,
    RoleName.CHANNEL_COORDINATOR: OFFICER | EMERGENCY | EXPORTS,
    RoleName.CHANNEL_CHAIR: SIGNS_IN,
    RoleName.PANEL_MEMBER: SIGNS_IN,
    RoleName.INTERVENTION_PROVIDER: SIGNS_IN,
    RoleName.FIMU_ANALYST: SIGNS_IN | STANDARDS
    | {P.DECONFLICTION_ANSWER, P.DECONFLICTION_ASK, P.MATCH_CHECK, P.MATCH_READ, P.PARTNERSHIP_READ, P.URGENCY_SEE},
    RoleName.RETENTION_ADMINISTRATOR: SIGNS_IN,
    RoleName.RETENTION_APPROVER: SIGNS_IN,
    RoleName.PRIVACY_OFFICER: SIGNS_IN | {P.GLASS_REVIEW},
    RoleName.AUDITOR: SIGNS_IN | {P.AUDIT_READ, P.AUDIT_VERIFY, P.EXPORT_MAKE, P.REFERRAL_READ, P.REVIEW_READ},
    RoleName.HOME_OFFICE_ANALYST: SIGNS_IN,
    RoleName.STANDARDS_LEAD: SIGNS_IN | STANDARDS | {P.STANDARD_WRITE},
    RoleName.NATIONAL_DESK_OFFICER: OFFICER | EMERGENCY | EXPORTS | OVERSEER | STANDARDS | DECIDES,
    RoleName.NATIONAL_DESK_SUPERVISOR: SUPERVISOR | OVERSEER | STANDARDS | DECIDES | SIGNS,
    RoleName.RESTRICTED_DESK_OFFICER: OFFICER | STANDARDS
    | DECIDES
    | SIGNS
    | {P.EXCLUSION_ADD, P.RESTRICTION_RELEASE, P.WORRY_ANSWER},
    RoleName.ALLEGATIONS_OFFICER: {
        P.DISPATCH_READ, P.EXCLUSION_ADD, P.HOME_READ, P.NOTE_WRITE, P.REFERRAL_READ, P.TASK_FINISH,
    },
    RoleName.SYSTEM_ADMINISTRATOR: {
        P.AGENCY_EDIT, P.API_KEY_APPROVE, P.API_KEY_MANAGE, P.ENDPOINT_EDIT, P.HOME_READ, P.MEMBERSHIP_ADD,
        P.MEMBERSHIP_APPROVE, P.MEMBERSHIP_OVERSEE, P.NOTICE_OVERSEE, P.NOTICE_READ, P.NOTICE_REPLAY, P.NOTICE_SEND,
        P.TARGET_EDIT, P.TARGET_OVERSEE, P.TARGET_READ, P.USER_CREATE, P.USER_DEACTIVATE,
    },
    RoleName.SENDING_SYSTEM: SENDS,
    RoleName.RECEIVING_SYSTEM: SENDS | {P.DISPATCH_FETCH, P.DISPATCH_LINK},
}  # fmt: skip
AGENTS: dict[Agent, set[Permission]] = {
    Agent.REFERRER: {
        P.NOTICE_SEND, P.REFERRAL_SUBMIT, P.REFERRAL_WITHDRAW, P.REFERRER_LINK, P.REFERRER_RETURN,
    },
    Agent.MESSENGER: {P.NOTICE_SEND, P.WEBHOOK_SEND},
    Agent.SWEEPER: {
        P.DECONFLICTION_ASK, P.DISPATCH_RELEASE, P.DOCUMENT_CHECK, P.DOCUMENT_SWEEP, P.DRAFT_SWEEP,
        P.EXPORT_SWEEP, P.MATCH_DECIDE, P.MEMBERSHIP_END, P.NOTICE_SEND, P.QUARANTINE_DECIDE, P.REFERRAL_SUBMIT,
        P.REFERRER_LINK, P.WEBHOOK_SEND,
    },
    Agent.SEALER: {P.AUDIT_VERIFY},
    Agent.VISITOR: {P.INVITATION_ACCEPT},
    Agent.OPERATOR: {
        P.AGENCY_EDIT, P.API_KEY_MANAGE, P.DECONFLICTION_ASK, P.DEMONSTRATION_SEED, P.ENDPOINT_EDIT, P.MEMBERSHIP_ADD,
        P.MEMBERSHIP_END, P.REFERENCE_DATA_LOAD, P.STANDARD_WRITE, P.TARGET_EDIT, P.TARGET_OVERSEE, P.USER_CREATE,
        P.USER_DEACTIVATE,
    },
}  # fmt: skip
EACH_ROLE = pytest.mark.parametrize("role", RoleName)


def agency_for(role: RoleName) -> tuple[Agency, Agency]:
    """An agency of a kind on which the role hangs, and another one."""
    kind = min(ROLES[role].agency_kinds)
    if kind == AgencyKind.PARTNER:
        add_partner(name="Hollybrook Trust", by=Agent.OPERATOR, now=timezone.now())
    own = Agency.objects.filter(kind=kind).order_by("code")[0]
    return own, Agency.objects.exclude(pk=own.pk).filter(kind=AgencyKind.AUTHORITY).order_by("code")[0]


def someone(role: RoleName, agency: Agency | None) -> User:
    return make_user(agency=agency, role=role, name="Osian Achterberg", by=Agent.OPERATOR, now=timezone.now())


def held(user, agency=None):
    return {permission for permission in Permission if can(user, permission, agency=agency)}


def test_every_role_and_every_agent_is_in_the_table():
    assert set(ROLES) == set(AGREED) == set(RoleName)
    assert set(AGENT_PERMISSIONS) == set(AGENTS) == set(Agent)
    assert set().union(*AGREED.values(), *AGENTS.values()) == set(Permission)


@EACH_ROLE
def test_a_role_gives_what_was_agreed_in_ones_own_agency_and_nothing_in_another(role):
    own, other = agency_for(role)
    user = someone(role, own)
    assert held(user) == held(user, own) == AGREED[role]
    assert held(user, other) == set()


@EACH_ROLE
def test_a_role_is_described_and_hangs_on_some_kind_of_agency(role):
    assert str(ROLES[role].description)
    assert ROLES[role].agency_kinds <= set(AgencyKind)
    assert ROLES[role].agency_kinds


def test_two_roles_in_two_agencies_do_not_mix():
    desk, council = Agency.objects.get(code="system"), Agency.objects.get(code="E08000038")
    user = someone(RoleName.SYSTEM_ADMINISTRATOR, desk)
    within(
        do=Membership(user=user, agency=council, role=RoleName.AUTHORITY_LEAD, starts_on=timezone.localdate()).save,
        by=Agent.OPERATOR,
        now=timezone.now(),
    )
    user = reread(user)
    assert held(user, desk) == AGREED[RoleName.SYSTEM_ADMINISTRATOR]
    assert held(user, council) == AGREED[RoleName.AUTHORITY_LEAD]
    assert held(user) == held(user, desk) | held(user, council)
    assert {agency.pk for agency in user.agencies} == {desk.pk, council.pk}


DAYS = product([-2, -1, 0, 1], [None, -1, 0, 1])


@pytest.mark.parametrize(("start", "end"), [(start, end) for start, end in DAYS if end is None or end >= start])
def test_a_membership_holds_from_its_first_day_to_its_last(start, end):
    own, _ = agency_for(RoleName.AUTHORITY_LEAD)
    user, today = someone(RoleName.AUTHORITY_LEAD, None), timezone.localdate()
    membership = Membership(
        user=user,
        agency=own,
        role=RoleName.AUTHORITY_LEAD,
        starts_on=today + timedelta(start),
        ends_on=None if end is None else today + timedelta(end),
    )
    within(do=membership.save, by=Agent.OPERATOR, now=timezone.now())
    holds = start <= 0 and (end is None or end >= 0)
    assert held(reread(user)) == (AGREED[RoleName.AUTHORITY_LEAD] if holds else set())
    assert [agency.pk for agency in reread(user).agencies] == ([own.pk] if holds else [])


@EACH_ROLE
def test_someone_inactive_may_do_nothing(role):
    own, _ = agency_for(role)
    user = someone(role, own)
    assert held(user)
    within(do=lambda: user.changed(is_active=False), by=Agent.OPERATOR, now=timezone.now())
    assert held(user) == held(reread(user)) == held(reread(user), own) == set()


def test_someone_without_any_membership_may_do_nothing():
    assert held(someone(RoleName.CTP_OFFICER, None)) == set()


@pytest.mark.parametrize("agent", Agent)
def test_an_agent_may_do_what_was_agreed_in_whichever_agency(agent):
    own, _ = agency_for(RoleName.CTP_OFFICER)
    assert held(agent) == held(agent, own) == AGENTS[agent]


@pytest.mark.parametrize("stranger", [AnonymousUser(), object(), None])
def test_nobody_else_may_do_anything(stranger):
    assert held(stranger) == set()


def test_what_may_not_be_done_is_refused_with_what_to_do_about_it():
    with pytest.raises(Forbidden, match="Ask your system administrator"):
        require(Agent.SWEEPER, Permission.AGENCY_EDIT)
    require(Agent.OPERATOR, Permission.AGENCY_EDIT)
