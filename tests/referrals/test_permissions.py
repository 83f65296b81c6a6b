"""WHO may work a referral: officers of the agencies it was sent to, decided for every role and relation."""

import pytest
from django.utils import timezone

from agencies.models import Agency
from agencies.roles import RoleName
from audit.agents import Agent
from audit.refusals import Forbidden
from referrals.actions.write_note import write_note
from referrals.models import Join, NoteReaders
from referrals.permissions import (
    can_acknowledge,
    can_decide_withdrawal,
    check_can_acknowledge,
    check_can_assign,
    check_can_be_opened_to,
    check_can_decide_withdrawal,
    check_can_detach_note,
    check_can_reassign,
    check_can_submit,
    check_can_undo_join,
    check_can_write_note,
)
from tests.making import dispatch_to_authority, dispatch_to_police, make_user, officer_of, submitted
from tests.referrals.at_the_desk import about

pytestmark = pytest.mark.usefixtures("db", "on_record")

SUPERVISES = {RoleName.CTP_SUPERVISOR, RoleName.AUTHORITY_SUPERVISOR, RoleName.NATIONAL_DESK_SUPERVISOR}
WORKS = SUPERVISES | {
    RoleName.CTP_OFFICER,
    RoleName.AUTHORITY_LEAD,
    RoleName.CHANNEL_COORDINATOR,
    RoleName.NATIONAL_DESK_OFFICER,
    RoleName.RESTRICTED_DESK_OFFICER,
}
# Reads and writes notes; takes no receipt and assigns nobody.
READS = {*WORKS, RoleName.ALLEGATIONS_OFFICER}
SUBMITS = {*WORKS, RoleName.SENDING_SYSTEM, RoleName.RECEIVING_SYSTEM}


def passes(check, *args):
    try:
        check(*args)
    except Forbidden:
        return False
    return True


def someone(agency, role):
    return make_user(agency=agency, role=role, name="Osian Achterberg", by=Agent.OPERATOR, now=timezone.now())


@pytest.mark.parametrize("role", RoleName)
@pytest.mark.parametrize("relation", ["own", "other recipient", "stranger", "none"])
def test_every_role_in_every_relation_is_decided(dispatch, role, relation):
    agency = {
        "own": dispatch.agency,
        "other recipient": dispatch_to_police(dispatch.referral).agency,
        "stranger": Agency.objects.get(code="E08000032"),
        "none": None,
    }[relation]
    user, colleague = someone(agency, role), officer_of(dispatch.agency)
    may, may_read = role in WORKS and relation == "own", role in READS and relation == "own"
    assert passes(check_can_acknowledge, user, dispatch) is may
    assert can_acknowledge(user, dispatch) is may
    assert passes(check_can_assign, user, dispatch, colleague) is may
    assert passes(check_can_reassign, user, dispatch, colleague) is (may and role in SUPERVISES)
    assert passes(check_can_write_note, user, dispatch) is may_read
    assert passes(check_can_submit, user) is (role in SUBMITS and relation != "none")
    assert passes(check_can_assign, colleague, dispatch, user) is may_read
    police = dispatch_to_police(dispatch.referral)
    assert can_decide_withdrawal(user, police) is passes(check_can_decide_withdrawal, user, police)


@pytest.mark.parametrize("agent", Agent)
def test_no_agent_works_a_referral_and_only_the_referrer_and_who_sends_on_what_was_held_submits_one(dispatch, agent):
    assert not can_acknowledge(agent, dispatch)
    assert passes(check_can_submit, agent) is (agent in {Agent.REFERRER, Agent.SWEEPER})
    assert not passes(check_can_write_note, agent, dispatch)


def test_a_note_stays_where_it_is_once_another_agency_has_accepted_the_referral(dispatch):
    officer = officer_of(dispatch.agency)
    note = write_note(dispatch_id=dispatch.pk, text="Words", readers=NoteReaders.AGENCY, by=officer, now=timezone.now())
    assert passes(check_can_detach_note, officer, note, dispatch)
    assert not passes(check_can_detach_note, officer, note, None)
    assert not passes(check_can_detach_note, officer, note, dispatch_to_police(dispatch.referral))


def test_only_who_has_both_referrals_takes_their_join_apart(dispatch):
    officer, other = officer_of(dispatch.agency), dispatch_to_authority(submitted())
    join = Join(earlier=dispatch.referral, later=other.referral)
    assert passes(check_can_undo_join, officer, join, [dispatch, other])
    assert not passes(check_can_undo_join, officer, join, [dispatch])
    assert not passes(
        check_can_undo_join, officer_of(dispatch_to_police(other.referral).agency), join, [dispatch, other]
    )


@pytest.mark.parametrize("role", [RoleName.CTP_OFFICER, RoleName.NATIONAL_DESK_OFFICER])
def test_whoever_decides_about_a_withdrawal_decides_for_the_police(dispatch, role):
    police = dispatch_to_police(dispatch.referral)
    for each, may in ((police, True), (dispatch, False)):
        user = someone(each.agency, role)
        assert passes(check_can_decide_withdrawal, user, each) is may
        assert can_decide_withdrawal(user, each) is may


def test_a_referral_is_opened_to_nobody_whose_name_it_bears(dispatch):
    namesake, other = (officer_of(dispatch.agency, name=name) for name in ("Niamh Warsame", "Osian Achterberg"))
    referral = submitted(about("Niamh Warsame"))
    assert not passes(check_can_be_opened_to, namesake, referral)
    assert passes(check_can_be_opened_to, other, referral)
