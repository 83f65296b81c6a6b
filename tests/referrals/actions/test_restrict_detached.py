"""A referral that turns out to be about somebody with a user's name is kept from them, whoever had it before."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, Exclusion, Notice, NoticeKind, Restriction
from agencies.restricted import is_hidden_from
from audit.agents import Agent
from audit.keys import destroy_key
from audit.refusals import Forbidden
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.detach_referral import detach_referral
from referrals.actions.make_offer import make_offer
from referrals.actions.release_restriction import release_restriction
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.restrict_detached import restrict_detached
from referrals.models import Offer, Referral, Task, ToldBy, WithdrawalKind
from referrals.restricting import Ground
from referrals.selectors import dispatches_of, offers_to
from referrals.states import OfferState
from tests.audit.acts import within
from tests.making import dispatch_to_authority, officer_of, submitted, with_mailboxes
from tests.referrals.at_the_desk import ABOUT_POLICE, COUNCIL, POLICE, desk, officer_at

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
RIGHT = {"given_names": "Corin", "family_name": "Tattersley", "adult_or_child": "adult"}


@pytest.fixture
def namesake():
    """A colleague of another agency, who bears the right person's name."""
    return officer_of(Agency.objects.get(code="ctp-north-east"), name="Corin Tattersley")


def detach(dispatch, *, by, right=RIGHT):
    wrong_id = Referral.objects.get(pk=dispatch.referral_id).person_id
    return detach_referral(dispatch_id=dispatch.pk, wrong_id=wrong_id, right=right, reason="Mixed up.", by=by, now=NOW)


def held_by(referral):
    return {each.agency.code for each in referral.dispatches.select_related("agency") if each.stands}


def dispatch_to(code, referral):
    return referral.dispatches.select_related("agency", "referral").get(agency__code=code)


def test_what_was_told_of_it_before_and_not_delivered_is_not_listed_to_whose_name_it_bears(client):
    dispatch = dispatch_to_authority(submitted())
    with_mailboxes(dispatch.agency)
    lead, namesake = officer_of(dispatch.agency), officer_of(dispatch.agency, name="Corin Tattersley")
    kind, told_how = WithdrawalKind.IN_ERROR, ToldBy.TELEPHONE
    report_withdrawal(dispatch_id=dispatch.pk, kind=kind, told_how=told_how, reason="Wrong pupil.", by=lead, now=NOW)
    (notice,) = Notice.objects.filter(kind=NoticeKind.WITHDRAWAL_REPORTED, agency=dispatch.agency)
    within(do=lambda: notice.changed(dead=NOW), by=Agent.MESSENGER, now=NOW)
    client.force_login(namesake)
    page = reverse("agencies:undelivered")
    assert dispatch.referral.reference in client.get(page).content.decode()
    detach(dispatch, by=lead)
    assert dispatch.referral.reference not in client.get(page).content.decode()


def test_it_goes_to_the_restricted_desks_alone_with_a_task_and_the_user_is_excluded(namesake):
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    lead = officer_of(dispatch.agency)
    for agency in (dispatch.agency, desk(POLICE)):
        with_mailboxes(agency)
    detachment = detach(dispatch, by=lead)
    assert held_by(referral) == {POLICE, COUNCIL}
    assert not dispatches_of(lead).exists() and not dispatches_of(namesake).exists()
    assert is_hidden_from(namesake, referral.pk) and Task.objects.get(referral=referral).agency == desk(COUNCIL)
    restriction = Restriction.objects.get()
    assert restriction.grounds == [Ground.NAME] and "Corin Tattersley" in restriction.names["others"]
    told = Notice.objects.filter(kind=NoticeKind.REFERRAL_DETACHED)
    assert {notice.agency_id for notice in told} == {desk(POLICE).pk}, "nobody who lost it is told why"
    within(do=lambda: destroy_key(detachment.wrong_id), by=Agent.OPERATOR, now=NOW)
    assert Restriction.objects.get().names == restriction.names
    referral.refresh_from_db()
    release_restriction(referral_id=referral.pk, reason="Another man.", by=officer_at(POLICE), now=NOW)
    assert held_by(referral) == {POLICE, COUNCIL, "ctp-north-east", "E08000038"}


def test_where_nobody_bears_the_name_all_stays_as_it_was(namesake):
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    detach(dispatch, by=officer_of(dispatch.agency), right={**RIGHT, "family_name": "Brzozowski"})
    assert held_by(referral) == {"ctp-north-east", "E08000038"} and not Restriction.objects.exists()


def test_an_offer_is_taken_back_with_it(namesake):
    dispatch = dispatch_to_authority(submitted())
    lead, other = officer_of(dispatch.agency), officer_of(Agency.objects.get(code="E08000032"), name="Adeel Kershaw")
    make_offer(dispatch_id=dispatch.pk, to_id=other.agencies[0].pk, reason="Moved.", by=lead, now=NOW)
    detach(dispatch, by=lead)
    assert Offer.objects.get().state == OfferState.TAKEN_BACK and not offers_to(other).exists()


def test_a_restriction_that_stands_gains_the_name_and_its_user_who_loses_what_was_assigned():
    referral = submitted(ABOUT_POLICE)
    officer, colleague = officer_at(POLICE), officer_at(POLICE, name="Corin Tattersley")
    dispatch = dispatch_to(POLICE, referral)
    assign_dispatch(dispatch_id=dispatch.pk, to_id=colleague.pk, by=officer, now=NOW)
    detach(dispatch, by=officer)
    assert held_by(referral) == {POLICE, COUNCIL} and Exclusion.objects.get().user == colleague
    assert not dispatches_of(colleague).exists()
    dispatch.refresh_from_db()
    assert dispatch.assigned_to is None
    assert Restriction.objects.get().names["person"] == "Tomasz Ó Briain-Łukasik"


@pytest.mark.parametrize("alike", [True, False])
def test_one_that_was_released_is_restricted_again_for_a_user_s_name_only(namesake, alike):
    referral = submitted(ABOUT_POLICE)
    officer = officer_at(POLICE)
    release_restriction(referral_id=referral.pk, reason="Another man.", by=officer, now=NOW)
    right = RIGHT if alike else {**RIGHT, "family_name": "Brzozowski"}
    detach(dispatch_to(POLICE, referral), by=officer, right=right)
    ordinary = set() if alike else {"ctp-north-east", "E08000038"}
    assert held_by(referral) == {POLICE, COUNCIL} | ordinary
    restriction = Restriction.objects.get()
    assert restriction.is_released is not alike and is_hidden_from(namesake, referral.pk) is alike


def test_the_officer_who_said_so_goes_back_to_their_work(client, namesake):
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    client.force_login(officer_of(dispatch.agency))
    given = {**RIGHT, "wrong": str(referral.person_id), "reason": "Mixed up."}
    answer = client.post(reverse("referrals:detach", args=[dispatch.pk]), given)
    assert answer["Location"] == reverse("desk:home")
    page = client.get(answer["Location"]).content.decode()
    assert referral.reference not in page and "restricted" not in page.lower()
    assert client.get(reverse("desk:referral", args=[referral.pk])).status_code == 404


def test_only_who_may_detach_restricts(namesake):
    referral = submitted()
    with pytest.raises(Forbidden):
        restrict_detached(
            referral=referral, person=referral.person, by=officer_of(Agency.objects.get(code="system")), now=NOW
        )
