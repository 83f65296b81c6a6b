"""A partnership goes with the responsibility: to another area, off whoever left, and off the wrong person."""

import pytest
from django.utils import timezone

from agencies.actions.end_membership import end_membership
from agencies.models import Agency, Notice, NoticeKind
from agencies.roles import RoleName
from audit.agents import Agent
from audit.refusals import Forbidden, NotNow
from referrals.actions.accept_offer import accept_offer
from referrals.actions.detach_referral import detach_referral
from referrals.actions.make_offer import make_offer
from referrals.actions.restrict_record import restrict_record
from tests.making import dispatch_to_authority, dispatch_to_police, make_user, officer_of
from tests.triage.assessing import supervisor_at
from tests.triage.partnering import again, asked, owned, planned, reviewed, running
from tests.triage.test_handlers import swept
from triage.actions.release_partnership import release_partnership
from triage.models import EndedBy
from triage.partnerships import offered_of, partnerships_of, unowned_of
from triage.states import HandoverState, PartnershipState

NOW = timezone.now()


@pytest.fixture
def row(referral):
    """One that waits for its owner."""
    return running(referral)


def left(user):
    """They have left the agency."""
    (membership,) = user.memberships.all()
    end_membership(membership_id=membership.pk, by=Agent.OPERATOR, now=NOW)
    swept()


def told():
    """To whom it was written that nobody owns it."""
    return sorted(each.address for each in Notice.objects.filter(kind=NoticeKind.PARTNERSHIP_UNOWNED))


def test_what_a_leaver_owned_waits_for_another_owner_and_the_supervisors_are_told(row):
    owner = owned(row)
    boss = supervisor_at(row.agency)
    left(owner)
    assert (again(row).state, again(row).owner) == (PartnershipState.WAITING, None)
    assert list(unowned_of(boss)) == [row]
    assert boss.email in told()


def test_what_a_leaver_had_to_do_is_the_owners(row, officer):
    owner = owned(row)
    each = planned(row, owner, owner=officer)
    left(officer)
    each.refresh_from_db()
    assert (each.owner, again(row).owner, told()) == (owner, owner, [])


def test_what_nobody_has_to_do_any_more_is_whose_who_accepts(row, officer):
    owner = owned(row)
    each = planned(row, owner)
    left(owner)
    each.refresh_from_db()
    assert each.owner is None
    owned(row, to=officer)
    each.refresh_from_db()
    assert each.owner == officer


def test_a_leaver_who_was_asked_is_asked_no_more(row, officer):
    asked(row, officer)
    left(officer)
    assert offered_of(row) is None
    assert row.handovers.get().state == HandoverState.TAKEN_BACK
    assert told()


def test_whoever_leaves_elsewhere_keeps_theirs(row):
    owner = owned(row)
    other = officer_of(Agency.objects.get(code="ctp-wales"))
    left(other)
    assert again(row).owner == owner


def test_it_goes_with_the_referral_to_another_police_agency_which_names_its_owner(row, referral):
    owner = owned(row)
    each = planned(row, owner)
    wales = Agency.objects.get(code="ctp-wales")
    far, boss = officer_of(wales), supervisor_at(wales, name="Gwenllian Prothero")
    offer = make_offer(dispatch_id=dispatch_to_police(referral).pk, to_id=wales.pk, reason="Moved.", by=owner, now=NOW)
    assert again(row).owner == owner
    accept_offer(offer_id=offer.pk, by=far, now=NOW)
    with pytest.raises(Forbidden):
        reviewed(row, owner)
    swept()
    each.refresh_from_db()
    assert (again(row).agency, again(row).owner, each.owner) == (wales, None, None)
    assert told() == [boss.email]
    assert not partnerships_of(owner).exists()
    owned(row, to=far, by=boss)
    assert reviewed(row, far)


def test_where_the_council_changes_its_owner_stays(row, referral):
    owner = owned(row)
    council = Agency.objects.get(code="E08000032")
    accepts = officer_of(council)
    offer = make_offer(
        dispatch_id=dispatch_to_authority(referral).pk, to_id=council.pk, reason="Moved.",
        by=officer_of(dispatch_to_authority(referral).agency), now=NOW,
    )  # fmt: skip
    accept_offer(offer_id=offer.pk, by=accepts, now=NOW)
    swept()
    assert again(row).owner == owner


def test_an_owner_who_is_not_named_on_a_restricted_record_does_not_own_it(row, referral, officer, lead):
    owner = owned(row)
    boss = supervisor_at(row.agency)
    restrict_record(
        dispatch_id=dispatch_to_police(referral).pk, named=[officer.pk, lead.pk, boss.pk], reason="A colleague.",
        by=boss, now=NOW,
    )  # fmt: skip
    swept()
    assert again(row).is_waiting
    assert told() == [boss.email]
    assert not partnerships_of(owner).exists()
    assert list(partnerships_of(officer)) == [row]


def test_where_no_supervisor_may_know_of_it_those_who_are_named_are_told(row, referral, officer, lead):
    owned(row)
    boss, council = supervisor_at(row.agency), dispatch_to_authority(referral)
    theirs = make_user(
        agency=council.agency, role=RoleName.AUTHORITY_SUPERVISOR, name="Ffion Ashgrove", by=Agent.OPERATOR, now=NOW
    )
    restrict_record(dispatch_id=council.pk, named=[officer.pk, lead.pk], reason="A colleague.", by=theirs, now=NOW)
    swept()
    assert officer.email in told() and boss.email not in told()


def test_one_about_the_wrong_person_ends_and_no_page_of_the_referral_shows_it(row, referral, officer):
    owner = owned(row)
    detach_referral(
        dispatch_id=dispatch_to_police(referral).pk, right={"given_names": "Ida", "adult_or_child": "adult"},
        reason="A namesake.", wrong_id=referral.person_id, by=officer, now=NOW,
    )  # fmt: skip
    with pytest.raises(NotNow, match="about somebody else since"):
        planned(again(row), owner)
    swept()
    row = again(row)
    assert (row.state, row.ended_how, row.ended_with) == (PartnershipState.ENDED, EndedBy.ANOTHER_PERSON, None)
    assert not partnerships_of(officer).exists()


def test_nothing_changes_where_all_is_in_order_and_after_it_ended(row, referral):
    owner = owned(row)
    for _each in range(2):
        release_partnership(partnership_id=row.pk, once="x", by=Agent.SWEEPER, now=NOW)
    assert again(row).owner == owner
    assert not told()
    with pytest.raises(Forbidden):
        release_partnership(partnership_id=row.pk, once="x", by=owner, now=NOW)
